"""The table of findings names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "development" / "findings.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE)))


@pytest.mark.parametrize(("file", "function"), NAMED, ids=[f"{file}::{function}" for file, function in NAMED])
def test_a_named_test_is_there(file: str, function: str) -> None:
    path = ROOT / file
    assert path.is_file(), f"{file} is named in docs/development/findings.md"
    assert not function or f"def {function}(" in path.read_text("utf-8"), f"{file} has no {function}"


def test_every_row_of_the_table_names_a_test() -> None:
    rows = [line for line in TABLE.splitlines() if re.match(r"\| \d+\.\d+ \|", line)]
    assert [row for row in rows if not re.search(r"`tests/[\w/]+\.py(::\w+)?`", row)] == []
