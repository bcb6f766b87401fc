"""`tanzhi worker`: seals the log, runs jobs, makes the day's rounds. Nothing that the database does ends it.

Each duty comes round at its own interval; one that fails is logged, and tried again after a wait that grows to a
minute. Jobs run in a process of their own (`job_process`), which is begun anew whenever it ends.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from tanzhi.rulebook.kernel.text import Text

from .ground import database, private_files
from .speaking import FROM_SYSTEM, Language, speak

TICK_SECONDS = 0.5
SEAL_EVERY_SECONDS = 1.0
REAP_EVERY_SECONDS = 10.0
ROUNDS_EVERY_SECONDS = 600.0
LONGEST_WAIT_SECONDS = 60.0
STOP_SECONDS = 60.0
JOB_PROCESS = (sys.executable, "-m", "tanzhi.cli.job_process")
READY = Text("后台进程已启动", "the worker has begun")
LEFT = Text("已停止", "stopped")

log = logging.getLogger("tanzhi.worker")


def worker(language: Language = FROM_SYSTEM) -> None:
    """办理后台任务并封存存证 / Run jobs, and seal the evidence log every second; ends cleanly on SIGTERM."""
    stopping = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    private_files()
    with database(language):
        speak(READY, language)
        work(stopping)
        speak(LEFT, language)


@dataclass
class Duty:
    """Something to do again and again; a fault is waited out, and costs nothing but the wait."""

    name: str
    act: Callable[[], object]
    every: float
    due: float = 0.0
    faults: int = 0
    code: str = ""  # of the fault that stands in its way

    def tend(self, now: float) -> None:
        """Do it if it is due at `now` (seconds of a clock that only goes forward)."""
        from django.db import Error, connection

        from tanzhi.evidence.faults import LogFault

        if now < self.due:
            return
        try:
            self.act()
        except Exception as fault:
            self.faults += 1
            self.code = fault.code if isinstance(fault, LogFault) else ""
            connection.close()  # whatever state it is in; the next statement opens another
            wait = min(self.every * 2**self.faults, max(LONGEST_WAIT_SECONDS, self.every))
            fields = {"duty": self.name, "faults": self.faults, "again_in": round(wait)}
            # a database that is busy or away, or a log that must not be sealed, says all without a stack
            stack = not isinstance(fault, (Error, LogFault))
            # The fault's message where it cannot quote anybody's data (as in `web.logs`), its type otherwise.
            from tanzhi.web.logs import SAFE

            kind = type(fault).__name__
            log.error(
                "duty failed: %s",
                f"{kind}: {str(fault).splitlines()[0]}"
                if isinstance(fault, (*SAFE, LogFault)) and str(fault)
                else kind,
                exc_info=stack,
                extra={"fields": fields},
            )
        else:
            if self.faults:
                log.info("duty goes on", extra={"fields": {"duty": self.name, "faults": self.faults}})
            self.faults, self.code, wait = 0, "", self.every
        self.due = now + wait


@dataclass
class JobProcess:
    """The process that runs jobs: begun anew when it ends, at once the first time and then ever later."""

    command: tuple[str, ...] = JOB_PROCESS
    process: subprocess.Popen[bytes] | None = None
    name: str = ""
    begun: float = 0.0
    faults: int = 0
    due: float = 0.0
    orphans: set[str] = field(default_factory=set)  # names of processes that ended and whose jobs wait to be reaped

    def tend(self, now: float) -> None:
        if self.process is not None and self.process.poll() is not None:
            self.faults = 0 if now - self.begun > LONGEST_WAIT_SECONDS else self.faults + 1
            self.due = now + min(2.0 ** (self.faults - 1), LONGEST_WAIT_SECONDS)
            fields = {"exit": self.process.returncode, "name": self.name, "again_in": round(self.due - now)}
            log.error("the job process ended", extra={"fields": fields})
            self.orphans.add(self.name)
            self.process = None
        if self.process is None and now >= self.due:
            self.start(now)

    def start(self, now: float) -> None:
        from tanzhi.actions.beats import NAME, new_name
        from tanzhi.actions.models import WorkerBeat

        self.name, self.begun = new_name(WorkerBeat.JOBS), now
        environment = {**os.environ, NAME: self.name}
        self.process = subprocess.Popen(self.command, env=environment)  # noqa: S603  # our own module

    def stop(self) -> None:
        """Let it finish the job at hand; what takes longer is begun anew by the next worker."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            self.orphans.add(self.name)
        self.process = None


def work(stopping: threading.Event, jobs: JobProcess | None = None) -> None:
    """All duties until `stopping` is set; then the last seal."""
    from tanzhi.actions.beats import BEAT_EVERY_SECONDS, beat, new_name, stop_beating
    from tanzhi.actions.models import WorkerBeat
    from tanzhi.actions.reaping import Watch, reap, reap_abandoned
    from tanzhi.web.hooks.delivering import deliver_until

    name, watch, jobs = new_name(WorkerBeat.SEALER), Watch(), jobs or JobProcess()

    def reap_the_dead() -> None:
        orphans = set(jobs.orphans)
        reap(orphans)
        jobs.orphans -= orphans
        reap(watch.silent(time.monotonic()))
        reap_abandoned()

    sealing = Duty("seal", seal, SEAL_EVERY_SECONDS)
    duties = (
        sealing,
        Duty("beat", lambda: beat(name, WorkerBeat.SEALER, sealing.code), BEAT_EVERY_SECONDS),
        Duty("reap", reap_the_dead, REAP_EVERY_SECONDS),
        Duty("remind", remind, ROUNDS_EVERY_SECONDS),
        Duty("check the books", check_books, ROUNDS_EVERY_SECONDS),
    )
    hooks = threading.Thread(target=deliver_until, args=(stopping,), name="hooks", daemon=True)
    hooks.start()
    try:
        while not stopping.wait(TICK_SECONDS):
            jobs.tend(time.monotonic())
            for duty in duties:
                duty.tend(time.monotonic())
    finally:
        jobs.stop()
        hooks.join(STOP_SECONDS)
    for last in (seal, reap_the_dead, lambda: stop_beating(name)):
        Duty("last", last, SEAL_EVERY_SECONDS).tend(time.monotonic())


def seal() -> None:
    """Seal what waits."""
    from tanzhi.evidence.models import Entry
    from tanzhi.evidence.sealer import seal as seal_waiting

    if Entry.objects.filter(leaf_index__isnull=True).exists():
        seal_waiting()


def remind() -> None:
    """Reminders of deadlines, once a day."""
    from tanzhi.workflow.notices.work import remind_if_due

    remind_if_due()


def check_books() -> None:
    """The day's check of the books, until it is done."""
    from django.utils import timezone

    from tanzhi.streams.market.ledger.check_work import check_if_due

    check_if_due(timezone.localdate())
