"""The lists of inventories and of years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count

from tanzhi.presentation.lists.listing import ListColumn, Listing, state_filter
from tanzhi.rulebook.inventory.categories import GASES, GROUPS, SECTORS, WARMING_SETS, cells
from tanzhi.rulebook.kernel import RecordNode, Text

from .charts import number
from .confidential import CONFIDENTIAL
from .disclosure import WITHOUT_LAND, hidden_rows, is_hidden
from .figures import wan
from .models import CONFIDENTIAL as CONFIDENTIAL_KEY
from .models import Cell, Inventory, Run
from .queries import latest_runs, runs_with_land, summary_of_run
from .tables import NO_LAND, SECTOR_CODES, WAN_E
from .work import INVENTORY

ALL_CELLS = len(list(cells()))


NOT_COMPILED = Text("尚未汇总", "not compiled")
NOTHING_COUNTED = Text("无数值", "no values")


def with_runs(rows: list[Any]) -> None:
    """Of a page's inventories: the latest run, how many cells hold a value or a key, whether any of them is land."""
    runs = latest_runs(rows)
    cells = Cell.objects.filter(run__in=list(runs.values())).order_by()
    filled = cells.exclude(mass=None, notation="").values_list("run").annotate(number=Count("pk"))
    by_run, with_land = dict(filled), runs_with_land(runs.values())
    secret = cells.filter(notation=CONFIDENTIAL_KEY).exclude(mass=None)  # runs in which a confidential row has a number
    confidential = set(secret.values_list("run", flat=True).distinct())
    for row in rows:
        row.run = runs.get(row.pk)
        row.hidden = hidden_rows(row.run, row.gwp_set) if row.run and row.run.pk in confidential else frozenset()
        row.filled = by_run.get(row.run.pk, 0) if row.run else 0
        row.has_land = row.run is not None and row.run.pk in with_land


def total_of(row: Any, name: str) -> Decimal | Text:
    """A total of an inventory's latest run, or the word for why there is none."""
    if row.run is None:
        return NOT_COMPILED
    if name == "net_equivalent" and not row.has_land:
        return NO_LAND
    if is_hidden(row.hidden, name):
        return CONFIDENTIAL
    value = summary_of_run(row.run.pk, row.gwp_set).value(name).number
    return wan(value) if isinstance(value, Decimal) else NOTHING_COUNTED


INVENTORIES = Listing(
    "inventory.list",
    title=Text("温室气体清单", "Greenhouse gas inventories"),
    noun=Text("份清单", "inventories"),
    prepare=with_runs,
    columns=(
        ListColumn("year", Text("年份", "Year"), value=lambda row: str(row.year), sort="year"),
        ListColumn(
            "name",
            Text("清单", "Inventory"),
            value="name",
            kind="link",
            link=lambda row: row.get_absolute_url(),
        ),
        ListColumn("state", Text("状态", "State"), kind="state", words=INVENTORY.words, tone=INVENTORY.tones),
        ListColumn("gwp", Text("潜势", "Potentials"), value=lambda row: WARMING_SETS[row.gwp_set]),
        ListColumn(
            "total",
            Text("总量（不含土地利用）", "Total without land use"),
            kind="number",
            value=lambda row: total_of(row, "total_equivalent"),
            unit=WAN_E,
        ),
        ListColumn(
            "net",
            Text("总量（含土地利用）", "Total with land use"),
            kind="number",
            value=lambda row: total_of(row, "net_equivalent"),
            unit=WAN_E,
        ),
        ListColumn(
            "complete",
            Text("完整性", "Completeness"),
            value=lambda row: Text(f"{row.filled} / {ALL_CELLS} 格", f"{row.filled} of {ALL_CELLS} cells"),
        ),
    ),
    filters=(state_filter(INVENTORY.words),),
    empty=Text("还没有清单。省级经办可用“新建清单”开始。", "There is no inventory yet; an officer opens one."),
)


YEARS = Listing(
    "inventory.years",
    title=Text("历年比较", "Years compared"),
    noun=Text("年", "years"),
    columns=(
        ListColumn(
            "year",
            Text("年份", "Year"),
            sort="year",
            kind="link",
            link=lambda row: row["inventory"].get_absolute_url(),
        ),
        ListColumn(
            "state",
            Text("状态", "State"),
            value="state",
            kind="state",
            words=INVENTORY.words,
            tone=lambda row: INVENTORY.tones.get(row["state"], ""),
        ),
        *(ListColumn(code, label, kind="number", unit=WAN_E) for code, label in GROUPS.items()),
        *(ListColumn(code, SECTORS[code], kind="number", unit=WAN_E) for code in SECTOR_CODES),
        ListColumn("total", Text("总量（不含土地利用）", "Total without land use"), kind="number", unit=WAN_E),
        ListColumn("net", Text("总量（含土地利用）", "Total with land use"), kind="number", unit=WAN_E),
    ),
)


def years_of(
    inventories: Iterable[Inventory], runs: Mapping[int, Run], nodes: Mapping[int, RecordNode], gwp_set: str
) -> list[dict[str, Any]]:
    """A row a year: gases without land use, sectors, totals, all in one set of potentials."""
    rows, with_land = [], runs_with_land(runs.values())
    for inventory in inventories:
        node = nodes.get(inventory.year)
        if node is None:
            continue
        groups = dict.fromkeys(GROUPS, Decimal(0))
        for gas in node.at("gas"):
            groups[GASES[gas.key].group] += number(gas, "gas_equivalent")
        totals = {name: number(node, f"{name}_equivalent") for name in (*SECTOR_CODES, "total", "net")}
        amounts = {name: wan(amount) for name, amount in {**groups, **totals}.items()}
        run = runs[inventory.pk]
        hidden = hidden_rows(run, gwp_set)
        black = [name for name in totals if is_hidden(hidden, f"{name}_equivalent")]
        black += GROUPS if WITHOUT_LAND in hidden else ()
        net = {} if run.pk in with_land else {"net": NO_LAND, "land": NO_LAND}
        row = {"year": str(inventory.year), "inventory": inventory, "state": inventory.state}
        rows.append({**row, **amounts, **net, **dict.fromkeys(black, CONFIDENTIAL)})
    return rows
