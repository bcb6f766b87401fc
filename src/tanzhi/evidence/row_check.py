"""The rows beside their digests: whoever altered, inserted or deleted one behind the log is named, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import DatabaseError, transaction

from tanzhi.rulebook.kernel.text import Text

from . import triggers
from .answered import AnsweredTable, tables
from .fault import Fault
from .models import RowDigest
from .rows import contents, line, salted, stream
from .snapshot import snapshot

MOST_NAMED = 10_000  # rows of one table; whoever altered more is counted


class Newest(NamedTuple):
    """What the log last said of a row."""

    row: int
    entry: int
    salt: bytes | None
    digest: bytes | None
    altered: int | None  # the entry before which it had been altered, if nobody took it up since
    unsalted: int | None  # an entry whose digest of it lost its salt without an act of erasure


ALTERED = Text(
    "{row} 与存证不符：第 {entry} 号记录之后被改动", "{row} is not as the log says: altered after entry no. {entry}"
)
INSERTED = Text("{row} 不是任何操作写入的", "{row} was written by no act")
DELETED = Text("{row} 已不在：第 {entry} 号记录之后被删除", "{row} is gone: deleted after entry no. {entry}")
DIGESTS = Text(
    "第 {entry} 号记录的行摘要与记录不符：有摘要被改动、删除或插入",
    "the row digests of entry no. {entry} are not those that it recorded: some were altered, deleted or inserted",
)
UNSALTED = Text(
    "{row} 无法核对：第 {entry} 号记录的摘要缺少盐值",
    "{row} cannot be checked: its digest of entry no. {entry} has lost its salt",
)
EARLIER = Text(
    "{row} 在第 {entry} 号记录之前已被改动，该操作覆盖了改动",
    "{row} had been altered before entry no. {entry}, whose act wrote over it",
)
UNWATCHED = Text(
    "表 {table} 的记录触发器缺失或被改动：写入无从记录，运行 tanzhi migrate 补上",
    "the triggers that note writes to table {table} are missing or altered: run `tanzhi migrate` to put them back",
)
UNREADABLE = Text("表 {table} 无法读取：{fault}", "table {table} cannot be read: {fault}")
MORE = Text("表 {table} 另有 {count} 行不符", "table {table}: {count} more rows are not as the log says")


def check(declared: dict[str, AnsweredTable] | None = None) -> Iterator[Fault]:
    """Every row of every table that the log answers for, and every digest; inside one snapshot, streaming."""
    with snapshot():
        yield from _entries()
        for name in triggers.missing() if declared is None else ():
            yield Fault("EVD-24", f"table:{name}", UNWATCHED.format(table=name))
        for table in (tables() if declared is None else declared).values():
            yield from _limited(table)


def _limited(table: AnsweredTable) -> Iterator[Fault]:
    count = 0
    try:
        with transaction.atomic():
            for fault in _table(table):
                count += 1
                if count <= MOST_NAMED:
                    yield fault
    except (DatabaseError, UnicodeError) as fault:
        yield Fault("EVD-27", f"table:{table.name}", UNREADABLE.format(table=table.name, fault=str(fault)))
    if count > MOST_NAMED:
        yield Fault("EVD-28", f"table:{table.name}", MORE.format(table=table.name, count=count - MOST_NAMED))


def _table(table: AnsweredTable) -> Iterator[Fault]:
    for row, content, newest in differences(table):
        place = table.place(row)
        if content is not None and (newest is None or newest.digest is None):
            yield Fault("EVD-21", place, INSERTED.format(row=place))
        elif newest is not None and content is None and newest.digest is not None:
            yield Fault("EVD-22", place, DELETED.format(row=place, entry=newest.entry))
        elif newest is not None and newest.unsalted is not None:
            yield Fault("EVD-25", place, UNSALTED.format(row=place, entry=newest.unsalted))
        elif newest is not None and newest.altered is not None:
            yield Fault("EVD-26", place, EARLIER.format(row=place, entry=newest.altered))
        elif newest is not None:
            yield Fault("EVD-20", place, ALTERED.format(row=place, entry=newest.entry))


def differences(table: AnsweredTable) -> Iterator[tuple[int, bytes | None, Newest | None]]:
    """Rows that are not as their newest digest says: key, digest of what is there, what the log says."""
    rows, digests = contents(table), _newest(table)
    row, newest = next(rows, None), next(digests, None)
    while row is not None or newest is not None:
        if newest is None or (row is not None and row[0] < newest.row):
            assert row is not None
            yield row[0], row[1], None
            row = next(rows, None)
        elif row is None or newest.row < row[0]:
            if newest.digest is not None or newest.unsalted is not None:
                yield newest.row, None, newest
            newest = next(digests, None)
        else:
            salt, digest = newest.salt, newest.digest
            if salt is None or digest is None:
                same = False
            else:
                same = salted(bytes(salt), table.name, newest.row, row[1]) == bytes(digest)
            if newest.altered is not None or newest.unsalted is not None or not same:
                yield row[0], row[1], newest
            row, newest = next(rows, None), next(digests, None)


def _newest(table: AnsweredTable) -> Iterator[Newest]:
    """The last digest of each row of a table, with the alteration that was written over, if any was."""
    digests = stream(
        'SELECT "row", "entry_id", "salt", "digest", "mark" FROM "evidence_rowdigest" WHERE "table" = %s '
        'ORDER BY "row", "id"',
        (table.name,),
        streamed=True,
    )
    for row, versions in groupby(digests, itemgetter(0)):
        altered: int | None = None
        unsalted: int | None = None
        for _, entry, salt, digest, mark in versions:
            if RowDigest.ERASED in mark:
                unsalted = None
            if RowDigest.ACCEPTED in mark:
                altered = None
            elif RowDigest.ALTERED in mark and altered is None:
                altered = entry
            if salt is None and digest is not None and unsalted is None:
                unsalted = entry
        yield Newest(row, entry, salt, digest, altered, unsalted)


def _entries() -> Iterator[Fault]:
    """The digests of every entry together are what its leaf carries."""
    leaves = stream('SELECT "id", "canonical" FROM "evidence_entry" ORDER BY "id"', streamed=True)
    rows = stream(
        'SELECT "entry_id", "table", "row", "digest", "mark" FROM "evidence_rowdigest" ORDER BY "entry_id", "id"',
        streamed=True,
    )
    groups = groupby(rows, itemgetter(0))
    group = next(groups, None)
    for entry, canonical in leaves:
        # What the leaf says of its rows; nothing where it wrote none, or is no longer readable (named by its own hash).
        try:
            recorded = str(json.loads(bytes(canonical)).get("rows", ""))
        except (ValueError, AttributeError):
            recorded = ""
        present = ""
        if group is not None and group[0] == entry:
            total = sha256()
            for _, table, row, digest, mark in group[1]:
                total.update(line(table, row, digest, mark))
            present, group = total.hexdigest(), next(groups, None)
        if present != recorded:
            yield Fault("EVD-23", f"entry-number:{entry}", DIGESTS.format(entry=entry))
    if group is not None:
        yield Fault("EVD-23", f"entry-number:{group[0]}", DIGESTS.format(entry=group[0]))
