"""Migrated once: a test's database is a copy of one that was migrated before.

A pytest plugin, named in `tests/conftest.py`. The migrated database is kept under a digest of the migrations and of
what they import, for every worker and every later run: on SQLite a file, on PostgreSQL a database used as TEMPLATE.
"""

from __future__ import annotations

import ast
import fcntl
import functools
import hashlib
import inspect
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.groups import MARKS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
STORE = ROOT / ".pytest_cache" / "migrated"
LOCK_OF_PACKAGES = ROOT / "requirements" / "base.txt"  # Django and the apps that bring migrations of their own
TEMPLATES = "tanzhi_migrated_"


def pytest_configure() -> None:
    """In memory under xdist too: pytest-django knows that of Django's own engine alone, and ours is built on it."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = ":memory:"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """In place of pytest-django's: the same database under the same name, copied instead of migrated."""
    name = connection.creation._get_test_db_name()
    on_server = connection.vendor == "postgresql"
    with django_db_blocker.unblock():
        if on_server:
            run_on_server(
                f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{migrated_template()}"'
            )
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.ensure_connection()
        if not on_server:
            with sqlite3.connect(migrated_file()) as template:
                template.backup(connection.connection)
            template.close()
    yield
    with django_db_blocker.unblock():
        if on_server:
            connection.close()
            run_on_server(f'DROP DATABASE IF EXISTS "{name}"')


@pytest.fixture(scope="session")
def migrated() -> Callable[[Path], Path]:
    """Puts a migrated SQLite database into an installation's folder, for a test that runs `tanzhi` as a command."""

    def put(var: Path) -> Path:
        var.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(migrated_file(), var / "tanzhi.sqlite3"))

    return put


def migrated_file() -> Path:
    """The SQLite database that was migrated by these migrations; of older ones none is left."""
    path = STORE / f"{digest()}.sqlite3"
    with _alone():
        if not path.exists():
            for older in STORE.glob("*.sqlite3"):
                older.unlink()
            with tempfile.TemporaryDirectory(dir=STORE) as folder:
                _migrate(folder, "")
                # out of the write-ahead log into one file
                with sqlite3.connect(Path(folder, "tanzhi.sqlite3")) as database:
                    database.execute("VACUUM INTO ?", [str(path)])
                database.close()
    return path


def migrated_template() -> str:
    """The name of the database on the PostgreSQL server that was migrated by these migrations."""
    name = TEMPLATES + digest()
    with _alone():
        if (name,) not in run_on_server("SELECT datname FROM pg_database"):
            older = [old for (old,) in run_on_server("SELECT datname FROM pg_database") if old.startswith(TEMPLATES)]
            unfinished = f"{TEMPLATES}unfinished"
            run_on_server(*[f'DROP DATABASE "{old}"' for old in older], f'CREATE DATABASE "{unfinished}"')
            with tempfile.TemporaryDirectory() as folder:
                _migrate(folder, os.environ["TANZHI_DATABASE"].rpartition("/")[0] + f"/{unfinished}")
            run_on_server(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def _migrate(var: str, address: str) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("TANZHI_DATABASE", "PYTHONWARNINGS")
    }
    environment |= {"TANZHI_VAR": var, "PYTHONPATH": str(SOURCE)} | ({"TANZHI_DATABASE": address} if address else {})
    command = [sys.executable, "-m", "django", "migrate", "--settings", "tanzhi.web.settings", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def run_on_server(*statements: str) -> list[tuple[str, ...]]:
    """The rows of the last of some statements, each by itself, on PostgreSQL's own database."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture(autouse=True)
def kept_by_row(request: pytest.FixtureRequest) -> None:
    """What is kept by a row's number or by the log's last leaf is forgotten: another test's database has other rows
    under the same numbers, and the same first entries (`tests/built_once.py`).

    Tests of one mark that keeps them together (`tests/groups.py`) share their database.
    """
    marks = [name for name in MARKS if request.node.get_closest_marker(name)]
    if not marks or marks != _KEEPERS["last"]:
        for function in kept_by_numbers(len(sys.modules)):
            function.cache_clear()
        cache.clear()
    for kept in kept_until_next_act(len(sys.modules)):
        kept.forget()
    _KEEPERS["last"] = marks


_KEEPERS: dict[str, list[str]] = {"last": []}


@functools.cache
def kept_by_numbers(_modules: int) -> list[Any]:
    """Every function of the modules loaded so far that keeps its result by a parameter `..._id` or `_last`."""
    rooms = [module for name, module in sorted(sys.modules.items()) if name.startswith("tanzhi.")]
    kind = type(kept_by_numbers)
    cached = {id(one): one for room in rooms for one in vars(room).values() if isinstance(one, kind)}
    return [
        one
        for one in cached.values()
        if any(name.endswith(("_id", "_last")) for name in inspect.signature(one).parameters)
    ]


@functools.cache
def kept_until_next_act(_modules: int) -> list[Any]:
    """Every keeper of answers (`UntilNextAct`) of the modules loaded so far."""
    from tanzhi.evidence.until_next_act import UntilNextAct

    rooms = [module for name, module in sorted(sys.modules.items()) if name.startswith("tanzhi.")]
    return [one for room in rooms for one in vars(room).values() if isinstance(one, UntilNextAct)]


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Every answer is worked out anew, as after an act: for whoever counts what it asks of the database."""
    with mock.patch("tanzhi.evidence.until_next_act.state_of_records", return_value=""):
        yield


@contextmanager
def _alone() -> Iterator[None]:
    """One worker at a time."""
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(source: Path = SOURCE) -> str:
    """What decides how a migrated database looks: the migrations, what of ours they import, and the locked packages."""
    content = hashlib.sha256(LOCK_OF_PACKAGES.read_bytes())
    for path in sources(source):
        content.update(str(path.relative_to(source)).encode() + b"\0" + path.read_bytes())
    return content.hexdigest()[:16]


def sources(source: Path = SOURCE) -> list[Path]:
    """The migrations of all rooms, and every module of ours that they, or those in turn, import."""
    reached: set[Path] = set()
    # after migrating, the app of the log puts its triggers on
    waiting = [*source.glob("tanzhi/**/migrations/*.py"), *source.glob("tanzhi/evidence/apps.py")]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += _imported(path, source)
    return sorted(reached)


def _imported(path: Path, source: Path) -> Iterator[Path]:
    package = path.relative_to(source).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            modules = [base, *(f"{base}.{one.name}" for one in node.names)]
        else:
            continue
        for module in modules:
            if module.startswith("tanzhi.") and (found := source / f"{module.replace('.', '/')}.py").exists():
                yield found
