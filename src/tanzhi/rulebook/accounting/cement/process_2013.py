"""CO2 of carbonates by CaO and MgO in clinker, dust and carbon of raw meal, purchased energy; to data year 2023."""

from tanzhi.rulebook.accounting.ndrc import add_electricity_emission, add_heat_emission
from tanzhi.rulebook.kernel import Text, given

from .base import NDRC, cement


@cement.quantity(
    "%", level="month", until=2023, label=Text("碳酸盐来源氧化钙", "CaO from carbonate"), law=NDRC, confidence="M-high"
)
def carbonate_lime(cao, cao_not_carbonate=None):
    """FR1 − FR10 (碳酸盐分解的氧化钙), %."""
    return cao - given(cao_not_carbonate, 0)


@cement.quantity(
    "%", level="month", until=2023, label=Text("碳酸盐来源氧化镁", "MgO from carbonate"), law=NDRC, confidence="M-high"
)
def carbonate_magnesia(mgo, mgo_not_carbonate=None):
    """FR2 − FR20 (碳酸盐分解的氧化镁), %."""
    return mgo - given(mgo_not_carbonate, 0)


@cement.quantity(
    "tCO2/t", level="month", until=2023, label=Text("碳酸盐分解因子", "Carbonate factor"), law=NDRC, confidence="M-high"
)
def carbonate_factor(carbonate_lime, carbonate_magnesia, carbon_dioxide_mass, lime_mass, magnesia_mass):
    """(FR1 − FR10) × 44/56 + (FR2 − FR20) × 44/40 (碳酸盐分解因子), tCO2 by t of clinker. Not rounded."""
    lime = carbonate_lime * carbon_dioxide_mass / lime_mass
    return (lime + carbonate_magnesia * carbon_dioxide_mass / magnesia_mass) / 100


@cement.quantity(
    "tCO2",
    level="month",
    decimals=2,
    until=2023,
    label=Text("熟料碳酸盐排放量", "Emission of carbonates"),
    law=NDRC,
    confidence="M-high",
)
def carbonate_emission(clinker_output, carbonate_factor, kiln_dust=None, bypass_dust=None):
    """(Q + kiln dust + by-pass dust) × factor (原料碳酸盐分解排放), tCO2."""
    return (clinker_output + given(kiln_dust, 0) + given(bypass_dust, 0)) * carbonate_factor


@cement.quantity(
    "tCO2",
    level="month",
    decimals=2,
    until=2023,
    label=Text("生料非燃料碳排放量", "Emission of carbon in raw meal"),
    law=NDRC,
    confidence="M-high",
)
def meal_emission(raw_meal, meal_carbon_default, meal_carbon=None):
    """Raw meal × FR0 × 44/12 (生料中非燃料碳煅烧排放), tCO2."""
    return raw_meal * given(meal_carbon, meal_carbon_default) / 100 * 44 / 12


@cement.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("当月过程排放量", "Process emission"),
    law=NDRC,
    confidence="M-high",
)
def month_process_emission(carbonate_emission=None, meal_emission=None):
    """Carbonates and carbon of raw meal (当月过程排放量), tCO2."""
    return given(carbonate_emission, 0) + given(meal_emission, 0)


add_electricity_emission(cement, NDRC, until=2023)
add_heat_emission(cement, NDRC, until=2023)
