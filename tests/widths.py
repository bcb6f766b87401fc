"""SQLite takes a text longer than its column and a number wider than its type; PostgreSQL refuses both.

A pytest plugin, named in `tests/conftest.py`: in every test, whatever is written through a field must fit it on both
engines. So the widths of all rows are tried by every act that any test does, and not by those alone that run on
PostgreSQL too.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DataError, models
from django.db.backends.base.operations import BaseDatabaseOperations

RANGES: dict[str, tuple[int, int]] = BaseDatabaseOperations.integer_field_ranges  # PostgreSQL's


def refuse(field: models.Field[Any, Any], value: Any) -> None:
    """A text that is too long or holds a NUL, a number out of range, as PostgreSQL would say it."""
    if isinstance(value, str):
        if field.max_length is not None and len(value) > field.max_length:
            raise DataError(f"{field}: {len(value)} characters, at most {field.max_length}: {value[:80]}…")
        if "\x00" in value:
            raise DataError(f"{field}: NUL in {value[:80]!r}")
    elif isinstance(value, int) and not isinstance(value, bool):
        least, most = RANGES.get(field.get_internal_type(), (value, value))
        if not least <= value <= most:
            raise DataError(f"{field}: {value} is not between {least} and {most}")


def pytest_configure(config: pytest.Config) -> None:
    prepare = models.Field.get_db_prep_save

    def fitting(field: models.Field[Any, Any], value: Any, connection: Any) -> Any:
        if connection.vendor == "sqlite":
            refuse(field, value)
        return prepare(field, value, connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(models.Field, "get_db_prep_save", fitting)
    config.add_cleanup(patch.undo)
