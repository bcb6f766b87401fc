"""The calendar's only writer: a year as the State Council announced it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from tanzhi.actions.registry import Call, Input, Label, Refused, action, anywhere
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .model import CalendarDay, CalendarYear


class YearInput(Input):
    """A whole year: its holidays on weekdays and its worked weekend days, of which there may be none."""

    year: Annotated[int, Field(ge=2000, le=2100), Label("年份", "Year")]
    holidays: Annotated[list[date], Field(min_length=1), Label("放假日", "Holidays")]
    working_weekends: Annotated[list[date], Label("调休上班日", "Worked weekend days")] = Field(default_factory=list)
    source: Annotated[str, Field(min_length=1, max_length=200), Label("来源文号", "Source")]


@action(
    "cases.enter_year",
    label=Text("录入年度工作日历", "Enter a year of the calendar"),
    by={"administrator"},
    place=anywhere,
    input=YearInput,
)
def enter_year(call: Call) -> CalendarYear:
    """The year is replaced as a whole, so that a corrected announcement leaves nothing of the first one."""
    data: YearInput = call.data
    # A day of another year, or a worked "weekend" that is none, is a slip of the pen.
    expected_year = Text("{year} 年的日期", "a date in {year}").format(year=data.year)
    expected_weekend = Text("周六或周日", "a Saturday or Sunday")
    slips = [("holidays", day, expected_year) for day in data.holidays if day.year != data.year]
    slips += [("working_weekends", day, expected_year) for day in data.working_weekends if day.year != data.year]
    slips += [("working_weekends", day, expected_weekend) for day in data.working_weekends if day.weekday() < 5]
    slips += [
        ("holidays", day, Text("只列其一", "a day that stands in one list only"))
        for day in set(data.holidays) & set(data.working_weekends)
    ]
    if slips:
        slip = Text("{day} 应为{expected}", "{day}: expected {expected}")
        findings = []
        for name, day, expected in slips:
            words = slip.format(day=day.isoformat(), expected=expected)
            actual = same(day.isoformat())
            findings.append(Finding("ACT-INPUT", ERROR, "cases.enter_year", name, actual, expected, words))
        message = Text("有 {n} 个日期不符", "{n} dates do not fit").format(n=len(findings))
        raise Refused("ACT-INPUT", message, 422, findings)
    CalendarDay.objects.filter(day__year=data.year).delete()
    days = [CalendarDay(day=day, working=False) for day in sorted(set(data.holidays))]
    days += [CalendarDay(day=day, working=True) for day in sorted(set(data.working_weekends))]
    CalendarDay.objects.bulk_create(days)
    year, _ = CalendarYear.objects.update_or_create(year=data.year, defaults={"source": data.source})
    return year
