"""A small part of `make reliability`: a server killed while people write, and one holding spent by many at once."""

from __future__ import annotations

import pytest

from tests.databases import migrated_file
from tests.reliability import trials
from tests.reliability.installation import Installation


@pytest.fixture
def running(tmp_path):
    installation = Installation(tmp_path / "var")
    installation.seed(migrated_file())
    try:
        yield installation
    finally:
        installation.stop()


@pytest.mark.fault
def test_what_was_acknowledged_before_a_kill_is_there_once_and_no_holding_is_spent_twice(running):
    assert trials.double_spends(running, 40).faults == []
    assert trials.kills(running, 2, None).faults == []


@pytest.mark.fault
def test_a_lost_and_a_doubled_write_would_be_noticed(running):
    """The trial itself can fail: a write that was never sent is missed, and one that a hand added beside is seen."""
    faults = trials.books(running, ["never-sent"])
    assert faults == ["lost: never-sent"]
