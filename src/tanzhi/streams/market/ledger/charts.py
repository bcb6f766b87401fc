"""The chart of what the plants hold."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.organisations.register.model import names_of
from tanzhi.presentation.charts.chart import Chart, bars
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text, same

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
            ListColumn("who", Text("持有人", "Holder")),
            ListColumn("tonnes", Text("配额", "Allowances"), kind="number", unit=TONNES),
        ),
        rows=rows,
        draw=bars("who", "tonnes", across=True),
        height=22 * len(rows) + 40,
    )
