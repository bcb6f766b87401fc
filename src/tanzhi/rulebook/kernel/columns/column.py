"""Numbers as a column: significands in binary, one decimal scale, and one proven bound for all rows.

A column says: the value that records would compute for row i lies within (rel·|m[i]| + off) · 10^-places of
m[i] · 10^-places. `low` and `high` bound what stands in m, in every row, whatever its state. A column with
rel = off = 0 is exact: every m[i] is a whole number of at most 2^53. The proofs: docs/columns.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from typing import Any, ClassVar

import numpy as np

from .frames import (
    BLANK,
    Array,
    Below,
    Frame,
    Mask,
    NotInColumns,
    State,
    both,
    chosen_state,
    is_known,
    joined,
    picked,
)
from .vocabulary import perform

U = 2.0**-53
"""Unit roundoff: a binary operation is off by at most U times its result."""
SAFE = 1 + 2.0**-10
"""Covers products of bounds, the rounding of bounds themselves, and the 1e-40 by which records settle divisions."""
WHOLE = 2.0**53
"""Whole numbers up to here are exact in binary."""
TINY = 2.0**-900
"""Covers underflow: no bound is nil unless the column is exact."""
HUGE = 2.0**500
"""Numbers beyond are left to records: the product of two below it is far from what binary cannot hold."""
COARSEST = 0.25
"""A bound so wide that nothing can be decided by it is left to records too."""


@dataclass(slots=True, eq=False)
class Column:
    """Numbers; see the module."""

    frame: Frame | None
    m: Any
    places: int
    low: float
    high: float
    rel: float = 0.0
    off: float = 0.0
    state: State = 0

    def __post_init__(self) -> None:
        if not (-HUGE <= self.low <= self.high <= HUGE and self.rel <= COARSEST):  # also what is no number
            raise NotInColumns("numbers beyond what columns hold")

    __array_ufunc__: ClassVar[None] = None
    __hash__ = None  # type: ignore[assignment]  # equality is a question to every row

    @property
    def exact(self) -> bool:
        return self.rel == 0.0 and self.off == 0.0

    @property
    def peak(self) -> float:
        return max(-self.low, self.high)

    @property
    def error(self) -> float:
        """A bound for all rows, in units of m."""
        return (self.rel * self.peak + self.off) * SAFE

    def perform(self, word: str, *arguments: Any) -> Any:
        return perform(word, *arguments)

    def with_state(self, state: State) -> Column:
        return self.bound_to(self.frame, state)

    def bound_to(self, frame: Frame | None, state: State | None = None) -> Column:
        """The same numbers on other rows, or in another state."""
        state = self.state if state is None else state
        return Column(frame, self.m, self.places, self.low, self.high, self.rel, self.off, state)

    def take(self, index: Array) -> Column:
        m = np.take(self.m, index) if isinstance(self.m, np.ndarray) else self.m
        state = self.state if isinstance(self.state, int) else np.take(self.state, index)
        return Column(self.frame, m, self.places, self.low, self.high, self.rel, self.off, state)

    def moved(self, places: int) -> Column:
        """The same values with `places` decimals, at least its own."""
        step = places - self.places
        if step == 0:
            return self
        factor = power_of_ten(step)
        low, high = self.low * factor, self.high * factor
        rel = 0.0 if self.exact and max(-low, high) <= WHOLE else (self.rel + U) * SAFE
        return Column(self.frame, self.m * factor, places, low, high, rel, self.off * factor * SAFE, self.state)

    # --- arithmetic -------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Column:
        return added(*paired(self, other))

    def __sub__(self, other: Any) -> Column:
        return added(*paired(self, other), np.subtract)

    def __rsub__(self, other: Any) -> Column:
        right, left = paired(self, other)
        return added(left, right, np.subtract)

    def __mul__(self, other: Any) -> Column:
        return multiplied(*paired(self, other))

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other: Any) -> Column:
        return divided(*paired(self, other))

    def __rtruediv__(self, other: Any) -> Column:
        right, left = paired(self, other)
        return divided(left, right)

    def __rpow__(self, base: Any) -> Column:
        right, left = paired(self, base)
        return raised(left, right)

    def __pow__(self, other: Any) -> Column:
        if isinstance(other, int) and 1 <= other <= 8:
            return reduce(multiplied, [self] * other)
        return raised(*paired(self, other))

    def __neg__(self) -> Column:
        return Column(self.frame, -self.m, self.places, -self.high, -self.low, self.rel, self.off, self.state)

    def __pos__(self) -> Column:
        return self

    def __abs__(self) -> Column:
        low = max(self.low, -self.high, 0.0)
        return replace(self, m=np.abs(self.m), low=low, high=self.peak)

    # --- comparison -------------------------------------------------------------------------------

    def __lt__(self, other: Any) -> Any:
        return self._compared(other, np.less)

    def __le__(self, other: Any) -> Any:
        return self._compared(other, np.less_equal)

    def __gt__(self, other: Any) -> Any:
        return self._compared(other, np.greater)

    def __ge__(self, other: Any) -> Any:
        return self._compared(other, np.greater_equal)

    def __eq__(self, other: object) -> Any:
        return self._compared(other, np.equal)

    def __ne__(self, other: object) -> Any:
        return self._compared(other, np.not_equal)

    def _compared(self, other: Any, question: np.ufunc) -> Any:
        return perform("compared", *paired(self, other), question)

    def __bool__(self) -> bool:
        raise NotInColumns("a column has no yes or no")

    def __iter__(self) -> Any:
        raise NotInColumns("a column is not taken apart by a rule")


def power_of_ten(places: int) -> float:
    """10^places; exact in binary up to 22."""
    if abs(places) > 22:
        raise NotInColumns("a decimal scale beyond what binary holds exactly")
    return 10.0**places


def without_numbers(state: State, frame: Frame | None = None) -> Column:
    """No number in any row, so that what stands there and at which scale does not matter."""
    return Column(frame, 1.0, 0, 1.0, 1.0, state=state)


def constant(number: Any, frame: Frame | None = None) -> Column:
    """A number that stands in the law, the same for every row."""
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise NotInColumns(f"{number!r} is no exact number")
    exponent = Decimal(number).as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    whole = int(Decimal(number).scaleb(places))
    m = float(whole)
    rel = 0.0 if abs(whole) <= WHOLE else U * SAFE
    return Column(frame, m, places, m, m, rel)


def paired(column: Column, other: Any) -> tuple[Column, Column]:
    """Both as columns of the same rows; what is not children stands for every child."""
    if not isinstance(other, Column):
        return column, constant(other, column.frame)
    if column.frame is other.frame:
        return column, other
    if isinstance(column.frame, Below) and column.frame.parent is other.frame:
        return column, other.take(column.frame.span.index).bound_to(column.frame)
    if isinstance(other.frame, Below) and other.frame.parent is column.frame:
        return column.take(other.frame.span.index).bound_to(other.frame), other
    raise NotInColumns("children of different levels")


def added(left: Column, right: Column, function: np.ufunc = np.add) -> Column:
    """The sum, or with `np.subtract` the difference."""
    places = max(left.places, right.places)
    left, right = left.moved(places), right.moved(places)
    least, most = (right.low, right.high) if function is np.add else (-right.high, -right.low)
    low, high = left.low + least, left.high + most
    state = joined(left.state, right.state)
    m = function(left.m, right.m)
    if left.exact and right.exact and max(-low, high) <= WHOLE:
        return Column(left.frame, m, places, low, high, 0.0, 0.0, state)
    if (left.low >= 0 and least >= 0) or (left.high <= 0 and most <= 0):
        rel, off = max(left.rel, right.rel) + U, left.off + right.off
    else:
        rel, off = U, left.error + right.error
    return Column(left.frame, m, places, low, high, rel * SAFE, off * SAFE, state)


def multiplied(left: Column, right: Column) -> Column:
    state = joined(left.state, right.state)
    shift = _tens(right)
    if shift and shift <= left.places:
        return replace(left, places=left.places - shift, state=state)
    ends = (left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high)
    low, high = min(ends), max(ends)
    m, places = left.m * right.m, left.places + right.places
    if left.exact and right.exact and max(-low, high) <= WHOLE:
        return Column(left.frame, m, places, low, high, 0.0, 0.0, state)
    rel = left.rel + right.rel + left.rel * right.rel + U
    off = left.off * right.peak * (1 + right.rel) + right.off * left.peak * (1 + left.rel) + left.off * right.off + TINY
    return Column(left.frame, m, places, low, high, rel * SAFE, off * SAFE, state)


def _tens(column: Column) -> int:
    """k if the column is the constant 10^k, else 0."""
    if isinstance(column.m, float) and column.exact and column.places == 0 and column.m >= 10.0:
        exponent = len(str(int(column.m))) - 1
        return exponent if exponent <= 22 and column.m == 10.0**exponent else 0
    return 0


def divided(left: Column, right: Column, blank_at_zero: bool = False) -> Column:
    """One by the other. Where the divisor is zero: an arithmetic error, but of children (or if asked) blank."""
    state = joined(left.state, right.state)
    shift = _tens(right)
    if shift:
        return replace(left, places=left.places + shift, state=state)
    right, least, zeros = without_zeros(right)
    q = right.rel + right.off / least
    m = left.m / right.m
    rel = (left.rel + q) / (1 - q) + U
    off = left.off / least / (1 - q) + TINY
    if right.low > 0:
        ends = (left.low / right.low, left.low / right.high, left.high / right.low, left.high / right.high)
        quotient_range = min(ends), max(ends)
    else:
        peak = left.peak / least
        quotient_range = -peak, peak
    low, high = quotient_range
    if zeros is not False and (blank_at_zero or isinstance(left.frame, Below)):
        state = chosen_state(zeros, BLANK, state)
    elif zeros is not False and left.frame is not None:
        left.frame.note_fault(both(zeros, is_known(state)))
    return Column(left.frame, m, left.places - right.places, low, high, rel * SAFE, off * SAFE, state)


def without_zeros(two: Column) -> tuple[Column, float, Mask]:
    """The divisor with its zeros replaced; the least magnitude left; in which rows it is known to be zero.

    Rows so near zero that the bound does not tell them from it are noted as doubtful.
    """
    least = max(two.low, -two.high)
    if least > 4 * two.off and two.rel < 0.25:
        return two, least, False
    if two.rel >= 0.25 or two.frame is None:
        raise NotInColumns("a divisor of unknown size")
    size = np.abs(two.m)
    near = size <= 4 * two.off
    least = float(np.min(np.where(near, np.inf, size), initial=np.inf))
    least = 1.0 if math.isinf(least) else least
    zeros = both(near if isinstance(near, np.ndarray) else bool(near), is_known(two.state))
    m = np.where(near, least, two.m) if isinstance(two.m, np.ndarray) else least if near else two.m
    if not two.exact:
        two.frame.note_doubt(zeros)
        zeros = False
    return replace(two, m=m), least, zeros


def raised(base: Column, exponent: Column) -> Column:
    """base ** exponent, bases positive: |d ln b^x| <= |x| |db| / b + |ln b| |dx|; the library within 16 U."""
    if not base.low > 2 * base.off or base.rel > 0.25:
        raise NotInColumns("a base that may be nil or negative")
    state, ground, grade = joined(base.state, exponent.state), power_of_ten(base.places), power_of_ten(exponent.places)
    lows, highs = (base.low / ground, base.high / ground), (exponent.low / grade, exponent.high / grade)
    logarithm, most = max(abs(math.log(end)) for end in lows), exponent.peak / grade
    if logarithm * most > 600:
        raise NotInColumns("a power beyond what binary holds")
    own = base.rel + base.off / base.low + 2 * U
    spread = most * own / (1 - own) + logarithm * (exponent.error / grade + 2 * U * most)
    rel = (math.expm1(spread * SAFE) + 16 * U) * SAFE
    ends = [low**high for low in lows for high in highs]
    m = np.power(base.m / ground, exponent.m / grade)
    return Column(base.frame, m, 0, min(ends) * (1 - rel), max(ends) * (1 + rel), rel, TINY, state)


def selected(mask: Any, left: Column, right: Column) -> Column:
    """`left` where the mask says so, else `right`."""
    state = chosen_state(mask, left.state, right.state)
    if isinstance(mask, bool):
        return left if mask else right
    places = max(left.places, right.places)
    left, right = left.moved(places), right.moved(places)
    low, high = min(left.low, right.low), max(left.high, right.high)
    m = left.m if left.m is right.m else picked(mask, left.m, right.m)
    return Column(left.frame, m, places, low, high, max(left.rel, right.rel), max(left.off, right.off), state)
