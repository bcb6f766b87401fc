"""The registry's charts: what the plants hold, and how they stand in a cycle."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.organisations.models import names_of
from tanzhi.presentation.charts import Chart, bars
from tanzhi.presentation.listing import Column
from tanzhi.rulebook.kernel.text import Text, same

from .models import Cycle
from .standing import Standing

TONNES = Text("吨", "t")
MOST = 24


def holdings(accounts: Any) -> Chart | None:
    """Allowances by holder, the greatest first; none where there is only one account."""
    largest = [row for row in accounts.order_by("-allowances")[:MOST] if row.allowances]
    if len(largest) < 2:
        return None
    names = names_of([row.organisation for row in largest], clock.today())
    rows = [{"who": names.get(row.organisation_id, same("—")), "tonnes": row.allowances} for row in largest]
    title = Text("{who}持有配额最多，{n} 吨", "{who} holds most allowances, {n} t")
    return Chart(
        "holdings",
        title=title.format(who=rows[0]["who"], n=f"{rows[0]['tonnes']:,}"),
        columns=(
            Column("who", Text("持有人", "Holder")),
            Column("tonnes", Text("配额", "Allowances"), kind="number", unit=TONNES),
        ),
        rows=rows,
        draw=bars("who", "tonnes", across=True),
        height=22 * len(rows) + 40,
    )


def balances(cycle: Cycle, every: list[Standing]) -> Chart | None:
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
            Column("who", Text("企业", "Plant")),
            Column("tonnes", Text("发放减应清缴", "Issued less owed"), kind="number", unit=TONNES),
        ),
        rows=rows,
        draw=bars("who", "tonnes", across=True),
        height=22 * len(rows) + 40,
    )
