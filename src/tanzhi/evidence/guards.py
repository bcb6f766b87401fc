"""Triggers with which the database itself refuses to change or delete what the log holds."""

from django.apps.registry import Apps as StateApps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FROZEN = {
    "evidence_entry": ("kind", "subject", "at", "canonical", "leaf_hash", "mac"),
    "evidence_payload": ("entry_id", "part"),
    "evidence_node": ("position", "hash"),
    "evidence_head": ("log", "size", "previous", "root", "at", "key", "signature"),
    "evidence_storedfile": ("sha256", "size"),
    "evidence_rowdigest": ("id", "entry_id", '"table"', '"row"', "digest", "mark"),  # a salt alone may be erased, once
}
ONCE = {
    # a place is given once; a payload may only be emptied, salt and all
    "evidence_entry": ("OLD.leaf_index IS NOT NULL AND OLD.leaf_index {differs} NEW.leaf_index",),
    "evidence_payload": (
        "NEW.salt IS NOT NULL AND OLD.salt {differs} NEW.salt",
        "NEW.content IS NOT NULL AND OLD.content {differs} NEW.content",
        "(NEW.salt IS NULL) {differs} (NEW.content IS NULL)",
    ),
    "evidence_rowdigest": ("NEW.salt IS NOT NULL AND OLD.salt {differs} NEW.salt",),
}
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
ABORT = "BEGIN SELECT RAISE(ABORT, 'the evidence log is append-only'); END"


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards on, in the words of this database."""
    put_on(schema_editor, FROZEN)


def put_on(schema_editor: BaseDatabaseSchemaEditor, tables: dict[str, tuple[str, ...]]) -> None:
    """Freeze these columns, and refuse every deletion."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION evidence_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the evidence log is append-only'; END $$"
        )
    for table, columns in tables.items():
        differs = DIFFERS[vendor]
        conditions = [f"OLD.{column} {differs} NEW.{column}" for column in columns]
        conditions += [f"({condition.format(differs=differs)})" for condition in ONCE.get(table, ())]
        changed = " OR ".join(conditions)
        if vendor == "sqlite":
            schema_editor.execute(f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN {changed} {ABORT}")
            schema_editor.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {ABORT}")
            continue
        call = "EXECUTE FUNCTION evidence_append_only()"
        schema_editor.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) {call}"
        )
        schema_editor.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW {call}")
