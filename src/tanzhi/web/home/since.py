"""What changed since somebody's visit before this one: cases that moved, editions that came out, notices.

Of others' acts alone, of records that the reader may see, the newest first and a few of them; the trail has them all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps

from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference
from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.visibility import seen, with_place
from tanzhi.bulletin.models import PUBLIC, Edition
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.notices.model import Notice

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

MOST_ACTS, MOST_RECORDS = 300, 40  # that are looked at, of which the first few stand on the page
SHOWN, NOTICES = 10, 5


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that others moved: what it is called, the state it is in by now, and when it came there."""

    name: Text
    address: str
    state: Text
    tone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """Everything that changed for one reader."""

    since: datetime
    records: list[RecordChange]
    more: bool  # whether more changed than is listed
    notices: list[Notice]


def changes_since(actor: Actor, since: datetime) -> ChangesSince:
    """Notices that are unread, and records that others moved; each once, by its newest move."""
    moved = Performed.visible_to(actor).filter(at__gt=since).exclude(actor=actor.person_id or 0)
    acts = list(moved.exclude(state_after="").order_by("-at", "-pk").values_list("subject", "at")[:MOST_ACTS])
    published = Edition.objects.visible_to(actor).filter(state__in=PUBLIC, published_at__gt=since)
    acts += [(reference(edition), edition.published_at) for edition in published.order_by("-published_at")[:SHOWN]]
    labels = {kind.model._meta.label_lower for kind in CASE_TYPES.values()}
    newest: dict[str, datetime] = {}
    for subject, at in acts:
        if subject.partition(":")[0] in labels:  # what is no case has no state to tell of
            newest[subject] = max(at, newest.get(subject, at))
    latest = sorted(newest, key=lambda ref: (newest[ref], ref), reverse=True)[:MOST_RECORDS]
    visible = seen(actor, latest)
    order = [ref for ref in latest if ref in visible]
    records = records_of(order[: SHOWN + 1])
    changes = [
        RecordChange(row.name, row.get_absolute_url(), row.state_label, row.tone, newest[ref])
        for ref in order
        if (row := records.get(ref)) is not None
    ]
    notices = Notice.objects.filter(person=actor.person_id, at__gt=since, read_at=None)[:NOTICES]
    return ChangesSince(since, changes[:SHOWN], len(changes) > SHOWN or len(newest) > MOST_RECORDS, list(notices))


def records_of(references: list[str]) -> dict[str, Any]:
    """The cases behind references, those of a model in one query."""
    keys: dict[str, set[int]] = defaultdict(set)
    for ref in references:
        label, _, key = ref.partition(":")
        keys[label].add(int(key))
    rows = (row for label, pks in keys.items() for row in with_place(apps.get_model(label)).filter(pk__in=pks))
    return {reference(row): row for row in rows}
