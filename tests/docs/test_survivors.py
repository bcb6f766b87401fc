"""Each reason why a change of the law goes unnoticed is about a change that there is."""

from pathlib import Path

import yaml

from tests.mutation.__main__ import FOLDERS, REASONS
from tests.mutation.changes import changes


def test_every_reason_names_a_change_that_can_be_made() -> None:
    """A formula that was rewritten takes its reason along, or needs none any more."""
    reasons = yaml.safe_load(Path(REASONS).read_text("utf-8"))
    assert reasons
    assert sorted(set(reasons) - {change.name for change in changes(tuple(FOLDERS))}) == []
