"""States and answers for all rows at once say what they say row by row."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from tanzhi.rulebook.kernel.columns.frames import (
    BLANK,
    EXCLUDED,
    FEW,
    KNOWN,
    NOT_DETERMINABLE,
    NOT_REPORTED,
    Below,
    ChildRange,
    Frame,
    all_known,
    both,
    chosen_state,
    code_of,
    either,
    is_known,
    joined,
    none_known,
    nowhere,
    opposite,
    picked,
)

STATES = (KNOWN, BLANK, NOT_REPORTED, NOT_DETERMINABLE, EXCLUDED)
NAMES = ("known", "blank", "not_reported", "not_determinable", "excluded")
ROWS = [np.array(pair, dtype=np.int8) for pair in product(STATES, repeat=2)]
ANSWERS: list[Any] = [True, False, *(np.array(pair) for pair in product((True, False), repeat=2))]


def rows(x: Any) -> list[Any]:
    return np.broadcast_to(np.asarray(x), 2).tolist()


def test_states_have_the_names_of_records() -> None:
    assert [code_of(name) for name in NAMES] == list(STATES)


def test_the_stronger_of_two_states_decides_in_each_row() -> None:
    for left, right in product((*STATES, *ROWS), repeat=2):
        assert rows(joined(left, right)) == [max(pair) for pair in zip(rows(left), rows(right), strict=True)]


def test_a_choice_of_states_is_a_choice_in_each_row() -> None:
    for mask, left, right in product(ANSWERS, (*STATES, *ROWS[::3]), (*STATES, *ROWS[::3])):
        expected = [a if yes else b for yes, a, b in zip(rows(mask), rows(left), rows(right), strict=True)]
        assert rows(chosen_state(mask, left, right)) == expected


def test_whether_all_or_none_are_known() -> None:
    for state in STATES:
        assert all_known(state) is (state == KNOWN)
        assert none_known(state) is (state != KNOWN)
        assert bool(is_known(state)) is (state == KNOWN)
    for state in ROWS:
        assert none_known(state) is (KNOWN not in state)
        assert rows(is_known(state)) == [row == KNOWN for row in state]
    assert all_known(ROWS[0]) is False  # not for certain
    assert none_known(np.array([], dtype=np.int8)) is False


def test_answers_are_joined_in_each_row() -> None:
    for left, right in product(ANSWERS, repeat=2):
        pairs = list(zip(rows(left), rows(right), strict=True))
        assert rows(either(left, right)) == [a or b for a, b in pairs]
        assert rows(both(left, right)) == [a and b for a, b in pairs]
    for answer in ANSWERS:
        assert rows(opposite(answer)) == [not yes for yes in rows(answer)]
        assert nowhere(answer) is (not any(rows(answer)))


def test_a_number_is_picked_in_each_row() -> None:
    left, right = np.array([1.5, -2.0]), np.array([7.0, -0.25])
    for mask in ANSWERS[2:]:
        assert picked(mask, left, right).tolist() == np.where(mask, left, right).tolist()
        assert picked(mask, left, 9.0).tolist() == np.where(mask, left, 9.0).tolist()


@pytest.mark.parametrize(
    "counts", [(1, 1, 1), (2, 2), (3, 1, 2), (0, 2), (2, 0, 0), (0, 0), (), (FEW, FEW), (FEW + 1,) * 2]
)
def test_rows_below_are_folded_within_the_row_that_holds_them(counts: tuple[int, ...]) -> None:
    span = ChildRange(np.concatenate(([0], np.cumsum(counts, dtype=int))))
    values = np.arange(1.0, sum(counts) + 1)
    parts = np.split(values, np.cumsum(counts, dtype=int)[:-1]) if counts else []
    assert (span.size, span.below) == (len(counts), sum(counts))
    assert (span.most, span.least) == (max(counts, default=0), min(counts, default=0))
    assert span.identity is (bool(counts) and set(counts) == {1})
    assert span.index.tolist() == [row for row, count in enumerate(counts) for _ in range(count)]
    assert span.filled.tolist() == [count > 0 for count in counts]
    assert span.reduce(np.add, values, 0.0).tolist() == [part.sum() for part in parts]
    assert span.reduce(np.maximum, values, -1.0).tolist() == [part.max() if len(part) else -1.0 for part in parts]
    for state in STATES:
        assert np.broadcast_to(np.asarray(span.fold_state(state)), len(counts)).tolist() == [
            state if count else BLANK for count in counts
        ]


def test_doubt_and_fault_are_noted_for_the_rule() -> None:
    frame = Frame(2)
    assert (frame.doubt, frame.fault) == (False, False)
    frame.note_doubt(np.array([True, False]))
    frame.note_fault(np.array([False, True]))
    frame.note_doubt(False)
    assert (rows(frame.doubt), rows(frame.fault)) == ([True, False], [False, True])
    for mask, noted in ((True, [True, True]), (False, [False, False]), (np.array([False, False, True]), [False, True])):
        parent = Frame(2)
        Below(parent, ChildRange(np.array([0, 2, 3]))).note_doubt(mask)
        assert rows(parent.doubt) == noted
