"""CO2 of fossil fuels and carbonates, and until data year 2023 of purchased electricity and heat."""

from tanzhi.rulebook.accounting.ndrc import add_combustion, add_heat_emission
from tanzhi.rulebook.kernel import Text, given

from .base import AG, NDRC, aluminium

HEAT = Text("采用的低位发热量", "Net calorific value used")
BURNED = Text("化石燃料燃烧排放量", "Combustion emission")


add_combustion(aluminium, NDRC, heat="M-low")


@aluminium.quantity("GJ/t", level="fuel", decimals=3, label=HEAT, law=AG, confidence="INF")
def heat_content_since_2024(net_calorific_value=None, steel_net_calorific_value=None):
    """Net calorific value, the steel guide's where none was tested, as this guide's was not seen (采用的低位发热量)."""
    return given(net_calorific_value, steel_net_calorific_value)


@aluminium.quantity("tCO2", level="fuel", decimals=2, label=BURNED, law=AG, confidence="INF")
def combustion_emission_since_2024(fuel_consumption, heat_content, default_carbon_per_heat, oxidation_rate):
    """E = FC × NCV × CC × OF × 44/12 (化石燃料燃烧排放量), tCO2; the tables of the steel guide stand in."""
    return fuel_consumption * heat_content * default_carbon_per_heat * oxidation_rate * 44 / 12


@aluminium.quantity(
    "tCO2",
    level="material",
    decimals=2,
    label=Text("碳酸盐分解排放量", "Emission of carbonates"),
    law=AG,
    confidence="A",
)
def carbonate_emission(material_quantity, carbonate_factor):
    """Quantity × factor (碳酸盐分解排放量), tCO2."""
    return material_quantity * carbonate_factor


@aluminium.quantity(
    "tCO2",
    level="month",
    decimals=2,
    until=2023,
    label=Text("净购入电力排放量", "Emission of purchased electricity"),
    law=NDRC,
    confidence="M-med",
)
def electricity_emission(electricity_used, grid_factor):
    """Net purchased electricity × grid factor (净购入电力排放), tCO2; which year's factor was used is not settled."""
    return electricity_used * grid_factor


add_heat_emission(aluminium, NDRC, until=2023)
