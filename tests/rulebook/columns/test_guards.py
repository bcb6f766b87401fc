"""Where binary numbers prove nothing, columns leave the rows to records; what they take for a power of ten is one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from tanzhi.rulebook.kernel import FLOOR, HALF_UP, largest, smallest
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.columns.answers import compared
from tanzhi.rulebook.kernel.columns.chunk import Chunk
from tanzhi.rulebook.kernel.columns.column import Column, _tens, added, divided, paired, raised
from tanzhi.rulebook.kernel.columns.evaluator import _part
from tanzhi.rulebook.kernel.columns.folds import product, total
from tanzhi.rulebook.kernel.columns.frames import Below, ChildRange, Frame, NotInColumns
from tanzhi.rulebook.kernel.columns.whole import rounded
from tests.rulebook.columns.test_stretches import brickyard

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


def test_a_divisor_that_is_a_tenth_off_may_be_nine_tenths() -> None:
    """1 ÷ 0.9 lies a ninth beyond 1 ÷ 1."""
    quotient = divided(Column(Frame(1), 1.0, 0, 1.0, 1.0), Column(Frame(1), 1.0, 0, 1.0, 1.0, 0.1))
    assert 1 / 9 <= abs(quotient.m) * quotient.rel + quotient.off <= 0.112


@pytest.mark.parametrize(("least", "off"), [(0.0, 0.0), (0.0, 1e-9), (2e-9, 1e-9), (-1.0, 0.0)])
def test_bases_that_may_be_nil_or_negative_are_left_to_records(least: float, off: float) -> None:
    with pytest.raises(NotInColumns):
        raised(Column(None, 2.0, 0, least, 2.0, 0.0, off), Column(None, 5.0, 1, 5.0, 5.0))


def test_a_sum_of_nothing_but_nil_is_off_by_nothing_less_than_nil() -> None:
    """Beside values that binary does not hold exactly; a bound below nil would say that even nil is too far."""
    nils = total(Column(PAIRS, np.array([0.0, 0.0]), 0, 0.0, 2.0**60, 2.0**-53))
    assert nils.m[0] == 0
    assert nils.off >= 0


@pytest.mark.parametrize("word", [smallest, largest])
def test_the_extreme_of_two_is_off_by_what_the_worse_is(word: Callable[..., Column]) -> None:
    """Which of both it is differs by row."""
    better, worse = Column(None, 2.0, 0, 2.0, 2.0), Column(None, 2.0, 0, 2.0, 2.0, 0.0, 0.5)
    assert word(better, worse).off == word(worse, better).off == 0.5


def test_a_number_for_all_rows_that_lies_by_a_step_is_undecided() -> None:
    """1 ÷ 49 × 49 is one; in binary it falls short of it, and its floor would be nil."""
    short = 1 / 49 * 49
    assert short < 1
    assert rounded(Column(None, short, 0, short, short, 2.0**-51), 0, FLOOR)[1] is True
    assert rounded(Column(None, 0.5, 0, 0.5, 0.5, 2.0**-51), 0, FLOOR)[1] is False


def test_what_is_exact_beside_what_is_not_is_compared_with_doubt() -> None:
    frame = Frame(2)
    short = Column(frame, np.array([1 / 49 * 49, 0.5]), 0, 0.5, 1.0, 2.0**-51)
    compared(short, Column(frame, 1.0, 0, 1.0, 1.0), np.less)
    assert np.asarray(frame.doubt).tolist() == [True, False]


def test_beside_a_great_number_a_small_one_is_rounded_by_its_own_bound() -> None:
    """A millionth of a million is off by one, which decides no half; a millionth of 3.3 leaves it nearest to 3."""
    whole, near = rounded(Column(Frame(2), np.array([3.3, 1e6 + 0.25]), 0, 3.3, 1e6 + 0.25, 1e-6), 0, HALF_UP)
    assert np.asarray(near).tolist() == [False, True]
    assert whole.m[0] == 3


def test_a_result_is_off_by_no_less_than_its_column_at_any_scale() -> None:
    """A column that is off by one in its last of `places` places is off by 10^-places, of which binary falls short."""
    half = brickyard().edition(2023)["half"]
    chunk = Chunk(Columns(brickyard(), 2023, flatten(brickyard(), [{"clay": "1"}])), 0, 1)
    for places in range(16):
        bounds = _part(half, Column(None, 0.0, places, 0.0, 0.0, 0.0, 1.0), chunk).bounds
        assert bounds is not None
        assert 1 <= Fraction(float(bounds[0])) * 10**places <= 1 + Fraction(1, 10**9)


@pytest.mark.parametrize("rel", [0.0, 2.0**-20])
@pytest.mark.parametrize("whole", [7.0, -7.0])
def test_a_result_is_off_by_its_share_and_the_rounding_of_its_scale(whole: float, rel: float) -> None:
    """7 ÷ 10^places, which binary rounds twice."""
    half = brickyard().edition(2023)["half"]
    chunk = Chunk(Columns(brickyard(), 2023, flatten(brickyard(), [{"clay": "1"}])), 0, 1)
    for places in range(16):
        part = _part(half, Column(None, whole, places, whole, whole, rel), chunk)
        assert part.values is not None
        assert part.bounds is not None
        exact, bound = Fraction(int(whole), 10**places), Fraction(float(part.bounds[0]))
        assert abs(Fraction(float(part.values[0])) - exact) + abs(exact) * Fraction(rel) <= bound
        assert bound <= abs(exact) * (Fraction(rel) + Fraction(1, 2**49))


def test_children_of_two_levels_are_not_paired() -> None:
    """Two hens and two eggs of one farm: nothing says which egg is whose."""
    eggs = Below(PAIRS.parent, ChildRange(np.array([0, 2])))
    with pytest.raises(NotInColumns, match="different levels"):
        paired(factors(1.0, 0.0), Column(eggs, np.array([1.0, 2.0]), 0, 1.0, 2.0))


def test_the_doubt_of_a_child_is_its_own_parents() -> None:
    """The second of three holds no child, so that nothing of it can be in doubt."""
    parents = Frame(3)
    Below(parents, ChildRange(np.array([0, 1, 1, 2]))).note_doubt(np.array([True, False]))
    assert np.asarray(parents.doubt).tolist() == [True, False, False]
