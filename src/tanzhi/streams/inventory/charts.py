"""The charts of inventories: each title states what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tanzhi.presentation.charts.chart import Chart, bars, lines
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.presentation.templatetags.tanzhi import number as printed
from tanzhi.rulebook.inventory.categories import GASES, GROUPS, SECTORS
from tanzhi.rulebook.kernel import HALF_UP, RecordNode, Text
from tanzhi.rulebook.kernel.rounding import plain, round_legally
from tanzhi.rulebook.kernel.text import same

from .disclosure import is_hidden
from .figures import wan
from .tables import SECTOR_CODES

WAN = Text("万吨CO₂e", "10⁴ tCO₂e")
YEAR = ListColumn("year", Text("年份", "Year"))
AMOUNT = ListColumn("amount", Text("排放量", "Emission"), kind="number", unit=WAN)


def number(node: RecordNode, name: str) -> Decimal:
    """A value of the summary, nil where there is none: for lengths and shares only."""
    amount = node.value(name).number
    return amount if isinstance(amount, Decimal) else Decimal(0)


def share(part: Decimal, whole: Decimal) -> str:
    """A share in per cent, to one place."""
    return plain(round_legally(part * 100 / whole, 1, HALF_UP)) if whole else "0"


def gas_chart(node: RecordNode, note: Text) -> Chart:
    """Bars by group of gases; the title says which is the largest and its share."""
    totals: dict[str, Decimal] = {}
    for gas in node.at("gas"):
        group = GASES[gas.key].group
        totals[group] = totals.get(group, Decimal(0)) + number(gas, "gas_equivalent")
    rows = [{"group": GROUPS[code], "amount": wan(totals[code])} for code in GROUPS if code in totals]
    largest = max(totals, key=lambda code: totals[code])
    title = Text("{gas}占排放总量的 {share}%", "{gas}: {share} % of all emissions").format(
        gas=GROUPS[largest], share=share(totals[largest], sum(totals.values(), Decimal(0)))
    )
    columns = (ListColumn("group", Text("气体", "Gas")), AMOUNT)
    return Chart("by-gas", title, columns, rows, bars("group", "amount", across=True), note, height=190)


def sector_chart(node: RecordNode, note: Text, hidden: frozenset[str] = frozenset()) -> Chart:
    """Bars by sector, hidden ones left out; the title says the largest emitter and what the land takes up."""
    names = {code: f"{code}_equivalent" for code in SECTOR_CODES}
    visible = {code: name for code, name in names.items() if not is_hidden(hidden, name)}
    totals = {code: number(node, name) for code, name in visible.items()}
    rows = [{"sector": SECTORS[code], "amount": wan(amount)} for code, amount in totals.items()]
    emitted = {code: amount for code, amount in totals.items() if code != "land"}
    largest = max(emitted, key=lambda code: emitted[code], default="energy")
    words = Text(
        "{sector}占排放总量的 {share}%，土地利用变化和林业为 {land} 万吨",
        "{sector}: {share} % of all emissions; land use gives {land} ×10⁴ t",
    )
    whole = sum(emitted.values(), Decimal(0))
    signed = printed(wan(totals.get("land", Decimal(0))))
    title = words.format(sector=SECTORS[largest], share=share(emitted.get(largest, Decimal(0)), whole), land=signed)
    if len(visible) < len(names):
        title = Text("分部门排放量，涉密部门不列出", "Emissions by sector, confidential ones not shown")
    columns = (ListColumn("sector", Text("部门", "Sector")), AMOUNT)
    return Chart("by-sector", title, columns, rows, bars("sector", "amount", across=True), note, height=170)


def years_chart(nodes: Mapping[int, RecordNode], note: Text, hidden: Mapping[int, frozenset[str]]) -> Chart:
    """Bars of the sectors over the years, hidden ones left out; the title says how the total changed."""
    rows: list[dict[str, Any]] = [
        {"year": same(str(year)), "sector": SECTORS[code], "amount": wan(number(node, f"{code}_equivalent"))}
        for year, node in nodes.items()
        for code in SECTOR_CODES
        if code != "land" and not is_hidden(hidden[year], f"{code}_equivalent")
    ]
    columns = (YEAR, ListColumn("sector", Text("部门", "Sector")), AMOUNT)
    return Chart("by-year", change_words(nodes), columns, rows, bars("year", "amount", by="sector"), note)


def gases_chart(nodes: Mapping[int, RecordNode], note: Text) -> Chart:
    """Lines of CH4 and N2O over the years."""
    rows = [
        {"year": same(str(year)), "gas": GASES[gas.key].label, "amount": wan(number(gas, "gas_equivalent"))}
        for year, node in nodes.items()
        for gas in node.at("gas")
        if gas.key in ("CH4", "N2O")
    ]
    first, last = min(nodes), max(nodes)
    words = Text("甲烷排放{last}年较{first}年{change}", "Methane {change} from {first} to {last}")
    change = moved(_gas(nodes[first], "CH4"), _gas(nodes[last], "CH4"))
    title = words.format(first=first, last=last, change=change)
    columns = (YEAR, ListColumn("gas", Text("气体", "Gas")), AMOUNT)
    return Chart("methane-and-n2o", title, columns, rows, lines("year", "amount", by="gas"), note)


def _gas(node: RecordNode, code: str) -> Decimal:
    return sum((number(gas, "gas_equivalent") for gas in node.at("gas") if gas.key == code), Decimal(0))


def change_words(nodes: Mapping[int, RecordNode]) -> Text:
    """How the total changed from the first year to the last."""
    first, last = min(nodes), max(nodes)
    before, after = number(nodes[first], "total_equivalent"), number(nodes[last], "total_equivalent")
    if first == last:
        words = Text("{last}年排放总量 {after} 万吨", "{after} ×10⁴ t in {last}")
        return words.format(last=last, after=printed(wan(after)))
    words = Text("排放总量{last}年较{first}年{change}", "Total emissions {change} from {first} to {last}")
    return words.format(first=first, last=last, change=moved(before, after))


def moved(before: Decimal, after: Decimal) -> Text:
    """Whether and by how much something rose or fell."""
    if not before or before == after:
        return Text("持平", "did not change")
    words = Text("上升 {n}%", "rose by {n} %") if after > before else Text("下降 {n}%", "fell by {n} %")
    return words.format(n=share(abs(after - before), before))
