"""The triggers by which the database tells which rows were written, renewed after every migration."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import connections

from .answered import AnsweredTable, tables
from .tracking import MESSAGE_CODE

PREFIX = "tracked_"


def drop(using: str = "default") -> None:
    """Take all off: a migration may drop a column that a trigger names."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table, _ in _present(connection.vendor, cursor):
            _drop(connection.vendor, cursor, name, table)


def install(using: str = "default") -> None:
    """Put on all that are not there yet, on the tables that are; take off those for other columns than today's."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        lacking = set(missing(using))
        for name, table, _ in _present(connection.vendor, cursor):
            if table in lacking or table not in tables():
                _drop(connection.vendor, cursor, name, table)
        for declared in tables().values():
            if declared.name in existing & lacking:
                build = _postgresql if connection.vendor == "postgresql" else _sqlite
                for statement in build(declared):
                    cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Tables of which a trigger is not there, or is not as it was put on."""
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        present = {name: definition for name, _, definition in _present(vendor, cursor)}
    absent = []
    for table in tables().values():
        if vendor == "postgresql":  # it tells the statement without quotation marks, the function's text, switched on
            function, *statements = _postgresql(table)
            text = function.split("$$")[1]
            expected = {s.split('"')[1]: s.replace('"', "") + text + "O" for s in statements}
        else:  # SQLite keeps the statement itself
            expected = {s.split('"')[1]: s for s in _sqlite(table)}
        if not expected.items() <= present.items():
            absent.append(table.name)
    return absent


def _name(table: AnsweredTable) -> str:
    """Of the triggers of a table, with a mark of the columns that they compare."""
    return f"{PREFIX}{table.name}_{hashlib.sha256(repr(table.columns).encode()).hexdigest()[:8]}"


def _drop(vendor: str, cursor: Any, name: str, table: str) -> None:
    on = f' ON "{table}"' if vendor == "postgresql" else ""
    cursor.execute(f'DROP TRIGGER "{name}"{on}')


def _present(vendor: str, cursor: Any) -> list[tuple[str, str, str]]:
    """The names of our triggers, each with its table and with what it does, in the database's own words."""
    if vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid, true) || prosrc || tgenabled::text "
            "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE NOT tgisinternal AND starts_with(tgname, 'tracked_') "
            "AND relnamespace = current_schema()::regnamespace"
        )
    else:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'tracked_*'")
    return list(cursor.fetchall())


def _sqlite(table: AnsweredTable) -> Iterator[str]:
    old = ", ".join(f'OLD."{column}"' for column in table.columns)
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in table.columns)
    on, key = f'ON "{table.name}"', table.key
    written = f"SELECT tanzhi_row('{table.name}', NEW.\"{key}\")"
    changed = f"SELECT tanzhi_row('{table.name}', OLD.\"{key}\", {old})"
    moved = f'{written} WHERE NEW."{key}" IS NOT OLD."{key}"'
    name = _name(table)
    yield f'CREATE TRIGGER "{name}_insert" AFTER INSERT {on} BEGIN {written}; END'
    yield f'CREATE TRIGGER "{name}_update" AFTER UPDATE {on} WHEN {differs} BEGIN {changed}; {moved}; END'
    yield f'CREATE TRIGGER "{name}_delete" AFTER DELETE {on} BEGIN {changed}; END'


def content_on_postgresql(table: AnsweredTable, alias: str) -> str:
    """The digest of a row's stored values, computed by PostgreSQL from its own exact text of the row."""
    values = ", ".join(f'{alias}."{column}"' for column in table.columns)
    return f"sha256(convert_to(ROW({values})::text, 'UTF8'))"


def _postgresql(table: AnsweredTable) -> Iterator[str]:
    key, name = table.key, _name(table)
    rows = {alias: ", ".join(f'{alias}."{column}"' for column in table.columns) for alias in ("o", "n")}
    before = f"""o."{key}"::text || ':' || encode({content_on_postgresql(table, "o")}, 'hex')"""
    select = "SELECT string_agg({what}, ',') INTO written FROM {where};"
    inserted = select.format(what=f'n."{key}"::text', where="after_rows n")
    deleted = select.format(what=before, where="before_rows o")
    # a full join is never planned as a nested loop, whatever size the first statement of the session had
    both = f'before_rows o FULL JOIN after_rows n ON n."{key}" = o."{key}"'
    updated = select.format(
        what=f'CASE WHEN o."{key}" IS NULL THEN n."{key}"::text ELSE {before} END',
        where=f"{both} WHERE ROW({rows['o']}) IS DISTINCT FROM ROW({rows['n']})",
    )
    yield (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE written text; BEGIN '
        f"IF TG_OP = 'INSERT' THEN {inserted} ELSIF TG_OP = 'UPDATE' THEN {updated} ELSE {deleted} END IF; "
        f"IF written IS NOT NULL THEN RAISE INFO USING MESSAGE = '{table.name} ' || written, "
        f"ERRCODE = '{MESSAGE_CODE}'; END IF; RETURN NULL; END $$"
    )
    tables_of = {
        "INSERT": "NEW TABLE AS after_rows",
        "UPDATE": "OLD TABLE AS before_rows NEW TABLE AS after_rows",
        "DELETE": "OLD TABLE AS before_rows",
    }
    for event, transition in tables_of.items():
        yield (
            f'CREATE TRIGGER "{name}_{event.lower()}" AFTER {event} ON "{table.name}" REFERENCING {transition} '
            f'FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()'
        )
