"""`registry.surrender:PK`: what was handed in, and who confirmed it."""

from __future__ import annotations

from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel.text import Text, same

from .model import Surrender


@explains("registry.surrender")
def surrendered(ref: Ref) -> LineageNode:
    """What a plant handed in, when, and who confirmed it."""
    rows = Surrender.objects.select_related("account__organisation", "account__region", "cycle", "command")
    surrender = record_of(rows, ref)
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
        parts=entries_of(surrender),
    )
