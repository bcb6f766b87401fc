"""`registry.surrender:PK`: what was handed in, and who confirmed it."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.figures import Fact, LineageNode, Ref, Unanswerable, explains
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.allocation.lineage import NO_ROW

from .model import Surrender


@explains("registry.surrender")
def surrendered(ref: Ref, viewer: Actor | None) -> LineageNode:
    """What a plant handed in, when, and who confirmed it."""
    rows = Surrender.objects.select_related("account__organisation", "account__region", "cycle", "command")
    surrender = rows.filter(pk=ref.key).first()
    if surrender is None:
        raise Unanswerable("FIG-REF", NO_ROW.format(found=str(ref)))
    entries = entries_of(surrender)
    facts = (
        Fact(Text("账户", "Account"), same(surrender.account.number), surrender.account.get_absolute_url()),
        Fact(Text("清缴日期", "Day"), same(surrender.on.isoformat() if surrender.on else "—")),
        Fact(Text("配额（吨）", "Allowances (t)"), same(f"{surrender.allowances:,}")),
        Fact(Text("CCER（吨）", "CCER (t)"), same(f"{surrender.credits:,}")),
    )
    return LineageNode(
        ref=str(ref),
        label=surrender.name,
        value=None,
        detail=surrender.state_label,
        facts=facts,
        parts=entries,
        parts_count=len(entries),
    )
