"""The bounds that docs/columns.md proves, transcribed a second time in fractions: each column claims no less, lest a
row be decided wrongly, and hardly more, lest rows go to records for nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import exp, expm1, log
from typing import Any

import numpy as np
import pytest

from tanzhi.rulebook.kernel.columns import column as columns
from tanzhi.rulebook.kernel.columns.column import (
    Column,
    added,
    constant,
    divided,
    multiplied,
    power_of_ten,
    raised,
    selected,
    without_zeros,
)
from tanzhi.rulebook.kernel.columns.frames import BLANK, KNOWN, NOT_REPORTED, Below, ChildRange, Frame, NotInColumns

U = Fraction(1, 2**53)
SAFE = 1 + Fraction(1, 2**10)
TINY = Fraction(1, 2**900)
WHOLE = 2**53
HUGE = 2**500
ROUGH, FINE, EVEN = 0.125, 3 * 2.0**-53, 0.0
"""How far a column may be off: an eighth, three roundings, nothing."""
SIGNS = ((3.0, 40.0), (-40.0, -3.0), (-5.0, 40.0), (-40.0, 5.0), (0.0, 7.0), (-7.0, 0.0))


def of(low: float, high: float, rel: float = 0.0, off: float = 0.0, places: int = 0, frame: Any = None) -> Column:
    return Column(frame, np.array([low, high]), places, low, high, rel, off)


def proven(actual: float, bound: Fraction | float) -> bool:
    """What is claimed has the margin of the page once, at most three times."""
    return Fraction(bound) * SAFE <= Fraction(actual) * (1 + U * 32) and Fraction(actual) <= Fraction(bound) * SAFE**3


def error(column: Column) -> Fraction:
    return (Fraction(column.rel) * peak(column) + Fraction(column.off)) * SAFE


def peak(column: Column) -> Fraction:
    return Fraction(max(-column.low, column.high))


def test_the_numbers_on_which_the_proof_rests_are_those_of_the_page() -> None:
    stated = {"U": U, "SAFE": SAFE, "TINY": TINY, "WHOLE": WHOLE, "HUGE": HUGE, "COARSEST": Fraction(1, 4)}
    assert {name: Fraction(getattr(columns, name)) for name in stated} == stated


@pytest.mark.parametrize(
    ("low", "high", "rel"), [(0.0, 2.0**500, 0.0), (-(2.0**500), 0.0, 0.0), (1.0, 1.0, 0.25), (2.0, 2.0, 0.0)]
)
def test_columns_hold_ranges_up_to_the_greatest_and_shares_up_to_a_quarter(low: float, high: float, rel: float) -> None:
    assert of(low, high, rel).rel == rel


@pytest.mark.parametrize(
    ("low", "high", "rel"),
    [
        (0.0, 2.0**501, 0.0),
        (-(2.0**501), 0.0, 0.0),
        (1.0, 1.0, 0.26),
        (2.0, 1.0, 0.0),
        (0.0, 2.0**501, 0.5),
        (float("nan"), 1.0, 0.0),
        (1.0, 1.0, float("nan")),
    ],
)
def test_what_is_wider_is_left_to_records(low: float, high: float, rel: float) -> None:
    with pytest.raises(NotInColumns):
        of(low, high, rel)


@pytest.mark.parametrize(("rel", "off", "exact"), [(0.0, 0.0, True), (0.1, 0.0, False), (0.0, 0.1, False)])
def test_only_what_is_off_by_nothing_is_exact(rel: float, off: float, exact: bool) -> None:
    assert of(1.0, 2.0, rel, off).exact is exact


def test_what_is_not_said_to_be_absent_is_known() -> None:
    column = Column(Frame(1), 1.0, 0, 1.0, 1.0)
    assert column.state == KNOWN
    assert column.with_state(BLANK).state == BLANK
    assert column.with_state(BLANK).bound_to(None).state == BLANK


@pytest.mark.parametrize(("low", "high"), SIGNS)
def test_the_error_of_all_rows_is_that_of_the_greatest(low: float, high: float) -> None:
    greatest = max(abs(low), abs(high))
    assert of(low, high).peak == greatest
    assert proven(of(low, high, 0.125, 3.0).error, Fraction(1, 8) * Fraction(greatest) + 3)


# --- another scale ------------------------------------------------------------------------------------


def test_a_number_written_with_more_places_is_the_same() -> None:
    moved = of(3.0, 40.0, ROUGH, 0.5, places=1).moved(3)
    assert (moved.m.tolist(), moved.places, moved.low, moved.high) == ([300.0, 4000.0], 3, 300.0, 4000.0)
    assert proven(moved.rel, Fraction(ROUGH) + U)
    assert proven(moved.off, 50)


@pytest.mark.parametrize(("low", "high"), [(0.0, 2.0**53), (-(2.0**53), 0.0), (1.0, 2.0)])
def test_whole_numbers_stay_exact_while_they_fit(low: float, high: float) -> None:
    assert of(low / 8, high / 8).moved(0).exact
    assert added(of(low, high), of(0.0, 0.0)).exact
    assert multiplied(of(low, high), of(1.0, 1.0)).exact


@pytest.mark.parametrize(("low", "high"), [(0.0, 2.0**50), (-(2.0**50), 0.0), (-1.0, 2.0**50), (-(2.0**50), 1.0)])
def test_whole_numbers_that_no_longer_fit_are_off_by_a_rounding(low: float, high: float) -> None:
    moved = of(low, high).moved(1)
    assert proven(moved.rel, U)
    assert moved.off == 0
    product = multiplied(of(low, high), of(10.5, 10.5))
    assert proven(product.rel, U)
    assert proven(product.off, TINY)


@pytest.mark.parametrize("rel", [ROUGH, FINE])
def test_another_scale_adds_a_rounding_to_what_is_not_exact(rel: float) -> None:
    assert proven(of(3.0, 40.0, rel).moved(2).rel, Fraction(rel) + U)


def test_a_scale_to_which_nothing_is_moved_leaves_the_column() -> None:
    column = of(3.0, 40.0, ROUGH, places=2)
    assert column.moved(2) is column


@pytest.mark.parametrize("places", [22, -22])
def test_powers_of_ten_are_exact_up_to_22(places: int) -> None:
    assert power_of_ten(places) == 10.0**places
    assert Fraction(power_of_ten(22)) == 10**22


@pytest.mark.parametrize("places", [23, -23])
def test_powers_of_ten_beyond_are_left_to_records(places: int) -> None:
    with pytest.raises(NotInColumns):
        power_of_ten(places)


@pytest.mark.parametrize(
    ("number", "m", "places"),
    [(0, 0.0, 0), (3, 3.0, 0), (Decimal("0.25"), 25.0, 2), (Decimal("1E+2"), 100.0, 0), (Decimal("-1.5"), -15.0, 1)],
)
def test_a_number_of_the_law_is_a_whole_one_at_its_places(number: int | Decimal, m: float, places: int) -> None:
    column = constant(number)
    assert (column.m, column.places, column.low, column.high, column.exact) == (m, places, m, m, True)


@pytest.mark.parametrize(("number", "exact"), [(2**53, True), (2**53 + 2, False), (-(2**53), True), (-(2**54), False)])
def test_a_number_of_the_law_is_exact_as_far_as_binary_holds_it(number: int, exact: bool) -> None:
    assert constant(number).exact is exact
    assert exact or proven(constant(number).rel, U)


@pytest.mark.parametrize("number", [True, 0.5, "1"])
def test_what_is_no_exact_number_is_left_to_records(number: Any) -> None:
    with pytest.raises(NotInColumns):
        constant(number)


# --- sum and difference -------------------------------------------------------------------------------


@pytest.mark.parametrize("subtract", [False, True])
@pytest.mark.parametrize("left", SIGNS)
@pytest.mark.parametrize("right", SIGNS)
@pytest.mark.parametrize("rels", [(ROUGH, FINE), (FINE, ROUGH), (FINE, FINE), (EVEN, ROUGH), (ROUGH, EVEN)])
def test_a_sum_is_off_as_the_page_says(
    left: tuple[float, float], right: tuple[float, float], rels: tuple[float, float], subtract: bool
) -> None:
    first, second = of(*left, rels[0], 0.25), of(*right, rels[1], 0.5)
    total = first - second if subtract else first + second
    least, most = (-right[1], -right[0]) if subtract else right
    assert (total.low, total.high) == (left[0] + least, left[1] + most)
    if (left[0] >= 0 and least >= 0) or (left[1] <= 0 and most <= 0):
        assert proven(total.rel, Fraction(max(rels)) + U)
        assert proven(total.off, Fraction(3, 4))
    else:
        assert proven(total.rel, U)
        assert proven(total.off, error(first) + error(second))


@pytest.mark.parametrize(("low", "high"), [(0.0, 2.0**53), (-(2.0**53), 0.0), (-1.0, 2.0**53), (-(2.0**53), 1.0)])
def test_a_sum_of_whole_numbers_that_no_longer_fits_is_off_by_a_rounding(low: float, high: float) -> None:
    total = added(of(low, high), of(-2.0, 2.0))
    assert not total.exact
    assert proven(total.rel, U)
    assert total.off == 0


def test_a_sum_has_the_places_of_the_finer() -> None:
    total = added(of(3.0, 40.0, places=1), of(5.0, 70.0, places=2))
    assert (total.m.tolist(), total.places, total.exact) == ([35.0, 470.0], 2, True)
    assert added(of(5.0, 70.0, places=2), of(3.0, 40.0, places=1)).places == 2


@pytest.mark.parametrize(("rels", "offs"), [((0.0, 1e-9), (0.0, 0.0)), ((0.0, 0.0), (1e-9, 0.0))])
def test_what_is_exact_beside_what_is_not_gives_nothing_exact(
    rels: tuple[float, float], offs: tuple[float, float]
) -> None:
    for function in (added, multiplied):
        assert not function(of(1.0, 2.0, rels[0], offs[0]), of(1.0, 2.0, rels[1], offs[1])).exact


# --- product ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", SIGNS)
@pytest.mark.parametrize("right", SIGNS)
@pytest.mark.parametrize(("rels", "offs"), [((ROUGH, 0.0625), (3.0, 5.0)), ((FINE, FINE), (0.0, 0.0))])
def test_a_product_is_off_as_the_page_says(
    left: tuple[float, float], right: tuple[float, float], rels: tuple[float, float], offs: tuple[float, float]
) -> None:
    first, second = of(*left, rels[0], offs[0], places=1), of(*right, rels[1], offs[1], places=2)
    product = multiplied(first, second)
    ends = [a * b for a in left for b in right]
    assert (product.low, product.high, product.places) == (min(ends), max(ends), 3)
    assert product.m.tolist() == [left[0] * right[0], left[1] * right[1]]
    (r1, r2), (o1, o2) = map(Fraction, rels), map(Fraction, offs)
    assert proven(product.rel, r1 + r2 + r1 * r2 + U)
    assert proven(product.off, o1 * peak(second) * (1 + r2) + o2 * peak(first) * (1 + r1) + o1 * o2 + TINY)


@pytest.mark.parametrize("offs", [(3.0, 0.0), (0.0, 5.0)])
def test_a_product_is_off_by_either_factor(offs: tuple[float, float]) -> None:
    product = multiplied(of(3.0, 40.0, 0.0, offs[0]), of(2.0, 70.0, 0.0, offs[1]))
    assert proven(product.off, Fraction(offs[0]) * 70 + Fraction(offs[1]) * 40)


@pytest.mark.parametrize(("power", "shift"), [(10, 1), (100, 2), (1000, 3)])
def test_a_power_of_ten_moves_the_point_alone(power: int, shift: int) -> None:
    column = of(3.0, 40.0, ROUGH, 0.5, places=3)
    product, quotient = column * power, column / power
    assert (product.places, product.m.tolist(), product.rel, product.off) == (3 - shift, [3.0, 40.0], ROUGH, 0.5)
    assert (quotient.places, quotient.m.tolist(), quotient.rel, quotient.off) == (3 + shift, [3.0, 40.0], ROUGH, 0.5)


def test_a_power_of_ten_beyond_the_places_is_a_factor() -> None:
    product = of(3.0, 40.0, places=1) * 100
    assert (product.places, product.m.tolist()) == (1, [300.0, 4000.0])


@pytest.mark.parametrize("factor", [1, 9, 11, 20, 99, 999, 1001])
def test_what_is_no_power_of_ten_is_a_factor(factor: int) -> None:
    product = of(3.0, 40.0, places=4) * factor
    assert (product.places, product.m.tolist()) == (4, [3.0 * factor, 40.0 * factor])


@pytest.mark.parametrize("times", range(1, 9))
def test_a_small_power_is_a_product_of_whole_numbers(times: int) -> None:
    power = of(-3.0, 5.0, places=1) ** times
    assert (power.m.tolist(), power.places, power.exact) == ([(-3.0) ** times, 5.0**times], times, True)


@pytest.mark.parametrize("times", [0, 9, -1])
def test_other_powers_are_the_librarys(times: int) -> None:
    """They need a base that is not negative, and are not exact."""
    power = of(3.0, 5.0) ** times
    assert not power.exact
    assert power.m.tolist() == pytest.approx([3.0**times, 5.0**times])
    with pytest.raises(NotInColumns):
        of(-3.0, 5.0) ** times


# --- quotient -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", SIGNS)
@pytest.mark.parametrize("right", [(3.0, 40.0), (-40.0, -3.0), (0.5, 0.75)])
@pytest.mark.parametrize(
    ("rels", "offs"),
    [
        ((0.0625, 0.03125), (3.0, 0.03125)),
        ((FINE, FINE), (0.0, 0.0)),
        ((FINE, EVEN), (1.0, 0.0)),
        ((EVEN, FINE), (0.0, 0.0)),
    ],
)
def test_a_quotient_is_off_as_the_page_says(
    left: tuple[float, float], right: tuple[float, float], rels: tuple[float, float], offs: tuple[float, float]
) -> None:
    quotient = divided(of(*left, rels[0], offs[0], places=3), of(*right, rels[1], offs[1], places=1))
    least = min(map(abs, right))
    assert quotient.places == 2
    assert quotient.m.tolist() == [left[0] / right[0], left[1] / right[1]]
    (r1, r2), (o1, o2) = map(Fraction, rels), map(Fraction, offs)
    q = r2 + o2 / Fraction(least)
    assert proven(quotient.rel, (r1 + q) / (1 - q) + U)
    assert proven(quotient.off, o1 / Fraction(least) / (1 - q) + TINY)
    ends = [a / b for a in left for b in right]
    if right[0] > 0:
        assert (quotient.low, quotient.high) == (min(ends), max(ends))
    else:
        assert quotient.low <= min(ends)
        assert quotient.high >= max(ends)
        assert quotient.peak == max(map(abs, ends))


@pytest.mark.parametrize(("least", "off"), [(4.0, 0.999), (4.5, 1.0), (2.0, 0.0), (5.0, 1.0)])
def test_a_divisor_beyond_four_times_its_error_divides(least: float, off: float) -> None:
    for low, high in ((least, 9.0), (-9.0, -least)):
        divisor = of(low, high, 0.0, off)
        assert without_zeros(divisor) == (divisor, least, False)


@pytest.mark.parametrize(
    ("m", "off", "near"), [(4.0, 1.0, True), (4.5, 1.0, False), (3.0, 1.0, True), (0.0, 0.0, True)]
)
def test_a_divisor_within_four_times_its_error_is_set_apart(m: float, off: float, near: bool) -> None:
    """Its row is doubtful, or if it is exactly nil an arithmetic error; the others are divided by what they are."""
    frame = Frame(3)
    divisor = Column(frame, np.array([m, 9.0, -7.0]), 0, -7.0, 9.0, 0.0, off)
    other, least, zeros = without_zeros(divisor)
    assert np.asarray(frame.doubt if off else zeros).tolist() == [near, False, False]
    assert (zeros is False) is (off > 0)
    assert least == (7.0 if near else m)
    assert other.m.tolist() == [7.0 if near else m, 9.0, -7.0]


@pytest.mark.parametrize(("least", "off"), [(4.0, 1.0), (3.0, 1.0), (0.0, 0.0)])
def test_a_divisor_near_nil_without_rows_of_its_own_is_left_to_records(least: float, off: float) -> None:
    with pytest.raises(NotInColumns):
        without_zeros(of(least, 9.0, 0.0, off))


@pytest.mark.parametrize("low", [-1.0, 2.0])
def test_a_divisor_of_which_a_quarter_is_unknown_is_left_to_records(low: float) -> None:
    with pytest.raises(NotInColumns):
        without_zeros(of(low, 9.0, 0.25, frame=Frame(2)))
    assert without_zeros(of(2.0, 9.0, 0.2499, frame=Frame(2)))[2] is False


def test_a_divisor_that_is_nil_everywhere_divides_by_one() -> None:
    for m in (0.0, np.array([0.0, 0.0])):
        other, least, zeros = without_zeros(Column(Frame(2), m, 0, 0.0, 0.0))
        assert least == 1
        assert np.all(np.asarray(zeros))
        assert np.all(other.m == 1)


def test_a_divisor_of_either_sign_widens_the_range_to_both() -> None:
    quotient = divided(of(-6.0, 3.0), Column(Frame(2), np.array([-2.0, 4.0]), 0, -2.0, 4.0))
    assert (quotient.low, quotient.high) == (-3.0, 3.0)


def test_a_divisor_that_reaches_down_to_nil_widens_the_range_to_both() -> None:
    frame = Frame(2)
    quotient = divided(of(2.0, 3.0, frame=frame), Column(frame, np.array([0.0, 0.5]), 0, 0.0, 0.5))
    assert (quotient.low, quotient.high) == (-6.0, 6.0)
    assert np.asarray(frame.fault).tolist() == [True, False]


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("below", [False, True])
def test_nothing_is_divided_by_nil(asked: bool, below: bool) -> None:
    """Children are blank there, and whoever asks for it; else a known row is an arithmetic error."""
    parent = Frame(1)
    frame = Below(parent, ChildRange(np.array([0, 3]))) if below else Frame(3)
    dividend = Column(frame, np.array([1.0, 2.0, 3.0]), 0, 1.0, 3.0)
    states = np.array([KNOWN, KNOWN, NOT_REPORTED], dtype=np.int8)
    quotient = divided(dividend, Column(frame, np.array([0.0, 2.0, 0.0]), 0, 0.0, 2.0, state=states), asked)
    is_blank = asked or below
    assert np.asarray(quotient.state).tolist() == [BLANK if is_blank else KNOWN, KNOWN, NOT_REPORTED]
    assert (np.asarray(frame.fault).tolist() == [True, False, False]) is not is_blank
    assert is_blank is (frame.fault is False)
    assert parent.fault is False


@pytest.mark.parametrize("asked", [False, True])
def test_a_number_for_all_rows_that_is_nil_divides_none(asked: bool) -> None:
    frame = Frame(2)
    quotient = divided(of(1.0, 2.0, frame=frame), constant(0, frame), asked)
    assert quotient.state == (BLANK if asked else KNOWN)
    assert frame.fault is not asked


def test_a_divisor_that_is_never_nil_makes_nothing_blank_or_wrong() -> None:
    frame = Frame(2)
    quotient = divided(of(1.0, 2.0, frame=frame), of(1.0, 2.0, frame=frame), True)
    assert quotient.state == KNOWN
    assert frame.fault is False


# --- power --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", [(2.0, 30.0), (25.0, 70.0), (2.0, 3.0)])
@pytest.mark.parametrize("exponent", [(-30.0, 15.0), (5.0, 25.0), (-3.0, -2.0)])
@pytest.mark.parametrize(
    ("rels", "offs"), [((0.0625, 0.0), (0.125, 0.0)), ((FINE, FINE), (0.0, 0.0)), ((0.0, 0.0), (0.0, 0.25))]
)
def test_a_power_is_off_as_the_page_says(
    base: tuple[float, float], exponent: tuple[float, float], rels: tuple[float, float], offs: tuple[float, float]
) -> None:
    first, second = of(*base, rels[0], offs[0], places=1), of(*exponent, rels[1], offs[1], places=2)
    lows, highs = [b / 10 for b in base], [e / 100 for e in exponent]
    logarithm, most = max(abs(log(b)) for b in lows), max(abs(e) for e in highs)
    own = rels[0] + offs[0] / base[0] + 2 * 2.0**-53
    spread = most * own / (1 - own) + logarithm * (float(error(second)) / 100 + 2 * 2.0**-53 * most)
    rel = expm1(spread * float(SAFE)) + 16 * 2.0**-53
    power = raised(first, second)
    assert power.places == 0
    assert power.rel == pytest.approx(rel * float(SAFE), rel=1e-6, abs=0)
    assert power.off == TINY
    assert power.m.tolist() == pytest.approx([lows[0] ** highs[0], lows[1] ** highs[1]])
    ends = [b**e for b in lows for e in highs]
    assert power.low == pytest.approx(min(ends) * (1 - power.rel), rel=1e-12)
    assert power.high == pytest.approx(max(ends) * (1 + power.rel), rel=1e-12)


@pytest.mark.parametrize(("low", "off", "rel"), [(2.5, 1.0, 0.0), (1.0, 0.0, 0.25), (2.001, 1.0, 0.0)])
def test_a_base_beyond_twice_its_error_is_raised(low: float, off: float, rel: float) -> None:
    assert raised(of(low, 9.0, rel, off), of(0.01, 0.01)).m.tolist() == pytest.approx([low**0.01, 9.0**0.01])


@pytest.mark.parametrize(("low", "off"), [(2.0, 1.0), (1.5, 1.0), (0.0, 0.0), (-2.0, 0.0)])
def test_a_base_within_twice_its_error_is_left_to_records(low: float, off: float) -> None:
    with pytest.raises(NotInColumns):
        raised(of(low, 9.0, 0.0, off), of(0.01, 0.01))


def test_a_power_down_to_e_to_the_minus_600_is_binarys() -> None:
    """And none beyond; upwards the range ends sooner."""
    assert raised(of(exp(-1), exp(-1)), of(600.0, 600.0)).m.tolist() == pytest.approx([exp(-600)] * 2, rel=1e-12, abs=0)
    assert log(2) * 866 > 600.2
    with pytest.raises(NotInColumns, match="power"):
        raised(of(0.5, 0.5), of(866.0, 866.0))


# --- choice and sign ----------------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [False, True])
def test_a_choice_is_bounded_by_what_bounds_both(turned: bool) -> None:
    pair = of(3.0, 40.0, 0.125, 0.5, places=1), of(-60.0, 2.0, 0.0625, 6.0, places=1)
    mask = np.array([True, False])
    choice = selected(mask, *(reversed(pair) if turned else pair))
    assert (choice.low, choice.high, choice.rel, choice.off, choice.places) == (-60.0, 40.0, 0.125, 6.0, 1)
    assert choice.m.tolist() == ([-60.0, 40.0] if turned else [3.0, 2.0])


@pytest.mark.parametrize("turned", [False, True])
def test_a_choice_has_the_places_of_the_finer(turned: bool) -> None:
    pair = of(3.0, 40.0, places=1), of(6.0, 70.0, places=3)
    choice = selected(np.array([True, False]), *(reversed(pair) if turned else pair))
    assert choice.places == 3
    assert choice.m.tolist() == ([6.0, 4000.0] if turned else [300.0, 70.0])


@pytest.mark.parametrize(("low", "high", "least"), [(3.0, 40.0, 3.0), (-40.0, -3.0, 3.0), (-5.0, 40.0, 0.0)])
def test_a_magnitude_lies_between_the_least_and_the_greatest(low: float, high: float, least: float) -> None:
    size = abs(of(low, high, ROUGH, 0.5))
    assert (size.low, size.high, size.rel, size.off) == (least, max(abs(low), abs(high)), ROUGH, 0.5)
    assert size.m.tolist() == [abs(low), abs(high)]


def test_the_opposite_lies_in_the_opposite_range() -> None:
    other = -of(-5.0, 40.0, ROUGH, 0.5)
    assert (other.low, other.high, other.rel, other.off) == (-40.0, 5.0, ROUGH, 0.5)
