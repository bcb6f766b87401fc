"""Jobs whose process died are begun anew, and not for ever; one that was only slow cannot save twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tanzhi.actions import jobs, reaping
from tanzhi.actions.beats import NAME, beat, new_name, stop_beating
from tanzhi.actions.jobs import JobRun, run_in_worker
from tanzhi.actions.models import Job, WorkerBeat
from tanzhi.actions.reaping import MOST_ATTEMPTS, SILENT_SECONDS, Watch, reap, reap_abandoned
from tanzhi.rulebook.kernel.text import Text

pytestmark = pytest.mark.django_db
DEAD, ALIVE = "host:1:jobs:dead", "host:2:jobs:alive"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    known = dict(jobs.KINDS)
    yield
    jobs.KINDS.clear()
    jobs.KINDS.update(known)


def row(state: str = Job.RUNNING, worker: str = DEAD, **values: Any) -> Job:
    now = timezone.now()
    return Job.objects.create(
        kind="t.reaped", actor=0, state=state, worker=worker, **{"created_at": now, "started_at": now, **values}
    )


def tasks() -> list[int]:
    return [task["args"][0] for task in DBTaskResult.objects.ready().values_list("args_kwargs", flat=True)]


def test_a_job_of_a_dead_process_waits_again_and_a_task_is_there_for_it() -> None:
    lost, other, done = row(attempts=1), row(worker=ALIVE, attempts=1), row(Job.DONE)
    assert reap([DEAD]) == 1
    states = [Job.objects.get(pk=one.pk).state for one in (lost, other, done)]
    assert states == [Job.QUEUED, Job.RUNNING, Job.DONE]
    assert tasks() == [lost.pk]
    assert Job.objects.get(pk=lost.pk).message["en"].startswith("its process ended")


def test_what_kills_its_process_again_and_again_fails_with_a_code_and_what_to_do() -> None:
    killer = row(attempts=MOST_ATTEMPTS)
    reap([DEAD])
    killer.refresh_from_db()
    assert (killer.state, killer.message["code"], tasks()) == (Job.FAILED, "JOB-LOST", [])
    assert "管理员" in killer.message["zh"]
    assert killer.ended_at is not None


def test_a_job_that_was_to_be_cancelled_is_cancelled_when_its_process_died() -> None:
    stopped = row(cancel_asked=True)
    reap([DEAD])
    stopped.refresh_from_db()
    assert (stopped.state, tasks()) == (Job.CANCELLED, [])


def test_only_a_process_that_does_not_move_while_it_is_looked_at_is_silent() -> None:
    row(worker=DEAD)
    row(worker=ALIVE)
    for name in (DEAD, ALIVE):
        beat(name, WorkerBeat.JOBS)
    WorkerBeat.objects.filter(worker=DEAD).update(at=timezone.now() + timedelta(days=1))  # a clock that is wrong
    watch = Watch()
    assert watch.silent(1000.0) == []
    beat(ALIVE, WorkerBeat.JOBS)
    assert watch.silent(1000.0 + SILENT_SECONDS - 1) == []
    assert watch.silent(1000.0 + SILENT_SECONDS) == [DEAD]
    stop_beating(ALIVE)
    assert watch.silent(1001.0 + SILENT_SECONDS) == [DEAD]
    assert watch.silent(1001.0 + 2 * SILENT_SECONDS) == [DEAD, ALIVE]


def test_a_job_without_a_task_gets_one_and_a_waiting_one_does_not_get_a_second() -> None:
    forgotten = row(Job.QUEUED, "", created_at=timezone.now() - 2 * reaping.FORGOTTEN)
    waiting = row(Job.QUEUED, "", created_at=timezone.now() - 2 * reaping.FORGOTTEN)
    row(Job.QUEUED, "")  # its caller's transaction has just been saved
    run_in_worker.enqueue(waiting.pk)
    reap_abandoned()
    assert sorted(tasks()) == [forgotten.pk, waiting.pk]
    reap_abandoned()
    assert len(tasks()) == 2


def test_a_job_begun_by_hand_is_left_alone_for_a_day() -> None:
    shell, old = row(worker=""), row(worker="", started_at=timezone.now() - 2 * reaping.BY_HAND)
    reap_abandoned()
    assert Job.objects.get(pk=shell.pk).state == Job.RUNNING
    assert Job.objects.get(pk=old.pk).state == Job.QUEUED


def test_a_slow_process_that_was_taken_for_dead_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    saved = []

    def work(run: JobRun) -> Any:
        reap([DEAD])  # meanwhile, elsewhere
        monkeypatch.setenv(NAME, ALIVE)
        return lambda: saved.append(run.row.attempts)

    jobs.job("t.reaped", label=Text("慢", "Slow"), by={"administrator"})(work)
    monkeypatch.setenv(NAME, DEAD)
    slow = row(Job.QUEUED, "")
    jobs.run(slow.pk)
    slow.refresh_from_db()
    assert (saved, slow.state) == ([], Job.QUEUED)
    jobs.run(slow.pk)
    slow.refresh_from_db()
    assert (saved, slow.state, slow.worker, slow.attempts) == ([2], Job.DONE, ALIVE, 2)


def test_no_process_ever_has_the_name_of_another() -> None:
    assert len({new_name(WorkerBeat.JOBS) for _ in range(50)}) == 50
