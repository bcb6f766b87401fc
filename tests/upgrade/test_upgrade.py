"""What an earlier release left is restored, verified, read and worked on by the code of today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.installation import Installation
from tests.upgrade.__main__ import FOLDER, PLACE

ARCHIVES = sorted(FOLDER.glob("*.tar.gz"))
WORKED = """
from tanzhi.actions.perform import perform
from tanzhi.evidence.sealer import seal_all
from tanzhi.examples.gansu.crew import acting
gdp = {"region": "950000", "price_base": 2020, "year": 2024, "value": "4850"}
perform("intensity.record_gdp", acting("second.officer"), data=gdp | {"vintage": "annual", "source": "test"})
seal_all()
"""


def test_every_release_left_an_archive() -> None:
    assert [archive.name for archive in ARCHIVES] == ["0.2.0.tar.gz"]


@pytest.mark.parametrize("archive", ARCHIVES, ids=[archive.name for archive in ARCHIVES])
def test_an_archive_is_restored_and_migrated_says_the_same_and_is_worked_on(archive: Path, tmp_path: Path) -> None:
    today = Installation(tmp_path / "var")
    today.var.mkdir()
    answers = today.run(
        ["restore", archive],
        ["migrate"],
        ["check", "--json"],
        ["bulletin", *PLACE],
        WORKED,
        ["check", "--json"],
    )
    assert [code for code, _ in answers] == [0] * 5, answers
    before, after = (json.loads(answers[number][1]) for number in (2, 4))
    assert (before["sound"], before["registry"]["transfers"]) == (after["sound"], 2) == (True, 2)
    entries = [report["evidence"]["size"] + report["evidence"]["waiting"] for report in (before, after)]
    assert entries[1] == entries[0] + 1
    kept = archive.with_name(archive.name.replace(".tar.gz", ".json"))
    assert json.loads(answers[3][1]) == json.loads(kept.read_text("utf-8"))
