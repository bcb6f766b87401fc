"""What is wrong with a database that cannot be read: the file, or the very cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tanzhi.rulebook.kernel.text import Text

from .databases import UNSOUND
from .speaking import NOT_READY, Stopped

if TYPE_CHECKING:
    from django.db.models import Field

MOST_CELLS = 20
WHOLE = ("'integer'", None, "a whole number")
TEXT = ("'text'", str, "text")
STORED: dict[str, tuple[str, Callable[[Any], object] | None, str]] = {
    **dict.fromkeys(("AutoField", "BigAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"), WHOLE),
    **dict.fromkeys(("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField"), WHOLE),
    "BooleanField": ("'integer'", None, "0 or 1"),
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField", "FilePathField"), TEXT),
    "BinaryField": ("'blob'", None, "bytes"),
    "DateField": ("'text'", date.fromisoformat, "a date"),
    "DateTimeField": ("'text'", datetime.fromisoformat, "a date and time"),
    "TimeField": ("'text'", time.fromisoformat, "a time"),
    "JSONField": ("'text'", json.loads, "JSON"),
    "DecimalField": ("'integer', 'real', 'text'", Decimal, "a number"),
}
NEWER = Text(
    "数据库含有本版本没有的结构更新 {found}：请安装写入它的版本",
    "the database has migrations that this release does not know ({found}): install the release that wrote it",
)
CELL = Text(
    "{file}：表 {table} 第 {key} 行的 {column} 为“{found}”，应为 {expected}",
    "{file}: table {table}, row {key}, column {column} holds “{found}”; expected {expected}",
)
ORPHAN = Text(
    "{file}：表 {table} 第 {key} 行所指的 {parent} 行不存在",
    "{file}: table {table}, row {key} points at a row of {parent} that is not there",
)


def refuse_unreadable() -> None:
    """Refuse a database whose file, references or cells are not what they must be, and one of a newer release."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    if connection.vendor == "sqlite":
        # a server checks types, references and pages itself, whenever it writes or reads them
        file = Path(connection.settings_dict["NAME"])
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(5)")
            pages = [row[0] for row in cursor.fetchall()]
            if pages != ["ok"]:
                raise Stopped("CLI-DATABASE", UNSOUND.format(file=file, found="; ".join(pages)), NOT_READY)
            cursor.execute("PRAGMA foreign_key_check")
            orphans = [
                ORPHAN.format(file=file, table=t, key=k, parent=p) for t, k, p, _ in cursor.fetchmany(MOST_CELLS)
            ]
        cells = [
            CELL.format(file=file, table=c.table, key=c.key, column=c.column, found=c.content, expected=c.expected)
            for c in islice(unreadable_cells(), MOST_CELLS)
        ]
        if faults := orphans + cells:
            joined = Text("\n".join(fault.zh for fault in faults), "\n".join(fault.en for fault in faults))
            raise Stopped("CLI-DATABASE", joined, NOT_READY)
    loader = MigrationLoader(connection)
    own = {app for app, _ in loader.disk_migrations}
    unknown = [f"{a}.{n}" for a, n in loader.applied_migrations if a in own and (a, n) not in loader.graph.nodes]
    replaced = {f"{a}.{n}" for m in loader.disk_migrations.values() for a, n in m.replaces}
    if newer := sorted(set(unknown) - replaced):
        raise Stopped("CLI-NEWER", NEWER.format(found=", ".join(newer[:5])), NOT_READY)


@dataclass(frozen=True, slots=True)
class MistypedCell:
    """A cell of an SQLite file that holds something else than its column says; SQLite itself does not mind."""

    table: str
    key: Any
    column: str
    content: str
    expected: str


def unreadable_cells() -> Iterator[MistypedCell]:
    """Every cell that its column's type cannot hold, table by table (SQLite)."""
    from django.apps import apps
    from django.db import connection

    present = set(connection.introspection.table_names())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in present and model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                key = str(model._meta.pk.column)
                yield from _unreadable(model._meta.db_table, key, str(field.column), field)


def _unreadable(table: str, key: str, column: str, field: Field[Any, Any]) -> Iterator[MistypedCell]:
    """By SQL where the kind of storage says it, by reading each where it is text that must mean something."""
    from django.db import connection

    kind = _type_of(field)
    if kind not in STORED:
        return
    storage, meaning, expected = STORED[kind]
    quoted = [connection.ops.quote_name(name) for name in (key, column, table)]
    where = "" if meaning else f" AND typeof({quoted[1]}) NOT IN ({storage})"
    with connection.cursor() as cursor:
        cursor.execute(
            # as bytes, since the driver would itself fail at a date that is none, or at bytes that are no text
            f"SELECT {quoted[0]}, CAST({quoted[1]} AS BLOB), typeof({quoted[1]}) FROM {quoted[2]} "  # noqa: S608  # our names
            f"WHERE {quoted[1]} IS NOT NULL{where}"
        )
        for primary, value, stored_as in cursor:
            readable = meaning is not None and f"'{stored_as}'" in storage
            try:
                if readable and meaning:
                    meaning(bytes(value).decode())
            except (ValueError, TypeError, ArithmeticError):
                readable = False
            if not readable:
                yield MistypedCell(table, primary, column, bytes(value).decode(errors="replace")[:80], expected)


def _type_of(field: Field[Any, Any]) -> str:
    """The kind of value; a reference is of the kind that it refers to."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]  # only a relation has a remote field
    return field.get_internal_type()
