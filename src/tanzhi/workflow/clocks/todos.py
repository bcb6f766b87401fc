"""Deadlines that run, for whoever must act and whoever must press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .model import Clock

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

RUNS = Text("{what}：{name}", "{what}: {name}")
LATE = Text("督办，{what}已逾期：{name}", "Overdue, follow up: {what}: {name}")


@register
def deadlines(actor: Actor) -> list[Todo]:
    """Deadlines that ask one of this actor's roles, and late ones that he must press."""
    rows = Clock.objects.visible_to(actor).filter(state=Clock.RUNNING)
    return [todo for row in rows if (todo := _deadline(row, actor)) is not None]


def _deadline(row: Clock, actor: Actor) -> Todo | None:
    acts = any(actor.reaches(role, row.place) for role in row.who)
    pressed = row.overdue and any(actor.reaches(role, row.place) for role in row.escalate)
    if not (acts or pressed):
        return None
    words = (RUNS if acts else LATE).format(what=row.label, name=row.name)
    return Todo(words, row.subject, row.due_on, row.address, "deadline")
