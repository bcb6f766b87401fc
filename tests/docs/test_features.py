"""The list of features is whole, and each line takes a stand."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "features.md"
STANDS = {"There", "Partly", "To come"}


def lines() -> list[list[str]]:
    rows = [line.strip("|").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [row for row in cells if row[0].isdigit()]


def test_no_feature_is_left_out_or_told_twice() -> None:
    assert [int(row[0]) for row in lines()] == list(range(1, 69))


def test_each_is_there_partly_there_or_to_come_and_says_with_what() -> None:
    assert {row[2] for row in lines()} == STANDS
    assert all(len(row) == 4 and row[3] for row in lines())
