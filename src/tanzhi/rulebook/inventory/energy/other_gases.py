"""CH4 and N2O of combustion where the guide asks for them: power and heat, and transport."""

from tanzhi.rulebook.kernel import Text, chosen, total, where

from ..law import GUIDE
from .base import energy

ASKED = ("power_heat", "aviation", "road", "rail", "water")


@energy.quantity("tCH4", level="fuel", label=Text("燃料燃烧甲烷", "CH4 of the fuel"), law=GUIDE, confidence="M-med")
def fuel_ch4(sector, fuel_heat, methane_factor=None):
    """CH4 = heat × factor (燃料燃烧甲烷), kg to t; blank where the guide does not ask for it."""
    return where(chosen(sector, *ASKED), fuel_heat * methane_factor / 1000, None)


@energy.quantity("tN2O", level="fuel", label=Text("燃料燃烧氧化亚氮", "N2O of the fuel"), law=GUIDE, confidence="M-med")
def fuel_n2o(sector, fuel_heat, nitrous_oxide_factor=None):
    """N2O = heat × factor (燃料燃烧氧化亚氮), kg to t; blank where the guide does not ask for it."""
    return where(chosen(sector, *ASKED), fuel_heat * nitrous_oxide_factor / 1000, None)


@energy.quantity("tCH4", level="sector", label=Text("部门燃烧甲烷", "Combustion CH4 of the sector"), law=GUIDE)
def sector_ch4(fuel_ch4):
    """All fuels of a sector (部门燃烧甲烷), tCH4."""
    return total(fuel_ch4)


@energy.quantity("tN2O", level="sector", label=Text("部门燃烧氧化亚氮", "Combustion N2O of the sector"), law=GUIDE)
def sector_n2o(fuel_n2o):
    """All fuels of a sector (部门燃烧氧化亚氮), tN2O."""
    return total(fuel_n2o)
