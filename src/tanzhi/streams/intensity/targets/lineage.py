"""A target as a step of the walk."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.intensity.ledger.lineage import leaf_node

from .model import Target


@explains("intensity.target")
def target(ref: Ref) -> LineageNode:
    """A target as its document states it."""
    row = record_of(Target.objects.select_related("region"), ref)
    return leaf_node(ref, row, row.name, Decimal(row.decline), (Fact(Text("文件", "Document"), same(row.source)),))
