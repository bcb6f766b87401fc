"""Kinds of energy as statistics and plants name them alike: group, unit; what a plant filed of each in its months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tanzhi.rulebook.kernel import Industry, Text

from .year_books import FiledNumber, Series, YearBook

COAL, OIL, GAS, ELECTRICITY, BY_PRODUCT = "coal", "oil", "gas", "electricity", "by_product"
GROUPS = {
    COAL: Text("煤炭及焦炭", "Coal and coke"),
    OIL: Text("油品", "Oil"),
    GAS: Text("天然气", "Natural gas"),
    ELECTRICITY: Text("电力", "Electricity"),
    BY_PRODUCT: Text("副产煤气", "By-product gas"),
}
"""By-product gas was made of other energy, which counts it already: it stands in no sum of groups."""
TONNE, GAS_UNIT, MEGAWATT_HOUR = "t", "10^4 Nm3", "MWh"
UNITS = {
    TONNE: Text("吨", "t"),
    GAS_UNIT: Text("万标准立方米", "10⁴ Nm³"),
    MEGAWATT_HOUR: Text("兆瓦时", "MWh"),
}


@dataclass(frozen=True, slots=True)
class EnergyItem:
    """One kind of energy of form 205-1 (能源购进、消费与库存), by the code that forms of plants use for it."""

    label: Text
    group: str
    unit: str = TONNE


ITEMS: dict[str, EnergyItem] = {
    "anthracite": EnergyItem(Text("无烟煤", "Anthracite"), COAL),
    "bituminous": EnergyItem(Text("烟煤", "Bituminous coal"), COAL),
    "lignite": EnergyItem(Text("褐煤", "Lignite"), COAL),
    "blended_coal": EnergyItem(Text("混煤", "Blended coal"), COAL),
    "washed_coal": EnergyItem(Text("洗精煤", "Washed coal"), COAL),
    "other_washed_coal": EnergyItem(Text("其他洗煤", "Other washed coal"), COAL),
    "briquette": EnergyItem(Text("型煤", "Briquettes"), COAL),
    "coal_water_slurry": EnergyItem(Text("水煤浆", "Coal-water slurry"), COAL),
    "coal_gangue": EnergyItem(Text("煤矸石", "Coal gangue"), COAL),
    "coal_slime": EnergyItem(Text("煤泥", "Coal slime"), COAL),
    "coke": EnergyItem(Text("焦炭", "Coke"), COAL),
    "other_coal_products": EnergyItem(Text("其他煤制品", "Other coal products"), COAL),
    "crude_oil": EnergyItem(Text("原油", "Crude oil"), OIL),
    "fuel_oil": EnergyItem(Text("燃料油", "Fuel oil"), OIL),
    "gasoline": EnergyItem(Text("汽油", "Gasoline"), OIL),
    "diesel": EnergyItem(Text("柴油", "Diesel"), OIL),
    "kerosene": EnergyItem(Text("煤油", "Kerosene"), OIL),
    "jet_kerosene": EnergyItem(Text("航空煤油", "Jet kerosene"), OIL),
    "aviation_gasoline": EnergyItem(Text("航空汽油", "Aviation gasoline"), OIL),
    "lpg": EnergyItem(Text("液化石油气", "Liquefied petroleum gas"), OIL),
    "refinery_gas": EnergyItem(Text("炼厂干气", "Refinery gas"), OIL),
    "petroleum_coke": EnergyItem(Text("石油焦", "Petroleum coke"), OIL),
    "other_petroleum": EnergyItem(Text("其他石油制品", "Other petroleum products"), OIL),
    "coal_tar": EnergyItem(Text("煤焦油", "Coal tar"), BY_PRODUCT),
    "crude_benzene": EnergyItem(Text("粗苯", "Crude benzene"), BY_PRODUCT),
    "natural_gas": EnergyItem(Text("天然气", "Natural gas"), GAS, GAS_UNIT),
    "lng": EnergyItem(Text("液化天然气", "Liquefied natural gas"), GAS),
    "coke_oven_gas": EnergyItem(Text("焦炉煤气", "Coke oven gas"), BY_PRODUCT, GAS_UNIT),
    "blast_furnace_gas": EnergyItem(Text("高炉煤气", "Blast furnace gas"), BY_PRODUCT, GAS_UNIT),
    "converter_gas": EnergyItem(Text("转炉煤气", "Converter gas"), BY_PRODUCT, GAS_UNIT),
    "carbide_furnace_gas": EnergyItem(Text("电石炉炉气", "Carbide furnace gas"), BY_PRODUCT, GAS_UNIT),
    "other_gas": EnergyItem(Text("其他煤气", "Other gas"), BY_PRODUCT, GAS_UNIT),
    ELECTRICITY: EnergyItem(Text("电力", "Electricity"), ELECTRICITY, MEGAWATT_HOUR),
}


@dataclass(frozen=True, slots=True)
class FiledEnergy:
    """A month's energy of one unit as a plant filed it; electricity that was sold counts below zero."""

    item: str
    unit: str  # lines[1]
    month: str
    sign: int
    cell: FiledNumber
    series: Series

    @property
    def amount(self) -> Decimal:
        return self.sign * self.cell.number


def filed_energy(of: YearBook, industry: Industry) -> Iterator[FiledEnergy]:
    """A plant's energy, cell by cell; where the register says which entry is the enterprise, that one alone."""
    for series in of.series:
        if industry.whole and industry.whole not in of.kinds.get(series.unit, "").split():
            continue
        item = item_of(series, industry)
        sign = -1 if series.field == industry.electricity_sold else 1
        for month, cell in series.months.items() if item else ():
            yield FiledEnergy(item, series.unit, month, sign, cell, series)


def item_of(series: Series, industry: Industry) -> str:
    """The kind of energy that a series measures; empty where it measures none."""
    if not series.row and series.field and series.field in (industry.electricity, industry.electricity_sold):
        return ELECTRICITY
    kind = series.row.rpartition("[")[2].removesuffix("]")
    return kind if series.field in ("fuel_consumption", industry.used) and kind in ITEMS else ""
