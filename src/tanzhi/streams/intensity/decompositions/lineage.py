"""A city's share as a step of the walk."""

from __future__ import annotations

from dataclasses import replace

from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.intensity.ledger.lineage import leaf_node

from .model import Share

_SHARE = Text(
    "Σ b(1 − d) = C，d 按方法成比例并受上下限约束，公布值取 0.1 个百分点且不低于目标",
    "Σ b(1 − d) = C; d in the method's proportions within the bounds, published to 0.1 point, never below the target",
)


@explains("intensity.share")
def share(ref: Ref) -> LineageNode:
    """A city's rate in a decomposition: what it starts from, what was assumed, what the identity gave."""
    row = record_of(Share.objects.select_related("region", "decomposition__target__region"), ref)
    of = row.decomposition
    facts = (
        Fact(Text("方案", "Decomposition"), of.name),
        Fact(Text("方法", "Method"), of.method_label),
        Fact(Text("基年排放（万吨）", "Base emission (10⁴ t)"), same(row.emission)),
        Fact(Text("基年生产总值（亿元）", "Base GDP (10⁸ yuan)"), same(row.gdp)),
        Fact(Text("假定年均增速（%）", "Assumed growth (%)"), same(row.growth)),
        Fact(Text("权重", "Weight"), same(row.weight)),
        Fact(Text("恒等式", "Identity"), of.identity),
    )
    exact = Text("精确值 {found} %", "exactly {found} %").format(found=row.exact_percent)
    node = leaf_node(ref, of, row.region.name, row.published_percent, facts)
    return replace(node, formula=_SHARE, numbers=exact)
