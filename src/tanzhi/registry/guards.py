"""Triggers that post: a transfer makes its two entries and moves two balances, and nothing else ever writes those."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps.registry import Apps as StateApps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("registry_command", "registry_transfer", "registry_entry")
"""Tables whose rows are never changed nor deleted."""
ACCOUNT = ("number", "region_id", "organisation_id", "kind", "parent_id", "purpose", "floor", "opened_at")
BLOCK = ("unit_id", "account_id", "first", "last", "since_id")


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on, in the words of this database."""
    from . import guards_postgresql, guards_sqlite

    build = {"sqlite": guards_sqlite.statements, "postgresql": guards_postgresql.statements}
    statements: Iterator[str] = build[schema_editor.connection.vendor]()
    for statement in statements:
        schema_editor.execute(statement, params=None)
