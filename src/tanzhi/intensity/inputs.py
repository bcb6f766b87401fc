"""What the ledger's actions are told; percent for a fraction, an index for growth and a missing factor are refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.queries import region_by_code

Year = Annotated[int, Field(ge=1978, le=2100), Label("年份", "Year")]
Vintage = Annotated[Literal["flash", "annual", "verified", "census"], Label("数据口径", "Vintage")]
Source = Annotated[str, Field(min_length=2, max_length=300), Label("来源", "Source")]
Quantity = Annotated[Decimal, Field(ge=0, max_digits=20, allow_inf_nan=False)]
RegionCode = Annotated[str, Field(max_length=12), Label("地区代码", "Region code")]
Published = Annotated[bool, Label("公开", "Public")]


class RegionInput(Input):
    """Something told of one region."""

    region: RegionCode
    source: Source
    published: Published = False


def place_of_region(data: RegionInput) -> Place:
    return region_by_code(data.region).place


class GdpInput(RegionInput):
    year: Year
    price_base: Annotated[int, Field(ge=1978, le=2100), Label("价格基期", "Price base")]
    value: Annotated[
        Decimal, Field(gt=0, max_digits=20, allow_inf_nan=False), Label("地区生产总值（亿元）", "GDP (10^8 yuan)")
    ]
    vintage: Vintage


class Transfer(Input):
    """Electricity that came in or went out, with the factor of the exporting side."""

    partner: Annotated[str, Field(min_length=1, max_length=60), Label("调入调出对方", "Partner")]
    direction: Annotated[Literal["import", "export"], Label("方向", "Direction")]
    electricity: Annotated[Quantity, Label("电量（亿千瓦时）", "Electricity (10^8 kWh)")]
    factor: Annotated[Decimal, Field(ge=0, le=2, allow_inf_nan=False), Label("因子（千克/千瓦时）", "Factor (kg/kWh)")]


class EnergyInput(RegionInput):
    year: Year
    coal: Annotated[Quantity, Label("煤炭（万吨标准煤）", "Coal (10^4 tce)")]
    oil: Annotated[Quantity, Label("油品（万吨标准煤）", "Oil (10^4 tce)")]
    gas: Annotated[Quantity, Label("天然气（万吨标准煤）", "Gas (10^4 tce)")]
    transfers: Annotated[list[Transfer], Label("电力调入调出", "Electricity transfers")] = Field(default_factory=list)
    vintage: Vintage


class TargetInput(RegionInput):
    base_year: Annotated[int, Field(ge=1990, le=2100), Label("基年", "Base year")]
    end_year: Annotated[int, Field(ge=1990, le=2100), Label("目标年", "Target year")]
    decline: Annotated[Decimal, Label("下降目标（%）", "Decline (%)")]
    binding: Annotated[bool, Label("约束性", "Binding")] = True


class ReferenceInput(Input):
    series: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$"), Label("序列代码", "Series code")]
    zh: Annotated[str, Field(max_length=100), Label("中文名", "Chinese name")]
    en: Annotated[str, Field(max_length=100), Label("英文名", "English name")]
    year: Year
    base_year: Annotated[int, Field(ge=1990, le=2100), Label("基年", "Base year")]
    change: Annotated[Decimal, Field(gt=-100, lt=1000), Label("累计变化率（%）", "Change (%)")]
    source: Source
    confidence: Annotated[str, Field(max_length=10), Label("可信度", "Confidence")] = ""
