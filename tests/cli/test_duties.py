"""What the worker does round by round: a fault is waited out, and the job process is begun anew."""

from __future__ import annotations

import itertools
import logging
import subprocess
import sys

import pytest
from django.db import InterfaceError, OperationalError, connection

from tanzhi.cli.worker import LONGEST_WAIT_SECONDS, Duty, JobProcess


@pytest.fixture(autouse=True)
def test_connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.parametrize(
    "fault", [OperationalError("database is locked"), InterfaceError("connection closed"), ValueError("张三")]
)
def test_a_duty_that_fails_is_tried_again_after_ever_longer_waits_and_then_at_its_own_pace(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[float] = []
    now = 0.0

    def act() -> None:
        tried.append(now)
        if now < 200:
            raise fault

    duty = Duty("seal", act, 1.0)
    while now < 250:
        duty.tend(now)
        now += 0.5
    waits = [b - a for a, b in itertools.pairwise(tried)]
    assert waits[:6] == [2, 4, 8, 16, 32, LONGEST_WAIT_SECONDS]
    assert max(waits) == LONGEST_WAIT_SECONDS
    assert set(waits[-3:]) == {1.0}
    assert duty.faults == 0
    assert "张三" not in [record.getMessage() for record in caplog.records]
    assert caplog.records[-1].levelno == logging.INFO


def test_the_job_process_is_begun_anew_at_once_and_then_ever_later() -> None:
    jobs = JobProcess((sys.executable, "-c", "raise SystemExit(3)"))
    begun, names, now = [], [], 0.0
    while len(begun) < 5:
        before = jobs.process
        jobs.tend(now)
        if jobs.process is not None and jobs.process is not before:
            begun.append(now)
            names.append(jobs.name)
            jobs.process.wait(20)
        now += 0.5
    assert [b - a for a, b in itertools.pairwise(begun)] == [1.5, 2.5, 4.5, 8.5]
    assert jobs.orphans == set(names[:-1])
    jobs.stop()


def test_a_job_process_that_lived_long_is_begun_anew_without_waiting() -> None:
    jobs = JobProcess((sys.executable, "-c", ""))
    jobs.tend(0.0)
    assert jobs.process is not None
    jobs.process.wait(20)
    jobs.faults = 7
    jobs.tend(LONGEST_WAIT_SECONDS + 1)
    jobs.tend(LONGEST_WAIT_SECONDS + 2)
    assert jobs.process is not None
    jobs.stop()


def test_a_job_that_does_not_end_when_it_is_asked_to_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tanzhi.cli.worker.STOP_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    jobs = JobProcess((sys.executable, "-c", deaf))
    begin = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *command, **how: begin(*command, **how, stdout=subprocess.PIPE))
    jobs.start(0.0)
    process, name = jobs.process, jobs.name
    assert process is not None
    assert process.stdout is not None
    with process.stdout as words:
        words.readline()  # it is deaf from here on
    jobs.stop()
    assert process.poll() == -9
    assert jobs.orphans == {name}
