"""Events in the order of the log: told once their act is sealed, so that none comes before a cursor that has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from tanzhi.actions.actor import Actor
from tanzhi.actions.visibility import seen
from tanzhi.presentation.records.kind import code_of, kind_of

from .model import ActEvent

MOST_SCANNED = 2000  # events looked at for one answer, whoever they are for
CHUNK = 500


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events that are for a reader, and where the next answer begins."""

    events: list[dict[str, Any]]
    position: int
    more: bool


def sealed_after(position: int, kinds: Iterable[str]) -> Any:
    """Sealed events from a position on, which is a place in the log; an act may have several at the same place."""
    rows = ActEvent.objects.filter(entry__leaf_index__isnull=False).select_related("entry")
    rows = rows.filter(kind__in=list(kinds)) if kinds else rows
    return rows.filter(entry__leaf_index__gte=position).order_by("entry__leaf_index", "pk")


def page_of_events(actor: Actor, position: int, kinds: Iterable[str], limit: int) -> EventPage:
    """The events after a position that a reader sees; those of others are passed over and move the position on."""
    visible_rows: list[ActEvent] = []
    scanned = 0
    while scanned < MOST_SCANNED and len(visible_rows) < limit:
        rows: list[ActEvent] = list(sealed_after(position, kinds)[:CHUNK])
        if not rows:
            return EventPage(as_data(visible_rows), position, more=False)
        if len(rows) == CHUNK:  # the events of the last place may go on behind it
            last = leaf_of(rows[-1])
            rows = [row for row in rows if leaf_of(row) != last] or list(
                sealed_after(position, kinds).filter(entry__leaf_index=last)
            )
        visible = seen(actor, {row.subject for row in rows})
        for row in rows:
            if len(visible_rows) >= limit and leaf_of(row) >= position:
                break
            position = leaf_of(row) + 1
            visible_rows += [row] if row.subject in visible else []
        scanned += len(rows)
    return EventPage(as_data(visible_rows), position, more=sealed_after(position, kinds).exists())


def leaf_of(row: ActEvent) -> int:
    return row.entry.leaf_index or 0


def as_data(rows: list[ActEvent]) -> list[dict[str, Any]]:
    """Events as JSON: what was done, to which record, and the receipt of it."""
    named = codes({row.subject for row in rows})
    return [
        {
            "id": f"evt_{row.pk}",
            "kind": row.kind,
            "act": row.act,
            "reference": row.subject,
            "records": named.get(row.subject, (None, None))[0],
            "code": named.get(row.subject, (None, None))[1],
            "at": row.entry.at.isoformat(),
            "entry": row.entry_id,
            "receipt": row.entry.number,
        }
        for row in rows
    ]


def codes(subjects: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Under which kind and code the records of some references are read, with one query a kind."""
    keys: dict[str, set[int]] = defaultdict(set)
    for subject in subjects:
        label, _, key = subject.partition(":")
        keys[label].add(int(key))
    named: dict[str, tuple[str, str]] = {}
    for label, numbers in keys.items():
        kind = kind_of(apps.get_model(label))
        if kind is not None:
            for row in kind.loaded(kind.model._base_manager.filter(pk__in=numbers)):
                named[f"{label}:{row.pk}"] = (kind.name, code_of(kind, row))
    return named
