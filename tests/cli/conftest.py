import shutil
import sqlite3

import pytest
from django.db import connection
from tests.cli.installation import Installation
from typer.testing import CliRunner

from tanzhi.cli import app


@pytest.fixture
def tanzhi():
    """Runs a command of `tanzhi`, in English unless it says otherwise."""

    def run(*words, lang="en"):
        return CliRunner().invoke(
            app, [*map(str, words)], env={"LANG": "", "LC_ALL": {"en": "en_GB", "zh": "zh_CN"}[lang]}
        )

    return run


@pytest.fixture(scope="session")
def migrated_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """An SQLite file as `tanzhi migrate` leaves it, copied from the tests' own database."""
    if connection.vendor != "sqlite":
        pytest.skip("the tests' own database is no file")
    file = tmp_path_factory.mktemp("migrated") / "tanzhi.sqlite3"
    with django_db_blocker.unblock():
        connection.ensure_connection()
        target = sqlite3.connect(file)
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
        target.close()
    return file


@pytest.fixture
def installation(migrated_file, tmp_path):
    """Makes installations of a name: migrated, empty."""

    def make(name, python=None, *, migrated=True):
        var = tmp_path / name
        var.mkdir()
        if migrated:
            shutil.copy(migrated_file, var / "tanzhi.sqlite3")
        return Installation(var, **({"python": python} if python else {}))

    return make
