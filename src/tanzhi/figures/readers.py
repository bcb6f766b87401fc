"""Who may see a node of the walk, and what of it: one rule for page, JSON, text, command and API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tanzhi.actions.visibility import seen
from tanzhi.rulebook.kernel import Text

from .nodes import WITHHELD, LineageNode
from .questions import Ref, Unanswerable

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor, Place

CONFIDENTIAL = Text("涉密，或由此可推出涉密的数", "confidential, or would tell what is confidential")
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


def for_reader(node: LineageNode, viewer: Actor | None) -> LineageNode:
    """The node without the values and facts that are only for those who work with their place, here and below."""

    def hidden(place: Place | None) -> bool:
        return place is not None and not (viewer is not None and viewer.works_with(place))

    if hidden(node.inside):
        return LineageNode(
            ref=node.ref, label=node.label, value=None, unit=node.unit, state=WITHHELD, reason=CONFIDENTIAL,
            formula=node.formula, law=node.law, detail=node.detail,
        )  # fmt: skip
    return replace(
        node,
        facts=tuple(fact for fact in node.facts if not hidden(fact.inside)),
        numbers=None if hidden(node.numbers_inside) else node.numbers,
        parts=tuple(for_reader(part, viewer) for part in node.parts),
    )
