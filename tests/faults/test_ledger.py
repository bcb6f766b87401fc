"""`kill -9` while posting: what was acknowledged is there, nothing is there twice, no set is torn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]
ROUNDS = 20


def environment(folder: Path) -> dict[str, str]:
    """A database of this test's own: a file, or another database on the same PostgreSQL server."""
    own = {
        "TANZHI_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }
    if connection.vendor == "postgresql":
        given = os.environ["TANZHI_DATABASE"]
        own["TANZHI_DATABASE"] = given.rpartition("/")[0] + "/tanzhi_faults"
    unwanted = ("TANZHI_DATABASE", "PYTHONWARNINGS")
    return {name: value for name, value in os.environ.items() if name not in unwanted} | own


def _fresh(name: str) -> None:
    import psycopg

    at = settings.DATABASES["default"]
    where = {"host": at["HOST"], "user": at["USER"], "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**where) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')


@pytest.mark.fault
def test_nothing_acknowledged_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    """Twenty times a child posts sets and notes each that was acknowledged, until it is killed without warning."""
    if connection.vendor == "postgresql":
        _fresh("tanzhi_faults")
    told = [sys.executable, "-m", "tests.faults.posting_child", str(tmp_path / "acknowledged"), str(ROUNDS)]
    found = subprocess.run(told, cwd=ROOT, env=environment(tmp_path), check=True, capture_output=True, text=True)
    noted, lost, torn, faults = (int(word) for word in found.stdout.split())
    assert noted >= ROUNDS
    assert (lost, torn, faults) == (0, 0, 0)
