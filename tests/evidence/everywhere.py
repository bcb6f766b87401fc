"""A made-up row for every column of every table that the log answers for, and the hands of somebody who alters them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models

from tanzhi.evidence import triggers
from tanzhi.evidence.answered import AnsweredTable, tables

OTHER = 1000  # what an altered value is away from the row's own


def value(field: models.Field[Any, Any], number: int) -> Any:
    """A value that fits the column, another for every number."""
    kind = "ForeignKey" if isinstance(field, models.ForeignKey) else field.get_internal_type()
    day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
    of_kind = {
        "BooleanField": number >= OTHER,
        "DateField": day.date().isoformat(),
        "DateTimeField": f"{day:%Y-%m-%d %H:%M:%S}" + ("+00" if connection.vendor == "postgresql" else ""),
        "JSONField": f'{{"number": {number}}}',
        "BinaryField": f"{number}".encode(),
        "ForeignKey": number,
    }
    if "Integer" in kind or "AutoField" in kind:
        return number
    return of_kind.get(kind, f"{number}"[-(field.max_length or 9) :])


def fields_of(table: AnsweredTable) -> list[models.Field[Any, Any]]:
    return list(apps.get_model(table.label)._meta.concrete_fields)


@contextmanager
def without_constraints() -> Iterator[None]:
    """Made-up rows mean nothing; on SQLite the connection goes on with its constraints afterwards."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def without_guards() -> None:
    """No trigger and no constraint stands but those that note what is written."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT GLOB 'tracked_*'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            return
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgparentid = 0 AND NOT starts_with(tgname, 'tracked_')"
        )
        for name, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON {table}')
        cursor.execute(
            "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE contype IN ('c', 'f') "
            "AND conparentid = 0 AND connamespace = current_schema()::regnamespace"
        )
        for name, table in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def without_triggers(table: str) -> None:
    """No trigger stands on a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"' + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def insert(table: AnsweredTable, number: int) -> None:
    fields = fields_of(table)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', [value(one, number) for one in fields]
        )


def alter(table: AnsweredTable, row: int, column: str) -> None:
    field = next(one for one in fields_of(table) if one.column == column)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table.name}" SET "{column}" = %s WHERE "{table.key}" = %s', [value(field, row + OTHER), row]
        )


def delete(table: AnsweredTable, row: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table.name}" WHERE "{table.key}" = %s', [row])


def fill() -> None:
    """In every table a row for each of its columns, and one more that will be deleted."""
    without_guards()
    for table in tables().values():
        for number in range(1, len(table.columns) + 2):
            insert(table, number)


def tamper() -> dict[str, set[str]]:
    """In every table each column altered in a row of its own, a row deleted, one inserted; gives what must be named."""
    triggers.drop()
    expected: dict[str, set[str]] = {"EVD-20": set(), "EVD-21": set(), "EVD-22": set()}
    for table in tables().values():
        last = len(table.columns) + 1
        for row, column in enumerate(table.columns, 1):
            alter(table, row, column)
            if column == table.key:
                expected["EVD-21"].add(table.place(row + OTHER))
                expected["EVD-22"].add(table.place(row))
            else:
                expected["EVD-20"].add(table.place(row))
        delete(table, last)
        insert(table, last + 1)
        expected["EVD-22"].add(table.place(last))
        expected["EVD-21"].add(table.place(last + 1))
    triggers.install()
    return expected
