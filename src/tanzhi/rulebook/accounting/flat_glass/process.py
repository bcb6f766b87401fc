"""CO2 of fuel, carbon powder and carbonates, purchased energy."""

from tanzhi.rulebook.accounting.ndrc import (
    add_combustion,
    add_electricity_emission,
    add_heat_emission,
    add_month_combustion,
    add_month_energy,
)
from tanzhi.rulebook.kernel import Text, given, total

from .base import NDRC, flat_glass

add_combustion(flat_glass, NDRC, heat="M-low")
add_month_combustion(flat_glass, NDRC)
add_electricity_emission(flat_glass, NDRC)
add_heat_emission(flat_glass, NDRC)
add_month_energy(flat_glass, NDRC)


@flat_glass.quantity("GJ", level="fuel", label=Text("燃料热量", "Heat of the fuel"), law=NDRC)
def fuel_heat(fuel_consumption, heat_content):
    """FC × NCV (燃料热量), GJ. Not rounded."""
    return fuel_consumption * heat_content


@flat_glass.quantity("GJ", level="month", label=Text("当月燃料热量", "Heat of the month's fuel"), law=NDRC)
def month_fuel_heat(fuel_heat):
    """Heat of all fossil fuels of a line in a month (当月燃料热量), GJ. Not rounded."""
    return total(fuel_heat)


@flat_glass.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("碳粉氧化排放量", "Emission of carbon powder"),
    law=NDRC,
    confidence="M-high",
)
def powder_emission(carbon_powder, carbon_powder_default, carbon_share=None):
    """Q × C × 44/12 (原料配料中碳粉氧化的排放), tCO2."""
    return carbon_powder * given(carbon_share, carbon_powder_default) / 100 * 44 / 12


@flat_glass.quantity(
    "tCO2",
    level="material",
    decimals=2,
    label=Text("碳酸盐分解排放量", "Emission of carbonates"),
    law=NDRC,
    confidence="M-high",
)
def carbonate_emission(
    material_quantity, carbonate_factor, calcined_default, purity_default, calcined_share=None, purity=None
):
    """M × purity × EF × calcined share (原料碳酸盐分解的排放), tCO2; both are whole where none is stated."""
    carbonate = material_quantity * given(purity, purity_default) / 100
    return carbonate * carbonate_factor * given(calcined_share, calcined_default) / 100


@flat_glass.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月过程排放量", "Process emission of the month"), law=NDRC
)
def month_process_emission(carbonate_emission):
    """All carbonates of the month (当月碳酸盐分解排放量), tCO2; nil where none was used."""
    return given(total(carbonate_emission), 0)
