"""The database closes the worker's connection: the seal goes on with another one, and a job's process likewise."""

from __future__ import annotations

import psycopg
import pytest
from django.db import OperationalError, connection

from tanzhi.cli.worker import Duty, seal

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


def take_database_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's administrator ends our connection; SQLite, which has none, is locked by somebody else, once."""
    if connection.vendor != "postgresql":

        def busy(*_: object) -> None:
            monkeypatch.undo()
            raise OperationalError("database is locked")

        monkeypatch.setattr(connection, "cursor", busy)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])


def test_the_seal_goes_on_when_the_database_has_closed_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    # nothing is written: a test whose transactions are real could not take it out of the log again
    duty = Duty("seal", seal, 1.0)
    for turn in range(3):
        take_database_away(monkeypatch)
        duty.tend(turn * 100.0)
        assert duty.faults == 1
        duty.tend(turn * 100.0 + 50)
        assert duty.faults == 0
