"""The statistics' charts: what was lent by batch, and investment by region."""

from __future__ import annotations

from typing import Any

from tanzhi.presentation.charts.chart import Chart, bars
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text

from .money import WAN
from .statistics import StatisticLine

MEASURES = {
    "demand_wan": Text("贷款需求", "Loan demand"),
    "credit_wan": Text("授信", "Credit"),
    "disbursed_wan": Text("放款", "Disbursed"),
}


def money(lines: list[StatisticLine], whole: StatisticLine) -> Chart | None:
    """Wanted, granted and paid, batch by batch."""
    if not lines:
        return None
    rows = [
        {
            "what": Text("{batch} {what}", "{batch} {what}").format(batch=line.label, what=label),
            "amount": getattr(line, name),
        }
        for line in lines
        for name, label in MEASURES.items()
    ]
    title = Text("授信已放款 {share}%", "{share} % of the credit is paid out").format(share=whole.disbursed_share or 0)
    return Chart(
        "money",
        title=title,
        columns=(
            ListColumn("what", Text("批次与指标", "Batch and measure")),
            ListColumn("amount", Text("金额", "Amount"), kind="number", unit=WAN),
        ),
        rows=rows,
        draw=bars("what", "amount", across=True),
        height=26 * len(rows) + 40,
        note=Text("按金融机构登记汇总", "from the banks' records"),
    )


def regions(lines: list[StatisticLine]) -> Chart | None:
    """Investment by region, the greatest first."""
    by_investment = sorted(lines, key=lambda line: -line.investment)
    if len(by_investment) < 2:
        return None
    rows: list[dict[str, Any]] = [{"city": line.label, "amount": line.investment_wan} for line in by_investment]
    title = Text("{city}入库项目总投资最大，{n} 万元", "{city} has the greatest investment, {n} ×10⁴ yuan")
    return Chart(
        "regions",
        title=title.format(city=by_investment[0].label, n=f"{by_investment[0].investment_wan:,f}"),
        columns=(
            ListColumn("city", Text("地区", "Region")),
            ListColumn("amount", Text("总投资", "Investment"), kind="number", unit=WAN),
        ),
        rows=rows,
        draw=bars("city", "amount", across=True),
        height=22 * len(rows) + 40,
    )
