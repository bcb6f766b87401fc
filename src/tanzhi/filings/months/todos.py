"""What is overdue in a region, for whoever looks after it; what one states oneself stands there by the table."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .model import Filing
from .work import FILING

OVERDUE = Text("{n} 份月度数据逾期未存证", "{n} monthly filings are overdue")


@register
def overdue(actor: Actor) -> list[Todo]:
    """One line for an officer, not one for each plant."""
    if not actor.roles & {"city_officer", "provincial_officer"}:
        return []
    rows = Filing.objects.visible_to(actor).exclude(state__in=FILING.ends)
    late = rows.filter(due_on__lt=clock.today()).order_by("due_on")
    first = late.first()
    if first is None:
        return []
    address = f"{reverse('filings:matrix')}?year={first.period[:4]}"
    return [Todo(OVERDUE.format(n=late.count()), "filings.overdue", first.due_on, address, "filing")]
