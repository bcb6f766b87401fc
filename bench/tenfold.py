"""Ten times the records of an installation, in its own database: every row of what it works on, copied by SQL.

People, regions, the law's values and the log stay as they are, so that the same readers see ten times as much. A copy's
keys are moved on by a fixed step, and so is whatever leads to a copied record: foreign keys, numbers of organisations,
references in text. Where a table allows a value once, the copy's has a mark of its own. The database is for measuring
alone: its guards are taken off, and nothing is answered for by the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

FIRMS = "organisations.organisation"
NUMBERS = {"organisation_id"}  # columns that have the key of a record
MOVED = {*NUMBERS, "subject", "case"}  # columns that lead to a record without a foreign key
INDEX = "presentation.searchterm"  # which leads to records by label and key
STEP = 1_000_000  # between the keys of a record and of its copies
SHARED = {
    "organisations.region", "organisations.person", "organisations.grant", "organisations.token",
    "organisations.founding", "organisations.tally", "bulletin.edition", "bulletin.rowsversion",
    "registry.cycle", "registry.unitkind", "presentation.savedview",
    "cases.calendarday", "cases.calendaryear", "cases.calendaraddress",
}  # fmt: skip
APART = {"evidence", "law", "web", "axes", "sessions", "django_tasks_database", "contenttypes", "auth", "actions"}
KEPT = {"actions.performed"}  # of an app that stays otherwise as it is


def multiply(times: int) -> int:
    """Add copies until there are `times` as many records; gives how many rows there are more."""
    from django.db import connection

    models = list(copied())
    labels = [model._meta.label_lower for model in models]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        added = 0
        for model in models:
            table = model._meta.db_table
            columns = [field.column for field in model._meta.local_concrete_fields]
            names = ", ".join(f'"{column}"' for column in columns)
            for number in range(1, times):
                values = ", ".join(
                    _value(model, field, number * STEP, labels) for field in model._meta.local_concrete_fields
                )
                originals = f'SELECT {values} FROM "{table}" WHERE "{columns[0]}" < {STEP}'
                cursor.execute(f'INSERT OR IGNORE INTO "{table}" ({names}) {originals}')
                added += cursor.rowcount
        # What a region has once has no copy, and so nothing that hangs on one.
        while orphans := cursor.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, *_ in orphans:
                cursor.execute(f'DELETE FROM "{table}" WHERE rowid = %s', [row])
        cursor.execute("ANALYZE")
    return added


def copied() -> Iterator[Any]:
    """The models whose rows are copied."""
    from django.apps import apps

    for model in apps.get_models():
        label = model._meta.label_lower
        own = model.__module__.startswith("tanzhi.") and model._meta.managed and not model._meta.proxy
        if own and label not in SHARED and (model._meta.app_label not in APART or label in KEPT):
            yield model


def _value(model: Any, field: Any, step: int, labels: list[str]) -> str:
    """What a copy has in one column, as SQL."""
    from django.db import models

    column = f'"{field.column}"'
    target = field.related_model._meta.label_lower if field.related_model else ""
    moved = f"{column} + {step}"
    if field.primary_key and not target:
        return moved if isinstance(field, models.AutoField) else _marked(field, column, step)
    if target:
        return moved if target in labels else column
    if field.column in NUMBERS or (model._meta.label_lower == INDEX and field.column == "record"):
        return moved
    if field.column in _once(model, labels):
        return _marked(field, column, step)
    if isinstance(field, models.CharField) and not isinstance(field, models.TextField):
        listed = ", ".join(f"'{label}'" for label in (*labels, FIRMS.partition(".")[2]))
        key = f"substr({column}, instr({column}, ':') + 1)"
        leads = f"instr({column}, ':') > 0 AND substr({column}, 1, instr({column}, ':') - 1) IN ({listed})"
        digits = f"{key} NOT GLOB '*[^0-9]*' AND {key} != ''"
        return (
            f"CASE WHEN {leads} AND {digits} "
            f"THEN substr({column}, 1, instr({column}, ':')) || (CAST({key} AS INTEGER) + {step}) ELSE {column} END"
        )
    return column


def _marked(field: Any, column: str, step: int) -> str:
    """A value of its own, no wider than the column."""
    from django.db import models

    mark = f"~{step // STEP}"
    if isinstance(field, models.CharField):
        return f"substr({column}, 1, {(field.max_length or 100) - len(mark)}) || '{mark}'"
    if isinstance(field, models.IntegerField | models.BigIntegerField | models.PositiveIntegerField):
        return f"{column} + {step}"
    return column


def _once(model: Any, labels: list[str]) -> set[str]:
    """Columns that must differ in a copy: of each set of values that a table allows once, one that no step moves."""
    from django.db import models

    meta = model._meta
    by_name = {field.name: field for field in meta.local_concrete_fields}
    sets = [[field.name] for field in by_name.values() if field.unique and not field.primary_key]
    sets += [list(c.fields) for c in meta.constraints if isinstance(c, models.UniqueConstraint) and c.fields]
    sets += [list(names) for names in meta.unique_together]
    different: set[str] = set()
    for names in sets:
        fields = [by_name[name] for name in names if name in by_name]
        moves = meta.label_lower == INDEX or any(
            (field.related_model and field.related_model._meta.label_lower in labels) or field.column in MOVED
            for field in fields
        )
        free = [field for field in fields if not field.related_model]
        texts = [field for field in free if isinstance(field, models.CharField)]
        # A number or a code that counts, rather than a word that means something or a year.
        counts = [field for field in free if field.name in ("number", "code", "key")]
        if not moves and (counts or texts):
            different.add(str((counts or texts)[-1].column))
    return different
