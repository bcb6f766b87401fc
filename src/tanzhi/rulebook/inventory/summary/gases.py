"""Each gas: its mass without and with land use, and its equivalent."""

from tanzhi.rulebook.kernel import Text, chosen, total, where

from ..law import GUIDE
from .base import inventory


@inventory.quantity("t", level="category", label=Text("计入总量的质量", "Mass in the total"), law=GUIDE)
def counted_mass(sector, mass):
    """The mass, nil for land use and memo items (计入不含土地利用总量的质量), t."""
    return where(chosen(sector, "land", "memo"), 0, mass)


@inventory.quantity("t", level="category", label=Text("土地利用的质量", "Mass of land use"), law=GUIDE)
def land_mass(sector, mass):
    """The mass of land use alone, nil for everything else (土地利用变化和林业的质量), t."""
    return where(chosen(sector, "land"), mass, 0)


@inventory.quantity("tCO2e", level="category", label=Text("二氧化碳当量", "CO2 equivalent"), law=GUIDE)
def equivalent(mass, warming_potential):
    """Mass × warming potential of the chosen set (二氧化碳当量), tCO2e."""
    return mass * warming_potential


@inventory.quantity("t", level="gas", label=Text("该气体总质量", "Mass of the gas"), law=GUIDE)
def gas_mass(counted_mass):
    """All categories without land use and memo items (该气体排放总质量), t of the gas."""
    return total(counted_mass)


@inventory.quantity("t", level="gas", label=Text("该气体土地利用质量", "Mass of the gas, land use"), law=GUIDE)
def gas_land_mass(land_mass):
    """Land use alone (该气体土地利用质量), t of the gas."""
    return total(land_mass)


@inventory.quantity("tCO2e", level="gas", label=Text("该气体当量", "Equivalent of the gas"), law=GUIDE)
def gas_equivalent(gas_mass, warming_potential):
    """Mass × warming potential, without land use (该气体二氧化碳当量), tCO2e."""
    return gas_mass * warming_potential


@inventory.quantity(
    "tCO2e", level="gas", label=Text("该气体当量（含土地利用）", "Equivalent of the gas with land use"), law=GUIDE
)
def gas_net_equivalent(gas_mass, gas_land_mass, warming_potential):
    """Mass with land use × warming potential (含土地利用的二氧化碳当量), tCO2e."""
    return (gas_mass + gas_land_mass) * warming_potential
