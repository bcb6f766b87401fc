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
from tanzhi.evidence.files import upload_of
from tanzhi.presentation.forms.fields import Attached
from tanzhi.presentation.forms.form import note
from tanzhi.rulebook.kernel.text import Text

from .todo import DECIDE, Todo, register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.actions.actor import Actor

LONGEST = 60  # characters of what a proposal states first
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
        title = OF_RECORD.format(label=label, name=name) if name else TITLE.format(label=name_of(proposal, None))
        due, address = timezone.localdate(proposal.expires_at), reverse("cases:proposal", args=[proposal.pk])
        rows.append(Todo(title, f"actions.proposal:{proposal.pk}", due, address, "proposal", DECIDE))
    return rows


def name_of(proposal: Proposal, record: Text | None) -> Text:
    """What a proposal is about in words: its record, or what one that makes a record states first."""
    if record is not None:
        return record
    action = ACTIONS[proposal.action]
    name, stated = next(((n, v) for n, v in proposal.data.items() if isinstance(v, str) and v.strip()), ("", ""))
    info = action.input.model_fields.get(name)
    if info is not None and note(info, Attached) and (upload := upload_of(stated, [proposal.proposer])):
        stated = upload.name  # a file by what it is called, not by its digest
    if not stated:
        return action.label
    return Text("{label}（{what}）", "{label} ({what})").format(label=action.label, what=stated[:LONGEST])


def names_of_records(references: Iterable[str]) -> dict[str, Text]:
    """What records are called, by their references: the records of a model are read in one query."""
    keys: dict[str, set[int]] = defaultdict(set)
    for ref in references:
        label, _, key = ref.partition(":")
        keys[label].add(int(key))
    rows = (row for label, pks in keys.items() for row in with_place(apps.get_model(label)).filter(pk__in=pks))
    return {reference(row): name for row in rows if isinstance(name := getattr(row, "name", None), Text)}
