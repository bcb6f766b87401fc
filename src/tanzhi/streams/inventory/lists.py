"""The lists of inventories and of years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.inventory.categories import GASES, GROUPS, SECTORS, cells
from tanzhi.rulebook.kernel import RecordNode, Text

from .charts import number
from .confidential import CONFIDENTIAL
from .disclosure import WITHOUT_LAND, hidden_rows, is_hidden
from .figures import wan
from .models import Cell, Inventory, Run
from .queries import has_land, latest_runs, summary_of_run
from .tables import NO_LAND, SECTOR_CODES, WAN_E
from .work import INVENTORY

ALL_CELLS = len(list(cells()))


NOT_COMPILED = Text("尚未汇总", "not compiled")
NOTHING_COUNTED = Text("无数值", "no values")


@dataclass(frozen=True, slots=True)
class InventoryListRow:
    """An inventory in the list, with the totals of its latest run."""

    inventory: Inventory
    run: Run | None
    filled: int
    hidden: frozenset[str] = frozenset()

    def total(self, name: str) -> Decimal | Text:
        """The total, or the word for why there is none."""
        if self.run is None:
            return NOT_COMPILED
        if name == "net_equivalent" and not has_land(self.run):
            return NO_LAND
        if is_hidden(self.hidden, name):
            return CONFIDENTIAL
        value = summary_of_run(self.run.pk, self.inventory.gwp_set).value(name).number
        return wan(value) if isinstance(value, Decimal) else NOTHING_COUNTED


INVENTORIES = Listing(
    "inventory.list",
    title=Text("温室气体清单", "Greenhouse gas inventories"),
    noun=Text("份清单", "inventories"),
    columns=(
        ListColumn("year", Text("年份", "Year"), value=lambda row: str(row.inventory.year), sort="year"),
        ListColumn(
            "name",
            Text("清单", "Inventory"),
            value="inventory.name",
            kind="link",
            link=lambda row: row.inventory.get_absolute_url(),
        ),
        ListColumn(
            "state",
            Text("状态", "State"),
            value="inventory.state",
            kind="state",
            words=INVENTORY.words,
            tone=lambda row: INVENTORY.tones.get(row.inventory.state, ""),
        ),
        ListColumn("gwp", Text("潜势", "Potentials"), value="inventory.gwp_set"),
        ListColumn(
            "total",
            Text("总量（不含土地利用）", "Total without land use"),
            kind="number",
            value=lambda row: row.total("total_equivalent"),
            unit=WAN_E,
        ),
        ListColumn(
            "net",
            Text("总量（含土地利用）", "Total with land use"),
            kind="number",
            value=lambda row: row.total("net_equivalent"),
            unit=WAN_E,
        ),
        ListColumn(
            "complete",
            Text("完整性", "Completeness"),
            value=lambda row: Text(f"{row.filled} / {ALL_CELLS} 格", f"{row.filled} of {ALL_CELLS} cells"),
        ),
    ),
    filters=(
        Filter(
            "state",
            Text("状态", "State"),
            INVENTORY.words,
            lambda rows, code: [row for row in rows if row.inventory.state == code],
        ),
    ),
    empty=Text("还没有清单。省级经办可用“新建清单”开始。", "There is no inventory yet; an officer opens one."),
)


def lines_of(inventories: Iterable[Inventory]) -> list[InventoryListRow]:
    """Inventories with their latest runs and how many cells hold a value or a key: three queries in all."""
    rows = list(inventories)
    runs = latest_runs(rows)
    filled: dict[int, int] = {}
    confidential: set[int] = set()  # runs in which a confidential row holds a number
    for cell in Cell.objects.filter(run__in=list(runs.values())):
        filled[cell.run_id] = filled.get(cell.run_id, 0) + (cell.mass is not None or bool(cell.notation))
        confidential |= {cell.run_id} if cell.is_confidential and cell.mass is not None else set()
    lines = []
    for inventory in rows:
        run = runs.get(inventory.pk)
        hidden = hidden_rows(run, inventory.gwp_set) if run and run.pk in confidential else frozenset()
        lines.append(InventoryListRow(inventory, run, filled.get(run.pk, 0) if run else 0, hidden))
    return lines


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


def years_of(inventories: Iterable[Inventory], nodes: Mapping[int, RecordNode], gwp_set: str) -> list[dict[str, Any]]:
    """A row a year: gases without land use, sectors, totals, all in one set of potentials."""
    rows = []
    for inventory in inventories:
        node = nodes.get(inventory.year)
        if node is None:
            continue
        groups = dict.fromkeys(GROUPS, Decimal(0))
        for gas in node.at("gas"):
            groups[GASES[gas.key].group] += number(gas, "gas_equivalent")
        totals = {name: number(node, f"{name}_equivalent") for name in (*SECTOR_CODES, "total", "net")}
        amounts = {name: wan(amount) for name, amount in {**groups, **totals}.items()}
        run = inventory.latest_run
        hidden = hidden_rows(run, gwp_set) if run else frozenset()
        black = [name for name in totals if is_hidden(hidden, f"{name}_equivalent")]
        black += GROUPS if WITHOUT_LAND in hidden else ()
        net = {} if run and has_land(run) else {"net": NO_LAND, "land": NO_LAND}
        row = {"year": str(inventory.year), "inventory": inventory, "state": inventory.state}
        rows.append({**row, **amounts, **net, **dict.fromkeys(black, CONFIDENTIAL)})
    return rows
