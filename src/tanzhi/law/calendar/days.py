"""Counting the days of a deadline by a convention that is data and a calendar that is data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.clocks import Calendar, CalendarFault, add_natural_days, add_working_days, working_days_between
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

from .queries import calendar

WORKING, NATURAL, CIVIL = "working", "natural", "civil"
FILE = Path(__file__).with_name("conventions.yaml")
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Convention:
    """Which days count, which is the first, and what a last day that is a holiday does."""

    code: str
    words: Text
    working: bool
    from_same_day: bool
    gives_way: bool
    law: str

    def due(self, start: date, days: int, calendar: Calendar) -> date:
        """The last day of a deadline of `days` that begins with what happened on `start`."""
        begin = start - timedelta(days=1) if self.from_same_day else start
        last = add_working_days(begin, days, calendar) if self.working else add_natural_days(begin, days)
        return add_working_days(last - timedelta(days=1), 1, calendar) if self.gives_way else last

    def left(self, today: date, due: date, calendar: Calendar) -> int:
        """Days that remain after `today`, negative once it is late."""
        return working_days_between(today, due, calendar) if self.working else (due - today).days


@cache
def conventions() -> dict[str, Convention]:
    """The conventions by their codes."""
    return {
        row["code"]: Convention(
            row["code"],
            Text(row["zh"], row["en"]),
            row["days"] == "working",
            row["first"] == "same",
            row["last"] == "next_working",
            row["law"],
        )
        for row in read_yaml(FILE)
    }


def due_after(start: date, days: int, unit: str) -> date:
    """The last day; a year that the calendar does not know is refused, never guessed."""
    return _counted(lambda: conventions()[unit].due(start, days, calendar()))


def days_left(today: date, due: date, unit: str) -> int:
    """Days that remain after `today`, negative once it is late."""
    return _counted(lambda: conventions()[unit].left(today, due, calendar()))


def _counted(count: Callable[[], R]) -> R:
    try:
        return count()
    except CalendarFault as fault:
        raise missing_year(fault.year) from None


def missing_year(year: int) -> Refused:
    message = Text(
        "{year} 年的放假安排尚未录入，无法计算工作日；请平台管理员按国务院办公厅当年通知录入（操作“录入年度工作日历”）",
        "The holidays of {year} are not entered, so working days cannot be counted; the administrator enters them from "
        "the State Council's notice (action “Enter a year of the calendar”)",
    )
    return Refused("CASE-YEAR", message.format(year=year), 409)
