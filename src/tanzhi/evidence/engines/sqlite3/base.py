"""SQLite: the triggers call a function that this connection registers, so nobody writes past it while they stand.

Opening a connection reads the whole schema with its triggers, which takes longer than most pages ask of it. So a
serving process lends out those that it has opened, as it does with PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
import time
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3 import base

from tanzhi.evidence.tracking import NotesRows, RowWrite

PATIENCE = 20.0  # seconds for another writer, where the settings say nothing
STEP = 0.002
NOTE = "tanzhi_row"  # the function that the triggers call
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=lambda value: {"bytes": value.hex()}
)


def content_digest(values: Any) -> bytes:
    """Of a row's stored values as SQLite gives them: integers, text, bytes, floats, null."""
    return hashlib.sha256(_ENCODER.encode(values).encode("utf-8", "surrogatepass")).digest()


class Idle:
    """Connections of this process that nobody uses, at most `settings.TANZHI_IDLE_CONNECTIONS`, of the present file.

    A file that was put in its place by another (restored) is another one; so is a process that was forked.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.connections: list[tuple[tuple[int, ...], sqlite3.Connection]] = []

    def lend(self, path: str) -> sqlite3.Connection | None:
        with self.lock:
            while self.connections:
                file, connection = self.connections.pop()
                if file == self.file(path):
                    return connection
                connection.close()
        return None

    def take_back(self, path: str, connection: sqlite3.Connection) -> bool:
        """False where it is to be closed: enough are idle, or the file is gone."""
        if not (file := self.file(path)):
            return False
        with self.lock:
            if len(self.connections) >= settings.TANZHI_IDLE_CONNECTIONS:
                return False
            self.connections.append((file, connection))
        return True

    @staticmethod
    def file(path: str) -> tuple[int, ...]:
        try:
            status = os.stat(path)
        except OSError:
            return ()
        return (os.getpid(), status.st_dev, status.st_ino)


IDLE = Idle()


class DatabaseWrapper(NotesRows, base.DatabaseWrapper):
    """A connection that knows which rows its transaction wrote."""

    transaction_mode: str | None  # as the settings say, once connected

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        return IDLE.lend(str(conn_params["database"])) or super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        """Wait for the other writer in short steps: SQLite itself looks ever more rarely, and the file lies idle."""
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's stubs leave it out
            return
        patience = float(self.settings_dict["OPTIONS"].get("timeout", PATIENCE))
        until = time.monotonic() + patience
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            with self.wrap_database_errors:
                while not self._begun(until):
                    time.sleep(STEP)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")

    def _begun(self, until: float) -> bool:
        try:
            self.connection.execute(f"BEGIN {self.transaction_mode or ''}")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            return False
        return True

    def _close(self) -> None:
        """Back to the idle ones; closed where it failed or is in the middle of something."""
        if not (self._at_rest() and IDLE.take_back(str(self.settings_dict["NAME"]), self.connection)):
            super()._close()  # type: ignore[misc]  # Django's stubs leave it out

    def _at_rest(self) -> bool:
        """Whoever read half of a result still sees the rows of then: SQLite changes no function in the middle of it."""
        if self.errors_occurred or self.connection.in_transaction:
            return False
        try:
            self.connection.create_function(NOTE, -1, None)
        except sqlite3.OperationalError:
            return False
        return True

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.connection.create_function(NOTE, -1, self._note)

    def _note(self, table: str, row: int, *before: Any) -> None:
        self.noted.events.append(RowWrite(table, row, content_digest(before) if before else None))
        if settings.TANZHI_REFUSE_UNCOVERED and not self.in_atomic_block and self._refusal():
            raise RuntimeError  # ends the statement; what calls it says why
