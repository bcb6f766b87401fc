"""Which rows a transaction wrote: triggers on every answered-for table tell the connection that wrote them.

Triggers rather than signals or a manager of our own: the ledger's triggers, cascades, bulk and raw statements are
noted alike. Who writes such a row and does not record it in the same transaction is refused at the commit in tests;
elsewhere it is logged as an error, and the check names the rows.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import DatabaseError, connections, transaction

if TYPE_CHECKING:
    from .models import Entry

MESSAGE_CODE = "TZ001"  # of the message with which PostgreSQL's triggers tell what was written
MOST_NAMED = 20  # rows in one line of the program's own log
_log = logging.getLogger(__name__)
_UNRECORDED: list[bool] = []
_WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
_OF_THE_LOG = '"evidence_'
Value = TypeVar("Value")


class RowWrite(NamedTuple):
    """A row was written; `before` is the digest of what stood there, None where nothing did."""

    table: str
    row: int
    before: bytes | None


@dataclass(frozen=True, slots=True)
class GatheredEntry:
    """An entry that is recorded and not written yet: what it says and has beside it, and the rows it answers for."""

    entry: Entry
    key: bytes
    leaf: dict[str, Any]
    beside: list[tuple[str, bytes, bytes]]
    events: list[RowWrite]
    erased: frozenset[tuple[str, int]]
    rows: str = ""


class Remembered(NamedTuple):
    """What was read of some tables, for as long as this transaction writes none of them."""

    tables: frozenset[str]
    value: Any


GATHERED_WRITERS: list[Callable[[], None]] = []
"""What writes gathered entries: the log, which stands above."""


@dataclass(slots=True)
class Noted:
    """What the present transaction wrote, and how much of it is recorded, and of that written into the log."""

    events: list[RowWrite] = field(default_factory=list)
    recorded: int = 0
    erased: set[tuple[str, int]] = field(default_factory=set)  # rows whose earlier salts go with the next entry
    marks: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    is_gathering: bool = False
    gathered: list[GatheredEntry] = field(default_factory=list)
    written: int = 0  # of those gathered
    memory: dict[Hashable, Remembered] = field(default_factory=dict)
    looked_at: int = 0  # events that the memory knows of

    @property
    def unrecorded(self) -> list[RowWrite]:
        return self.events[self.recorded :]

    def mark(self, savepoint: str) -> None:
        self.marks[savepoint] = (len(self.events), self.recorded, len(self.gathered), self.written)

    def back_to(self, savepoint: str) -> None:
        """Forget what came after; what was gathered before and written after it is still to be written."""
        events, self.recorded, gathered, written = self.marks.get(savepoint, (0, 0, 0, 0))
        del self.events[events:]
        del self.gathered[gathered:]
        self.written = min(written, self.written)
        self.memory.clear()

    def clear(self) -> None:
        self.events.clear()
        self.marks.clear()
        self.erased.clear()
        self.gathered.clear()
        self.memory.clear()
        self.recorded = self.written = self.looked_at = 0


class NotesRows:
    """Mixed into a database connection: notes rows, forgets those of what is rolled back, refuses unrecorded ones."""

    alias: str
    vendor: str
    in_atomic_block: bool
    connection: Any
    atomic_blocks: list[Any]
    execute_wrappers: list[Any]
    rollback: Callable[[], None]
    savepoint_rollback: Callable[[str], None]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.noted = Noted()
        self.execute_wrappers.append(self._by_itself)

    def _by_itself(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """A statement outside any transaction is refused like all others, before it is committed."""
        from .answered import tables

        if self.noted.written < len(self.noted.gathered) and _OF_THE_LOG in str(sql):
            self._write_gathered()  # whoever reads the log reads all that was recorded
        if self.in_atomic_block or not (writes := _WRITES.match(str(sql))) or writes[1] not in tables():
            return execute(sql, params, many, context)
        if self.vendor == "postgresql":  # the answer is all there when the statement ends, so it can be committed
            with transaction.atomic(using=self.alias):
                return execute(sql, params, many, context)
        try:
            result = execute(sql, params, many, context)
        except DatabaseError:
            if settings.TANZHI_REFUSE_UNCOVERED and (refusal := self._refusal()):
                raise RuntimeError(refusal) from None
            raise
        else:
            self._refused(self._refusal())
            return result
        finally:
            self.noted.clear()

    def _write_gathered(self) -> None:
        if self.noted.gathered:
            for write in GATHERED_WRITERS:
                write()

    def _refused(self, refusal: str | None) -> bool:
        """Tests find the writer that no entry covers. Elsewhere nobody's work fails for it: the error is logged, the
        rows stand without a digest, and the check names them until an operator accepts them with a reason.
        """
        if refusal and not settings.TANZHI_REFUSE_UNCOVERED:
            _log.error("%s", refusal)
            return False
        return bool(refusal)

    def _refusal(self, since: int = 0) -> str | None:
        """Why the transaction may not be committed, if it may not."""
        unrecorded = self.noted.events[max(since, self.noted.recorded) :]
        if _UNRECORDED or not unrecorded:
            return None
        written = sorted({f"{event.table} {event.row}" for event in unrecorded})
        more = f" and {len(written) - MOST_NAMED} more" if len(written) > MOST_NAMED else ""
        return f"written without an entry in the log: {', '.join(written[:MOST_NAMED])}{more}"

    def _commit(self) -> None:
        self._write_gathered()
        refusal = self._refusal()
        if self._refused(refusal):
            self.rollback()
            raise RuntimeError(refusal)
        super()._commit()  # type: ignore[misc]  # of the engine that this is mixed into
        self.noted.clear()

    def _rollback(self) -> None:
        self.noted.clear()
        super()._rollback()  # type: ignore[misc]  # of the engine that this is mixed into

    def _savepoint(self, sid: str) -> None:
        self.noted.mark(sid)
        super()._savepoint(sid)  # type: ignore[misc]  # of the engine that this is mixed into

    def _savepoint_rollback(self, sid: str) -> None:
        self.noted.back_to(sid)
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # of the engine that this is mixed into

    def _savepoint_commit(self, sid: str) -> None:
        """Below a test's own transaction nothing ever commits: its outermost savepoints are what commits elsewhere.
        What the test itself wrote before is not theirs.
        """
        outermost = bool(self.atomic_blocks) and all(block._from_testcase for block in self.atomic_blocks)
        if outermost:
            self._write_gathered()
        refusal = self._refusal(self.noted.marks.get(sid, (0, 0))[0]) if outermost else None
        if self._refused(refusal):
            self.savepoint_rollback(sid)
            raise RuntimeError(refusal)
        if outermost:  # as after a commit: no later entry answers for them
            self.noted.recorded = len(self.noted.events)
        super()._savepoint_commit(sid)  # type: ignore[misc]  # of the engine that this is mixed into

    def close(self) -> None:
        self.noted.clear()
        super().close()  # type: ignore[misc]  # of the engine that this is mixed into


def noted(using: str = "default") -> Noted:
    """What this connection's transaction wrote."""
    present = getattr(connections[using], "noted", None)
    if not isinstance(present, Noted):
        raise TypeError(f"{connections[using].settings_dict['ENGINE']} does not note rows: use tanzhi.evidence.engines")
    return present


def remembered(key: Hashable, tables: Iterable[str], read: Callable[[], Value]) -> Value:
    """What `read` gives, read once in a transaction for as long as it writes none of these answered-for tables.

    For what many acts ask alike; what is given is shared by them, and nobody changes it.
    """
    if not connections["default"].in_atomic_block:
        return read()
    writes = noted()
    if new := {event.table for event in writes.events[writes.looked_at :]}:
        for outdated in [name for name, value in writes.memory.items() if value.tables & new]:
            del writes.memory[outdated]
    writes.looked_at = len(writes.events)
    if key not in writes.memory:
        writes.memory[key] = Remembered(frozenset(tables), read())
    value: Value = writes.memory[key].value
    return value


@contextmanager
def unrecorded() -> Iterator[None]:
    """Let rows be written that no entry answers for, by every thread of this process: for tests and measurements."""
    _UNRECORDED.append(True)
    try:
        yield
    finally:
        _UNRECORDED.pop()
