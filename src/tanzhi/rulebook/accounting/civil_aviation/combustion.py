"""CO2 of fuel burned in flight and on the ground (燃料燃烧排放)."""

from tanzhi.rulebook.accounting.ndrc import add_combustion
from tanzhi.rulebook.kernel import Text, chosen, given, total, where

from .base import JET, NDRC, civil_aviation


@civil_aviation.quantity(
    "GJ/t",
    level="aviation_fuel",
    decimals=3,
    label=Text("航空燃料采用的低位发热量", "Net calorific value of aviation fuel used"),
    law=NDRC,
)
def aviation_heat_content(default_aviation_heat, aviation_heat=None):
    """Net calorific value, the default where none was tested (采用的低位发热量)."""
    return given(aviation_heat, default_aviation_heat)


@civil_aviation.quantity(
    "tCO2",
    level="aviation_fuel",
    decimals=2,
    label=Text("飞行燃料排放量", "Emission of flights"),
    law=NDRC,
    confidence="M-high",
)
def flight_emission(
    aviation_consumption, aviation_heat_content, aviation_carbon_per_heat, aviation_oxidation_rate, biomass_share=None
):
    """FC × NCV × CC × OF × 44/12 × (1 − BF) (航空燃料燃烧排放), tCO2; the biomass of a blend does not count."""
    carbon = aviation_consumption * aviation_heat_content * aviation_carbon_per_heat * aviation_oxidation_rate
    return carbon * 44 / 12 * (100 - given(biomass_share, 0)) / 100


add_combustion(civil_aviation, NDRC, burned="M-high", label=Text("地面燃料排放量", "Emission of fuel on the ground"))


@civil_aviation.quantity("t", level="aviation_fuel", label=Text("航空煤油消耗量", "Jet kerosene burned"), law=NDRC)
def jet_consumption(aviation_fuel, aviation_consumption):
    """Jet kerosene burned in flight, else blank (航空煤油消耗量), t."""
    return where(chosen(aviation_fuel, JET), aviation_consumption, None)


@civil_aviation.quantity(
    "tCO2", level="aviation_fuel", label=Text("航空煤油排放量", "Emission of jet kerosene"), law=NDRC
)
def jet_emission(aviation_fuel, flight_emission):
    """Emission of jet kerosene, else blank (航空煤油排放量), tCO2."""
    return where(chosen(aviation_fuel, JET), flight_emission, None)


@civil_aviation.quantity("tCO2", level="month", decimals=2, label=Text("当月排放量", "Emission of the month"), law=NDRC)
def month_emission(flight_emission, combustion_emission):
    """Fuel of flights and on the ground in a month (当月燃料燃烧排放量), tCO2."""
    return given(total(flight_emission), 0) + given(total(combustion_emission), 0)
