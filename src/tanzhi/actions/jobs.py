"""Long work beside the request: progress, cancel, and a coded message where it fails.

A job first prepares, in steps that show progress and hold no lock; then it saves, in one short transaction. So a job
that fails or is cancelled leaves nothing half-saved, and nobody waits for it on a database with one writer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from tanzhi.rulebook.kernel.text import Text

from . import refusal
from .actor import Actor
from .beats import own_name
from .log_context import log_context
from .models import Job
from .references import plain, reference
from .refusal import Refused
from .roles import KNOWN_ROLES, PERSON
from .table import Call, action
from .witness import witness

if TYPE_CHECKING:
    from collections.abc import Iterable

Work = Callable[..., Any]
REPORT_EVERY_SECONDS = 0.5

log = logging.getLogger(__name__)


class Superseded(Exception):
    """This attempt was taken for dead and the job given to another: what was prepared here may not be saved."""


class Cancelled(Exception):
    """Somebody asked this job to stop; its step raises this."""


@dataclass(frozen=True, slots=True)
class JobType:
    """A registered kind of job."""

    code: str
    label: Text
    by: frozenset[str]
    work: Work


KINDS: dict[str, JobType] = {}


def job(code: str, *, label: Text, by: Iterable[str]) -> Callable[[Work], Work]:
    """Register a job: `work(run, **arguments)` returns its result, or a function that saves and returns it."""

    def register(work: Work) -> Work:
        unknown = set(by) - KNOWN_ROLES.keys()
        if unknown:
            raise ValueError(f"job {code}: unknown roles {sorted(unknown)}")
        KINDS[code] = JobType(code, label, frozenset(by), work)
        return work

    return register


@dataclass(slots=True)
class JobRun:
    """A job at work: its actor, and `step` to say how far it is."""

    row: Job
    actor_id: int
    total: int = 0
    _reported: float = 0.0

    def step(self, done: int, message: Text | None = None, total: int | None = None) -> None:
        """Tell progress (the database hears of it twice a second) and stop here if that was asked for."""
        if total is not None:
            self.total = total
        if time.monotonic() - self._reported < REPORT_EVERY_SECONDS and done < self.total and total is None:
            return
        self._reported = time.monotonic()
        if Job.objects.filter(pk=self.row.pk, cancel_asked=True).exists():
            raise Cancelled
        changes = {"message": message.as_dict()} if message else {}
        Job.objects.filter(pk=self.row.pk).update(progress=done, total=self.total, **changes)


def start(code: str, actor: Actor, **arguments: Any) -> Job:
    """Queue a job for the worker; it begins once the caller's transaction is saved."""
    kind = KINDS[code]
    if not kind.by & actor.roles:
        raise refusal.no_role(kind.label, Text("另一角色", "another role"))
    with transaction.atomic():
        row = Job.objects.create(
            kind=code, actor=actor.person_id or 0, arguments=plain(arguments), created_at=timezone.now()
        )
        witness("actions.job", reference(row), {"actor": row.actor, "kind": code}, {"actor_name": actor.name})
        transaction.on_commit(lambda: run_in_worker.enqueue(row.pk))
    log.info("job %s queued", row.kind, extra={"fields": {"job": row.pk}})
    return row


@task()
def run_in_worker(job_id: int) -> None:
    """What the worker calls."""
    run(job_id)


def run(job_id: int) -> None:
    """Do a queued job to its end, whatever that is."""
    now = timezone.now()
    begun = Job.objects.filter(pk=job_id, state=Job.QUEUED, cancel_asked=False).update(
        state=Job.RUNNING, started_at=now, worker=own_name(), attempts=F("attempts") + 1
    )
    if not begun:
        return
    row = Job.objects.get(pk=job_id)
    with log_context(job=row.pk):
        log.info("job %s begun", row.kind)
        try:
            # Prepare; then save and be done in one transaction, so that whoever finds it running knows that nothing is
            # saved. The row is locked while it is saved: a reaper waits, and then sees that it is done.
            result = KINDS[row.kind].work(JobRun(row, row.actor), **row.arguments)
            with transaction.atomic():
                if _own(row).select_for_update().first() is None:
                    raise Superseded
                _finish(row, Job.DONE, result=result() if callable(result) else result)
        except Superseded:
            log.warning("job %s was given to another worker meanwhile; nothing was saved here", row.kind)
        except Cancelled:
            _finish(row, Job.CANCELLED, message=Text("已取消，未保存任何内容", "Cancelled; nothing was saved"))
        except Refused as refused:
            _finish(row, Job.FAILED, message=refused.message, code=refused.code)
        except Exception:
            log.exception("job %s failed", row.kind)
            fault = Text(
                "任务 {pk} 出错，未保存，请告知管理员", "Job {pk} failed, nothing saved; tell the administrator"
            )
            _finish(row, Job.FAILED, message=fault.format(pk=row.pk), code="JOB-FAULT")
        state = Job.objects.values_list("state", flat=True).get(pk=row.pk)
        log.info("job %s %s", row.kind, state)


def _own(row: Job) -> models.QuerySet[Job]:
    """The row while it is still this attempt that has it."""
    return Job.objects.filter(pk=row.pk, state=Job.RUNNING, worker=row.worker, attempts=row.attempts)


def _finish(row: Job, state: str, result: Any = None, message: Text | None = None, code: str = "") -> None:
    values: dict[str, Any] = {"state": state, "result": plain(result), "ended_at": timezone.now()}
    if message:
        values["message"] = message.as_dict() | ({"code": code} if code else {})
    if state == Job.DONE:
        values["progress"] = F("total")
    _own(row).update(**values)


@action(
    "actions.cancel_job",
    label=Text("取消任务", "Cancel the job"),
    by={"administrator", PERSON.code},
    subject=Job,
    leaves={Job.QUEUED, Job.RUNNING},
)
def cancel(call: Call, row: Job) -> Job:
    """A queued job ends at once; a running one at its next step."""
    row.cancel_asked = True
    row.save(update_fields=["cancel_asked"])
    if row.state == Job.QUEUED:
        call.enter(Job.CANCELLED)
    return row
