"""Proposals that wait for a second person."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.models import Proposal
from tanzhi.actions.references import reference
from tanzhi.actions.registry import ACTIONS, may_decide
from tanzhi.actions.visibility import with_place
from tanzhi.presentation.forms.preview import stated
from tanzhi.rulebook.kernel.text import Text

from .todo import DECIDE, Todo, register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.actions.actor import Actor

STATED_FIRST, LONGEST = 3, 60  # values that a proposal states first, and characters of them all
TITLE = Text("审批：{label}", "Decide: {label}")
OF_RECORD = Text("审批：{label}（{name}）", "Decide: {label} ({name})")


@register
def proposals(actor: Actor) -> list[Todo]:
    """Proposals that this actor could decide now, each with the record that it is about."""
    waiting = Proposal.objects.filter(state=Proposal.OPEN, expires_at__gt=clock.now())
    own = [proposal for proposal in waiting if proposal.action in ACTIONS and may_decide(proposal, actor)]
    names = names_of_records({proposal.subject for proposal in own if proposal.subject})
    rows = []
    for proposal in own:
        label, name = ACTIONS[proposal.action].label, names.get(proposal.subject)
        title = OF_RECORD.format(label=label, name=name) if name else TITLE.format(label=name_of(proposal, None, actor))
        due, address = timezone.localdate(proposal.expires_at), reverse("cases:proposal", args=[proposal.pk])
        rows.append(Todo(title, f"actions.proposal:{proposal.pk}", due, address, "proposal", DECIDE))
    return rows


def name_of(proposal: Proposal, record: Text | None, actor: Actor) -> Text:
    """What a proposal is about in words: its record, or what one that makes a record states first, field by field."""
    if record is not None:
        return record
    action = ACTIONS[proposal.action]
    fields = stated(action.input, proposal.data, actor, proposal.proposer)
    first = [value for part in fields for value in part.values][:STATED_FIRST]
    if not first:
        return action.label
    zh, en = "，".join(value.zh for value in first), ", ".join(value.en for value in first)
    return Text(f"{action.label.zh}（{zh[:LONGEST]}）", f"{action.label.en} ({en[:LONGEST]})")


def names_of_records(references: Iterable[str]) -> dict[str, Text]:
    """What records are called, by their references: the records of a model are read in one query."""
    keys: dict[str, set[int]] = defaultdict(set)
    for ref in references:
        label, _, key = ref.partition(":")
        keys[label].add(int(key))
    rows = (row for label, pks in keys.items() for row in with_place(apps.get_model(label)).filter(pk__in=pks))
    return {reference(row): name for row in rows if isinstance(name := getattr(row, "name", None), Text)}
