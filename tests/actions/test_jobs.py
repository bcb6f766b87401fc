"""Long work: progress, cancel, failure with a code, nothing half-saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tanzhi.actions import jobs
from tanzhi.actions.jobs import JobRun
from tanzhi.actions.models import Job
from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.register.model import Organisation, OrganisationEvent
from tanzhi.rulebook.kernel.text import Text

pytestmark = pytest.mark.django_db
COUNTING = Text("计数", "Counting")


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    known = dict(jobs.KINDS)
    yield
    jobs.KINDS.clear()
    jobs.KINDS.update(known)


def registered(work: Callable[..., Any]) -> None:
    jobs.job("t.count", label=COUNTING, by={"provincial_officer"})(work)


def run_to_end(actor: Actor, **arguments: Any) -> Job:
    row = jobs.start("t.count", actor, **arguments)
    jobs.run(row.pk)
    return Job.objects.get(pk=row.pk)


def test_a_job_tells_its_progress_and_keeps_its_result(officer: Actor) -> None:
    def work(run: JobRun, upto: int) -> dict[str, int]:
        for n in range(upto + 1):
            run.step(n, COUNTING, total=upto)
        return {"sum": sum(range(upto + 1))}

    registered(work)
    done = run_to_end(officer, upto=4)
    assert (done.state, done.progress, done.total, done.result) == ("done", 4, 4, {"sum": 10})


def test_what_is_saved_is_saved_as_a_whole_or_not_at_all(officer: Actor, plant: Organisation) -> None:
    def work(run: JobRun) -> Callable[[], None]:
        def save() -> None:
            event = {"organisation": plant, "kind": "listed", "on": "2024-01-01", "basis": "job"}
            OrganisationEvent.objects.create(**event)
            raise Refused("T-STOP", Text("第二行不符", "The second row does not fit"))

        return save

    registered(work)
    failed = run_to_end(officer)
    assert (failed.state, failed.message["code"], failed.message["zh"]) == ("failed", "T-STOP", "第二行不符")
    assert not OrganisationEvent.objects.filter(basis="job").exists()


def test_an_unforeseen_fault_has_a_code_and_says_what_to_do(officer: Actor, caplog: pytest.LogCaptureFixture) -> None:
    def work(run: JobRun) -> None:
        raise ZeroDivisionError

    registered(work)
    failed = run_to_end(officer)
    assert (failed.state, failed.message["code"]) == ("failed", "JOB-FAULT")
    assert "管理员" in failed.message["zh"]
    assert "ZeroDivisionError" in caplog.text


def test_a_running_job_stops_at_its_next_step(officer: Actor) -> None:
    def work(run: JobRun) -> Callable[[], None]:
        perform("actions.cancel_job", officer, run.row)
        run.step(1, total=2)
        return lambda: None

    registered(work)
    assert run_to_end(officer).state == "cancelled"


def test_a_cancelled_queued_job_never_begins(officer: Actor) -> None:
    begun = []
    registered(lambda run: begun.append(1))
    row = jobs.start("t.count", officer)
    perform("actions.cancel_job", officer, row)
    jobs.run(row.pk)
    assert (Job.objects.get(pk=row.pk).state, begun) == ("cancelled", [])


def test_nobody_else_cancels_it(officer: Actor, second_officer: Actor) -> None:
    registered(lambda run: None)
    row = jobs.start("t.count", officer)
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("actions.cancel_job", second_officer, row)


def test_a_role_that_may_not_starts_nothing(clerk: Actor) -> None:
    registered(lambda run: None)
    with pytest.raises(Refused, match="ACT-ROLE"):
        jobs.start("t.count", clerk)
    assert not Job.objects.exists()
