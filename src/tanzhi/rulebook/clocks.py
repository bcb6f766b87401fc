"""Legal deadlines: natural days and working days (自然日, 工作日), by a calendar that is data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

_DAY = timedelta(days=1)
MONTHS = 12
"""Of a year."""
_SATURDAY = 5
_HUNDRED = 100  # MMDD: the month stands before the last two digits
MONTH_AND_DAY, WHOLE_DATE = "MMDD", "YYYYMMDD"
"""Units of parameters that name a day: of each year, or one."""


class CalendarFault(Exception):
    """The calendar does not know a year that a clock runs into; somebody has to add that year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the working-day calendar does not cover {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: weekdays that are no holidays, and weekends worked in exchange (调休).

    Only the `years` that were entered are known; the State Council announces each year's holidays before it begins.
    """

    years: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; a year that the calendar does not cover is a fault, not a guess."""
        if day.year not in self.years:
            raise CalendarFault(day.year)
        weekend = day.weekday() >= _SATURDAY
        return day in self.working_weekends if weekend else day not in self.holidays


def add_natural_days(start: date, days: int) -> date:
    """The day that lies `days` natural days after `start`; the day after it is day one."""
    return start + days * _DAY


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The `days`-th working day after `start` (before it, if negative); the start itself is never counted."""
    step = _DAY if days >= 0 else -_DAY
    day = start
    for _ in range(abs(days)):
        day += step
        while not calendar.is_working(day):
            day += step
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days lie after `start`, up to and with `end`; negative if `end` lies before `start`."""
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(calendar.is_working(add_natural_days(start, n)) for n in range(1, (end - start).days + 1))


def add_months(start: date, months: int) -> date:
    """The same day `months` calendar months later (按月计算的期限); the month's last day where it has no such day."""
    whole = start.month - 1 + months
    year, month = start.year + whole // 12, whole % 12 + 1
    return min(date(year, month, 1) + (start.day - 1) * _DAY, last_day(f"{year}-{month}"))


def last_day(month: str) -> date:
    """The last day of a month written "2024-06"."""
    year, number = (int(part) for part in month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1) - _DAY


def deposit_due(month: str, days: int) -> date:
    """The day until which a month's data are to be deposited (存证): so many natural days after the month's end."""
    return add_natural_days(last_day(month), days)


def day_of_year(written: Decimal, year: int) -> date:
    """The day of a year that a parameter in MMDD names, such as 331 for 31 March; ValueError where it names none."""
    month, day = divmod(_digits(written), _HUNDRED)
    return date(year, month, day)


def whole_date(written: Decimal) -> date:
    """The day that a parameter in YYYYMMDD names, such as 20240122; ValueError where it names none."""
    year, rest = divmod(_digits(written), _HUNDRED**2)
    return date(year, *divmod(rest, _HUNDRED))


def _digits(written: Decimal) -> int:
    if written != int(written):
        raise ValueError(f"{written} is no day: it has a fraction")
    return int(written)
