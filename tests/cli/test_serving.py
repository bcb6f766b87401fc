"""How large the server is, what it may ask of the database, and what `tanzhi migrate` says it did."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tanzhi.cli import serving
from tanzhi.cli.serving import ServerSize, refuse_too_many_connections, run_server, server_size
from tanzhi.cli.speaking import Stopped
from tanzhi.web.deployment import Misconfigured


@pytest.mark.parametrize(
    ("vendor", "cores", "stated", "environment", "size"),
    [
        ("sqlite", 16, (0, 0), {}, (1, 4)),
        ("postgresql", 1, (0, 0), {}, (1, 4)),
        ("postgresql", 2, (0, 0), {}, (2, 4)),
        ("postgresql", 16, (0, 0), {}, (4, 4)),
        ("postgresql", 2, (0, 0), {"TANZHI_WORKERS": "3", "TANZHI_THREADS": "5"}, (3, 5)),
        ("sqlite", 2, (2, 8), {"TANZHI_WORKERS": "3"}, (2, 8)),
    ],
)
def test_the_size_is_what_was_stated_or_what_suits_machine_and_database(
    vendor: str,
    cores: int,
    stated: tuple[int, int],
    environment: dict[str, str],
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.db.connection", type("Connection", (), {"vendor": vendor}))
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    for name in ("TANZHI_WORKERS", "TANZHI_THREADS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert server_size(*stated) == ServerSize(*size)


def test_a_size_that_is_no_number_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANZHI_WORKERS", "many")
    with pytest.raises(Misconfigured, match="TANZHI_WORKERS"):
        server_size()


@pytest.mark.parametrize(("limit", "fits"), [(18, False), (19, True), (100, True), (None, True)])
def test_more_than_the_database_grants_is_refused_before_the_start(
    limit: int | None, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "connection_limit", lambda: limit)
    size = ServerSize(2, 4)  # 8 threads, 8 for worker and upkeep, 3 that PostgreSQL keeps
    if fits:
        refuse_too_many_connections(size)
        return
    with pytest.raises(Stopped, match="CLI-CONNECTIONS") as refused:
        refuse_too_many_connections(size)
    assert "19" in refused.value.message.zh


def test_the_server_is_begun_with_bounded_threads_and_as_large_a_pool(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    begun: dict[str, Any] = {}

    class Server:
        def __init__(self, target: str, **options: Any) -> None:
            begun.update(options)

        def serve(self) -> None:
            begun["pool"] = os.environ["TANZHI_DATABASE_POOL"]

    monkeypatch.setenv("TANZHI_DATABASE_POOL", "0")
    monkeypatch.setattr("granian.Granian", Server)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    run_server("127.0.0.1", 8000, ServerSize(2, 6))
    assert (begun["workers"], begun["pool"]) == (2, "6")
    # those that wait for a turn take no connection, and are let in whatever the number of processes
    assert begun["blocking_threads"] == begun["backpressure"] == 6 + serving.WAITING
    assert begun["respawn_failed_workers"]


@pytest.mark.parametrize(
    ("address", "pooled"), [("postgresql://tanzhi@localhost/tanzhi", True), ("sqlite:////tmp/x", False)]
)
def test_the_pool_is_for_postgresql_alone_and_no_larger_than_the_threads(
    address: str, pooled: bool, tmp_path: Path
) -> None:
    code = (
        "from tanzhi.web import settings; d = settings.DATABASES['default']\n"
        "print(d.get('OPTIONS', {}).get('pool', {}).get('max_size'), d.get('CONN_HEALTH_CHECKS', False))"
    )
    environment = {
        **os.environ, "TANZHI_VAR": str(tmp_path), "TANZHI_DATABASE": address, "TANZHI_DATABASE_POOL": "6",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == (["6", "True"] if pooled else ["None", "False"])


def test_an_empty_database_is_made_private_and_the_command_says_what_it_did(tmp_path: Path) -> None:
    var = tmp_path / "tanzhi"
    environment = {**os.environ, "TANZHI_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
    environment.pop("TANZHI_DATABASE", None)
    command = [sys.executable, "-m", "tanzhi.cli", "migrate", "--lang", "en"]

    def migrate() -> str:
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    file = var / "tanzhi.sqlite3"
    assert migrate().startswith(f"created the database {file}: ")
    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in var.rglob("*")} == {
        path.name: 0 for path in var.rglob("*")
    }
    assert migrate() == f"the database {file} is up to date; nothing was changed\n"
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        connection.execute("DROP TABLE django_session")
    connection.close()
    assert migrate() == f"updated the database {file}: 1 migrations applied\n"
