"""One change tried: a forked process reads the changed file in the place of the real one and runs the tests that it
concerns, until one fails."""

from __future__ import annotations

import gc
import importlib.machinery
import linecache
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any
from unittest import mock

import pytest

from tests.mutation.changes import ROOT, SOURCE, Change

PATIENCE = 1800.0
"""Seconds of the clock after which a fork that waits for something is ended."""
LEAST_SECONDS, SLOWER = 20, 10
"""Seconds of the processor that a test has, and how many times those that it took when it was recorded."""
STARTING = 240
"""Seconds of the processor until the first test begins."""
EXAMPLES = 25
"""How many examples a generated test makes up for a change; each failure counts as it is, without a smaller one."""
SETTINGS = ("-c", "tests/mutation/pytest.ini", "--rootdir=.", "--noconftest", "-p", "no:django", "-p", "no:xdist")
OPTIONS = ("-x", "-p", "no:cacheprovider", "-W", "ignore", "--no-header", "--tb=no")
HOUSE = ("-n", "0")
"""What needs Django and a database is tried with the house's own settings and fixtures."""
KILLED, SURVIVED, ENDLESS, UNTRIED = "killed", "survived", "endless", "untried"
FAILED, STOPPED, NONE_RUN = 1, 2, 5  # pytest's own
NAME_SPACE = 4096


def quick(items: Sequence[pytest.Item]) -> None:
    """Generated tests make up few examples, the same each time; a failure is enough, no smaller one is sought."""
    import hypothesis

    for item in items:
        function = getattr(item, "obj", None)
        own = getattr(function, "_hypothesis_internal_use_settings", None)
        if own is not None:
            function._hypothesis_internal_use_settings = hypothesis.settings(  # type: ignore[union-attr]  # it has some
                own,
                max_examples=min(own.max_examples, EXAMPLES),
                phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
                derandomize=True,
                database=None,
                deadline=None,
                suppress_health_check=list(hypothesis.HealthCheck),
            )


def settings_of(folder: str) -> tuple[str, ...]:
    """How the tests of a folder of the package are run."""
    return SETTINGS if folder == "rulebook" else HOUSE


class Chosen:
    """A pytest plug-in: the tests chosen, in their order, each with processor time of its own; says which one runs."""

    def __init__(self, tests: Sequence[str], seconds: dict[str, float], note: int) -> None:
        self.place = {test: number for number, test in enumerate(tests)}
        self.seconds, self.note = seconds, note
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, STARTING)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """A test that has another name since the change comes last."""
        known = [item for item in items if item.nodeid in self.place]
        others = [item for item in items if item.nodeid not in self.seconds]
        items[:] = sorted(known, key=lambda item: self.place[item.nodeid]) + others
        quick(items)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        os.pwrite(self.note, nodeid.encode()[:NAME_SPACE].ljust(NAME_SPACE), 0)
        signal.setitimer(signal.ITIMER_PROF, LEAST_SECONDS + self.seconds.get(nodeid, 0.0) * SLOWER)


def file_of(test: str) -> str:
    """The file that a test stands in."""
    return test.partition("::")[0]


def prepare() -> None:
    """Whatever costs time to import and is not ours, so that the forks have it."""
    import coverage
    import hypothesis
    import numpy
    import pint
    import yaml

    assert all((coverage, hypothesis, numpy, pint, yaml))
    assert "tanzhi" not in sys.modules, "the forks must read Tanzhi themselves"


def attempt(change: Change, rounds: Sequence[Sequence[str]], seconds: dict[str, float], note: int) -> int:
    """Begins to try a change on these tests, one lot after the other; gives the process that does.

    Time is the processor's: how busy the machine is says nothing of whether a test ends.
    """
    pid = os.fork()
    if pid:
        return pid
    code = 3
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.chdir(ROOT)
        os.setpgid(0, 0)
        gc.disable()
        put_in_place(change)
        how = settings_of(change.file.relative_to(SOURCE).parts[0])
        for tests in rounds:
            files = dict.fromkeys(map(file_of, tests))
            code = int(pytest.main([*how, *OPTIONS, *files], plugins=[Chosen(tests, seconds, note)]))
            if code not in (0, NONE_RUN):
                break
    finally:
        os._exit(code)


def put_in_place(change: Change) -> None:
    """Whoever reads this file, by import or as text, reads the changed one."""
    path, text = str(change.file), change.applied()
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    read_text, get_code = Path.read_text, importlib.machinery.SourceFileLoader.get_code

    def changed_text(file: Path, *arguments: Any, **keywords: Any) -> str:
        return text if os.path.realpath(file) == path else read_text(file, *arguments, **keywords)

    def changed_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        here = os.path.realpath(loader.get_filename(name))
        return compile(text, path, "exec") if here == path else get_code(loader, name)

    # in this fork alone, which ends by itself
    mock.patch.object(Path, "read_text", changed_text).start()
    mock.patch.object(importlib.machinery.SourceFileLoader, "get_code", changed_code).start()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change: whether it was noticed, by which test (none: while the rules were read), in what time."""

    result: str
    test: str
    seconds: float

    @property
    def noticed(self) -> bool:
        return self.result in (KILLED, ENDLESS)


class Running:
    """The processes that try changes, as many as there are processors."""

    def __init__(self) -> None:
        self.begun: dict[int, tuple[Change, int, float]] = {}

    def begin(self, change: Change, rounds: Sequence[Sequence[str]], seconds: dict[str, float]) -> None:
        note = os.memfd_create("test")
        self.begun[attempt(change, rounds, seconds, note)] = (change, note, time.monotonic())

    def ended(self) -> list[tuple[Change, Outcome]]:
        """Those that ended since, with what came of them; one that waits too long is ended."""
        results = []
        for pid, (change, note, at) in list(self.begun.items()):
            done, status, usage = os.wait4(pid, os.WNOHANG)
            if not done and time.monotonic() - at > PATIENCE:
                with suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
                done, status, usage = os.wait4(pid, 0)
            if done:
                test = os.pread(note, NAME_SPACE, 0).decode().strip()
                os.close(note)
                seconds = usage.ru_utime + usage.ru_stime
                results.append((change, Outcome(_result(os.waitstatus_to_exitcode(status)), test, seconds)))
                del self.begun[pid]
        return results


def _result(ended: int) -> str:
    """How a fork ended; one that neither ran its tests nor ran out of time says nothing of the change."""
    if ended in (-signal.SIGPROF, -signal.SIGKILL):
        return ENDLESS
    if ended in (FAILED, STOPPED):
        return KILLED
    return SURVIVED if ended in (0, NONE_RUN) else UNTRIED
