"""Triggers with which the database itself refuses to change or delete what the log holds."""

from collections.abc import Iterator

from django.apps.registry import Apps as StateApps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FROZEN = {
    "evidence_entry": ("kind", "subject", "at", "canonical", "leaf_hash"),
    "evidence_head": ("log", "size", "root", "at", "key", "signature"),
    "evidence_storedfile": ("sha256", "size"),
}


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards on, in the words of this database."""
    build = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for table, columns in FROZEN.items():
        for statement in build(table, columns):
            schema_editor.execute(statement)


def _sqlite(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    changed = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in columns)
    if table == "evidence_entry":
        changed += " OR (OLD.leaf_index IS NOT NULL AND OLD.leaf_index IS NOT NEW.leaf_index)"
    abort = "BEGIN SELECT RAISE(ABORT, 'the evidence log is append-only'); END"
    yield f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN {changed} {abort}"
    yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {abort}"


def _postgresql(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    changed = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns)
    if table == "evidence_entry":
        changed += " OR (OLD.leaf_index IS NOT NULL AND OLD.leaf_index IS DISTINCT FROM NEW.leaf_index)"
    yield (
        "CREATE OR REPLACE FUNCTION evidence_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the evidence log is append-only'; END $$"
    )
    execute = "FOR EACH ROW"
    call = "EXECUTE FUNCTION evidence_append_only()"
    yield f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} {execute} WHEN ({changed}) {call}"
    yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {execute} {call}"
