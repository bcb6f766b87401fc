"""The working-day calendar: the installed package's years, overridden by those that an administrator entered."""

from __future__ import annotations

from chinese_calendar import constants

from tanzhi.rulebook.clocks import Calendar

from .model import CalendarDay, CalendarYear


def calendar() -> Calendar:
    """Every year known today."""
    entered = frozenset(CalendarYear.objects.values_list("year", flat=True))
    days = [(row.day, row.working) for row in CalendarDay.objects.all()]
    holidays = {day for day in constants.holidays if day.year not in entered}
    worked = {day for day in constants.workdays if day.year not in entered}
    return Calendar(
        years=entered | {day.year for day in constants.holidays},
        holidays=frozenset(holidays | {day for day, working in days if not working}),
        working_weekends=frozenset(worked | {day for day, working in days if working}),
    )


def years_entered() -> set[int]:
    """Every year that the package brings or an administrator entered."""
    return {day.year for day in constants.holidays} | set(CalendarYear.objects.values_list("year", flat=True))
