"""A target as a step of the walk."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.actions.actor import Actor
from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.intensity.ledger.lineage import leaf_node, ledger_row

from .model import Target


@explains("intensity.target")
def target(ref: Ref, viewer: Actor | None) -> LineageNode:
    """A target as its document states it."""
    row = ledger_row(Target.objects.filter(pk=ref.key).select_related("region"), ref)
    return leaf_node(ref, row, row.name, Decimal(row.decline), (Fact(Text("文件", "Document"), same(row.source)),))
