"""The made-up kind of work, known to the platform and to the database while these tests run."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.states import CASE_TYPES
from tests.workflow.vacation import ACTS, VACATION, Vacation


@pytest.fixture(scope="session", autouse=True)
def vacation_table(django_db_setup: None, django_db_blocker: Any) -> None:
    """A table for the made-up record; no migration knows it. The tests of `office` use it too."""
    with django_db_blocker.unblock():
        if Vacation._meta.db_table not in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.create_model(Vacation)


@pytest.fixture(autouse=True)
def vacation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CASE_TYPES, VACATION.name, VACATION)
    for name, act in ACTS.items():
        monkeypatch.setitem(ACTIONS, name, act)
