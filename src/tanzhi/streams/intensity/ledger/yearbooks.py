"""GDP out of a statistical yearbook, and energy intensity out of the annual communiqué, as they are printed.

A yearbook prints GDP at the prices of each year, and an index (上年=100). The ledger keeps levels at one price base:
the base year's own GDP is the level there, later years follow from their indices, earlier ones are passed over.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer, remove
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .imports import code_of, withdraw
from .inputs import OFFICERS, Published, RegionCode, RegionInput, Source, Vintage, Year
from .model import GdpLevel, ReferencePoint


class YearbookRow(RegionInput):
    """A year of a region as the yearbook prints it."""

    year: Year
    gdp: Annotated[
        Decimal | None,
        Field(gt=0, max_digits=20, allow_inf_nan=False),
        Label("当年价地区生产总值（亿元）", "GDP at the year’s prices (10⁸ yuan)"),
        Help("只取价格基期当年的数值", "only the price base’s own year is taken"),
    ] = None
    index: Annotated[
        Decimal | None,
        Field(max_digits=10, allow_inf_nan=False),
        Label("生产总值指数（上年=100）", "Index of GDP (year before = 100)"),
        Help("价格基期之后各年由指数推算", "years after the price base follow from it"),
    ] = None
    price_base: Annotated[int, Field(ge=1978, le=2100), Label("价格基期", "Price base")]
    vintage: Vintage
    source: Source
    published: Published = False


_EARLIER = Text("早于价格基期，不导入", "before the price base; not imported")
_NEEDS_GDP = Text("价格基期当年的地区生产总值", "GDP of the price base’s own year")
_NEEDS_INDEX = Text("以上年为 100 的指数（当年价不能直接用于其他年份）", "an index, the year before = 100")


def too_early(row: YearbookRow) -> Text | None:
    return _EARLIER if row.year < row.price_base else None


def add_year(call: Call, row: YearbookRow) -> GdpLevel:
    """The base year by its GDP, a later one by its index."""
    fields = row.model_dump(include={"year", "price_base", "vintage", "source", "published"})
    fields |= {"region": code_of(row.region)}
    level: GdpLevel
    if row.year == row.price_base:
        if row.gdp is None:
            raise refused("INT-01", "gdp", "—", _NEEDS_GDP)
        level = perform("intensity.record_gdp", call.actor, data=fields | {"value": row.gdp}).result
    elif row.index is None:
        raise refused("INT-01", "index", "—", _NEEDS_INDEX)
    else:
        level = perform("intensity.record_index", call.actor, data=fields | {"index": row.index}).result
    return level


def year_stands(_call: Call, row: YearbookRow) -> bool:
    """The newest row of the year, base and vintage says the same; another vintage is another row."""
    levels = GdpLevel.objects.filter(
        region__code=code_of(row.region), year=row.year, price_base=row.price_base, vintage=row.vintage
    )
    level = levels.filter(withdrawn_at=None).order_by("pk").last()
    if level is None:
        return False
    if row.year == row.price_base:
        return row.gdp is not None and plain(row.gdp) == level.value
    return row.index is not None and plain(row.index) == level.index


YEARBOOK = Importer(
    "intensity.yearbook",
    title=Text("年鉴生产总值及指数", "GDP and its index out of a yearbook"),
    row=YearbookRow,
    by=OFFICERS,
    add=add_year,
    undo=withdraw,
    fills="intensity.gdp",
    heads={
        "region": ("省份", "地市", "市州", "省（区、市）"),
        "year": ("年度",),
        "gdp": (
            "地区生产总值（亿元）", "地区生产总值(亿元)", "地区生产总值（当年价）", "地区生产总值", "生产总值", "GDP",
        ),
        "index": (
            "地区生产总值指数（上年=100）", "生产总值指数(上年=100)", "指数（上年=100）", "指数(上年=100)", "指数",
            "地区生产总值指数", "生产总值指数",
        ),
    },
    example={"year": "2021", "gdp": "10243.3", "index": "106.9", "price_base": "2020", "source": "甘肃发展年鉴2022"},
    order=lambda row: (row.region, row.price_base, row.year),
    passes_over=too_early,
    present=year_stands,
    years_beside=True,
    again=True,
)  # fmt: skip


INDICATORS = {
    "energy_per_gdp": Text("万元地区生产总值能耗", "energy per unit of GDP"),
    "energy_use": Text("能源消费总量", "energy consumption"),
    "electricity_per_gdp": Text("万元地区生产总值电耗", "electricity per unit of GDP"),
}
"""What the communiqué of energy consumption tells of each region, as a change against the year before."""


class CommuniqueRow(Input):
    """One indicator of a region; the other columns of the file come by an import each."""

    region: RegionCode
    year: Year
    indicator: Annotated[
        Literal["energy_per_gdp", "energy_use", "electricity_per_gdp"],
        Label("指标", "Indicator"),
        Choices(INDICATORS),
        Help("公报每一列导入一次", "each column of the communiqué is imported by itself"),
    ] = "energy_per_gdp"
    change: Annotated[
        Decimal,
        Field(gt=-100, lt=1000, allow_inf_nan=False),
        Label("比上年上升或下降（±%）", "Change against the year before (±%)"),
        Help("下降为负", "a decline is negative"),
    ]
    source: Source
    correction: Annotated[str, Field(max_length=300), Label("更正说明", "Why it is corrected")] = ""


def series_of(row: CommuniqueRow) -> str:
    return f"{row.indicator}_{code_of(row.region)}"


def add_change(call: Call, row: CommuniqueRow) -> ReferencePoint:
    """A change that the communiqué published: quoted beside what is computed."""
    region, indicator = region_by_code(code_of(row.region)), INDICATORS[row.indicator]
    call.require(region.place)
    data = {
        "series": series_of(row),
        "zh": f"{region.name.zh}{indicator.zh}",
        "en": f"{region.name.en}, {indicator.en}",
        "base_year": row.year - 1,
        **row.model_dump(include={"year", "change", "source", "correction"}),
    }
    point: ReferencePoint = perform("intensity.record_reference", call.actor, data=data).result
    return point


def change_stands(_call: Call, row: CommuniqueRow) -> bool:
    points = ReferencePoint.objects.filter(series=series_of(row), base_year=row.year - 1, year=row.year)
    point = points.order_by("pk").last()
    return point is not None and Decimal(point.change) == row.change


def undo_change(_call: Call, point: ReferencePoint) -> None:
    remove(point)


COMMUNIQUE = Importer(
    "intensity.communique",
    title=Text("能耗公报", "communiqué of energy consumption"),
    row=CommuniqueRow,
    by={"provincial_officer"},
    add=add_change,
    undo=undo_change,
    fills="intensity.energy",
    heads={
        "region": ("地区名称", "省份", "市州"),
        "change": (
            "万元地区生产总值能耗上升或下降（±%）", "万元地区生产总值能耗上升或下降(±%)", "万元地区生产总值能耗",
            "万元GDP能耗上升或下降（±%）", "万元GDP能耗",
        ),
    },
    example={"year": "2023", "change": "-2.5", "source": "2023年分省（区、市）万元地区生产总值能耗降低率等指标公报"},
    present=change_stands,
    years_beside=True,
    again=True,
)  # fmt: skip
