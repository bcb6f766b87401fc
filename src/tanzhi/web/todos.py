"""What the law asks of its administrators: values that a year still lacks, the work calendar of the next."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.law.coming_years import years_lacking
from tanzhi.law.lacking import lacking, years_in_question
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

CALENDAR = Text(
    "录入 {year} 年工作日历（国务院办公厅放假通知）", "Enter the work calendar of {year} (the State Council's notice)"
)
ENTER = Text("录入 {year} 年参数：{guideline}缺 {n} 项", "Enter parameters of {year}: {guideline} lacks {n}")


@register
def parameters_to_enter(actor: Actor) -> list[Todo]:
    """One line a year and guideline; it goes when the last value is entered."""
    if "administrator" not in actor.roles:
        return []
    address = reverse("law:lacking")
    return [
        Todo(
            ENTER.format(year=year, guideline=lacks.title, n=len(lacks.missing)),
            f"law.{lacks.guideline}:{year}",
            None,
            f"{address}?year={year}#{lacks.guideline}",
            "parameter",
        )
        for year in years_in_question(clock.today())
        for lacks in lacking(year)
        if lacks.missing
    ]


@register
def calendars_to_enter(actor: Actor) -> list[Todo]:
    """From November, while the holidays of the next year are missing: its deadlines could not be counted."""
    if "administrator" not in actor.roles:
        return []
    today, form = clock.today(), reverse("presentation:act", args=["cases.enter_year"])
    return [
        Todo(
            CALENDAR.format(year=year),
            f"law.calendar:{year}",
            date(today.year, 12, 31) if year > today.year else today,
            f"{form}?year={year}",
            "calendar",
        )
        for year in years_lacking(today)
    ]
