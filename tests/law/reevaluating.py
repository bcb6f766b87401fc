"""Comparing and computing anew as a worker does it, for tests of all rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import TestCase

from tanzhi.actions import jobs
from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.models import Job, Proposal
from tanzhi.actions.perform import perform
from tanzhi.law.models import Comparison


def nothing() -> None:
    return None


def run_jobs(act: Callable[[], Any], before_the_work: Callable[[], Any] = nothing) -> list[Job]:
    """Do something; then what it queued, as a worker does."""
    known = set(Job.objects.values_list("pk", flat=True))
    with TestCase.captureOnCommitCallbacks(execute=True):
        act()
    before_the_work()
    queued = list(Job.objects.exclude(pk__in=known).order_by("pk"))
    for row in queued:
        jobs.run(row.pk)
        row.refresh_from_db()
    return queued


def compared(administrator: Actor, **data: Any) -> Comparison:
    """The comparison of a stream, guideline and year."""
    [row] = run_jobs(lambda: perform("law.compare", administrator, data=data))
    assert row.state == Job.DONE, row.message
    return Comparison.objects.get(pk=row.result["comparison"])


def approved(proposal: Proposal, other: Actor, before_the_work: Callable[[], Any] = nothing) -> Job:
    """Decided on, and the work done that follows."""
    [row] = run_jobs(lambda: decide(proposal, other), before_the_work)
    return row


def reevaluated(administrator: Actor, other: Actor, **data: Any) -> Comparison:
    """From the comparison to the values that stand afterwards."""
    found = compared(administrator, **data)
    proposal = perform("law.reevaluate", administrator, found, {"reason": "公告第7号"}).proposal
    assert proposal is not None
    assert approved(proposal, other).state == Job.DONE
    found.refresh_from_db()
    return found
