"""`kill -9` while posting: what was acknowledged is there, nothing is there twice, no set is torn."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.databases import migrated_template, run_on_server

ROOT = Path(__file__).parents[2]
ROUNDS = 20
OWN = "tanzhi_faults"


def environment(folder: Path) -> dict[str, str]:
    """A database of this test's own: a file, or another database on the same PostgreSQL server."""
    own = {
        "TANZHI_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }
    if connection.vendor == "postgresql":
        given = os.environ["TANZHI_DATABASE"]
        own["TANZHI_DATABASE"] = given.rpartition("/")[0] + f"/{OWN}"
    unwanted = ("TANZHI_DATABASE", "PYTHONWARNINGS")
    return {name: value for name, value in os.environ.items() if name not in unwanted} | own


@pytest.fixture
def books(tmp_path: Path, migrated: Callable[[Path], Path], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The migrated database at that place."""
    if connection.vendor != "postgresql":
        migrated(tmp_path)
        yield
        return
    with django_db_blocker.unblock():
        dropped = f'DROP DATABASE IF EXISTS "{OWN}"'
        run_on_server(dropped, f'CREATE DATABASE "{OWN}" TEMPLATE "{migrated_template()}"')
        yield
        run_on_server(dropped)


@pytest.mark.fault
@pytest.mark.usefixtures("books")
def test_nothing_acknowledged_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    """Twenty times a child posts sets and notes each that was acknowledged, until it is killed without warning."""
    told = [sys.executable, "-m", "tests.faults.posting_child", str(tmp_path / "acknowledged"), str(ROUNDS)]
    found = subprocess.run(told, cwd=ROOT, env=environment(tmp_path), check=True, capture_output=True, text=True)
    noted, lost, torn, faults = (int(word) for word in found.stdout.split())
    assert noted >= ROUNDS
    assert (lost, torn, faults) == (0, 0, 0)
