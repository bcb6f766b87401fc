"""PostgreSQL: the triggers tell the connection by a message of their own, once a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.backends.postgresql import base

from tanzhi.evidence.tracking import MESSAGE_CODE, NotesRows, RowWrite

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic


class DatabaseWrapper(NotesRows, base.DatabaseWrapper):
    """A connection that knows which rows its transaction wrote."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.connection.add_notice_handler(self._hear)

    def _close(self) -> None:
        if self.connection is not None:  # a pool gives the same connection to somebody else
            self.connection.remove_notice_handler(self._hear)
        super()._close()  # type: ignore[misc]  # the stubs leave it out

    def _hear(self, message: Diagnostic) -> None:
        if message.sqlstate != MESSAGE_CODE:
            return
        table, _, rows = (message.message_primary or "").partition(" ")
        for event in rows.split(","):
            row, _, before = event.partition(":")
            self.noted.events.append(RowWrite(table, int(row), bytes.fromhex(before) if before else None))
