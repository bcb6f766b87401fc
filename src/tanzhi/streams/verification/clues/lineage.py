"""A clue as a step of the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.figures.calculated import not_for_you
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.lineage import explains
from tanzhi.figures.nodes import Fact, LineageNode
from tanzhi.rulebook.kernel.text import Text, same

from .model import SOURCES, Clue

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.figures.questions import Ref


@explains("verification.clue")
def clue(ref: Ref, viewer: Actor | None) -> LineageNode:
    """A clue with its state and its entries; for whoever may see it."""
    record = Clue.objects.select_related("organisation").filter(pk=ref.key).first()
    if record is None:
        raise not_for_you()
    parts = entries_of(record)
    facts = (
        Fact(Text("来源", "Source"), SOURCES.get(record.source, same(record.source))),
        Fact(Text("状态", "State"), record.state_label),
        Fact(Text("问题", "Problem"), same(record.text), record.get_absolute_url()),
    )
    return LineageNode(ref=str(ref), label=record.name, value=None, facts=facts, parts=parts, parts_count=len(parts))
