"""Triggers that post: a transfer makes its two entries and moves two balances, and nothing else ever writes those."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps.registry import Apps as StateApps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from . import postgresql, sqlite


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on, in the words of this database."""
    build = {"sqlite": sqlite.statements, "postgresql": postgresql.statements}
    statements: Iterator[str] = build[schema_editor.connection.vendor]()
    for statement in statements:
        schema_editor.execute(statement, params=None)
