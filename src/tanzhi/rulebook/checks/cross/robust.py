"""Median and median absolute deviation (中位数与绝对中位差): a few wild values do not move them.

Decimal throughout; whoever calls sets the context of fifty digits (`run.py`), in which the answer is the same anywhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from tanzhi.rulebook.kernel.rounding import plain, shortened

SHOWN_DIGITS = 5
POWERS = {power: Decimal(10) ** power for power in (-3, -2, -1, 1, 2, 3)}


def median(values: Collection[Decimal]) -> Decimal:
    """The middle value, or the mean of the two in the middle; of nothing there is none."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@dataclass(frozen=True, slots=True)
class Middle:
    """Where values lie and how far they usually are from there."""

    median: Decimal
    deviation: Decimal
    number: int

    def limit(self, deviations: Decimal, share: Decimal) -> Decimal:
        """The distance that is asked about: so many deviations, and no less than this share of the median."""
        return max(self.deviation * deviations, abs(self.median) * share)

    def steady(self, share: Decimal) -> bool:
        """Whether the values usually stay near their median; what comes now and then is not compared month by month."""
        return self.deviation <= abs(self.median) * share


def middle_of(values: Collection[Decimal]) -> Middle:
    middle = median(values)
    return Middle(middle, median([abs(value - middle) for value in values]), len(values))


def power_of_ten(value: Decimal, usual: Decimal, tolerance: Decimal) -> int:
    """By which power of ten, of three at most, a value is too large or (below zero) too small; zero by none."""
    if value <= 0 or usual <= 0 or max(value, usual) < 2 * min(value, usual):
        return 0
    ratio = value / usual
    return next((power for power, ten in POWERS.items() if abs(ratio / ten - 1) <= tolerance), 0)


def words(value: Decimal) -> str:
    """A quotient as people read it: a few significant digits, for showing only."""
    return plain(shortened(value, SHOWN_DIGITS))


def percent(value: Decimal) -> str:
    return f"{words(value * 100)} %"
