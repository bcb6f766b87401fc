"""The chart of how the plants stand in a cycle."""

from __future__ import annotations

from tanzhi.presentation.charts.chart import Chart, bars
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.charts import TONNES

from .status import ComplianceStatus


def balances(cycle: Cycle, every: list[ComplianceStatus]) -> Chart | None:
    """What was issued less what is owed, plant by plant: who has to buy and who may sell."""
    complete = [row for row in every if row.allocated is not None and row.compliance.obligation is not None]
    left = [((row.allocated or 0) - (row.compliance.obligation or 0), row.name) for row in complete]
    if len(left) < 2:
        return None
    rows = [{"who": name, "tonnes": tonnes} for tonnes, name in sorted(left, key=lambda pair: -pair[0])]
    short = sum(tonnes < 0 for tonnes, _ in left)
    title = Text(
        "{cycle} 周期：{n} 家企业发放配额少于应清缴量", "Cycle {cycle}: {n} plants were issued less than they owe"
    )
    return Chart(
        "balances",
        title=title.format(cycle=cycle.code, n=short),
        columns=(
            ListColumn("who", Text("企业", "Plant")),
            ListColumn("tonnes", Text("发放减应清缴", "Issued less owed"), kind="number", unit=TONNES),
        ),
        rows=rows,
        draw=bars("who", "tonnes", across=True),
        height=22 * len(rows) + 40,
    )
