"""Connections of SQLite as a serving process uses them: lent out again, and waiting for another writer."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError

from tanzhi.evidence.engines.sqlite3 import base
from tanzhi.evidence.engines.sqlite3.base import NOTE, DatabaseWrapper, Idle

MOST = 2
TIMEOUT = 0.3


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch, settings: Any, django_db_blocker: Any) -> Iterator[Idle]:
    settings.TANZHI_IDLE_CONNECTIONS = MOST
    of_this_test = Idle()
    monkeypatch.setattr(base, "IDLE", of_this_test)
    with django_db_blocker.unblock():  # of a file of its own, not of the suite's database
        yield of_this_test
    for _, connection in of_this_test.connections:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "served.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE reading (tonnes INTEGER)")
        connection.executemany("INSERT INTO reading VALUES (?)", [(1,), (2,), (3,)])
    connection.close()
    return file


def connected(path: Path) -> DatabaseWrapper:
    from django.db import connections

    settings = {**connections["default"].settings_dict, "NAME": str(path)}
    settings["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": TIMEOUT,
        "init_command": "PRAGMA foreign_keys=ON",
    }
    settings |= {"ENGINE": "tanzhi.evidence.engines.sqlite3", "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    wrapper = DatabaseWrapper(settings, "served")
    wrapper.ensure_connection()
    return wrapper


def tonnes(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT sum(tonnes) FROM reading")
        return int(cursor.fetchone()[0])


def test_a_connection_that_is_given_back_is_lent_to_the_next(idle: Idle, path: Path) -> None:
    first = connected(path)
    opened = first.connection
    assert tonnes(first) == 6
    first.close()
    second = connected(path)
    assert second.connection is opened
    with second.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone()[0] == 1
    second.close()


def test_what_the_triggers_note_goes_to_whoever_has_the_connection_now(idle: Idle, path: Path, settings: Any) -> None:
    settings.TANZHI_REFUSE_UNCOVERED = False  # as in service
    first = connected(path)
    first.close()
    second = connected(path)
    with second.cursor() as cursor:
        cursor.execute(f"SELECT {NOTE}('reading', 7)")
    assert [event.row for event in second.noted.events] == [7]
    assert first.noted.events == []
    second.close()


def test_no_more_are_idle_than_the_process_answers_at_once(idle: Idle, path: Path) -> None:
    several = [connected(path) for _ in range(MOST + 3)]
    for wrapper in several:
        wrapper.close()
    assert len(idle.connections) == MOST


def test_a_command_closes_its_connections(idle: Idle, path: Path, settings: Any) -> None:
    settings.TANZHI_IDLE_CONNECTIONS = 0
    wrapper = connected(path)
    opened = wrapper.connection
    wrapper.close()
    assert idle.connections == []
    with pytest.raises(sqlite3.ProgrammingError):
        opened.execute("SELECT 1")


def test_a_file_that_another_stands_in_for_is_opened_anew(idle: Idle, path: Path, tmp_path: Path) -> None:
    connected(path).close()
    restored = tmp_path / "restored.sqlite3"
    with sqlite3.connect(restored) as connection:
        connection.execute("CREATE TABLE reading (tonnes INTEGER)")
        connection.execute("INSERT INTO reading VALUES (40)")
    connection.close()
    os.replace(restored, path)
    after = connected(path)
    assert tonnes(after) == 40
    after.close()


def test_a_file_that_is_gone_keeps_no_connection(idle: Idle, path: Path) -> None:
    wrapper = connected(path)
    path.unlink()
    wrapper.close()
    assert idle.connections == []


def test_whoever_read_half_of_a_result_leaves_no_old_rows_to_the_next(idle: Idle, path: Path) -> None:
    wrapper = connected(path)
    half = wrapper.connection.execute("SELECT tonnes FROM reading")
    assert half.fetchone() == (1,)
    wrapper.close()
    assert idle.connections == []


def test_a_connection_in_a_transaction_or_after_an_error_is_closed(idle: Idle, path: Path) -> None:
    wrapper = connected(path)
    wrapper.connection.execute("BEGIN IMMEDIATE")
    wrapper.close()
    assert idle.connections == []
    failed = connected(path)
    with pytest.raises((OperationalError, DatabaseError)), failed.cursor() as cursor:
        cursor.execute("SELECT nothing FROM reading")
    assert failed.errors_occurred
    failed.close()
    assert idle.connections == []


def test_two_never_have_the_same_connection(idle: Idle, path: Path) -> None:
    lent: list[int] = []
    barrier = threading.Barrier(4)

    def come() -> None:
        for _ in range(20):
            wrapper = connected(path)
            lent.append(id(wrapper.connection))
            assert tonnes(wrapper) == 6
            barrier.wait(10)
            wrapper.close()

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(lent) == 80
    rounds = [lent[n : n + 4] for n in range(0, 80, 4)]
    assert all(len(set(together)) == 4 for together in rounds[:1])


def busy_timeout(wrapper: DatabaseWrapper) -> int:
    return int(wrapper.connection.execute("PRAGMA busy_timeout").fetchone()[0])


def test_whoever_writes_waits_for_another_writer_and_then_begins(idle: Idle, path: Path) -> None:
    first, second = connected(path), connected(path)
    first.connection.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(TIMEOUT / 3, lambda: first.connection.execute("COMMIT"))
    ending.start()
    second._start_transaction_under_autocommit()
    assert second.connection.in_transaction
    assert busy_timeout(second) == TIMEOUT * 1000  # for what writes without a transaction
    ending.join()
    second.connection.execute("ROLLBACK")
    for wrapper in (first, second):
        wrapper.close()


def test_whoever_waits_longer_than_the_settings_say_gives_up(idle: Idle, path: Path) -> None:
    first, second = connected(path), connected(path)
    first.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="database is locked"):
        second._start_transaction_under_autocommit()
    assert not second.connection.in_transaction
    assert busy_timeout(second) == TIMEOUT * 1000
    first.connection.execute("ROLLBACK")
    second._start_transaction_under_autocommit()
    second.connection.execute("ROLLBACK")
    for wrapper in (first, second):
        wrapper.close()
