"""The standard tables of an inventory as declared lists: summary, completeness, factors, activity data."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tanzhi.figures.rule_nodes import confidence
from tanzhi.filings.months.model import Version
from tanzhi.filings.results.lineage import release_of, root_of
from tanzhi.law.citations.english import cited
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.presentation.units import printed
from tanzhi.rulebook.inventory.categories import CATEGORIES, GASES, GROUPS, MEMO, NOTATIONS, SECTORS, Category, below
from tanzhi.rulebook.kernel import HALF_UP, RecordNode, Text, Value
from tanzhi.rulebook.kernel.parameter_files import OFFICIAL
from tanzhi.rulebook.kernel.rounding import plain, round_legally
from tanzhi.rulebook.kernel.text import same

from .confidential import hide
from .models import Cell, Inventory, Run
from .queries import summary_of_run

NO_LAND = Text("未估算", "not estimated")
WAN_T, WAN_E = Text("万吨", "10⁴ t"), Text("万吨CO₂e", "10⁴ tCO₂e")
MASS_GROUPS = ("CO2", "CH4", "N2O")  # in mass; fluorinated gases are told in equivalents
MARKS = {"M-low": "late", "M-med": "due", "draft": "due", "A": "due", "INF": "due", "incomplete": "late"}


@dataclass(slots=True)
class SummaryLine:
    """A row of the summary table: a category, a total or a memo item."""

    code: str
    label: Text
    ipcc: str = ""
    amounts: dict[str, Decimal | Text | None] = field(default_factory=dict)
    total: Decimal | Text | None = None
    marks: tuple[str, ...] = ()
    is_total: bool = False

    @property
    def name(self) -> Text:
        """The label, set in by its depth in the tree."""
        deep = "\u3000" * self.code.count(".")
        return Text(f"{deep}{self.label.zh}", f"{deep}{self.label.en}")

    @property
    def mark_words(self) -> list[Text]:
        return [mark_words(kind) for kind in self.marks]


def mark_words(kind: str) -> Text:
    """A reservation in words."""
    if kind == "incomplete":
        return Text("不完整", "incomplete")
    return Text("征求意见稿", "draft") if kind == "draft" else confidence(kind)


SUMMARY = Listing(
    "inventory.summary",
    title=Text("清单汇总表", "Summary table"),
    noun=Text("行", "rows"),
    columns=(
        ListColumn("code", Text("编码", "Code")),
        ListColumn("name", Text("类别", "Category")),
        ListColumn("ipcc", Text("IPCC 编码", "IPCC code")),
        *(
            ListColumn(
                code, label, kind="number", value=f"amounts.{code}", unit=WAN_T if code in MASS_GROUPS else WAN_E
            )
            for code, label in GROUPS.items()
        ),
        ListColumn("total", Text("合计", "Total"), kind="number", unit=WAN_E),
        ListColumn("marks", Text("因子保留", "Reservations"), value=lambda row: row.mark_words),
    ),
    page_size=100,
)


def summary_lines(run: Run, gwp_set: str = "") -> list[SummaryLine]:
    """Every category with its gases, then the totals without and with land use, then the memo items."""
    root = summary_of_run(run.pk, gwp_set or run.inventory.gwp_set)
    table = _Table(root, {(c.category, c.gas): c for c in run.cells.all()})
    lines = [table.line(category) for category in CATEGORIES.values()]
    totals = (
        table.total("T1", Text("排放总量（不含土地利用变化和林业）", "Total without land use"), land=False),
        table.total("T2", Text("排放总量（含土地利用变化和林业）", "Total with land use"), land=True),
    )
    confidential = {cell.category for cell in table.cells.values() if cell.is_confidential and cell.mass is not None}
    hide(lines, totals, confidential)
    memo = {category.code for category in CATEGORIES.values() if category.sector == MEMO}
    counted, beside = ([line for line in lines if (line.code in memo) is side] for side in (False, True))
    return [*counted, *totals, *beside]


_WHOLE = Category("T", Text("合计", "Total"), "", "", "", (), {})


@dataclass(frozen=True, slots=True)
class _Table:
    """A run's summary and cells, and how a line adds them up; sums of unrounded masses, rounded once."""

    root: RecordNode
    cells: dict[tuple[str, str], Cell]

    def equivalent(self, category: str, gas: str) -> Decimal | None:
        path = f"gases[{gas}].categories[{category}]"
        node = next((n for n in self.root.walk() if n.path == path), None)
        number = node.value("equivalent").number if node else None
        return number if isinstance(number, Decimal) else None

    def line(self, category: Category) -> SummaryLine:
        leaves = list(below(category.code))
        own = [self.cells[leaf.code, gas] for leaf in leaves for gas in leaf.gases if (leaf.code, gas) in self.cells]
        line = SummaryLine(category.code, category.label, category.ipcc)
        for group in GROUPS:
            line.amounts[group] = self._group(group, [c for c in own if GASES[c.gas].group == group], category)
        line.total = self._total(own, category)
        # The reservations worth a word in a table: everything but what was read in an official text or surely known.
        kinds = {kind for cell in own for kind in cell.marks}
        line.marks = tuple(kind for kind in MARKS if kind in kinds)
        return line

    def _group(self, group: str, own: list[Cell], category: Category) -> Decimal | Text | None:
        if hidden := _notation(own, category):
            return hidden
        if group in MASS_GROUPS:
            return _wan([Decimal(c.mass) for c in own if c.mass is not None], 4)
        return _wan([e for c in own if (e := self.equivalent(c.category, c.gas)) is not None], 4)

    def _total(self, own: list[Cell], category: Category) -> Decimal | Text | None:
        if hidden := _notation(own, category):
            return hidden
        return _wan([e for c in own if (e := self.equivalent(c.category, c.gas)) is not None], 2)

    def total(self, code: str, label: Text, land: bool) -> SummaryLine:
        """All sectors but memo items; with land use only where there is a number of land use."""
        if land and not any(
            CATEGORIES[c.category].sector == "land" and c.mass is not None for c in self.cells.values()
        ):
            return SummaryLine(code, label, amounts=dict.fromkeys(GROUPS, NO_LAND), total=NO_LAND, is_total=True)
        own = [
            c for c in self.cells.values() if CATEGORIES[c.category].sector not in ((MEMO,) if land else (MEMO, "land"))
        ]
        line = SummaryLine(code, label, is_total=True)
        for group in GROUPS:
            line.amounts[group] = self._group(group, [c for c in own if GASES[c.gas].group == group], _WHOLE)
        line.total = self._total(own, _WHOLE)
        return line


def _notation(own: list[Cell], category: Category) -> Text | None:
    """A leaf's notation keys where it has no number; `hide` blackens a confidential one, which it must see for that."""
    keys = dict.fromkeys(cell.notation for cell in own if cell.notation)
    if not category.is_leaf or not keys or any(c.mass is not None for c in own):
        return None
    return same(", ".join(keys))


def _wan(numbers: list[Decimal], decimals: int) -> Decimal | None:
    return round_legally(sum(numbers, Decimal(0)) / 10000, decimals, HALF_UP) if numbers else None


# --- completeness -----------------------------------------------------------------------------------------

STANDINGS = {
    "value": Text("有数值", "value"),
    "noted": Text("已标注", "noted"),
    "blank": Text("空白", "blank"),
}
_URGENCY = ("blank", "noted", "value")
TONES = {"value": "ok", "noted": "info", "blank": "late"}


def _standing(cell: Cell) -> str:
    return "noted" if cell.notation else "value" if cell.mass is not None else "blank"


COMPLETENESS = Listing(
    "inventory.completeness",
    title=Text("完整性", "Completeness"),
    noun=Text("格", "cells"),
    prefix="c-",
    columns=(
        ListColumn("category", Text("编码", "Code")),
        ListColumn("label", Text("类别", "Category"), value="category_label"),
        ListColumn("gas", Text("气体", "Gas"), value="gas_label"),
        ListColumn(
            "standing",
            Text("状态", "State"),
            value=_standing,
            kind="state",
            words=STANDINGS,
            tone=lambda row: TONES[_standing(row)],
        ),
        ListColumn("notation", Text("标注符号", "Notation key")),
        ListColumn("reason", Text("理由或列入的类别", "Reason, or where it is included"), value="reason"),
    ),
    filters=(
        Filter(
            "standing", Text("状态", "State"), STANDINGS, lambda rows, code: [r for r in rows if _standing(r) == code]
        ),
        Filter("gas", Text("气体", "Gas"), {code: gas.label for code, gas in GASES.items()}),
    ),
    page_size=80,
)


def completeness(inventory: Inventory, run: Run | None) -> list[Any]:
    """The cells of the run with what was noted of them; before the first run every cell; blank ones first."""
    from tanzhi.rulebook.inventory.categories import cells

    noted = {(n.category, n.gas): n for n in inventory.notations.all()}
    cells_by_category = {(c.category, c.gas): c for c in run.cells.all()} if run else {}
    rows = []
    for category, gas in cells():
        cell = cells_by_category.get((category.code, gas)) or Cell(category=category.code, gas=gas)
        note = noted.get((category.code, gas))
        cell.notation = note.key if note else cell.notation
        reason: Text | str = ""
        if note and note.target:
            target = CATEGORIES[note.target]
            reason = Text(f"{target.code} {target.label.zh}", f"{target.code} {target.label.en}")
        elif note:
            reason = note.reason or NOTATIONS[note.key]
        cell.reason = reason  # type: ignore[attr-defined]  # shown beside the cell, not kept in it
        rows.append(cell)
    return sorted(rows, key=lambda row: _URGENCY.index(_standing(row)))


# --- factors ----------------------------------------------------------------------------------------------

FACTORS = Listing(
    "inventory.factors",
    title=Text("因子清单", "Factors used"),
    noun=Text("个因子", "factors"),
    columns=(
        ListColumn("sector", Text("部门", "Sector")),
        ListColumn("label", Text("参数", "Parameter")),
        ListColumn("keys", Text("适用于", "For")),
        ListColumn("value", Text("数值", "Value"), kind="number"),
        ListColumn("unit", Text("单位", "Unit"), value=lambda row: printed(row["unit"])),
        ListColumn("source", Text("依据", "Source"), value=lambda row: cited(row["source"])),
        ListColumn(
            "confidence",
            Text("可信度", "Confidence"),
            value="confidence_words",
            kind="state",
            tone=lambda row: row["tone"],
        ),
    ),
    filters=(
        Filter(
            "confidence_code",
            Text("可信度", "Confidence"),
            lambda: {c: confidence(c) for c in ("V", "S", "M-high", "M-med", "M-low", "A")},
        ),
    ),
    search=("source",),
    hint=Text("依据", "Source"),
    page_size=200,
)


def factors(run: Run) -> list[dict[str, Any]]:
    """Every parameter value that the run's filings were computed with, once, with its source and confidence."""
    versions = Version.objects.select_related("filing__organisation__region").filter(pk__in=list(run.versions.values()))
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for version in sorted(versions, key=lambda v: list(run.versions.values()).index(v.pk)):
        root = root_of(version.pk, release_of(version.filing))
        parts = (part for node in root.walk() for value in node.all_values() for part in value.parts())
        for value in (part for part in parts if part.entry is not None):
            entry, table = value.entry, value.parameter
            codes = {name: str(key.number) for name, key in value.made_of.items() if isinstance(key, Value)}
            rules = root.assessment.edition
            words = [
                rule.options.get(code, same(code)) if (rule := rules.get(name)) else same(code)
                for name, code in codes.items()
            ]
            mark = entry.confidence if entry else ""
            row = {
                "sector": root.guideline.title,
                "label": value.label,
                "codes": codes,
                "keys": words,
                "value": Decimal(plain(entry.value)) if entry else None,
                "unit": table.unit if table and table.unit != "1" else "",
                "source": entry.source if entry else "",
                "confidence_code": mark,
                "confidence_words": confidence(mark),
                "tone": "ok" if mark in OFFICIAL else "late" if mark == "M-low" else "due",
            }
            rows.setdefault((root.guideline.name, value.name, str(row["codes"])), row)
    return list(rows.values())


SECTOR_CODES = tuple(code for code in SECTORS if code != MEMO)
