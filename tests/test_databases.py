"""The tests' database is the one that the migrations make."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver

from tests import databases


@pytest.mark.django_db
def test_no_migration_waits_and_every_model_has_its_content_type() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    every = apps.get_models(include_auto_created=True)
    ours = {model._meta.label_lower for model in every if not model.__module__.startswith("tests.")}
    assert ours - {f"{one.app_label}.{one.model}" for one in ContentType.objects.all()} <= through_tables()


def through_tables() -> set[str]:
    every, proper = (
        {model._meta.label_lower for model in apps.get_models(include_auto_created=auto)} for auto in (True, False)
    )
    return every - proper


def test_what_is_kept_under_a_row_number_is_forgotten_between_tests() -> None:
    assert get_resolver().url_patterns  # every module of pages is loaded with them
    names = {one.__name__ for one in databases.kept_by_numbers(len(sys.modules))}
    assert names >= {"_summary_by", "marks_of", "_marks"}
    numbered = re.compile(r"@lru_cache.*\ndef (\w+)\((?:.*_(?:id|pk): int|.*_last: str)")
    kept = {name for path in databases.SOURCE.glob("tanzhi/**/*.py") for name in numbered.findall(path.read_text())}
    assert kept == names


def test_every_keeper_of_answers_forgets_between_tests() -> None:
    assert get_resolver().url_patterns  # every module of pages is loaded with them
    written = re.compile(r"^(\w+): UntilNextAct\[", re.MULTILINE)
    kept = [name for path in databases.SOURCE.glob("tanzhi/**/*.py") for name in written.findall(path.read_text())]
    assert len(databases.kept_until_next_act(len(sys.modules))) == len(kept) >= 6


def test_whatever_changes_in_a_migration_or_in_what_it_imports_a_new_database_is_made(tmp_path: Path) -> None:
    paths = databases.sources()
    assert (
        databases.SOURCE / "tanzhi/streams/market/ledger/guards/sqlite.py" in paths
    )  # two imports away from its migration
    for path in paths:
        copy = tmp_path / path.relative_to(databases.SOURCE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    before = databases.digest(tmp_path)
    for path in paths:
        copy = tmp_path / path.relative_to(databases.SOURCE)
        copy.write_bytes(path.read_bytes() + b"# changed")
        assert databases.digest(tmp_path) != before, path
        copy.write_bytes(path.read_bytes())
    assert databases.digest(tmp_path) == before
