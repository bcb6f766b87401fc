"""Known, blank, not reported, excluded, not determinable: told apart through every fold and every word."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from tanzhi.rulebook.kernel.children import Children
from tanzhi.rulebook.kernel.states import (
    BLANK,
    EXCLUDED,
    NOT_DETERMINABLE,
    NOT_REPORTED,
    NOTHING,
    SCALARS,
    Absent,
    Undecided,
)
from tanzhi.rulebook.kernel.words import (
    all_of,
    any_of,
    chosen,
    count,
    given,
    known,
    largest,
    mean,
    others,
    quotient,
    smallest,
    total,
    weighted_mean,
    where,
)

UNKNOWN, UNREPORTED, OUT = Absent(NOT_DETERMINABLE), Absent(NOT_REPORTED), Absent(EXCLUDED)
NUMBER = st.integers(-1000, 1000).map(Decimal)
ITEM = NUMBER | st.sampled_from([NOTHING, UNKNOWN, UNREPORTED, OUT])
ANSWER = st.booleans() | st.sampled_from([NOTHING, UNKNOWN])


def state(x):
    return x.state if isinstance(x, Absent) else "known"


def expected_state(items):
    """The table of states.py, said the other way round: by asking who is present at all."""
    states = [state(i) for i in items if state(i) != EXCLUDED]
    for decisive in (NOT_DETERMINABLE, NOT_REPORTED, "known"):
        if decisive in states:
            return decisive
    return EXCLUDED if items and not states else BLANK


@pytest.mark.parametrize("first", [NOTHING, UNKNOWN, UNREPORTED, OUT])
@pytest.mark.parametrize("second", [None, NOTHING, UNKNOWN, UNREPORTED, OUT, Decimal(1)])
def test_two_children_follow_the_table_in_either_order(first, second):
    items = [first] if second is None else [first, second]
    for pair in (items, items[::-1]):
        assert state(total(Children(pair))) == expected_state(pair)


@drawn(st.lists(ITEM, max_size=6))
def test_a_fold_follows_the_table(items):
    numbers = [int(i) for i in items if not isinstance(i, Absent)]
    for word, by_hand in ((total, sum), (smallest, min), (largest, max), (mean, lambda n: sum(n) / Decimal(len(n)))):
        folded = word(Children(items))
        assert state(folded) == expected_state(items)
        assert state(folded) != "known" or folded == by_hand(numbers)
    assert count(Children(items)) == len(numbers)


@drawn(st.lists(st.tuples(ITEM, ITEM), max_size=6))
def test_a_weighted_mean_counts_the_pairs_that_are_known(pairs):
    values, weights = [p[0] for p in pairs], [p[1] for p in pairs]
    whole = [(x, w) for x, w in pairs if state(x) == state(w) == "known"]
    found = weighted_mean(Children(values), Children(weights))
    if any(
        state(i) in (NOT_DETERMINABLE, NOT_REPORTED)
        for x, w in pairs
        for i in (x, w)
        if EXCLUDED not in (state(x), state(w))
    ):
        assert state(found) in (NOT_DETERMINABLE, NOT_REPORTED)
    elif not whole or sum(w for _, w in whole) == 0:
        assert state(found) in (BLANK, EXCLUDED)
    else:
        assert found == sum(x * w for x, w in whole) / sum(w for _, w in whole)


@drawn(ITEM, ITEM)
def test_arithmetic_with_something_absent_is_the_stronger_absent(a, b):
    absents = [i for i in (a, b) if isinstance(i, Absent)]
    results = [
        lambda: a + b,
        lambda: a - b,
        lambda: a * b,
        lambda: a < b,
        lambda: a <= b,
        lambda: a > b,
        lambda: a >= b,
    ]
    for result in results:
        if absents:
            assert state(result()) == min((i.state for i in absents), key=SCALARS.index)
        else:
            assert not isinstance(result(), Absent)


def test_an_absent_swallows_the_rest_of_arithmetic_too():
    for result in (1 / NOTHING, NOTHING / 2, 2**NOTHING, NOTHING**2, -NOTHING, +NOTHING, abs(NOTHING), 1 - NOTHING):
        assert result is NOTHING
    assert (NOTHING == 1) is NOTHING
    assert (NOTHING != 1) is NOTHING
    assert repr(OUT) == "Absent(excluded)"


def test_nothing_absent_answers_yes_or_no():
    with pytest.raises(Undecided):
        bool(NOTHING)
    with pytest.raises(TypeError, match="fold them"):
        bool(Children([True]))


@drawn(st.lists(ANSWER, min_size=1, max_size=5))
def test_any_and_all_are_decided_by_one_answer_else_by_an_absent_one(answers):
    absent = any(isinstance(a, Absent) for a in answers)
    any_yes, any_no = any(a is True for a in answers), any(a is False for a in answers)
    assert state(any_of(*answers)) == ("known" if any_yes or not absent else state(any_of(*answers)))
    if any_yes or not absent:
        assert any_of(*answers) is any_yes
    if any_no or not absent:
        assert all_of(*answers) is not any_no
    if absent and not any_yes:
        assert isinstance(any_of(*answers), Absent)
    if absent and not any_no:
        assert isinstance(all_of(*answers), Absent)


def test_any_and_all_fold_children():
    answers = Children([True, False, NOTHING])
    assert (any_of(answers), all_of(answers), count(answers)) == (True, False, 1)


def test_given_takes_the_first_known_but_does_not_pass_over_what_cannot_be_determined():
    assert given(NOTHING, UNREPORTED, OUT, Decimal(3)) == 3
    assert given(UNKNOWN, Decimal(3)) is UNKNOWN
    assert given(Decimal(2), UNKNOWN) == 2
    assert given(NOTHING, OUT) is OUT


def test_known_tells_whether_a_number_is_there():
    assert (known(Decimal(0)), known(NOTHING), known(UNKNOWN)) == (True, False, UNKNOWN)
    assert list(known(Children([Decimal(1), NOTHING]))) == [True, False]


def test_where_follows_its_condition_alone():
    assert (where(True, 1, UNKNOWN), where(False, UNKNOWN, 2), where(NOTHING, 1, 2)) == (1, 2, NOTHING)
    assert list(where(Children([True, False]), Decimal(1), Children([Decimal(2), Decimal(3)]))) == [1, 3]


def test_a_quotient_by_zero_is_blank():
    assert quotient(Decimal(6), Decimal(3)) == 2
    assert (quotient(Decimal(6), Decimal(0)), quotient(Decimal(6), UNKNOWN)) == (NOTHING, UNKNOWN)
    assert list(quotient(Children([Decimal(6), Decimal(1)]), Children([Decimal(3), Decimal(0)]))) == [2, NOTHING]


def test_chosen_compares_codes_and_nothing_chosen_is_no():
    assert (chosen("a", "a", "b"), chosen("c", "a"), chosen(NOTHING, "a"), chosen(UNKNOWN, "a")) == (
        True,
        False,
        False,
        UNKNOWN,
    )
    assert list(chosen(Children(["a", "b", NOTHING]), "a")) == [True, False, False]


def test_the_extreme_of_several_numbers_is_decided_by_an_absent_one():
    assert (smallest(Decimal(2), Decimal(1)), largest(Decimal(2), Decimal(1))) == (1, 2)
    assert smallest(Decimal(2), NOTHING, UNKNOWN) is UNKNOWN


def test_plain_lists_fold_like_children():
    assert (total([Decimal(1), Decimal(2)]), mean([Decimal(1), Decimal(2)])) == (3, Decimal("1.5"))


def test_the_besideare_the_mean_of_the_siblings():
    x = Children([Decimal(1), Decimal(2), Decimal(6), NOTHING])
    assert list(others(x))[:3] == [4, Decimal("3.5"), Decimal("1.5")]
    running = Children([True, True, False, True])
    assert list(others(x, among=running)) == [2, 1, Decimal("1.5"), Decimal("1.5")]
    assert list(others(Children([Decimal(1)]))) == [NOTHING]


def test_children_compute_child_by_child():
    x, y = Children([Decimal(1), Decimal(4)]), Children([Decimal(2), Decimal(2)])
    assert [list(r) for r in (x + y, x - y, x * 2, x / y)] == [[3, 6], [-1, 2], [2, 8], [Decimal("0.5"), 2]]
    assert [list(r) for r in (1 + x, 1 - x, 2 * x, 4 / x)] == [[2, 5], [0, -3], [2, 8], [4, 1]]
    assert [list(r) for r in (x < y, x <= 1, x > y, x >= 4)] == [
        [True, False],
        [True, False],
        [False, True],
        [False, True],
    ]
    assert list(4 / Children([Decimal(0)])) == [NOTHING]
    assert repr(x) == "Children([Decimal('1'), Decimal('4')])"


def test_children_of_two_levels_cannot_be_paired():
    with pytest.raises(ValueError, match="shorter"):
        weighted_mean(Children([Decimal(1)] * 2), Children([Decimal(1)]))


class Recorder:
    """A vector that tells what it was asked."""

    def perform(self, word, *arguments):
        return word, len(arguments)


@pytest.mark.parametrize(
    "word",
    [total, mean, weighted_mean, count, smallest, largest, given, known, where, quotient, any_of, all_of, chosen],
)
def test_every_word_hands_a_column_its_work(word):
    column = Recorder()
    arguments = {
        "weighted_mean": (column, column),
        "where": (column, 1, 2),
        "quotient": (1, column),
        "chosen": (column, "a"),
    }
    given_to_it = arguments.get(word.__name__, (column,))
    assert word(*given_to_it) == (word.__name__, len(given_to_it))


@pytest.mark.parametrize("sign", [operator.add, operator.sub, operator.mul, operator.truediv, operator.lt, operator.ge])
def test_children_of_another_number_are_not_beside_these(sign: Callable[[Any, Any], Any]) -> None:
    three, two = Children([Decimal(1), Decimal(2), Decimal(3)]), Children([Decimal(1), Decimal(2)])
    for these, beside in ((three, two), (two, three)):
        with pytest.raises(ValueError, match="argument 2 is"):
            sign(these, beside)
        with pytest.raises(ValueError, match="argument 2 is"):
            these.weighted_mean(beside)


@pytest.mark.parametrize("word", [smallest, largest])
def test_of_equals_the_first_stands_with_its_digits(word: Callable[..., Any]) -> None:
    assert (
        str(word(Children([Decimal("1.50"), Decimal("1.5")]))) == str(word(Decimal("1.50"), Decimal("1.5"))) == "1.50"
    )
