"""The lists of the ledger: rows as they were told, years as they are used, revisions with their effect, targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse

from tanzhi.organisations.models import Region
from tanzhi.presentation.listing import Column, Filter, Listing
from tanzhi.presentation.templatetags.tanzhi import explain_url
from tanzhi.rulebook.kernel.text import Text

from .models import SCOPES, SIGNED, STATES, VINTAGES, Decomposition, EnergyBalance, GdpLevel, Share, Target
from .overview import PERCENT

BILLION, TCE, TONNES = Text("亿元", "10^8 yuan"), Text("万吨标准煤", "10^4 tce"), Text("万吨", "10^4 t")
CENT = Decimal("0.01")
VINTAGE_TONES = {"flash": "due", "census": "info"}


def regions_told() -> dict[str, Text]:
    """Regions with a ledger, for the filters."""
    keys = set(GdpLevel.objects.values_list("region_id", flat=True)) | set(
        EnergyBalance.objects.values_list("region_id", flat=True)
    )
    return {region.code: region.name for region in Region.objects.filter(pk__in=keys)}


def _region() -> Column:
    return Column(
        "region",
        Text("地区", "Region"),
        value="region.name",
        kind="link",
        link=lambda row: reverse("intensity:region", args=[row.region.code]),
        sort="region__path",
    )


_VINTAGE = Column(
    "vintage", Text("数据口径", "Vintage"), kind="state", words=VINTAGES, tone=VINTAGE_TONES, sort="vintage"
)
_TOLD = (
    Column("source", Text("来源", "Source")),
    Column("at", Text("录入时间", "Recorded"), sort="at"),
    Column("person", Text("录入人", "By"), value="person_name"),
    Column("withdrawn", Text("撤销", "Withdrawn"), value="withdrawn_at"),
)
_FILTERS = (
    Filter("region", Text("地区", "Region"), regions_told, where="region__code"),
    Filter("vintage", Text("数据口径", "Vintage"), VINTAGES),
)


def shown(value: str) -> Decimal:
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
        _region(),
        Column("year", Text("年份", "Year"), sort="year"),
        Column("price_base", Text("价格基期", "Price base"), sort="price_base"),
        Column("value", Text("不变价生产总值", "GDP"), value=lambda row: shown(row.value), kind="number", unit=BILLION),
        Column("index", Text("指数", "Index"), value=lambda row: row.index or None, kind="number"),
        _VINTAGE,
        *_TOLD,
    ),
    filters=_FILTERS,
    order="-year",
    prefix="g-",
    empty=Text("尚无生产总值，请录入或导入", "No GDP yet: record or import it"),
)
ENERGY_ROWS = Listing(
    "intensity.energy",
    title=Text("能源消费", "Energy"),
    columns=(
        _region(),
        Column("year", Text("年份", "Year"), sort="year"),
        Column("coal", Text("煤炭", "Coal"), kind="number", unit=TCE),
        Column("oil", Text("油品", "Oil"), kind="number", unit=TCE),
        Column("gas", Text("天然气", "Gas"), kind="number", unit=TCE),
        Column(
            "net",
            Text("净调入电力", "Net electricity in"),
            value=net_electricity,
            kind="number",
            unit=Text("亿千瓦时", "10^8 kWh"),
        ),
        Column("scope", Text("核算口径", "Scope"), words=SCOPES),
        _VINTAGE,
        *_TOLD,
    ),
    filters=_FILTERS,
    order="-year",
    prefix="e-",
    empty=Text("尚无能源消费，请录入或导入", "No energy yet: record or import it"),
)


TARGETS = Listing(
    "intensity.targets",
    title=Text("强度目标", "Targets"),
    noun=Text("个目标", "targets"),
    columns=(
        _region(),
        Column("base_year", Text("基年", "Base year"), sort="base_year"),
        Column("end_year", Text("目标年", "Target year"), sort="end_year"),
        Column(
            "decline",
            Text("下降", "Decline"),
            kind="number",
            unit=PERCENT,
            link=lambda row: explain_url(f"intensity.target:{row.pk}"),
        ),
        Column("binding", Text("约束性", "Binding")),
        Column("confidential", Text("不公开", "Confidential")),
        Column("source", Text("文件", "Document")),
        Column("at", Text("录入时间", "Recorded"), sort="at"),
    ),
    filters=(Filter("region", Text("地区", "Region"), regions_told, where="region__code"),),
    order="-end_year",
    empty=Text("尚无目标，请录入目标文件", "No target yet: record its document"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A target of a region with the signed decomposition that it comes from; None where a document states it."""

    target: Target
    decomposition: Decomposition | None

    @property
    def source(self) -> Text | str:
        return self.decomposition.title if self.decomposition else self.target.source

    @property
    def link(self) -> str:
        return self.decomposition.get_absolute_url() if self.decomposition else ""


def held(region: Region, targets: Sequence[Target]) -> list[Held]:
    """A region's targets in force, the one that ends last first."""
    shares = Share.objects.filter(region=region, decomposition__state=SIGNED).select_related("decomposition__target")
    by_source = {share.decomposition.title_of_source: share.decomposition for share in shares}
    return [Held(target, by_source.get(target.source)) for target in reversed(targets)]


HELD = Listing(
    "intensity.held",
    title=Text("强度目标", "Targets"),
    noun=Text("个目标", "targets"),
    columns=(
        Column("end_year", Text("目标年", "Target year"), value="target.end_year"),
        Column("base_year", Text("基年", "Base year"), value="target.base_year"),
        Column(
            "decline",
            Text("下降", "Decline"),
            value=lambda row: Decimal(row.target.decline),
            kind="number",
            unit=PERCENT,
            link=lambda row: explain_url(f"intensity.target:{row.target.pk}"),
        ),
        Column("binding", Text("约束性", "Binding"), value="target.binding"),
        Column("source", Text("依据", "Document"), kind="link", link=lambda row: row.link),
    ),
    prefix="t-",
    empty=Text(
        "尚无目标：由省级录入目标文件，或由目标分解下达", "No target yet: the province sets it, or a decomposition"
    ),
)
DECOMPOSITIONS = Listing(
    "intensity.decompositions",
    title=Text("目标分解", "Decompositions"),
    noun=Text("个方案", "decompositions"),
    columns=(
        Column("title", Text("方案", "Decomposition"), kind="link", link=lambda row: row.get_absolute_url()),
        Column("target", Text("目标", "Target"), value="target.name"),
        Column("cities", Text("市州", "Cities"), value=lambda row: row.cities, kind="number"),
        Column(
            "state",
            Text("状态", "State"),
            kind="state",
            words=STATES,
            tone={"signed": "ok", "computed": "due"},
            sort="state",
        ),
        Column("signed_at", Text("签批时间", "Signed"), sort="signed_at"),
    ),
    filters=(Filter("state", Text("状态", "State"), STATES),),
    empty=Text("尚无分解方案：录入五年目标后新建", "No decomposition yet: set a five-year target, then open one"),
)
