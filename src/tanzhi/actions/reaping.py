"""Jobs whose process died: begun anew by another, and after the third death failed with a code.

A job saves and ends in one transaction (`jobs`), so one that is still "running" has saved nothing and may be run again.
Who is dead is measured by the reaper's own clock: a process whose beat has not changed for a minute while it looked.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tanzhi.rulebook.kernel.text import Text

from .jobs import run_in_worker
from .models import Job, WorkerBeat

SILENT_SECONDS = 60.0
BY_HAND = timedelta(days=1)  # a job that no worker's process has, such as one run in a shell
FORGOTTEN = timedelta(minutes=1)
MOST_ATTEMPTS = 3
AGAIN = Text("执行进程中断，已重新排队，未保存任何内容", "its process ended; queued again, nothing was saved")
LOST = Text(
    "执行进程 {count} 次中断，未保存任何内容；请告知管理员",
    "its process ended {count} times, nothing was saved; tell the administrator",
)
LOST_CODE = "JOB-LOST"

log = logging.getLogger(__name__)


@dataclass
class Watch:
    """What a reaper saw of the processes that have jobs, and when it saw each change last."""

    seen: dict[str, tuple[datetime | None, float]] = field(default_factory=dict)

    def silent(self, now: float, after: float = SILENT_SECONDS) -> list[str]:
        """The processes with running jobs that have not moved for so long; `now` is a clock that only goes forward."""
        working = set(Job.objects.filter(state=Job.RUNNING).exclude(worker="").values_list("worker", flat=True))
        beats = dict(WorkerBeat.objects.filter(worker__in=working).values_list("worker", "at"))
        last = {worker: beats.get(worker) for worker in working}
        self.seen = {
            worker: self.seen[worker] if worker in self.seen and self.seen[worker][0] == at else (at, now)
            for worker, at in last.items()
        }
        return sorted(worker for worker, (_, since) in self.seen.items() if now - since >= after)


def reap(workers: Collection[str]) -> int:
    """Queue the running jobs of dead processes again, or fail them; gives how many."""
    return _reaped(Job.objects.filter(state=Job.RUNNING, worker__in=workers)) if workers else 0


def reap_abandoned() -> int:
    """Jobs that nobody will ever run or finish: begun by hand long ago, or queued while no task waits for them."""
    by_hand = _reaped(Job.objects.filter(state=Job.RUNNING, worker="", started_at__lt=timezone.now() - BY_HAND))
    waiting = {task["args"][0] for task in DBTaskResult.objects.ready().values_list("args_kwargs", flat=True)}
    queued = Job.objects.filter(state=Job.QUEUED, created_at__lt=timezone.now() - FORGOTTEN).exclude(pk__in=waiting)
    for row in queued:
        run_in_worker.enqueue(row.pk)
        log.warning("job %s had no task; queued again", row.kind, extra={"fields": {"job": row.pk}})
    return by_hand + len(queued)


def _reaped(rows: Iterable[Job]) -> int:
    """How many of these jobs were taken from the attempt that ran them; one that runs by another by now is left."""
    count = 0
    for row in rows:
        values: dict[str, object] = {"state": Job.QUEUED, "worker": "", "message": AGAIN.as_dict()}
        if row.cancel_asked:
            values |= {"state": Job.CANCELLED, "ended_at": timezone.now()}
        elif row.attempts >= MOST_ATTEMPTS:
            message = LOST.format(count=row.attempts).as_dict() | {"code": LOST_CODE}
            values |= {"state": Job.FAILED, "ended_at": timezone.now(), "message": message}
        with transaction.atomic():
            same_attempt = Job.objects.filter(pk=row.pk, state=Job.RUNNING, worker=row.worker, attempts=row.attempts)
            if not same_attempt.update(**values):
                continue
            if values["state"] == Job.QUEUED:
                run_in_worker.enqueue(row.pk)
        fields = {"job": row.pk, "attempts": row.attempts}
        log.error("job %s lost its process: %s", row.kind, values["state"], extra={"fields": fields})
        count += 1
    return count
