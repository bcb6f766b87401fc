"""Totals of the region: by sector, without and with land use, memo items apart."""

from tanzhi.rulebook.kernel import Text, all_of, chosen, total, where

from ..law import GUIDE
from .base import inventory


@inventory.quantity("tCO2e", level="region", label=Text("能源活动", "Energy"), law=GUIDE)
def energy_equivalent(sector, equivalent):
    """Sum of the categories of energy (能源活动), tCO2e."""
    return total(where(chosen(sector, "energy"), equivalent, None))


@inventory.quantity("tCO2e", level="region", label=Text("工业生产过程", "Industrial processes"), law=GUIDE)
def processes_equivalent(sector, equivalent):
    """Sum of the categories of industrial processes (工业生产过程), tCO2e."""
    return total(where(chosen(sector, "processes"), equivalent, None))


@inventory.quantity("tCO2e", level="region", label=Text("农业", "Agriculture"), law=GUIDE)
def agriculture_equivalent(sector, equivalent):
    """Sum of the categories of agriculture (农业), tCO2e."""
    return total(where(chosen(sector, "agriculture"), equivalent, None))


@inventory.quantity(
    "tCO2e", level="region", label=Text("土地利用变化和林业", "Land-use change and forestry"), law=GUIDE
)
def land_equivalent(sector, equivalent):
    """Sum of the categories of land use, a removal negative (土地利用变化和林业), tCO2e."""
    return total(where(chosen(sector, "land"), equivalent, None))


@inventory.quantity("tCO2e", level="region", label=Text("废弃物处理", "Waste"), law=GUIDE)
def waste_equivalent(sector, equivalent):
    """Sum of the categories of waste (废弃物处理), tCO2e."""
    return total(where(chosen(sector, "waste"), equivalent, None))


@inventory.quantity("tCO2e", level="region", label=Text("信息项", "Memo items"), law=GUIDE)
def memo_equivalent(sector, equivalent):
    """Electricity in and out, beside the total and never in it (信息项), tCO2e."""
    return total(where(chosen(sector, "memo"), equivalent, None))


@inventory.quantity(
    "tCO2e", level="region", label=Text("排放总量（不含土地利用）", "Total without land use"), law=GUIDE
)
def total_equivalent(gas_equivalent):
    """Sum of all gases (温室气体排放总量，不含土地利用变化和林业), tCO2e."""
    return total(gas_equivalent)


@inventory.quantity("tCO2e", level="region", label=Text("排放总量（含土地利用）", "Total with land use"), law=GUIDE)
def net_equivalent(total_equivalent, land_equivalent):
    """Total and land use (温室气体排放总量，含土地利用变化和林业), tCO2e; blank while land use is not stated."""
    return total_equivalent + land_equivalent


@inventory.check(
    "INV-03",
    severity="error",
    level="category",
    fields=("mass",),
    message=Text(
        "{category}的排放量为负（{found}），只有土地利用与电力信息项可以为负",
        "{category} is negative ({found}); only land use and the memo of electricity may be",
    ),
    expected=Text("不小于 0", "not below 0"),
)
def only_land_and_memo_are_negative(category, sector, mass):
    return all_of(mass < 0, chosen(sector, "energy", "processes", "agriculture", "waste"))
