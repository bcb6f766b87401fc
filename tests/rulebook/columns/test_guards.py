"""Where binary numbers prove nothing, columns leave the rows to records; what they take for a power of ten is one."""

from __future__ import annotations

import numpy as np
import pytest

from tanzhi.rulebook.kernel.columns.column import Column, _tens, added
from tanzhi.rulebook.kernel.columns.folds import product
from tanzhi.rulebook.kernel.columns.frames import Below, ChildRange, Frame, NotInColumns

PAIRS = Below(Frame(1), ChildRange(np.array([0, 2])))
"""One row with two children."""


def factors(least: float, off: float) -> Column:
    return Column(PAIRS, np.array([least, 2.0]), 0, least, 2.0, 0.0, off)


@pytest.mark.parametrize(("least", "off"), [(0.0, 1e-9), (2e-9, 1e-9), (1e-9, 1e-9)])
def test_factors_that_may_be_nil_are_left_to_records(least: float, off: float) -> None:
    """The error of a product is that of its factors beside their size, which nothing bounds near nil."""
    with pytest.raises(NotInColumns):
        product(factors(least, off))


@pytest.mark.parametrize(("least", "off"), [(0.0, 0.0), (1e-3, 1e-9), (1.5, 1e-9)])
def test_factors_that_are_exact_or_surely_not_nil_are_multiplied(least: float, off: float) -> None:
    folded = product(factors(least, off))
    assert folded.m[0] == least * 2.0
    assert folded.low <= folded.m[0] <= folded.high


@pytest.mark.parametrize(
    ("m", "places", "exponent"), [(10.0, 0, 1), (1000.0, 0, 3), (10.0, 1, 0), (1.0, 0, 0), (20.0, 0, 0), (999.0, 0, 0)]
)
def test_a_power_of_ten_is_one_as_written_without_places(m: float, places: int, exponent: int) -> None:
    """10 with one place is the number one, and dividing by it moves no digit."""
    assert _tens(Column(None, m, places, m, m)) == exponent


@pytest.mark.parametrize("signs", [(1, -1), (-1, 1)])
def test_what_nearly_cancels_keeps_the_errors_of_both(signs: tuple[int, int]) -> None:
    """Each is off by a millionth of one, so that their sum, which is nearly nil, is off by two millionths."""
    left, right = (
        Column(None, sign * size, 0, sign * size, sign * size, 1e-6)
        for sign, size in zip(signs, (1.0, 0.999999), strict=True)
    )
    both = added(left, right)
    assert abs(both.m) * both.rel + both.off >= 1.999999e-6


def test_what_only_grows_keeps_the_larger_share() -> None:
    """Two numbers of one sign are together off by no larger share than the worse of them."""
    both = added(Column(None, 1.0, 0, 1.0, 1.0, 1e-6), Column(None, 3.0, 0, 3.0, 3.0, 1e-9))
    assert 1e-6 <= (abs(both.m) * both.rel + both.off) / both.m <= 1.01e-6
