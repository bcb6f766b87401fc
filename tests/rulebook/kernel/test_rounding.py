"""Rounding against fractions: whole numbers decide, nothing of `decimal` is used to expect."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.rulebook.kernel.rounding import (
    EXACT,
    FLOOR,
    HALF_UP,
    decimals_of,
    plain,
    round_legally,
    settled,
    shortened,
)

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=9)


def half_up(x: Fraction, decimals: int) -> Fraction:
    scaled = abs(x) * 10**decimals
    return Fraction(floor(scaled + Fraction(1, 2)), 10**decimals) * (1 if x >= 0 else -1)


@given(NUMBERS, st.integers(0, 8))
def test_half_up_goes_to_the_nearest_and_from_a_tie_away_from_zero(number, decimals):
    assert Fraction(round_legally(number, decimals, HALF_UP)) == half_up(Fraction(number), decimals)


@given(NUMBERS, st.integers(0, 8))
def test_floor_never_lies_above_and_less_than_a_step_below(number, decimals):
    assert Fraction(round_legally(number, decimals, FLOOR)) == Fraction(
        floor(Fraction(number) * 10**decimals), 10**decimals
    )


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 6))
def test_a_division_that_does_not_end_does_not_move_a_tie_or_a_floor(whole, divisor, factor, decimals):
    exact = Fraction(whole, divisor) * factor / 2
    with localcontext(EXACT):
        number = Decimal(whole) / divisor * factor / 2
    assert Fraction(round_legally(number, decimals, HALF_UP)) == half_up(exact, decimals)
    assert Fraction(round_legally(number, decimals, FLOOR)) == Fraction(floor(exact * 10**decimals), 10**decimals)


@pytest.mark.parametrize(
    ("number", "decimals", "rounding", "expected"),
    [
        ("2.5", 0, HALF_UP, "3"),
        ("-2.5", 0, HALF_UP, "-3"),
        ("0.125", 2, HALF_UP, "0.13"),
        ("-0.004", 2, HALF_UP, "0.00"),
        ("1789.70", 0, FLOOR, "1789"),
        ("-0.1", 0, FLOOR, "-1"),
        ("7", 3, HALF_UP, "7.000"),
    ],
)
def test_worked_roundings(number, decimals, rounding, expected):
    assert str(round_legally(Decimal(number), decimals, rounding)) == expected


def test_a_third_taken_three_times_is_one_again():
    with localcontext(EXACT):
        assert settled(Decimal(1) / 3 * 3) == 1


def test_a_number_is_shown_short_and_in_full():
    assert plain(shortened(Decimal(2) / 3)) == "0.666666666667"
    assert plain(shortened(Decimal("150000.00"))) == "150000.00"
    assert str(shortened(Decimal("12.3450000000"))) == "12.3450000000"  # as written, to its twelfth digit
    assert str(shortened(Decimal("12.34500000000"))) == "12.345"
    assert plain(Decimal("1E+3")) == "1000"


def test_decimals_are_counted_as_written():
    assert [decimals_of(Decimal(x)) for x in ("1", "1.50", "1E+2", "NaN")] == [0, 2, 0, 0]
