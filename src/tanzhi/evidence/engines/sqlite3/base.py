"""SQLite: the triggers call a function that this connection registers, so nobody writes past it while they stand."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3 import base

from tanzhi.evidence.tracking import Event, NotesRows

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=lambda value: {"bytes": value.hex()}
)


def content_digest(values: Any) -> bytes:
    """Of a row's stored values as SQLite gives them: integers, text, bytes, floats, null."""
    return hashlib.sha256(_ENCODER.encode(values).encode("utf-8", "surrogatepass")).digest()


class DatabaseWrapper(NotesRows, base.DatabaseWrapper):
    """A connection that knows which rows its transaction wrote."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.connection.create_function("tanzhi_row", -1, self._note)

    def _note(self, table: str, row: int, *before: Any) -> None:
        self.noted.events.append(Event(table, row, content_digest(before) if before else None))
        if settings.TANZHI_REFUSE_UNCOVERED and not self.in_atomic_block and self._refusal():
            raise RuntimeError  # ends the statement; what calls it says why
