"""What fixtures build out of an empty database is built once in a run: later its rows are put in as they were.

The world of `tests/factories.py` and its people go through some sixty acts, which most tests need and few are about.
A builder's rows are kept under everything that was built before it in the test, the keys of the log and the clock;
where anything else was written in between, or a row stands in the way, the acts are done as ever.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.evidence.models import Entry
from tanzhi.evidence.tracking import noted, unrecorded

T = TypeVar("T")
Rows = dict[str, dict[int | str, str | tuple[Any, ...]]]
"""Table → key of a row → the row: its values on SQLite, its JSON text on PostgreSQL."""
Chain = tuple[Hashable, ...]

WALL_CLOCK = timezone.now, clock.now


@dataclass(frozen=True, slots=True)
class Step:
    """What one builder added, and what it gave; without rows it also changed some, and is done anew each time."""

    added: Rows | None
    result: bytes
    entries: int


@dataclass(slots=True)
class Building:
    """Where the present test is: what it built so far (None: not by builders alone), after how many entries."""

    chain: Chain | None = ()
    entries: int = 0


_KNOWN: dict[Chain, Step] = {}
_PRESENT = Building()


def begin_anew() -> None:
    """Another test begins, with an empty database."""
    _PRESENT.chain, _PRESENT.entries = (), 0


def built_once(key: Hashable, build: Callable[[], T]) -> T:
    """What `build` gives, with the rows that it writes; `key` says everything on which it depends but the rows."""
    if _PRESENT.chain is None or not _nothing_between():
        _PRESENT.chain = None
        return build()
    chain = (*_PRESENT.chain, key) if _PRESENT.chain else (_ground(), key)
    step = _KNOWN.get(chain)
    if step is None:
        return _built(chain, build)
    if step.added is None or not _put_in(step.added):
        _PRESENT.chain = None
        return build()
    _PRESENT.chain, _PRESENT.entries = chain, step.entries
    result: T = pickle.loads(step.result)
    return result


def _nothing_between() -> bool:
    """Every act leaves an entry, so that as many as after the last builder mean that nothing was done since."""
    return (timezone.now, clock.now) == WALL_CLOCK and Entry.objects.count() == _PRESENT.entries


def _ground() -> Hashable:
    """What builders depend on beside the rows: the log's keys, its hash, the day."""
    keys = settings.VAR / "keys"
    content = [(path.name, path.read_bytes()) for path in sorted(keys.glob("*"))] if keys.is_dir() else []
    read = hashlib.sha256(repr([one for one in content if one[0] != "last-head"]).encode()).hexdigest()
    algorithm = getattr(settings, "TANZHI_EVIDENCE_HASH", "")
    return str(settings.VAR), read, algorithm, settings.TANZHI_TODAY, clock._moment.get()


def _built(chain: Chain, build: Callable[[], T]) -> T:
    before = rows_of_all()
    result = build()
    after = rows_of_all()
    only_added = all(before[table].items() <= after[table].items() for table in before)
    new = {table: {key: row for key, row in rows.items() if key not in before[table]} for table, rows in after.items()}
    added = {table: rows for table, rows in new.items() if rows} if only_added else None
    count = Entry.objects.count()
    _KNOWN[chain] = Step(added, pickle.dumps(result), count)
    ground = _ground()
    if ground != chain[0]:  # the first entry of all made the keys
        _KNOWN[(ground, *chain[1:])] = _KNOWN[chain]
    _PRESENT.chain, _PRESENT.entries = (ground, *chain[1:]), count
    return result


def _put_in(added: Rows) -> bool:
    """Put the rows in; False, with nothing written, where one of them stands there already."""
    try:
        with unrecorded(), transaction.atomic():
            for table, rows in added.items():
                _insert(table, list(rows.values()))
    except DatabaseError:
        return False
    noted().recorded = len(noted().events)
    return True


@cache
def _tables() -> dict[str, str]:
    """Each table with the column that is its key; what a database keeps for itself is left out."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        keys = {name: connection.introspection.get_primary_key_column(cursor, name) for name in names}
    return {name: key for name, key in keys.items() if key}


@cache
def _columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def rows_of_all() -> Rows:
    """Every row of every table as it is stored."""
    every: Rows = {}
    with connection.cursor() as cursor:
        for table, key in _tables().items():
            if connection.vendor == "postgresql":
                cursor.execute(f'SELECT "{key}"::text, row_to_json(t)::text FROM "{table}" t')
                every[table] = dict(cursor.fetchall())
            else:  # a column behind a plus has no declared type, so its value comes as it is stored
                plain = ", ".join(f'+"{column}"' for column in _columns_of(table))
                cursor.execute(f'SELECT +"{key}", {plain} FROM "{table}"')
                every[table] = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
    return every


def _insert(table: str, rows: list[Any]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            listed = "[" + ",".join(rows) + "]"
            cursor.execute(
                f'INSERT INTO "{table}" SELECT * FROM json_populate_recordset(NULL::"{table}", %s)',
                [listed],
            )
            return
        values = ", ".join(["?"] * len(rows[0]))
        names = ", ".join(f'"{column}"' for column in _columns_of(table))
        with connection.wrap_database_errors:
            connection.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({values})', rows)
