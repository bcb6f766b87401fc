"""What a stretch takes from records: the rows that it could not decide, with range, bound and wide numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tanzhi.rulebook.kernel.columns import Coded, Columns, flatten
from tanzhi.rulebook.kernel.columns.answers import Codes, Condition
from tanzhi.rulebook.kernel.columns.chunk import Chunk, _spread, _with_codes, joined_over
from tanzhi.rulebook.kernel.columns.column import Column
from tanzhi.rulebook.kernel.columns.filed import _marked, _scaled, filed
from tanzhi.rulebook.kernel.columns.frames import BLANK, EXCLUDED, KNOWN, NOT_REPORTED
from tanzhi.rulebook.kernel.columns.tables import BLANK_UNITS, EXCLUDED_UNITS, NOT_REPORTED_UNITS, Tables
from tanzhi.rulebook.kernel.values import Value
from tests.rulebook.columns.test_bounds import TINY, U, proven
from tests.rulebook.columns.test_stretches import brickyard
from tests.rulebook.kernel.bakery import bakery

WHOLE = 2**53


def stretch(*clay: str, first: int = 0, last: int | None = None) -> Chunk:
    columns = Columns(brickyard(), 2023, flatten(brickyard(), [{"clay": words} for words in clay]))
    return Chunk(columns, first, len(clay) if last is None else last)


def with_numbers(name: str, *numbers: str, rel: float = 0.0) -> tuple[Column, dict[int, Decimal]]:
    """Three rows from 1.00 to 2.00, the first of them as records say."""
    chunk = stretch("1", "1", "1")
    rule = chunk.edition[name]
    column = Column(None, np.array([100.0, 150.0, 200.0]), 2, 100.0, 200.0, rel)
    exact = [(row, Value(name, Decimal(number))) for row, number in enumerate(numbers)]
    return chunk._with_numbers(rule, column, exact), chunk.wide[name]


def test_what_records_say_stands_in_its_row_and_in_the_range() -> None:
    column, wide = with_numbers("clay_by_thirds", "-5.25", "7.5")
    assert (column.m.tolist(), column.places, column.low, column.high) == ([-525.0, 750.0, 200.0], 2, -525.0, 750.0)
    assert column.exact
    assert wide == {}


@pytest.mark.parametrize("number", [str(WHOLE), str(-WHOLE)])
def test_a_number_beyond_the_whole_ones_is_kept_beside_the_column(number: str) -> None:
    column, wide = with_numbers("clay_by_thirds", "3.00", number)
    assert wide == {1: Decimal(number)}
    assert proven(column.rel, U)
    assert column.off == TINY
    assert with_numbers("clay_by_thirds", "3.00", number, rel=0.125)[0].rel == 0.125


def test_a_number_that_the_law_does_not_round_is_off_by_a_rounding() -> None:
    column, wide = with_numbers("half", "0.3")
    assert column.m.tolist() == [30.0, 150.0, 200.0]
    assert proven(column.rel, U)
    assert column.off == TINY
    assert wide == {}
    assert with_numbers("half", "0.3", rel=0.125)[0].rel == 0.125


def test_what_columns_hold_exactly_a_record_need_not_compute() -> None:
    """Of its own level, in its row of the whole population, and only where it is exact."""
    chunk = stretch("1.00", "", "3.25", "4", first=1)
    assert chunk._exact_already("clay", "kiln", 2) is None  # not asked for yet
    chunk.column("clay")
    assert [chunk._exact_already("clay", "kiln", row).number for row in (2, 3)] == [Decimal("3.25"), Decimal("4.00")]
    assert chunk._exact_already("clay", "kiln", 1).state == "blank"
    assert chunk._exact_already("clay", "hall", 2) is None
    assert chunk._exact_already("unheard_of", "kiln", 2) is None
    chunk.memo["clay"] = Column(None, 325.0, 2, 325.0, 325.0, 0.125)
    assert chunk._exact_already("clay", "kiln", 2) is None
    chunk.memo["clay"] = Column(None, 325.0, 3, 325.0, 325.0)
    assert chunk._exact_already("clay", "kiln", 2) is None
    chunk.memo["is_large"] = Condition(None, True)
    assert chunk._exact_already("is_large", "kiln", 2) is None


def test_rows_that_records_decide_change_alone() -> None:
    chunk = stretch("1.00", "2.00", "", "3.00")
    rule = chunk.edition["clay_by_thirds"]
    doubtful = Column(None, np.array([7.0, 7.0, 7.0, 7.0]), 2, 7.0, 7.0)
    assert chunk._decided(rule, doubtful, np.array([], dtype=int)) is doubtful
    decided = chunk._decided(rule, doubtful, np.array([1, 2]))
    assert decided.m.tolist() == [7.0, 200.0, 7.0, 7.0]
    assert np.asarray(decided.state).tolist() == [KNOWN, KNOWN, BLANK, KNOWN]
    assert chunk._decided(rule, doubtful, np.array([1])).state == KNOWN
    large = chunk._decided(chunk.edition["is_large"], Condition(None, False), np.array([0, 1]))
    assert np.asarray(large.mask).tolist() == [False, True, False, False]


def test_codes_that_records_found_are_added_to_those_there_are() -> None:
    values = [(0, Value("kind", "gas")), (2, Value("kind", "oil"))]
    codes = _with_codes(Codes(None, 0, ("coal", "gas")), values, 3)
    assert [codes.categories[index] for index in codes.index] == ["gas", "coal", "oil"]
    assert codes.categories == ("coal", "gas", "oil")


def test_an_absent_argument_stands_over_what_a_rule_answers() -> None:
    some = np.array([KNOWN, BLANK], dtype=np.int8)
    assert joined_over(KNOWN, some) is some
    assert joined_over(BLANK, some) == BLANK
    assert np.asarray(joined_over(some, EXCLUDED)).tolist() == [EXCLUDED, BLANK]
    assert _spread(3, 2, np.int8).tolist() == [3, 3]


@pytest.mark.parametrize(
    ("units", "states", "low", "high"),
    [
        ([5, -7], [KNOWN, KNOWN], -7, 5),
        ([5, BLANK_UNITS], [KNOWN, BLANK], 5, 5),
        ([5, NOT_REPORTED_UNITS, -7], [KNOWN, NOT_REPORTED, KNOWN], -7, 5),
        ([EXCLUDED_UNITS, 9], [EXCLUDED, KNOWN], 9, 9),
        ([EXCLUDED_UNITS, NOT_REPORTED_UNITS, BLANK_UNITS, 9, 3], [EXCLUDED, NOT_REPORTED, BLANK, KNOWN, KNOWN], 3, 9),
    ],
)
def test_marks_among_whole_numbers_are_states(units: list[int], states: list[int], low: int, high: int) -> None:
    """And no numbers: the range is that of the others."""
    column = _scaled(np.array(units, dtype=np.int64), 2)
    assert np.broadcast_to(np.asarray(column.state), len(units)).tolist() == states
    assert (column.low, column.high, column.places, column.exact) == (low, high, 2, True)
    known = [float(unit) for unit, state in zip(units, states, strict=True) if state == KNOWN]
    assert [m for m, state in zip(column.m, states, strict=True) if state == KNOWN] == known
    assert np.all((column.m >= low) & (column.m <= high))


@pytest.mark.parametrize("marks", [[BLANK_UNITS], [EXCLUDED_UNITS, EXCLUDED_UNITS], [BLANK_UNITS, NOT_REPORTED_UNITS]])
def test_of_nothing_but_marks_there_is_no_number(marks: list[int]) -> None:
    states = {BLANK_UNITS: BLANK, NOT_REPORTED_UNITS: NOT_REPORTED, EXCLUDED_UNITS: EXCLUDED}
    units = np.array(marks, dtype=np.int64)
    assert np.asarray(_scaled(units, 2).state).tolist() == _marked(units).tolist() == [states[mark] for mark in marks]


@pytest.mark.parametrize(
    ("units", "exact"), [([WHOLE - 1], True), ([1 - WHOLE], True), ([WHOLE + 1], False), ([-WHOLE - 1, 3], False)]
)
def test_whole_numbers_are_exact_as_far_as_binary_holds_them(units: list[int], exact: bool) -> None:
    column = _scaled(np.array(units, dtype=np.int64), 0)
    assert column.exact is exact
    assert exact or proven(column.rel, U)


def test_an_empty_table_has_an_empty_range() -> None:
    column = _scaled(np.array([], dtype=np.int64), 0)
    assert (column.low, column.high, column.state) == (0, 0, KNOWN)


@pytest.mark.parametrize(
    ("table", "owner", "fault"),
    [
        ({"clay": np.array(["1", "2"]), "dust": np.array(["1"])}, None, "different lengths"),
        ({"clay": np.array([1.5])}, None, "not exact"),
        ({"clay": np.array([1.5, 2.5], dtype=object)}, None, None),
        ({"clay": Coded(np.array([0]), ("a",))}, None, None),
        ({"clay": np.array([1], dtype=np.int64)}, None, None),
    ],
)
def test_a_table_has_columns_of_one_length_and_of_exact_numbers(table: Any, owner: Any, fault: str | None) -> None:
    if fault is None:
        assert Tables(brickyard(), {"kiln": table}, owner).sizes == {"kiln": len(table["clay"])}
        return
    with pytest.raises(ValueError, match=fault):
        Tables(brickyard(), {"kiln": table}, owner)


def test_what_stands_in_a_row_is_read_by_its_kind() -> None:
    codes = Coded(np.array([1, 0, -1, -2, -3]), ("a", "b"))
    units = np.array([150, 0, BLANK_UNITS, NOT_REPORTED_UNITS, EXCLUDED_UNITS], dtype=np.int64)
    tables = Tables(brickyard(), {"kiln": {"clay": units, "kiln": np.array([7, 8, 9, 10, 11]), "word": codes}}, None)
    assert [codes[row] for row in range(5)] == ["b", "a", None, "NR", "EX"]
    assert [tables.raw("kiln", "clay", row) for row in range(5)] == [Decimal("1.50"), Decimal("0.00"), None, "NR", "EX"]
    assert [tables.raw("kiln", "word", row) for row in range(5)] == ["b", "a", None, "NR", "EX"]
    assert (tables.raw("kiln", "kiln", 1), tables.raw("kiln", "dust", 1)) == (8, None)
    assert list(tables.keys("kiln")) == ["7", "8", "9", "10", "11"]
    assert (tables.places("clay"), tables.places("half"), tables.places("unheard_of")) == (2, 0, 0)


def test_numbers_that_are_filed_as_words_are_numbers() -> None:
    """Whatever else is coded is a choice."""
    column = filed(brickyard().edition(2023)["clay"], Coded(np.array([1, 0, -1]), ("2", "1.50")))
    assert isinstance(column, Column)
    assert (column.m[:2] * 10.0**-column.places).tolist() == [1.5, 2.0]
    assert np.asarray(column.state).tolist() == [KNOWN, KNOWN, BLANK]
    flour = filed(bakery.edition(2023)["flour"], Coded(np.array([0, -2]), ("rye",)))
    assert isinstance(flour, Codes)
    assert (flour.categories, np.asarray(flour.state).tolist()) == (("rye",), [KNOWN, NOT_REPORTED])
