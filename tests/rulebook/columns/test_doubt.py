"""Which rows are doubtful: those within the bound of a tie, a step or each other (docs/columns.md), and no more."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import expm1, ulp
from typing import Any

import numpy as np
import pytest

from tanzhi.rulebook.kernel import FLOOR, HALF_UP
from tanzhi.rulebook.kernel.columns.answers import Codes, Condition, chosen_codes, compared, same_rows
from tanzhi.rulebook.kernel.columns.column import Column, paired
from tanzhi.rulebook.kernel.columns.folds import any_below, extreme, known_count, mean, product, total, weighted_mean
from tanzhi.rulebook.kernel.columns.frames import (
    BLANK,
    EXCLUDED,
    KNOWN,
    NOT_DETERMINABLE,
    NOT_REPORTED,
    Below,
    ChildRange,
    Frame,
    NotInColumns,
)
from tanzhi.rulebook.kernel.columns.whole import rounded
from tests.rulebook.columns.test_bounds import SAFE, SIGNS, TINY, U, proven

STEP = 2.0**-12
"""Small enough for one bound for all rows, great enough to be added to a number exactly."""


def of(rows: Sequence[float], rel: float = 0.0, off: float = 0.0, places: int = 0, frame: Any = None) -> Column:
    return Column(frame, np.array(rows), places, min(rows), max(rows), rel, off)


def doubtful(column: Column, rounding: str, decimals: int = 0) -> list[bool]:
    near = rounded(column, decimals, rounding)[1]
    return np.broadcast_to(np.asarray(near), len(column.m)).tolist()


# --- legal rounding -----------------------------------------------------------------------------------


@pytest.mark.parametrize("places", [0, 1])
@pytest.mark.parametrize(("distance", "near"), [(0.0, True), (0.999, True), (1.0005, True), (1.01, False), (2, False)])
def test_a_row_is_doubtful_within_the_bound_of_a_tie_or_a_step(distance: float, near: bool, places: int) -> None:
    """All rows are off by as much; the margin of the bound covers a little more."""
    far = distance * STEP
    ten = 10.0**places
    for sign in (1, -1):
        ties = [ten * x for x in (2.5 + sign * far, -2.5 + sign * far, 0.5 + sign * far)]
        assert doubtful(of(ties, off=STEP * ten, places=places), HALF_UP) == [near] * 3
        steps = [ten * x for x in (2.0 + sign * far, -2.0 + sign * far)]
        assert doubtful(of(steps, off=STEP * ten, places=places), FLOOR) == [near] * 2


@pytest.mark.parametrize(
    ("row", "near"), [(0.5 + STEP, True), (0.5 - STEP, True), (0.5 + 1.25 * STEP, False), (0.5 - 1.25 * STEP, False)]
)
def test_a_great_row_makes_two_roundings_of_it_the_bound_of_all(row: float, near: bool) -> None:
    """2u·2^40 = 2^-12, for the division and for the half."""
    assert doubtful(of([row, 2.0**40 + 0.25], off=float(TINY)), HALF_UP) == [near, False]
    assert doubtful(of([row + 0.5, 2.0**40 + 0.25], off=float(TINY)), FLOOR) == [near, False]
    assert doubtful(of([row, -(2.0**40) - 0.25], off=float(TINY)), HALF_UP) == [near, False]


@pytest.mark.parametrize(("places", "rows"), [(3, [1500.0, 2499.0, -1500.0]), (1, [15.0, 24.0, -15.0])])
def test_whole_numbers_are_rounded_at_a_tie_without_a_doubt(places: int, rows: list[float]) -> None:
    whole, near = rounded(of(rows, places=places), 0, HALF_UP)
    assert (whole.m.tolist(), near, whole.exact, whole.places) == ([2.0, 2.0, -2.0], False, True, 0)


def test_whole_numbers_are_floored_on_a_step_without_a_doubt() -> None:
    whole, near = rounded(of([3000.0, 2999.0, -3000.0, -3001.0], places=3), 0, FLOOR)
    assert (whole.m.tolist(), near) == ([3.0, 2.0, -3.0, -4.0], False)
    alone, near = rounded(Column(None, 35.0, 1, 35.0, 35.0), 0, HALF_UP)
    assert (alone.m, near) == (4.0, False)


@pytest.mark.parametrize("decimals", [2, 3])
def test_whole_numbers_keep_their_places_while_they_fit(decimals: int) -> None:
    whole, near = rounded(of([3.0, 2.0**49], places=2), decimals, HALF_UP)
    assert (whole.m.tolist(), near, whole.exact) == (
        [3.0 * 10 ** (decimals - 2), 2.0**49 * 10 ** (decimals - 2)],
        False,
        True,
    )
    assert rounded(of([3.0, 2.0**53], places=2), 2, HALF_UP)[1] is False


def test_from_two_to_the_51_on_every_row_is_doubtful() -> None:
    below, above = 2.0**49, 2.0**51
    for rounding in (HALF_UP, FLOOR):
        assert doubtful(of([3.25, below + 0.25, above, -above], rel=2.0**-60), rounding) == [False, False, True, True]
    assert doubtful(of([3.0, 2.0**47]), HALF_UP, 2) == [False, True]


@pytest.mark.parametrize(("ulps", "share", "near"), [(1, 1.0, True), (2, 1.0, False), (2, 1.5, False)])
def test_beside_a_greater_one_each_row_has_two_roundings_of_its_own(ulps: int, share: float, near: bool) -> None:
    """Numbers about 2^38 stand 2^-14 apart, which is 2u of them."""
    row = share * 2.0**38 + 0.5 + ulps * 2.0**-14
    assert doubtful(of([row, 2.0**48 + 0.25], off=float(TINY)), HALF_UP) == [near, False]


@pytest.mark.parametrize(("distance", "near"), [(0.999, True), (1.0005, True), (1.01, False)])
def test_beside_a_greater_one_each_row_is_off_by_its_own_share(distance: float, near: bool) -> None:
    """Of 8 a 2^-15th is 2^-12, and another 2^-12 for all; of 2^20 it is 32."""
    row = 8 + 0.5 + distance * 2 * STEP * (1 + 2.0**-5)
    assert doubtful(of([row, 2.0**20 + 0.25], rel=2.0**-15, off=STEP), HALF_UP) == [near, True]


@pytest.mark.parametrize("rows", [[0.0, 0.0], [0.0, 3.25], [0.0, 2.0**20 + 0.25]])
def test_nil_that_is_not_exact_is_doubtful_on_its_step(rows: list[float]) -> None:
    assert doubtful(of(rows, rel=2.0**-15), FLOOR)[0] is True


@pytest.mark.parametrize(
    ("low", "high"), [*SIGNS, (-(2.0**49), 2.0**48), (-(2.0**48), 2.0**49), (2.25, 3.75), (-5.0, 0.5), (0.25, 0.75)]
)
@pytest.mark.parametrize("rounding", [HALF_UP, FLOOR])
def test_what_is_rounded_lies_one_unit_around_and_keeps_its_sign(low: float, high: float, rounding: str) -> None:
    whole, _ = rounded(of([low * 10, high * 10], rel=float(U), places=1), 0, rounding)
    margin = 1 + 4 * U * Fraction(max(abs(low), abs(high)))
    least, most = Fraction(low // 1) - margin, -Fraction(-high // 1) + margin
    for end, stated in (
        (whole.low, max(least, 0) if low >= 0 else least),
        (whole.high, min(most, 0) if high <= 0 else most),
    ):
        assert abs(Fraction(end) - stated) <= Fraction(max(ulp(end), ulp(1.0))) / 2


@pytest.mark.parametrize("rows", [[0.0, 2.0**54], [-(2.0**54), 0.0]])
def test_what_is_rounded_beyond_the_whole_numbers_is_off_by_a_rounding(rows: list[float]) -> None:
    assert proven(rounded(of(rows, rel=float(U)), 0, HALF_UP)[0].rel, U)
    assert rounded(of([0.25, 8.25], rel=float(U)), 0, HALF_UP)[0].exact


# --- comparison ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("distance", "near"), [(0.0, True), (2.999, True), (3.005, True), (3.02, False)])
@pytest.mark.parametrize("sign", [1, -1])
def test_numbers_are_told_apart_beyond_the_errors_of_both(distance: float, near: bool, sign: int) -> None:
    frame = Frame(3)
    left = of([100.0 + sign * distance, 0.0, 200.0], off=1.0, frame=frame)
    answer = compared(left, of([100.0, 50.0, 50.0], off=2.0, frame=frame), np.less)
    assert np.asarray(answer.mask).tolist() == [sign * distance < 0, True, False]
    assert np.broadcast_to(np.asarray(frame.doubt), 3).tolist() == [near, False, False]


@pytest.mark.parametrize(("distance", "near"), [(0.0, True), (1.0, True), (2.0, False)])
def test_numbers_are_told_apart_beyond_a_rounding_of_both(distance: float, near: bool) -> None:
    """u·(2^40 + 2^40) = 2^-12."""
    frame = Frame(2)
    rows = of([2.0**40, 7.0], off=float(TINY), frame=frame)
    compared(of([2.0**40 - distance * STEP, 2.0**39], off=float(TINY), frame=frame), rows, np.less)
    assert np.broadcast_to(np.asarray(frame.doubt), 2).tolist() == [near, False]


@pytest.mark.parametrize("turned", [False, True])
def test_ranges_that_lie_apart_are_told_apart_as_a_whole(turned: bool) -> None:
    great, small = of([10.0, 20.0], off=1.0), of([1.0, 5.0], off=2.0)
    answer = compared(*((small, great) if turned else (great, small)), np.less)
    assert answer.mask is turned


def test_ranges_that_overlap_are_compared_row_by_row() -> None:
    frame = Frame(2)
    answer = compared(of([3.0, 40.0], off=0.5, frame=frame), of([5.0, 8.0], off=0.5, frame=frame), np.less)
    assert np.asarray(answer.mask).tolist() == [True, False]
    assert not np.any(frame.doubt)


@pytest.mark.parametrize(("left", "right"), [(0, 5), (5, 0)])
def test_exact_numbers_are_compared_at_the_places_of_the_finer(left: int, right: int) -> None:
    """Three, once written without and once with five places, is three."""
    answer = compared(*(of([3.0 * 10**places, 0.0], places=places) for places in (left, right)), np.equal)
    assert np.asarray(answer.mask).tolist() == [True, True]


# --- codes, and rows of two levels --------------------------------------------------------------------

PARENT = Frame(2)
CHILDREN = Below(PARENT, ChildRange(np.array([0, 2, 3])))


@pytest.mark.parametrize("join", [paired, same_rows])
def test_what_stands_above_stands_for_each_child(join: Any) -> None:
    children, above = of([1.0, 2.0, 3.0], frame=CHILDREN), of([10.0, 20.0], frame=PARENT)
    for left, right in (join(children, above), reversed(join(above, children))):
        assert (left.m.tolist(), right.m.tolist()) == ([1.0, 2.0, 3.0], [10.0, 10.0, 20.0])
        assert left.frame is right.frame is CHILDREN
    assert join(above, above) == (above, above) if join is same_rows else join(above, above)[0] is above


@pytest.mark.parametrize("join", [paired, same_rows])
def test_what_stands_elsewhere_is_not_joined(join: Any) -> None:
    others = of([1.0, 2.0], frame=Frame(2))
    for stranger in (of([1.0, 2.0, 3.0], frame=CHILDREN), of([1.0, 2.0], frame=PARENT)):
        for pair in ((stranger, others), (others, stranger)):
            with pytest.raises(NotInColumns, match="different levels"):
                join(*pair)


def test_what_is_bound_to_other_rows_keeps_its_state_unless_it_is_given_one() -> None:
    for kind in (Codes(None, 0, ("coal",), BLANK), Condition(None, True, BLANK)):
        bound = kind.bound_to(PARENT)
        assert (bound.frame, bound.state, kind.bound_to(None, KNOWN).state) == (PARENT, BLANK, KNOWN)


def test_of_two_codes_each_row_has_one() -> None:
    left = Codes(None, np.array([0, 1, 0]), ("coal", "gas"))
    right = Codes(None, np.array([1, 0, 1]), ("oil", "gas"))
    both = chosen_codes(np.array([True, False, False]), left, right)
    assert [both.categories[i] for i in both.index] == ["coal", "oil", "gas"]


# --- folds --------------------------------------------------------------------------------------------


def below(counts: Sequence[int]) -> Below:
    return Below(Frame(len(counts)), ChildRange(np.concatenate(([0], np.cumsum(counts)))))


@pytest.mark.parametrize("counts", [(2, 2), (3, 1), (4, 0), (70, 70)])
@pytest.mark.parametrize(("low", "high"), [*SIGNS, (0.5, 7.0), (-7.0, -0.5), (-5.0, 0.5), (-0.5, 5.0)])
@pytest.mark.parametrize(("rel", "off"), [(0.125, 0.5), (3 * 2.0**-53, 0.0), (0.0, 0.5)])
def test_a_sum_over_children_is_off_as_the_page_says(
    counts: tuple[int, int], low: float, high: float, rel: float, off: float
) -> None:
    most, size = max(counts), sum(counts)
    rows = np.resize([low, high], size)
    sums = total(Column(below(counts), rows, 2, low, high, rel, off))
    assert sums.m.tolist() == [sum(rows[: counts[0]]), sum(rows[counts[0] :])]
    assert (sums.low, sums.high) == (
        min(low, most * low, 0.0 if 0 in counts else low),
        max(high, most * high, 0.0 if 0 in counts else high),
    )
    share, peak = Fraction(rel) + most * U, Fraction(max(abs(low), abs(high)))
    if low >= 0 or high <= 0:
        assert proven(sums.rel, share)
        assert proven(sums.off, most * Fraction(off) + TINY)
    else:
        assert sums.rel == U
        assert proven(sums.off, most * Fraction(off) + share * most * peak)


@pytest.mark.parametrize(("low", "high"), [(0.0, 2.0**51), (-(2.0**51), 0.0)])
def test_whole_numbers_have_a_whole_sum_while_it_fits(low: float, high: float) -> None:
    assert total(Column(below((4, 4)), np.resize([low, high], 8), 0, low, high)).exact
    assert not total(Column(below((5, 4)), np.resize([low, high], 9), 0, low, high)).exact


def test_a_sum_counts_what_is_known() -> None:
    """What is not known counts as nil, so that nil is in the range; a known nothing is no sum."""
    states = np.array([KNOWN, BLANK, BLANK, BLANK], dtype=np.int8)
    for low, high in ((3.0, 40.0), (-40.0, -3.0)):
        sums = total(Column(below((2, 2)), np.array([low, high, low, high]), 0, low, high, state=states))
        assert sums.m[0] == low
        assert (sums.low, sums.high) == (min(2 * low, 0.0), max(2 * high, 0.0))
        assert np.asarray(sums.state).tolist() == [KNOWN, BLANK]


@pytest.mark.parametrize("counts", [(2, 2), (3, 1)])
@pytest.mark.parametrize(("low", "high"), [(3.0, 40.0), (2.0, 7.0), (-5.0, 40.0), (-40.0, -3.0), (0.0, 7.0)])
@pytest.mark.parametrize(("rel", "off"), [(0.0625, 0.0), (3 * 2.0**-53, 0.0), (0.0, 0.0625), (0.0, 0.0)])
def test_a_product_over_children_is_off_as_the_page_says(
    counts: tuple[int, int], low: float, high: float, rel: float, off: float
) -> None:
    most, least = max(counts), max(low, -high)
    if off and least <= 0:
        return
    rows = np.resize([low, high], 4)
    folded = product(Column(below(counts), rows, 1, low, high, rel, off))
    assert folded.m.tolist() == pytest.approx([np.prod(rows[: counts[0]] / 10), np.prod(rows[counts[0] :] / 10)])
    bound = expm1(most * (rel + (off / least if off else 0) + 2 * 2.0**-53))
    assert float(SAFE) * bound <= folded.rel * (1 + 1e-12) <= float(SAFE) ** 3 * bound
    assert (folded.off, folded.places) == (TINY, 0)
    peak = max(abs(low) / 10, abs(high) / 10, 1.0) ** most
    assert folded.high == pytest.approx(peak)
    assert folded.low == pytest.approx(min(low / 10, 1.0) ** most if low >= 0 else -peak)


def test_a_product_is_of_what_is_known() -> None:
    states = np.array([KNOWN, BLANK, KNOWN, KNOWN], dtype=np.int8)
    assert product(Column(below((2, 2)), np.array([2.0, 3.0, 4.0, 5.0]), 0, 2.0, 5.0, state=states)).m.tolist() == [
        2,
        20,
    ]


def test_counts_and_means_are_of_what_is_known() -> None:
    states = np.array([KNOWN, KNOWN, BLANK, KNOWN, KNOWN], dtype=np.int8)
    children = Column(below((3, 2)), np.array([2.0, 4.0, 9.0, 5.0, 7.0]), 0, 2.0, 9.0, state=states)
    count, average = known_count(children), mean(children)
    assert (count.m.tolist(), count.low, count.high, count.places, count.state) == ([2.0, 2.0], 0.0, 3.0, 0, KNOWN)
    assert (average.m.tolist(), average.places) == ([3.0, 6.0], 0)
    answers = Condition(children.frame, np.array([True, False, True, True, True]), states)
    assert known_count(answers).m.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("counts", [(1, 1), (2, 0), (1, 0), (3, 2)])
def test_each_known_child_counts_as_one(counts: tuple[int, int]) -> None:
    for state in (KNOWN, np.zeros(sum(counts), dtype=np.int8)):
        children = Column(below(counts), np.ones(sum(counts)), 0, 1.0, 1.0, state=state)
        assert known_count(children).m.tolist() == list(counts)


@pytest.mark.parametrize(("counts", "state"), [((2, 2), BLANK), ((0, 0), KNOWN)])
def test_of_nothing_known_the_count_is_nil(counts: tuple[int, int], state: int) -> None:
    size = sum(counts)
    count = known_count(Column(below(counts), np.ones(size), 0, 1.0, 1.0, state=state))
    assert np.all(count.m == 0)
    assert (count.low, count.high, count.places) == (0.0, 0.0, 0)


def test_weights_count_where_both_are_known_and_blank_is_a_mean_by_nil() -> None:
    frame = below((2, 2))
    children = Column(frame, np.array([2.0, 4.0, 5.0, 7.0]), 0, 2.0, 7.0)
    weights = Column(frame, np.array([3.0, 1.0, 0.0, 0.0]), 0, 0.0, 3.0)
    average = weighted_mean(children, weights)
    assert (average.m[0], average.places) == (2.5, 0)
    assert np.asarray(average.state).tolist() == [KNOWN, BLANK]
    assert weighted_mean(4, Column(frame, np.ones(4), 0, 1.0, 1.0)).m.tolist() == [4.0, 4.0]


@pytest.mark.parametrize(
    ("function", "other", "extremes"), [(np.minimum, 0.0, [2.0, 5.0]), (np.maximum, 9.0, [4.0, 7.0])]
)
def test_an_extreme_is_one_of_those_known(function: np.ufunc, other: float, extremes: list[float]) -> None:
    """Whatever stands where nothing is known."""
    rows = np.array([2.0, 4.0, other, 5.0, other, 7.0])
    states = np.where(rows == other, BLANK, KNOWN).astype(np.int8)
    folded = extreme(Column(below((3, 3)), rows, 1, 0.0, 9.0, 0.125, 0.5, states), function)
    assert folded.m.tolist() == extremes
    assert (folded.low, folded.high, folded.rel, folded.off, folded.places) == (0.0, 9.0, 0.125, 0.5, 1)
    assert extreme(Column(below((3, 3)), rows, 1, 0.0, 9.0), function).m.tolist() == [
        function.reduce(rows[:3]),
        function.reduce(rows[3:]),
    ]


@pytest.mark.parametrize("decisive", [True, False])
def test_any_or_all_of_those_known(decisive: bool) -> None:
    states = np.array([KNOWN, BLANK, KNOWN, KNOWN], dtype=np.int8)
    answers = Condition(below((2, 2)), np.array([not decisive, decisive, not decisive, decisive]), states)
    folded = any_below(answers, decisive)
    assert np.asarray(folded.mask).tolist() == [not decisive, decisive]
    whole = any_below(Condition(below((1, 2)), np.array([decisive, not decisive, not decisive])), decisive)
    assert (np.asarray(whole.mask).tolist(), whole.state) == ([decisive, not decisive], KNOWN)
    frame = below((1, 2, 0))
    folded = any_below(Condition(frame, np.array([decisive, not decisive, not decisive])), decisive)
    assert np.asarray(folded.mask).tolist() == [decisive, not decisive, not decisive]
    assert np.asarray(folded.state).tolist() == [KNOWN, KNOWN, BLANK]


@pytest.mark.parametrize(
    ("states", "folded"),
    [
        ((KNOWN, BLANK), KNOWN),
        ((BLANK, EXCLUDED), BLANK),
        ((EXCLUDED, EXCLUDED), EXCLUDED),
        ((KNOWN, NOT_REPORTED), NOT_REPORTED),
        ((NOT_REPORTED, NOT_DETERMINABLE), NOT_DETERMINABLE),
    ],
)
def test_of_two_children_the_stronger_state_decides(states: tuple[int, int], folded: int) -> None:
    """Excluded, blank, known, not reported, not determinable: over children each is stronger than those before it."""
    for pair in (states, states[::-1]):
        children = Column(below((2,)), np.ones(2), 0, 1.0, 1.0, state=np.array(pair, dtype=np.int8))
        assert np.asarray(total(children).state).tolist() == [folded]


@pytest.mark.parametrize("state", [BLANK, NOT_REPORTED, NOT_DETERMINABLE, EXCLUDED])
def test_children_of_one_state_fold_to_it(state: int) -> None:
    children = Column(below((2, 2)), 1.0, 0, 1.0, 1.0, state=state)
    for folded in (total(children), product(children), extreme(children, np.minimum)):
        assert folded.state == state
    assert any_below(Condition(children.frame, True, state), True).state == state
