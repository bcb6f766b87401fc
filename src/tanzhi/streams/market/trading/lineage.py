"""`exchange.trade:PK`: a trade as its statement tells it, with the evidence of the import."""

from __future__ import annotations

from django.utils import timezone

from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .models import Trade

KIND = "exchange.trade"


def trade_ref(trade: Trade) -> str:
    return f"{KIND}:{trade.pk}"


@explains(KIND)
def traded(ref: Ref) -> LineageNode:
    """Day, side, price and quantity, the statement, and who read it in."""
    trade = record_of(Trade.objects.select_related("organisation__region", "statement"), ref)
    statement = trade.statement
    read = f"{statement.person_name} · {timezone.localtime(statement.at):%Y-%m-%d %H:%M}"
    return LineageNode(
        ref=str(ref),
        label=same(trade.number) + Text("：", ": ") + trade.organisation.name,
        value=trade.amount,
        unit="CNY",
        formula=Text("成交量 × 成交价", "quantity × price"),
        numbers=same(f"{trade.quantity:,} × {trade.price}"),
        facts=(
            Fact(Text("成交日", "Day"), same(trade.day.isoformat())),
            Fact(Text("方向与方式", "Side and method"), trade.side_label + same(" · ") + trade.method_label),
            Fact(Text("配额种类", "Unit"), same(trade.unit)),
            Fact(Text("对账单", "Statement"), statement.name),
            Fact(Text("来源", "Source"), same(statement.source)),
            Fact(Text("导入", "Read in by"), same(read)),
        ),
        parts=entries_of(trade.statement),
    )
