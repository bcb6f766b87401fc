"""A clue as a step of the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.lineage import explains
from tanzhi.figures.nodes import Fact, LineageNode
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel.text import Text, same

from .model import SOURCES, Clue

if TYPE_CHECKING:
    from tanzhi.figures.questions import Ref


@explains("verification.clue")
def clue(ref: Ref) -> LineageNode:
    """A clue with its state and its entries; for whoever may see it."""
    record = record_of(Clue.objects.select_related("organisation"), ref)
    facts = (
        Fact(Text("来源", "Source"), SOURCES.get(record.source, same(record.source))),
        Fact(Text("状态", "State"), record.state_label),
        Fact(Text("问题", "Problem"), same(record.text), record.get_absolute_url()),
    )
    return LineageNode(ref=str(ref), label=record.name, value=None, facts=facts, parts=entries_of(record))
