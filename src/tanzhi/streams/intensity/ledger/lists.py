"""The lists of the ledger: rows as they were told, years as they are used, revisions with their effect, targets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.urls import reverse

from tanzhi.organisations.register.model import Region
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text

from .model import SCOPES, VINTAGES, EnergyBalance, GdpLevel

BILLION, TCE, TONNES = Text("亿元", "10⁸ yuan"), Text("万吨标准煤", "10⁴ tce"), Text("万吨", "10⁴ t")
CENT = Decimal("0.01")
VINTAGE_TONES = {"flash": "due", "census": "info"}


def regions_told() -> dict[str, Text]:
    """Regions with a ledger, for the filters."""
    keys = set(GdpLevel.objects.values_list("region_id", flat=True)) | set(
        EnergyBalance.objects.values_list("region_id", flat=True)
    )
    return {region.code: region.name for region in Region.objects.filter(pk__in=keys)}


def region_column() -> ListColumn:
    return ListColumn(
        "region",
        Text("地区", "Region"),
        value="region.name",
        kind="link",
        link=lambda row: reverse("intensity:region", args=[row.region.code]),
        sort="region__path",
    )


_VINTAGE = ListColumn(
    "vintage", Text("数据口径", "Vintage"), kind="state", words=VINTAGES, tone=VINTAGE_TONES, sort="vintage"
)
_TOLD = (
    ListColumn("source", Text("来源", "Source")),
    ListColumn("at", Text("录入时间", "Recorded"), sort="at"),
    ListColumn("person", Text("录入人", "By"), value="person_name"),
    ListColumn("withdrawn", Text("撤销", "Withdrawn"), value="withdrawn_at"),
)
_FILTERS = (
    Filter("region", Text("地区", "Region"), regions_told, where="region__code"),
    Filter("vintage", Text("数据口径", "Vintage"), VINTAGES),
)


def level_in_words(value: str) -> Decimal:
    """A level for reading, to 0.01; where it follows from an index all its digits are kept behind it."""
    number = Decimal(value)
    return number if number == number.quantize(CENT) else number.quantize(CENT)


def net_electricity(row: EnergyBalance) -> Decimal | None:
    """Imports less exports, 10^8 kWh; None where nothing was transferred."""
    if not row.transfers:
        return None
    signs = {"import": 1, "export": -1}
    return sum((signs[leg["direction"]] * Decimal(leg["electricity"]) for leg in row.transfers), Decimal(0))


def unnamed(listing: Listing) -> Listing:
    """The same list for those who read it because it is public: without who recorded a row."""
    return replace(listing, columns=tuple(column for column in listing.columns if column.name != "person"))


GDP_ROWS = Listing(
    "intensity.gdp",
    title=Text("地区生产总值", "GDP"),
    columns=(
        region_column(),
        ListColumn("year", Text("年份", "Year"), sort="year"),
        ListColumn("price_base", Text("价格基期", "Price base"), sort="price_base"),
        ListColumn(
            "value",
            Text("不变价生产总值", "GDP"),
            value=lambda row: level_in_words(row.value),
            kind="number",
            unit=BILLION,
        ),
        ListColumn("index", Text("指数", "Index"), value=lambda row: row.index or None, kind="number"),
        _VINTAGE,
        *_TOLD,
    ),
    filters=_FILTERS,
    order="-year",
    prefix="g-",
    empty=Text("尚无生产总值。", "No GDP yet."),
    step=FillingStep(Text("录入或导入。", "Record or import it."), "intensity.record_gdp"),
)
ENERGY_ROWS = Listing(
    "intensity.energy",
    title=Text("能源消费", "Energy"),
    columns=(
        region_column(),
        ListColumn("year", Text("年份", "Year"), sort="year"),
        ListColumn("coal", Text("煤炭", "Coal"), kind="number", unit=TCE),
        ListColumn("oil", Text("油品", "Oil"), kind="number", unit=TCE),
        ListColumn("gas", Text("天然气", "Gas"), kind="number", unit=TCE),
        ListColumn(
            "net",
            Text("净调入电力", "Net electricity in"),
            value=net_electricity,
            kind="number",
            unit=Text("亿千瓦时", "10⁸ kWh"),
        ),
        ListColumn("scope", Text("核算口径", "Scope"), words=SCOPES),
        _VINTAGE,
        *_TOLD,
    ),
    filters=_FILTERS,
    order="-year",
    prefix="e-",
    empty=Text("尚无能源消费。", "No energy yet."),
    step=FillingStep(Text("录入或导入。", "Record or import it."), "intensity.record_energy"),
)
TENTH = Decimal("0.1")
PERCENT = Text("%", "%")


def tenth(fraction: Decimal) -> Decimal:
    """A fraction as per cent to one decimal, for reading; the exact value stands behind its explanation."""
    return (fraction * 100).quantize(TENTH)
