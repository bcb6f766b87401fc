"""What the law asks of its administrators: values that a year still lacks."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.law.lacking import lacking, years_in_question
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

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
