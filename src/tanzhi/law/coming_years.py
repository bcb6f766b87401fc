"""Which years' calendars are to be there on a day: this one, and towards its end the next one."""

from __future__ import annotations

from datetime import date

from .calendar.queries import years_entered
from .evaluation import day_in


def years_due(today: date) -> list[int]:
    """This year, and from the day on which administrators are reminded of it the next one."""
    reminded_on = day_in(today.year, "procedure.calendar_reminder", on=today)
    return [today.year, today.year + 1] if today >= reminded_on else [today.year]


def years_lacking(today: date) -> list[int]:
    """Those of them whose holidays neither the package brings nor an administrator entered."""
    entered = years_entered()
    return [year for year in years_due(today) if year not in entered]
