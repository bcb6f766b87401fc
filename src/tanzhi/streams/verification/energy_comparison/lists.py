"""The comparison as lists: kinds of energy, plants of one kind, a plant's months, explanations, a plant's books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.table import ACTIONS
from tanzhi.law.citations.english import cited
from tanzhi.organisations.sectors import SECTORS, sector_name
from tanzhi.presentation.forms.buttons import may
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing
from tanzhi.presentation.locations import place_words
from tanzhi.presentation.sheets.sheet import anchor_of
from tanzhi.rulebook.checks.cross.energy import GROUPS, ITEMS
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.energy_books.model import BOOKS

from .comparison import STANDINGS, ComparedEnergy, EnergyComparison, PlantEnergy, tce_of
from .model import KINDS

NOT_REPORTED, NOT_RECORDED = Text("未报送", "not reported"), Text("未录入", "not recorded")
NO_OTHER_BOOK = Text("无另册", "no book of its own")  # the months are the report, or none is filed
NOT_DETERMINABLE = Text("无法确定", "not determinable")
TCE, PERCENT = Text("吨标准煤", "tce"), Text("%", "%")
TONES = {"explained": "ok", "equal": "ok", "open": "late", "not_reported": "due", "no_statistics": "due"}


def or_words(name: str, words: Text) -> Callable[[ComparedEnergy], Any]:
    """A number, or the words that say why there is none."""

    def value(row: ComparedEnergy) -> Any:
        number = getattr(row, name)
        return words if number is None else number

    return value


def energy_rows(address: Callable[[ComparedEnergy], str]) -> Listing:
    """Kinds of energy of a region's year; each leads to the plants behind it."""
    return Listing(
        "verification.energy",
        title=Text("能源统计核对", "Energy beside the statistics"),
        noun=Text("个品种", "kinds of energy"),
        columns=(
            ListColumn("item", Text("能源品种", "Kind of energy"), value="label", kind="link", link=address,
                       sort="item"),
            ListColumn("group", Text("类别", "Group"), sort="group"),
            ListColumn("unit", Text("单位", "Unit")),
            ListColumn("plants", Text("报送单位数", "Plants"), kind="number", sort="plants"),
            ListColumn("filed", Text("单位报送合计", "Plants' reports"), value=or_words("filed", NOT_REPORTED),
                       kind="number"),
            ListColumn("stated", Text("地区能源统计", "Statistics"), value=or_words("stated", NOT_RECORDED),
                       kind="number"),
            ListColumn("difference", Text("差异（统计减报送）", "Difference (statistics less reports)"),
                       value=or_words("difference", NOT_DETERMINABLE), kind="number"),
            ListColumn("share", Text("差异占统计", "Of the statistics"), value=or_words("share", NOT_DETERMINABLE),
                       kind="number", unit=PERCENT),
            ListColumn("explained", Text("已解释", "Explained"), kind="number"),
            ListColumn("rest", Text("未解释", "Left over"), value=or_words("rest", NOT_DETERMINABLE), kind="number"),
            ListColumn("filed_tce", Text("报送折标准煤", "Reports in coal equivalent"),
                       value=or_words("filed_tce", NOT_DETERMINABLE), kind="number", unit=TCE),
            ListColumn("stated_tce", Text("统计折标准煤", "Statistics in coal equivalent"),
                       value=or_words("stated_tce", NOT_DETERMINABLE), kind="number", unit=TCE),
            ListColumn("source", Text("统计来源", "Source of the statistics")),
            ListColumn("standing", Text("状态", "State"), kind="state", words=STANDINGS, tone=TONES, sort="standing"),
        ),
        filters=(
            Filter("standing", Text("状态", "State"), STANDINGS),
            Filter("group", Text("类别", "Group"), GROUPS,
                   lambda rows, code: [row for row in rows if row.kind.group == code]),
        ),
        empty=Text("该地区该年没有企业能源数据，也未录入统计。", "Neither energy of plants nor statistics."),
        step=FillingStep(Text("录入或导入地区能源统计。", "Record or import the statistics."),
                         "verification.record_energy_statistics"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlantSum:
    """A plant's year of one kind of energy."""

    code: str
    name: Text
    sector: str
    city: Text
    months: int
    amount: Decimal
    tce: Decimal | None
    address: str


def plant_sums(compared: EnergyComparison, item: str, address: Callable[[str], str]) -> list[PlantSum]:
    """By plant, the sum of its months."""
    by_plant: dict[str, list[PlantEnergy]] = {}
    for each in compared.of_item(item):
        by_plant.setdefault(each.plant.code, []).append(each)
    coal = compared.coal_of(item)
    coal_of_plants = {node.key: node for node in coal.at("plant")} if coal else {}
    sums = []
    for code, own in sorted(by_plant.items()):
        plant, amount = own[0].plant, compared.amounts[item][code]
        months = len({each.fact.month for each in own})
        tce = tce_of(coal_of_plants[code], "plant_coal_equivalent")
        sums.append(PlantSum(code, plant.name, plant.sector, plant.region.name, months, amount, tce, address(code)))
    return sums


PLANTS = Listing(
    "verification.energy_plants",
    title=Text("各单位用量", "Plants' use"),
    noun=Text("家", "plants"),
    columns=(
        ListColumn("code", Text("单位代码", "Code"), kind="link", link=lambda row: row.address, sort="code"),
        ListColumn("name", Text("单位", "Enterprise"), sort="name"),
        ListColumn("sector", Text("行业", "Sector"), value=lambda row: sector_name(row.sector), sort="sector"),
        ListColumn("city", Text("市州", "City"), sort="city"),
        ListColumn("months", Text("有数据的月数", "Months"), kind="number", sort="months"),
        ListColumn("amount", Text("年用量", "Use of the year"), kind="number", sort="amount"),
        ListColumn("tce", Text("折标准煤", "Coal equivalent"), kind="number", unit=TCE, sort="tce",
                   value=lambda row: NOT_DETERMINABLE if row.tce is None else row.tce),
    ),
    filters=(Filter("sector", Text("行业", "Sector"), SECTORS),),
    order="-amount",
    empty=Text("没有单位报送该品种。", "No plant reported this kind."),
)  # fmt: skip


def cell_address(each: PlantEnergy, pages: dict[int, str]) -> str:
    """The deposited version, opened at the cell."""
    return f"{pages[int(each.fact.cell.version)]}#{anchor_of(each.fact.cell.place, each.fact.series.field)}"


def months_of(cells: list[PlantEnergy], industry: str, pages: dict[int, str]) -> tuple[Listing, list[PlantEnergy]]:
    """A plant's months of one kind of energy, each leading to the cell where it was filed."""
    listing = Listing(
        "verification.energy_months",
        title=Text("逐月用量", "Months"),
        noun=Text("个单元格", "cells"),
        columns=(
            ListColumn("place", Text("位置", "Place"), kind="link", link=lambda row: cell_address(row, pages),
                       value=lambda row: place_words(guidelines()[industry], row.fact.cell.place)),
            ListColumn("month", Text("月份", "Month"), value="fact.month", sort="fact__month"),
            ListColumn("field", Text("数据", "Value"), value="fact.series.label"),
            ListColumn("amount", Text("用量", "Amount"), value="fact.amount", kind="number"),
        ),
        empty=Text("没有数据。", "Nothing."),
    )  # fmt: skip
    return listing, sorted(cells, key=lambda each: (each.fact.month, each.fact.cell.place))


EXPLANATIONS = Listing(
    "verification.energy_explanations",
    title=Text("差异解释", "Explanations"),
    noun=Text("条解释", "explanations"),
    columns=(
        ListColumn("item", Text("能源品种", "Kind of energy"), value="item_label", sort="item"),
        ListColumn("kind", Text("差异原因", "Cause"), words=KINDS, sort="kind"),
        ListColumn("quantity", Text("可解释的数量", "Amount explained"), value="amount", kind="number"),
        ListColumn("unit", Text("单位", "Unit"), value="unit_label"),
        ListColumn("reason", Text("理由", "Reason")),
        ListColumn("basis", Text("凭据", "Paper")),
        ListColumn("person", Text("录入人", "By"), value="person_name"),
        ListColumn("at", Text("录入时间", "Recorded"), sort="at"),
        ListColumn("withdrawn", Text("撤回", "Withdrawn"), value=lambda row: row.withdrawn_at or ""),
    ),
    filters=(Filter("kind", Text("差异原因", "Cause"), KINDS),),
    order="-at",
    prefix="x-",
    empty=Text("尚无解释。", "No explanation yet."),
)  # fmt: skip
WITHDRAW = "verification.withdraw_energy_explanation"


def explanation_rows(actor: Actor) -> Listing:
    """A region's explanations, each with the way to withdraw it for whoever may."""

    def may_withdraw(row: Any) -> bool:
        return row.withdrawn_at is None and may(actor, ACTIONS[WITHDRAW], row)

    def withdrawal(row: Any) -> Any:
        return Text("撤回", "Withdraw") if may_withdraw(row) else row.withdrawn_at or ""

    def address(row: Any) -> str:
        return reverse("presentation:act", args=[WITHDRAW, row.pk]) if may_withdraw(row) else ""

    *others, last = EXPLANATIONS.columns
    return replace(EXPLANATIONS, columns=(*others, replace(last, kind="link", value=withdrawal, link=address)))


@dataclass(frozen=True, slots=True)
class BookRow:
    """A plant's year of one kind of energy in its three books: months, annual report, and what is stated elsewhere."""

    code: str
    name: Text
    item: str
    months: Decimal | None
    report: Decimal | None
    stated: Decimal | None
    book: str
    source: str
    year: int

    @property
    def difference(self) -> Decimal | None:
        return None if self.months is None or self.stated is None else self.months - self.stated

    @property
    def share(self) -> Decimal | None:
        """Of what the other book states, %."""
        return (
            round_legally(self.difference * 100 / self.stated, 2)
            if self.difference is not None and self.stated
            else None
        )


BOOK_ROWS = Listing(
    "verification.energy_books",
    title=Text("企业能源账表核对", "Plants' books of energy"),
    noun=Text("行", "rows"),
    hint=Text("单位代码或名称", "Code or name of the enterprise"),
    columns=(
        ListColumn("code", Text("单位代码", "Code"), sort="code"),
        ListColumn("name", Text("单位", "Enterprise"), sort="name"),
        ListColumn("item", Text("能源品种", "Kind of energy"), value=lambda row: ITEMS[row.item].label, sort="item"),
        ListColumn("months", Text("各月合计", "Months in all"), kind="number",
                   value=lambda row: NOT_REPORTED if row.months is None else row.months),
        ListColumn("report", Text("年度报告", "Annual report"), kind="number",
                   value=lambda row: NO_OTHER_BOOK if row.report is None else row.report),
        ListColumn("stated", Text("对照数", "Stated there"), kind="number",
                   value=lambda row: NOT_RECORDED if row.stated is None else row.stated),
        ListColumn("book", Text("报表", "Book"), words=BOOKS | {"": NOT_RECORDED}, sort="book"),
        ListColumn("source", Text("来源", "Source"), value=lambda row: row.source and cited(row.source)),
        ListColumn("difference", Text("差异（报送减对照）", "Difference (reports less the book)"), kind="number",
                   value=lambda row: NOT_DETERMINABLE if row.difference is None else row.difference),
        ListColumn("share", Text("差异占对照数", "Of the book"), kind="number", unit=PERCENT,
                   value=lambda row: NOT_DETERMINABLE if row.share is None else row.share),
    ),
    filters=(
        Filter("book", Text("报表", "Book"), BOOKS),
        Filter("item", Text("能源品种", "Kind of energy"), {code: item.label for code, item in ITEMS.items()}),
    ),
    search=lambda rows, words: [
        row for row in rows if words.lower() in f"{row.code} {row.name.zh} {row.name.en}".lower()
    ],
    empty=Text("没有数据。单位或主管部门可录入或导入 205-1 与电网结算单。",
               "Nothing. The plant or an authority states or imports form 205-1 and the grid's bills."),
    step=FillingStep(Text("录入或导入。", "State or import it."), "verification.state_energy"),
)  # fmt: skip
