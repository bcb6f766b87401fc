"""What a grid sends: one field of JSON or a field for each cell, the same rows; whatever else is sent has a code."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.presentation.sheets.posted import MOST_ROWS, posted_rows

COLUMNS = ("number", "price")
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)


def packed(columns: object, rows: object) -> dict[str, str]:
    return {"trades-rows": json.dumps({"columns": columns, "rows": rows})}


@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_both_ways_give_the_same_rows_letter_by_letter(rows: list[tuple[str, str]]) -> None:
    plain = {
        f"trades-{at}-{column}": cell for at, row in enumerate(rows) for column, cell in zip(COLUMNS, row, strict=True)
    }
    expected = [list(row) for row in rows]
    assert posted_rows(plain, "trades", COLUMNS).rows == expected
    assert posted_rows(packed(COLUMNS, rows), "trades", COLUMNS).rows == expected


def test_columns_have_their_names_and_a_short_row_ends_blank() -> None:
    read = posted_rows(packed(["price", "number"], [["1.5", "T1"], ["2"], []]), "trades", COLUMNS)
    assert read.rows == [["T1", "1.5"], ["", "2"], ["", ""]]
    assert read.findings == []


def test_a_cell_that_was_not_sent_is_blank_and_a_gap_ends_the_rows() -> None:
    sent = {"trades-0-price": "1", "trades-1-number": "T2", "trades-3-number": "T4"}
    assert posted_rows(sent, "trades", COLUMNS).rows == [["", "1"], ["T2", ""]]


FORGED = {
    "no JSON": ("{", "GRID-SHAPE"),
    "nothing": ("", "GRID-SHAPE"),
    "a number": ("7", "GRID-SHAPE"),
    "a list": ('[["1"]]', "GRID-SHAPE"),
    "no rows": ('{"columns": ["number"]}', "GRID-SHAPE"),
    "no columns": ('{"rows": [["1"]]}', "GRID-SHAPE"),
    "rows that are words": ('{"columns": ["number"], "rows": "1"}', "GRID-SHAPE"),
    "a row that is a record": ('{"columns": ["number"], "rows": [{"number": "1"}]}', "GRID-SHAPE"),
    "a cell that is a number": ('{"columns": ["number"], "rows": [[1]]}', "GRID-SHAPE"),
    "a cell that is nothing": ('{"columns": ["number"], "rows": [[null]]}', "GRID-SHAPE"),
    "a cell that is a list": ('{"columns": ["number"], "rows": [[["1"]]]}', "GRID-SHAPE"),
    "a row that is too long": ('{"columns": ["number"], "rows": [["1", "2"]]}', "GRID-SHAPE"),
    "columns that are numbers": ('{"columns": [1], "rows": []}', "GRID-SHAPE"),
    "far too deep": ("[" * 200_000, "GRID-SHAPE"),
    "a column of another grid": ('{"columns": ["number", "owner"], "rows": []}', "GRID-COLUMN"),
    "a column without a name": ('{"columns": [""], "rows": [["1"]]}', "GRID-COLUMN"),
    "a column twice": ('{"columns": ["number", "number"], "rows": [["1", "2"]]}', "GRID-COLUMN"),
}


@pytest.mark.parametrize(("sent", "code"), FORGED.values(), ids=FORGED)
def test_what_is_no_grid_is_refused_with_a_code(sent: str, code: str) -> None:
    read = posted_rows({"trades-rows": sent}, "trades", COLUMNS)
    assert read.rows == []
    assert [finding.code for finding in read.findings] == [code]
    assert read.findings[0].field == "trades"


def test_more_rows_than_a_page_lays_out_are_refused_and_as_many_as_it_does_are_not() -> None:
    full = posted_rows(packed(["number"], [["1"]] * MOST_ROWS), "trades", COLUMNS)
    assert (len(full.rows), full.findings) == (MOST_ROWS, [])
    [finding] = posted_rows(packed(["number"], [["1"]] * (MOST_ROWS + 1)), "trades", COLUMNS).findings
    assert (finding.code, str(finding.found)) == ("XLS-ROWS", str(MOST_ROWS + 1))
    plain = {f"trades-{at}-number": "1" for at in range(MOST_ROWS + 1)}
    assert [finding.code for finding in posted_rows(plain, "trades", COLUMNS).findings] == ["XLS-ROWS"]
