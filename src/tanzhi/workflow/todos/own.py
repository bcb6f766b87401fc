"""Proposals that wait for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.models import Proposal
from tanzhi.actions.registry import ACTIONS, may_decide
from tanzhi.rulebook.kernel.text import Text

from .todo import Todo, register

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

TITLE = Text("待审批：{label}", "To decide: {label}")


@register
def proposals(actor: Actor) -> list[Todo]:
    """Proposals that this actor could decide now."""
    waiting = Proposal.objects.filter(state=Proposal.OPEN, expires_at__gt=clock.now())
    return [_todo(proposal) for proposal in waiting if proposal.action in ACTIONS and may_decide(proposal, actor)]


def _todo(proposal: Proposal) -> Todo:
    title = TITLE.format(label=ACTIONS[proposal.action].label)
    due = timezone.localdate(proposal.expires_at)
    return Todo(
        title, f"actions.proposal:{proposal.pk}", due, reverse("cases:proposal", args=[proposal.pk]), "proposal"
    )
