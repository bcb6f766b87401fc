"""CO2 of fossil fuels: heat, carbon per heat and oxidation rate by fuel and equipment."""

from tanzhi.rulebook.accounting.ndrc import add_combustion
from tanzhi.rulebook.kernel import Text, given, total

from .base import AG, NDRC, cement

HEAT = Text("采用的低位发热量", "Net calorific value used")
BURNED = Text("化石燃料燃烧排放量", "Combustion emission")


add_combustion(cement, NDRC, burned="M-high")


@cement.quantity("GJ/t", level="fuel", decimals=3, label=HEAT, law=AG)
def heat_content_since_2024(net_calorific_value=None, default_net_calorific_value=None):
    """Net calorific value, the default where none was tested (采用的低位发热量); 3 decimals as in the steel guide."""
    return given(net_calorific_value, default_net_calorific_value)


@cement.quantity("GJ", level="fuel", label=Text("燃料热量", "Heat of the fuel"), law=AG)
def fuel_heat(fuel_consumption, heat_content):
    """FC × NCV (燃料热量), GJ. Not rounded."""
    return fuel_consumption * heat_content


@cement.quantity("tCO2", level="fuel", decimals=2, label=BURNED, law=AG, confidence="A")
def combustion_emission_since_2024(fuel_consumption, heat_content, default_carbon_per_heat, oxidation_rate):
    """CO2 of a fuel in a month (化石燃料燃烧排放量), E = FC × NCV × CC × OF × 44/12, tCO2; OF by equipment."""
    return fuel_consumption * heat_content * default_carbon_per_heat * oxidation_rate * 44 / 12


@cement.quantity(
    "tCO2",
    level="alternative",
    decimals=2,
    until=2023,
    label=Text("替代燃料排放量", "Emission of alternative fuel"),
    law=NDRC,
    confidence="M-high",
)
def alternative_emission(alternative_quantity, alternative_heat, alternative_factor, fossil_share):
    """Q × HV × EF × fossil share (替代燃料中非生物质碳燃烧排放), tCO2."""
    return alternative_quantity * alternative_heat * alternative_factor * fossil_share / 100


@cement.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("当月燃烧排放量", "Combustion emission of the month"),
    law=NDRC,
    confidence="M-high",
)
def month_combustion_emission(combustion_emission, alternative_emission):
    """All fuels of a line in a month, with the fossil part of alternative ones (当月燃料燃烧排放量), tCO2."""
    return given(total(combustion_emission), 0) + given(total(alternative_emission), 0)


@cement.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月燃烧排放量", "Combustion emission of the month"), law=AG
)
def month_combustion_emission_since_2024(combustion_emission):
    """All fossil fuels of a line in a month (当月化石燃料燃烧排放量), tCO2."""
    return given(total(combustion_emission), 0)


@cement.quantity("GJ", level="month", label=Text("当月燃料热量", "Heat of the month's fuel"), law=AG)
def month_fuel_heat(fuel_heat):
    """Heat of all fossil fuels of a line in a month (当月燃料热量), GJ. Not rounded."""
    return total(fuel_heat)
