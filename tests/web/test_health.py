"""Health: each part has its threshold and is named; strangers hear ok or not ok, and no metrics."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tanzhi.actions import beats
from tanzhi.actions.models import Job, WorkerBeat
from tanzhi.cli import worker
from tanzhi.evidence.faults import UNWITNESSED, LogFault
from tanzhi.evidence.log import record
from tanzhi.evidence.sealer import seal
from tanzhi.web import health

pytestmark = pytest.mark.django_db
STRANGER = "198.51.100.7"


@pytest.fixture(autouse=True)
def well(settings: Any) -> None:
    """A worker that has just been heard of, and a disk with room."""
    settings.HEALTH_DISK_MEGABYTES = 0
    now = timezone.now()
    WorkerBeat.objects.create(worker="here", kind=WorkerBeat.SEALER, begun_at=now, at=now)


def test_all_is_well_and_a_stranger_hears_just_that() -> None:
    answer = Client(REMOTE_ADDR=STRANGER).get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def worker_silent(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    WorkerBeat.objects.update(at=timezone.now() - timedelta(seconds=settings.HEALTH_WORKER_SECONDS + 5))


def worker_never_begun(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    WorkerBeat.objects.all().delete()


def entries_unsealed(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    record("test.kind", "test:1", {"a": 1})
    later = timezone.now() + timedelta(seconds=settings.HEALTH_UNSEALED_SECONDS + 5)
    settings.HEALTH_WORKER_SECONDS = 10**6
    monkeypatch.setattr(health.timezone, "now", lambda: later)


def sealing_stopped(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(worker, "seal", lambda: (_ for _ in ()).throw(LogFault("EVD-34", UNWITNESSED.format(pk=7))))
    made_round()


def disk_full(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.HEALTH_DISK_MEGABYTES = 10**12


def key_lost(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    record("test.kind", "test:1", {"a": 1})
    seal()
    settings.VAR = settings.VAR / "elsewhere"
    monkeypatch.setattr(health, "disk_free_bytes", lambda: 10**12)


def migration_missing(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'web'")


def database_away(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def away() -> health.Reading:
        raise OperationalError("server closed the connection")

    monkeypatch.setitem(health.CHECKS, "database", away)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction goes on


BAD = {
    "worker": worker_silent,
    "worker, never": worker_never_begun,
    "sealing": entries_unsealed,
    "sealing, stopped": sealing_stopped,
    "disk": disk_full,
    "keys": key_lost,
    "migrations": migration_missing,
    "database": database_away,
}


def made_round() -> None:
    """One round of the worker: it seals, and gives its sign of life."""
    WorkerBeat.objects.all().delete()

    class Ending(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            ends, _ = self.is_set(), self.set()
            return ends

    jobs = mock.Mock(orphans=set())
    # the last sign of life stays to be read, and the test's own transaction goes on
    # the hooks' own thread would wait beside it, and end the round before it began
    hooks = mock.patch("tanzhi.web.hooks.delivering.deliver_until")
    with hooks, mock.patch.object(beats, "stop_beating"), mock.patch.object(connection, "close"):
        worker.work(Ending(), jobs)


def test_what_stops_sealing_is_named_by_its_code_until_sealing_goes_on(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """At once, before anything has waited for longer than it may."""
    with monkeypatch.context() as stopped:
        sealing_stopped(stopped, settings)
    value = Client().get("/healthz").json()["parts"]["sealing"]["value"]
    assert re.fullmatch(r"EVD-34, \d+", value)  # and the seconds since, which a busy machine makes one or two
    made_round()
    assert Client().get("/healthz").json()["parts"]["sealing"] == {
        "ok": True,
        "value": 0,
        "limit": settings.HEALTH_UNSEALED_SECONDS,
    }


def test_every_part_has_a_way_to_be_bad_here() -> None:
    assert {name.split(",")[0] for name in BAD} == set(health.CHECKS)


@pytest.mark.parametrize("name", BAD)
def test_each_part_that_is_not_well_is_named_to_this_machine_and_hidden_from_strangers(
    name: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    make_bad: Callable[[pytest.MonkeyPatch, Any], None] = BAD[name]
    make_bad(monkeypatch, settings)
    here = Client().get("/healthz")
    assert here.status_code == 503
    assert [part for part, reading in here.json()["parts"].items() if not reading["ok"]] == [
        name.split(",", maxsplit=1)[0]
    ]
    stranger = Client(REMOTE_ADDR=STRANGER).get("/healthz")
    assert (stranger.status_code, stranger.json()) == (503, {"status": "not ok"})


def test_whoever_starts_the_server_asks_it_without_its_worker() -> None:
    WorkerBeat.objects.all().delete()
    assert Client().get("/livez").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "headers", "allowed"),
    [
        (0, {}, True),
        (0, {"REMOTE_ADDR": STRANGER}, False),
        (0, {"REMOTE_ADDR": STRANGER, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        (0, {"HTTP_X_FORWARDED_FOR": STRANGER}, False),  # a server in front that no setting names
        (1, {"HTTP_X_FORWARDED_FOR": STRANGER}, False),
        (1, {"HTTP_X_FORWARDED_FOR": f"127.0.0.1, {STRANGER}"}, False),
        (1, {"HTTP_X_FORWARDED_FOR": STRANGER, "HTTP_AUTHORIZATION": "Bearer watch"}, True),
        (1, {"HTTP_X_FORWARDED_FOR": STRANGER, "HTTP_AUTHORIZATION": "Bearer "}, False),
        (1, {"HTTP_X_FORWARDED_FOR": STRANGER, "HTTP_AUTHORIZATION": "Bearer Watch"}, False),
    ],
)
def test_metrics_are_for_this_machine_and_for_who_has_the_token(
    settings: Any, proxies: int, headers: dict[str, str], allowed: bool
) -> None:
    settings.PROXIES, settings.METRICS_TOKEN = proxies, "watch"
    assert (Client().get("/metrics", **headers).status_code == 200) is allowed


def test_without_a_token_in_the_settings_an_empty_one_opens_nothing(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    answer = Client(REMOTE_ADDR=STRANGER).get("/metrics", HTTP_AUTHORIZATION="Bearer ")
    assert answer.status_code == 403


def test_the_metrics_are_prometheus_text_and_say_what_is() -> None:
    now = timezone.now()
    for state, age in ((Job.QUEUED, 90), (Job.QUEUED, 5), (Job.FAILED, 500)):
        Job.objects.create(kind="t", actor=0, state=state, created_at=now - timedelta(seconds=age))
    text = Client().get("/metrics").content.decode()
    for line in text.splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) tanzhi_\w+ .+|tanzhi_\w+(\{\w+="\w+"\})? -?[0-9.e+]+', line), line
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert values['tanzhi_jobs{state="queued"}'] == "2"
    assert values['tanzhi_jobs{state="failed"}'] == "1"
    assert 90 <= float(values["tanzhi_oldest_queued_job_age_seconds"]) < 400
    assert float(values["tanzhi_unsealed_entry_age_seconds"]) == 0
    assert float(values["tanzhi_disk_free_bytes"]) > 0
    assert values['tanzhi_healthy{part="worker"}'] == "1"
    assert ("tanzhi_database_connections" in values) is (connection.vendor == "postgresql")


def test_a_part_of_the_metrics_that_cannot_be_read_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> float:
        raise OperationalError("busy")

    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(health, "unsealed_seconds", away)
    text = Client().get("/metrics").content.decode()
    assert "tanzhi_unsealed_entry_age_seconds" not in text
    assert "tanzhi_disk_free_bytes" in text
    assert json.loads(Client().get("/healthz").content)["parts"]["sealing"]["value"] == "cannot be read"
