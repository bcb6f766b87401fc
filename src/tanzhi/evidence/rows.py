"""What the rows say, beside what the log says of them: digests of every row that an act wrote, and their check."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, models

from .answered import AnsweredTable, tables
from .models import RowDigest
from .tracking import GatheredEntry, RowWrite, noted
from .triggers import content_on_postgresql

AT_ONCE = 400
Row = tuple[str, int]  # table and key
_COLUMNS = '"table", "row", "salt", "digest", "mark"'


class Digest(NamedTuple):
    """A row of `RowDigest`, before its entry has a number."""

    table: str
    row: int
    salt: bytes | None
    digest: bytes | None
    mark: str


# --- at the entry of an act --------------------------------------------------------------------------------


def digests_of(entries: Sequence[GatheredEntry], later: Iterable[RowWrite] = ()) -> list[list[Digest]]:
    """For each of these entries in turn the digests of the rows that it answers for, in order.

    A row is digested as it was when its entry was recorded: as it is stored now, or, where a later entry or a `later`
    statement wrote it again, as it stood before that.
    """
    written = [_first_of_each(entry.events) for entry in entries]
    now = _present(written)
    after: list[dict[Row, bytes | None]] = []
    now |= _first_of_each(later)
    for rows in reversed(written):
        after.append({row: now[row] for row in rows})
        now |= rows
    newest = _newest_before(now, written)
    lists = []
    for entry, rows, stored in zip(entries, written, reversed(after), strict=True):
        digests: list[Digest] = []
        for row in sorted(rows):
            before, content, erased = rows[row], stored[row], row in entry.erased
            if content == before and not erased:  # written and put back
                continue
            last = newest.get(row)
            if before is None:
                altered = False
            elif last is None or last.digest is None or last.salt is None:
                altered = True
            else:
                altered = salted(bytes(last.salt), *row, before) != bytes(last.digest)
            mark = RowDigest.ALTERED * altered + RowDigest.ERASED * erased
            newest[row] = new_digest(tables()[row[0]], row[1], content, mark)
            digests.append(newest[row])
        lists.append(digests)
    return lists


def _first_of_each(events: Iterable[RowWrite]) -> dict[Row, bytes | None]:
    """What stood in each row before the first of these statements wrote it."""
    before: dict[Row, bytes | None] = {}
    for event in events:
        before.setdefault((event.table, event.row), event.before)
    return before


def _present(written: Iterable[Iterable[Row]]) -> dict[Row, bytes | None]:
    """What stands now in rows; None where nothing does."""
    present: dict[Row, bytes | None] = dict.fromkeys((row for rows in written for row in rows), None)
    for name, keys in _by_table(present).items():
        for part in _parts(sorted(keys)):
            present |= {(name, key): content for key, content in contents(tables()[name], part)}
    return present


def _newest_before(first: Mapping[Row, bytes | None], written: Iterable[Iterable[Row]]) -> dict[Row, Digest]:
    """The newest stored digest of each written row that was there before."""
    old = {row for rows in written for row in rows if first[row] is not None}
    return {
        (name, key): digest
        for name, keys in _by_table(old).items()
        for key, digest in newest_digests(tables()[name], keys).items()
    }


def _by_table(rows: Iterable[Row]) -> dict[str, list[int]]:
    keys: dict[str, list[int]] = {}
    for name, key in rows:
        keys.setdefault(name, []).append(key)
    return keys


def erase_earlier(record: models.Model) -> None:
    """For the act that erases personal data in a row: with its entry the salts of the row's earlier digests go, so
    that nobody can try any more what the row held.
    """
    noted().erased.add((record._meta.db_table, record.pk))


def digest_of(digests: Iterable[Digest]) -> str:
    """What an entry carries of its rows: one digest over the list, in the order in which it is kept."""
    total = hashlib.sha256()
    for row in digests:
        total.update(line(row.table, row.row, row.digest, row.mark))
    return total.hexdigest()


def keep(entry: int, digests: Sequence[Digest]) -> None:
    """Write the digests of an entry, by its number."""
    values = [(entry, *digest) for digest in digests]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(
                f'INSERT INTO "evidence_rowdigest" ("entry_id", {_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)',  # noqa: S608  # names of our own
                values,
            )
            if erased := [(row.table, row.row, entry) for row in digests if RowDigest.ERASED in row.mark]:
                cursor.executemany(
                    'UPDATE "evidence_rowdigest" SET "salt" = NULL '
                    'WHERE "table" = %s AND "row" = %s AND "entry_id" < %s AND "salt" IS NOT NULL',
                    erased,
                )


def line(table: str, row: int, digest: bytes | None, mark: str) -> bytes:
    return f"{table} {row} {bytes(digest).hex() if digest is not None else '-'} {mark}\n".encode()


def new_digest(table: AnsweredTable, row: int, content: bytes | None, mark: str) -> Digest:
    """Of a row as it is now, under a salt of its own."""
    if content is None:
        return Digest(table.name, row, None, None, mark)
    salt = secrets.token_bytes(16)
    return Digest(table.name, row, salt, salted(salt, table.name, row, content), mark)


def salted(salt: bytes, table: str, row: int, content: bytes) -> bytes:
    """The digest of a row: nobody who reads it can try what the row may hold."""
    return hashlib.sha256(salt + f"{table} {row} ".encode() + content).digest()


# --- reading ------------------------------------------------------------------------------------------------


def contents(table: AnsweredTable, rows: tuple[int, ...] | None = None) -> Iterator[tuple[int, bytes]]:
    """Every row's key and the digest of what it holds, by key; of some rows, or streamed of all."""
    from .engines.sqlite3.base import content_digest

    on_server = connection.vendor == "postgresql"
    where = f'WHERE "{table.key}" IN ({", ".join(["%s"] * len(rows))})' if rows is not None else ""
    if on_server:
        selected = f't."{table.key}", {content_on_postgresql(table, "t")}'
    else:  # a plus sign: the value as it is stored, not as its declared type would have it
        selected = ", ".join(f't."{name}"' for name in (table.key,)) + "".join(f', +t."{c}"' for c in table.columns)
    statement = f'SELECT {selected} FROM "{table.name}" t {where} ORDER BY t."{table.key}"'  # noqa: S608  # names of our own
    for values in stream(statement, rows or (), streamed=rows is None):
        yield values[0], bytes(values[1]) if on_server else content_digest(values[1:])


def newest_digests(table: AnsweredTable, rows: Iterable[int]) -> dict[int, Digest]:
    """The newest digest of each of these rows, each by one step into the index."""
    digests = {}
    for part in _parts(rows):
        newest = 'SELECT max("id") FROM "evidence_rowdigest" WHERE "table" = %s AND "row" = v.r'
        row_values = " UNION ALL ".join(["SELECT CAST(%s AS bigint) AS r"] * len(part))
        statement = f'SELECT {_COLUMNS} FROM ({row_values}) v JOIN "evidence_rowdigest" d ON d."id" = ({newest})'  # noqa: S608  # names of our own
        for values in stream(statement, (*part, table.name)):
            digests[values[1]] = Digest(*values)
    return digests


def _parts(rows: Iterable[int]) -> Iterator[tuple[int, ...]]:
    waiting = iter(rows)
    while part := tuple(islice(waiting, AT_ONCE)):
        yield part


def stream(statement: str, values: tuple[Any, ...] = (), *, streamed: bool = False) -> Iterator[tuple[Any, ...]]:
    """Few at once where all of a table is read, whatever its size."""
    cursor = connection.chunked_cursor() if streamed else connection.cursor()
    with cursor:
        cursor.execute(statement, values)
        while batch := cursor.fetchmany(2000):
            yield from batch
