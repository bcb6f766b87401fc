"""Who may see a node of the walk: one rule for page, JSON, text, command and API, asked before any node is built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tanzhi.actions.visibility import seen

from .questions import Ref, Unanswerable

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

Rule = Callable[[Ref, "Actor | None"], bool]
RECORDS: dict[str, Callable[[Ref], str]] = {}
"""For each kind of reference the record on which it depends who sees it, as `app.model:pk`."""
RULES: dict[str, Rule] = {}
"""Kinds that rest on more than one record, or on none, with a rule of their own."""


def open_references(references: Iterable[str], viewer: Actor | None) -> set[str]:
    """Those of the references that this reader may see; records are asked for kind by kind, not one by one."""
    opened: set[str] = set()
    records: dict[str, set[str]] = defaultdict(set)
    for written in references:
        try:
            ref = Ref.parse(written)
        except Unanswerable:
            continue
        if ref.kind in RULES:
            opened |= {written} if RULES[ref.kind](ref, viewer) else set()
        elif ref.kind in RECORDS:
            records[RECORDS[ref.kind](ref)].add(written)
    for record in seen(viewer, records):
        opened |= records[record]
    return opened
