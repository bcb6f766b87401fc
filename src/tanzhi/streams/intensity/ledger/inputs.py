"""What the ledger's actions are told; percent for a fraction, an index for growth and a missing factor are refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text

from .model import SCOPES, VINTAGES

OFFICERS = frozenset({"city_officer", "provincial_officer"})
DIRECTIONS = {"import": Text("调入", "import"), "export": Text("调出", "export")}


def own_regions(actor: Actor) -> list[tuple[str, Text]]:
    """The regions whose ledger the actor keeps."""
    places = [(region, region.place) for region in Region.objects.all()]
    return [(r.code, r.name) for r, place in places if any(actor.reaches(role, place) for role in OFFICERS)]


Year = Annotated[int, Field(ge=1978, le=2100), Label("年份", "Year")]
Vintage = Annotated[Literal["flash", "annual", "verified", "census"], Label("数据口径", "Vintage"), Choices(VINTAGES)]
Source = Annotated[str, Field(min_length=2, max_length=300), Label("来源", "Source")]
Quantity = Annotated[Decimal, Field(ge=0, max_digits=20, allow_inf_nan=False)]
RegionCode = Annotated[str, Field(max_length=100), Label("地区", "Region"), Choices(own_regions)]
Published = Annotated[
    bool, Label("公开", "Public"), Help("公开后任何人都可逐层查看", "anybody may then trace how it is made up")
]


class RegionInput(Input):
    """Something told of one region."""

    region: RegionCode


def place_of_region(data: RegionInput) -> Place:
    return region_by_code(data.region).place


class GdpInput(RegionInput):
    year: Year
    price_base: Annotated[int, Field(ge=1978, le=2100), Label("价格基期", "Price base")]
    value: Annotated[
        Decimal,
        Field(max_digits=20, allow_inf_nan=False),
        Label("地区生产总值（亿元）", "GDP (10⁸ yuan)"),
        Help("按价格基期的不变价", "at the prices of the price base"),
    ]
    vintage: Vintage
    source: Source
    published: Published = False


class IndexInput(RegionInput):
    year: Year
    price_base: Annotated[int, Field(ge=1978, le=2100), Label("价格基期", "Price base")]
    index: Annotated[
        Decimal,
        Field(max_digits=10, allow_inf_nan=False),
        Label("生产总值指数（上年=100）", "Index of GDP (year before = 100)"),
        Help("增长 4.5% 填 104.5", "growth of 4.5 % is 104.5"),
    ]
    vintage: Vintage
    source: Source
    published: Published = False


class ElectricityTransfer(Input):
    """Electricity that came in or went out, with the factor of the exporting side."""

    partner: Annotated[str, Field(max_length=60), Label("调入调出对方", "Partner")] = ""
    direction: Annotated[Literal["import", "export"], Label("方向", "Direction"), Choices(DIRECTIONS)]
    electricity: Annotated[Quantity, Label("电量（亿千瓦时）", "Electricity (10⁸ kWh)")]
    factor: Annotated[
        Decimal | None,
        Field(ge=0, le=2, allow_inf_nan=False),
        Label("因子（千克/千瓦时）", "Factor (kg/kWh)"),
    ] = None


class EnergyInput(RegionInput):
    year: Year
    coal: Annotated[Quantity, Label("煤炭（万吨标准煤）", "Coal (10⁴ tce)")]
    oil: Annotated[Quantity, Label("油品（万吨标准煤）", "Oil (10⁴ tce)")]
    gas: Annotated[Quantity, Label("天然气（万吨标准煤）", "Gas (10⁴ tce)")]
    transfers: Annotated[
        list[ElectricityTransfer],
        Label("电力调入调出", "Electricity transfers"),
        Help("每个调入或调出地区一行", "one row for each region that sends or receives"),
    ] = Field(default_factory=list)
    scope: Annotated[Literal["official", "fuels", "process"], Label("核算口径", "Scope"), Choices(SCOPES)] = "official"
    vintage: Vintage
    source: Source
    published: Published = False


class ReferenceInput(Input):
    series: Annotated[
        str,
        Field(pattern=r"^[a-z][a-z0-9_]{1,39}$"),
        Label("序列代码", "Series code"),
        Help("全国的数据填 nation", "write nation for the whole country"),
    ]
    zh: Annotated[str, Field(max_length=100), Label("中文名", "Chinese name")]
    en: Annotated[str, Field(max_length=100), Label("英文名", "English name")]
    year: Year
    base_year: Annotated[int, Field(ge=1990, le=2100), Label("基年", "Base year")]
    change: Annotated[
        Decimal, Field(gt=-100, lt=1000, allow_inf_nan=False), Label("累计变化率（%）", "Change (%)"),
        Help("下降为负", "a decline is negative"),
    ]  # fmt: skip
    source: Source
    confidence: Annotated[str, Field(max_length=10), Label("可信度", "Confidence")] = ""
    correction: Annotated[
        str,
        Field(max_length=300),
        Label("更正说明", "Why it is corrected"),
        Help("与已登记的公布值不同时必填", "where it differs from what is recorded as published"),
    ] = ""
