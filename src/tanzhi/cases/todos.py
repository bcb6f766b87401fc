"""What this room itself asks of people: proposals that wait for a second person, and deadlines that run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.models import Proposal
from tanzhi.actions.registry import ACTIONS, may_decide
from tanzhi.rulebook.kernel.text import Text

from .models import Clock
from .todo import Todo, register

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

TITLE = Text("待审批：{label}", "To decide: {label}")
RUNS = Text("{what}：{name}", "{what}: {name}")
LATE = Text("督办，{what}已逾期：{name}", "Overdue, follow up: {what}: {name}")


@register
def proposals(actor: Actor) -> list[Todo]:
    """Proposals that this actor could decide now."""
    waiting = Proposal.objects.filter(state=Proposal.OPEN, expires_at__gt=clock.now())
    return [_todo(one) for one in waiting if one.action in ACTIONS and may_decide(one, actor)]


def _todo(one: Proposal) -> Todo:
    title = TITLE.format(label=ACTIONS[one.action].label)
    due = timezone.localdate(one.expires_at)
    return Todo(title, f"actions.proposal:{one.pk}", due, reverse("cases:proposal", args=[one.pk]), "proposal")


@register
def deadlines(actor: Actor) -> list[Todo]:
    """Deadlines that ask one of this actor's roles, and late ones that he must press."""
    rows = Clock.objects.visible_to(actor).filter(state=Clock.RUNNING)
    return [found for row in rows if (found := _deadline(row, actor)) is not None]


def _deadline(row: Clock, actor: Actor) -> Todo | None:
    asked = any(actor.reaches(role, row.place) for role in row.who)
    pressed = row.overdue and any(actor.reaches(role, row.place) for role in row.escalate)
    if not (asked or pressed):
        return None
    words = (RUNS if asked else LATE).format(what=row.label, name=row.name)
    return Todo(words, row.subject, row.due_on, row.address, "deadline")
