"""Dated parameters: what the law fixes from a day to a day, with unit, keys, source and confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from .text import Text

PERIOD_BEGINS = date.min
PERIOD_ENDS = date.max
_A_DAY = timedelta(days=1)
UNSETTLED = "unsettled"
PROVISIONAL = "provisional"


class ParameterFault(Exception):
    """A parameter table, or an entry of an administrator, that cannot stand; with its file and line."""

    def __init__(self, message: str, file: str = "", line: int = 0) -> None:
        super().__init__(f"{file}:{line}: {message}" if file else message)
        self.message, self.file, self.line = message, file, line


@dataclass(frozen=True, slots=True)
class Period:
    """Days, first and last inclusive: a year, a month of it, or one day."""

    first: date
    last: date

    def meets(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    @classmethod
    def spanning(cls, when: int | date | Period) -> Period:
        """The days of a year, a day itself, or the days as they stand."""
        if isinstance(when, Period):
            return when
        return cls(when, when) if isinstance(when, date) else cls.of(when)

    @classmethod
    def of(cls, year: int, month: int | None = None) -> Period:
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        after = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), after - timedelta(days=1))


When: TypeAlias = int | date | Period
"""What the law is asked of: a year, a day, or the days of a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """One value of a parameter: for these keys, valid from `since` to `until` (days, inclusive).

    `months` (1 to 12) keeps a value to those months of each year; empty: to none in particular.
    `unit` stands where it is not the table's, as of gases among fuels that are weighed.
    """

    keys: Mapping[str, tuple[str, ...]]
    value: Decimal
    since: date
    until: date = PERIOD_ENDS
    months: tuple[int, ...] = ()
    unit: str = ""
    status: str = "final"
    source: str = ""
    confidence: str = ""
    note: str = ""
    entered_by: str = ""
    entered_at: str = ""
    file: str = ""
    line: int = 0

    def fits(self, keys: Mapping[str, str]) -> bool:
        return all(keys.get(name) in codes for name, codes in self.keys.items())

    def covers(self, period: Period) -> bool:
        return self.since <= period.first and period.last <= self.until and self._in_months(period)

    def touches(self, period: Period) -> bool:
        return self.since <= period.last and period.first <= self.until

    def overlaps(self, other: DatedValue) -> bool:
        same_keys = all(set(codes) & set(other.keys[name]) for name, codes in self.keys.items())
        apart = self.months and other.months and not set(self.months) & set(other.months)
        return same_keys and not apart and self.since <= other.until and other.since <= self.until

    def outside(self, other: DatedValue) -> tuple[DatedValue, ...]:
        """What is left of it when `other` stands in its place on the other's days."""
        before = replace(self, until=other.since - _A_DAY) if self.since < other.since else None
        after = replace(self, since=other.until + _A_DAY) if other.until < self.until else None
        return tuple(part for part in (before, after) if part is not None)

    def _in_months(self, period: Period) -> bool:
        one_month = (period.first.year, period.first.month) == (period.last.year, period.last.month)
        return not self.months or (one_month and period.first.month in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A table of values; those that an administrator entered stand before those of the rulebook."""

    name: str
    label: Text
    unit: str
    whole: bool = False  # a count, such as of days or persons
    keys: tuple[str, ...] = ()
    entries: tuple[DatedValue, ...] = ()
    entered: tuple[DatedValue, ...] = ()
    law: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    def unit_of(self, keys: Mapping[str, str]) -> str:
        """The unit of the values for these keys: their rows' own, else the table's."""
        return next((entry.unit for entry in self.entries if entry.unit and entry.fits(keys)), self.unit)

    def find(self, period: Period, keys: Mapping[str, str]) -> DatedValue | None:
        """The entry for these keys that covers the whole period; never one that is unsettled.

        Where an entered value holds for a part of the period, neither it nor the rulebook's own holds for all of it.
        """
        over = next((e for e in self.entered if e.fits(keys) and e.touches(period)), None)
        if over is not None:
            return over if over.covers(period) else None
        for entry in self.entries:
            if entry.status != UNSETTLED and entry.fits(keys) and entry.covers(period):
                return entry
        return None

    def candidates(self, period: Period, keys: Mapping[str, str]) -> tuple[DatedValue, ...]:
        """Entries that say something about the period but cannot be used: unsettled, or for a part of it only."""
        return tuple(e for e in (*self.entered, *self.entries) if e.fits(keys) and e.touches(period))
