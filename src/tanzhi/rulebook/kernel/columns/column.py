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
        two, one = paired(self, other)
        return added(one, two, np.subtract)

    def __mul__(self, other: Any) -> Column:
        return multiplied(*paired(self, other))

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other: Any) -> Column:
        return divided(*paired(self, other))

    def __rtruediv__(self, other: Any) -> Column:
        two, one = paired(self, other)
        return divided(one, two)

    def __rpow__(self, base: Any) -> Column:
        two, one = paired(self, base)
        return raised(one, two)

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


def paired(one: Column, other: Any) -> tuple[Column, Column]:
    """Both as columns of the same rows; what is not children stands for every child."""
    if not isinstance(other, Column):
        return one, constant(other, one.frame)
    if one.frame is other.frame:
        return one, other
    if isinstance(one.frame, Below) and one.frame.parent is other.frame:
        return one, other.take(one.frame.span.index).bound_to(one.frame)
    if isinstance(other.frame, Below) and other.frame.parent is one.frame:
        return one.take(other.frame.span.index).bound_to(other.frame), other
    raise NotInColumns("children of different levels")


def added(one: Column, two: Column, function: np.ufunc = np.add) -> Column:
    """The sum, or with `np.subtract` the difference."""
    places = max(one.places, two.places)
    one, two = one.moved(places), two.moved(places)
    least, most = (two.low, two.high) if function is np.add else (-two.high, -two.low)
    low, high = one.low + least, one.high + most
    state = joined(one.state, two.state)
    m = function(one.m, two.m)
    if one.exact and two.exact and max(-low, high) <= WHOLE:
        return Column(one.frame, m, places, low, high, 0.0, 0.0, state)
    if (one.low >= 0 and least >= 0) or (one.high <= 0 and most <= 0):
        rel, off = max(one.rel, two.rel) + U, one.off + two.off
    else:
        rel, off = U, one.error + two.error
    return Column(one.frame, m, places, low, high, rel * SAFE, off * SAFE, state)


def multiplied(one: Column, two: Column) -> Column:
    state = joined(one.state, two.state)
    shift = _tens(two)
    if shift and shift <= one.places:
        return replace(one, places=one.places - shift, state=state)
    ends = (one.low * two.low, one.low * two.high, one.high * two.low, one.high * two.high)
    low, high = min(ends), max(ends)
    m, places = one.m * two.m, one.places + two.places
    if one.exact and two.exact and max(-low, high) <= WHOLE:
        return Column(one.frame, m, places, low, high, 0.0, 0.0, state)
    rel = one.rel + two.rel + one.rel * two.rel + U
    off = one.off * two.peak * (1 + two.rel) + two.off * one.peak * (1 + one.rel) + one.off * two.off + TINY
    return Column(one.frame, m, places, low, high, rel * SAFE, off * SAFE, state)


def _tens(column: Column) -> int:
    """k if the column is the constant 10^k, else 0."""
    if isinstance(column.m, float) and column.exact and column.places == 0 and column.m >= 10.0:
        exponent = len(str(int(column.m))) - 1
        return exponent if exponent <= 22 and column.m == 10.0**exponent else 0
    return 0


def divided(one: Column, two: Column, blank_at_zero: bool = False) -> Column:
    """One by the other. Where the divisor is zero: an arithmetic error, but of children (or if asked) blank."""
    state = joined(one.state, two.state)
    shift = _tens(two)
    if shift:
        return replace(one, places=one.places + shift, state=state)
    two, least, zeros = without_zeros(two)
    q = two.rel + two.off / least
    m = one.m / two.m
    rel = (one.rel + q) / (1 - q) + U
    off = one.off / least / (1 - q) + TINY
    low, high = _quotient_range(one, two, least)
    if zeros is not False and (blank_at_zero or isinstance(one.frame, Below)):
        state = chosen_state(zeros, BLANK, state)
    elif zeros is not False and one.frame is not None:
        one.frame.note_fault(both(zeros, is_known(state)))
    return Column(one.frame, m, one.places - two.places, low, high, rel * SAFE, off * SAFE, state)


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
    zeros = both(_mask(near), is_known(two.state))
    m = np.where(near, least, two.m) if isinstance(two.m, np.ndarray) else least if near else two.m
    if not two.exact:
        two.frame.note_doubt(zeros)
        zeros = False
    return replace(two, m=m), least, zeros


def _mask(answer: Any) -> Mask:
    return answer if isinstance(answer, np.ndarray) else bool(answer)


def _quotient_range(one: Column, two: Column, least: float) -> tuple[float, float]:
    if two.low > 0:
        ends = (one.low / two.low, one.low / two.high, one.high / two.low, one.high / two.high)
        return min(ends), max(ends)
    peak = one.peak / least
    return -peak, peak


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


def selected(mask: Any, one: Column, two: Column) -> Column:
    """`one` where the mask says so, else `two`."""
    state = chosen_state(mask, one.state, two.state)
    if isinstance(mask, bool):
        return one if mask else two
    places = max(one.places, two.places)
    one, two = one.moved(places), two.moved(places)
    low, high = min(one.low, two.low), max(one.high, two.high)
    m = one.m if one.m is two.m else picked(mask, one.m, two.m)
    return Column(one.frame, m, places, low, high, max(one.rel, two.rel), max(one.off, two.off), state)
