"""CH4 and N2O of combustion where the guide asks for them: power and heat, and transport."""

from tanzhi.rulebook.kernel import Text, all_of, chosen, given, total, where

from ..law import GUIDE, YEAR, YEARBOOK
from .base import COALS, energy

ASKED = ("power_heat", "aviation", "road", "rail", "water")


@energy.quantity("tCH4", level="fuel", label=Text("燃料燃烧甲烷", "CH4 of the fuel"), law=GUIDE, confidence="M-med")
def fuel_ch4(sector, fuel_heat, methane_factor=None):
    """CH4 = heat × factor (燃料燃烧甲烷), kg to t; blank where the guide does not ask for it."""
    return where(chosen(sector, *ASKED), fuel_heat * methane_factor / 1000, None)


@energy.input(
    "1",
    level="fuel",
    decimals=4,
    form=YEAR,
    label=Text("其中流化床锅炉燃用的比例", "Share burnt in fluidised beds"),
    evidence=YEARBOOK,
)
def fluidised_share():
    """Share of a power station's coal that fluidised beds burn (流化床锅炉燃用比例), 0 to 1; blank is none."""


@energy.quantity(
    "kg/TJ", level="fuel", label=Text("采用的氧化亚氮因子", "N2O factor used"), law=GUIDE, confidence="M-med"
)
def nitrous_oxide_used(sector, fuel, fluidised_bed_factor, nitrous_oxide_factor=None, fluidised_share=None):
    """Of a power station's coal by where it is burnt, fluidised beds and others (采用的氧化亚氮因子), kg/TJ."""
    share = given(fluidised_share, 0)
    mixed = share * fluidised_bed_factor + (1 - share) * nitrous_oxide_factor
    return where(all_of(chosen(sector, "power_heat"), chosen(fuel, *COALS)), mixed, nitrous_oxide_factor)


@energy.quantity("tN2O", level="fuel", label=Text("燃料燃烧氧化亚氮", "N2O of the fuel"), law=GUIDE, confidence="M-med")
def fuel_n2o(sector, fuel_heat, nitrous_oxide_used=None):
    """N2O = heat × factor (燃料燃烧氧化亚氮), kg to t; blank where the guide does not ask for it."""
    return where(chosen(sector, *ASKED), fuel_heat * nitrous_oxide_used / 1000, None)


@energy.quantity("tCH4", level="sector", label=Text("部门燃烧甲烷", "Combustion CH4 of the sector"), law=GUIDE)
def sector_ch4(fuel_ch4):
    """All fuels of a sector (部门燃烧甲烷), tCH4."""
    return total(fuel_ch4)


@energy.quantity("tN2O", level="sector", label=Text("部门燃烧氧化亚氮", "Combustion N2O of the sector"), law=GUIDE)
def sector_n2o(fuel_n2o):
    """All fuels of a sector (部门燃烧氧化亚氮), tN2O."""
    return total(fuel_n2o)
