"""`tanzhi check-deploy`: nothing to say of a good installation, and each bad thing named by its code alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.organisations.people.test_rights import FIRST

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import WorkerBeat
from tanzhi.actions.perform import perform
from tanzhi.cli import deployment_checks, serving
from tanzhi.evidence.sealer import seal
from tanzhi.web import health

pytestmark = pytest.mark.django_db
HTTPS = "https://carbon.example.gov.cn"
OURS = [code for code in deployment_checks.CHECKS if code != "DEP-DJANGO"]
Bad = Callable[[Any, pytest.MonkeyPatch], None]


@pytest.fixture(autouse=True)
def good(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation as docs/how-to/deploy.md makes it."""
    settings.VAR = tmp_path / "tanzhi"
    settings.VAR.mkdir(mode=0o700)
    (settings.VAR / "secret-key").touch(mode=0o600)
    settings.SECRET_KEY = "x1y2z3" * 10
    settings.DEBUG, settings.TANZHI_TODAY, settings.TANZHI_ADDRESS = False, "", HTTPS
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = ["carbon.example.gov.cn", "localhost"], [HTTPS]
    settings.PROXIES, settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 1, 31536000, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.HEALTH_DISK_MEGABYTES = 0
    for module in (deployment_checks, serving):
        monkeypatch.setattr(module, "connection_limit", lambda: 100)
    monkeypatch.setattr(deployment_checks, "server_version", lambda: 15)
    monkeypatch.setattr(deployment_checks, "client_version", lambda program: 15)
    monkeypatch.setattr(deployment_checks, "sqlite_file", lambda: None)
    now = timezone.now()
    WorkerBeat.objects.create(worker="here", kind=WorkerBeat.SEALER, begun_at=now, at=now)
    settings.TANZHI_TIME_CODES = ""
    perform("organisations.appoint_first", Actor.platform(), data=FIRST)
    seal()


def set_to(**values: Any) -> Bad:
    def make_bad(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in values.items():
            setattr(settings, name, value)

    return make_bad


def readable(path: str) -> Bad:
    def make_bad(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        (settings.VAR / path).chmod(0o755)

    return make_bad


def messages_logged(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.LOGGING["formatters"]["line"], "messages", True)


def database_away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.CHECKS, "database", lambda: health.Reading(False, "away"))


def migrations_missing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.CHECKS, "migrations", lambda: health.Reading(False, 3))


def keys_lost(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (settings.VAR / "keys").glob("*.key"):
        path.unlink()


def worker_silent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    WorkerBeat.objects.update(at=timezone.now() - timedelta(hours=1))


def unsealed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "unsealed_seconds", lambda: 3600.0)


def few_connections(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment_checks, "connection_limit", lambda: 12)


def no_client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment_checks, "client_version", {"psql": 15, "pg_restore": 15}.get)


def old_client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment_checks, "client_version", lambda program: 14)


def secret_lost(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (settings.VAR / "secret-key").unlink()


BAD: dict[str, tuple[str, Bad]] = {
    "debugging": ("DEP-DEBUG", set_to(DEBUG=True)),
    "the day fixed": ("DEP-TODAY", set_to(TANZHI_TODAY="2024-07-16")),
    "messages in the log": ("DEP-MESSAGES", messages_logged),
    "no address": ("DEP-ADDRESS", set_to(TANZHI_ADDRESS="", ALLOWED_HOSTS=["localhost"])),
    "an address without HTTPS": ("DEP-HTTPS", set_to(TANZHI_ADDRESS="http://carbon.example.gov.cn")),
    "HTTPS and no server in front": ("DEP-PROXY", set_to(PROXIES=0)),
    "every host": ("DEP-HOSTS", set_to(ALLOWED_HOSTS=["*", "carbon.example.gov.cn"])),
    "the test client's host": ("DEP-HOSTS", set_to(ALLOWED_HOSTS=["testserver", "carbon.example.gov.cn"])),
    "another host": ("DEP-HOSTS", set_to(ALLOWED_HOSTS=["other.example.gov.cn"])),
    "forms refused behind HTTPS": ("DEP-ORIGIN", set_to(CSRF_TRUSTED_ORIGINS=[])),
    "cookies without HTTPS": ("DEP-ORIGIN", set_to(SESSION_COOKIE_SECURE=False)),
    "no HSTS": ("DEP-HSTS", set_to(SECURE_HSTS_SECONDS=0)),
    "a short secret": ("DEP-SECRET", set_to(SECRET_KEY="short")),
    "no secret-key": ("DEP-PRIVATE", secret_lost),
    "an open folder": ("DEP-PRIVATE", readable("")),
    "an open secret-key": ("DEP-PRIVATE", readable("secret-key")),
    "an open signing key": ("DEP-PRIVATE", readable("keys/0001.key")),
    "the database away": ("DEP-DATABASE", database_away),
    "migrations missing": ("DEP-MIGRATIONS", migrations_missing),
    "keys lost": ("DEP-KEYS", keys_lost),
    "the worker silent": ("DEP-WORKER", worker_silent),
    "unsealed entries": ("DEP-SEALING", unsealed),
    "the disk full": ("DEP-DISK", set_to(HEALTH_DISK_MEGABYTES=10**12)),
    "too few connections": ("DEP-CONNECTIONS", few_connections),
    "no pg_dump": ("DEP-CLIENTS", no_client),
    "an old pg_dump": ("DEP-CLIENTS", old_client),
    "what rights ask for": ("DEP-DJANGO", set_to(TANZHI_TIME_CODES="off")),
    "what Django warns of": ("DEP-DJANGO", set_to(X_FRAME_OPTIONS="SAMEORIGIN")),
}


def test_of_a_good_installation_there_is_nothing_to_say() -> None:
    assert deployment_checks.findings() == []


def test_every_check_has_something_bad_here() -> None:
    assert {code for code, _ in BAD.values()} == set(deployment_checks.CHECKS)


@pytest.mark.parametrize("name", BAD)
def test_each_bad_thing_is_named_by_its_code_in_both_languages(
    name: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, make_bad = BAD[name]
    make_bad(settings, monkeypatch)
    # Django's own warnings may name a thing a second time, in its words
    named = {other: message for other, message in deployment_checks.findings() if other in (code, *OURS)}
    allowed = {code} | ({"DEP-HTTPS"} if name == "no address" else set())
    assert set(named) == allowed
    assert named[code].zh
    assert named[code].en


def test_an_sqlite_file_that_others_may_read_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = settings.VAR / "tanzhi.sqlite3"
    file.touch()
    file.chmod(0o644)
    monkeypatch.setattr(deployment_checks, "sqlite_file", lambda: file)
    (message,) = deployment_checks.check_private_files()
    assert f"chmod 600 {file}" in message.en
