"""A month's, a process's and the enterprise's emission, and what a tonne of aluminium emits."""

from tanzhi.rulebook.accounting.ndrc import add_month_energy
from tanzhi.rulebook.kernel import Text, chosen, given, quotient, total, where

from .base import AG, ELECTROLYSIS, NDRC, aluminium

YEAR = Text("企业排放量", "Emission of the enterprise")


@aluminium.quantity(
    "tCO2e", level="month", decimals=2, label=Text("当月电解排放量", "Electrolysis of the month"), law=AG
)
def electrolysis_emission(process_kind, anode_emission, effect_emission):
    """Anodes and anode effects of electrolysis (当月电解工序排放量), tCO2e; nil of other facilities."""
    return where(chosen(process_kind, ELECTROLYSIS), anode_emission + effect_emission, 0)


@aluminium.quantity("tCO2e", level="month", decimals=2, label=Text("当月排放量", "Emission of the month"), law=AG)
def month_emission(electrolysis_emission, combustion_emission, carbonate_emission):
    """Electrolysis, fuel and carbonates (当月排放量), tCO2e."""
    return electrolysis_emission + given(total(combustion_emission), 0) + given(total(carbonate_emission), 0)


add_month_energy(aluminium, NDRC, until=2023)


@aluminium.quantity("tCO2e", level="process", decimals=2, label=Text("工序排放量", "Emission of the process"), law=AG)
def process_emission(month_emission):
    """The months together (工序排放量), tCO2e."""
    return total(month_emission)


@aluminium.quantity("tCO2e", level="process", decimals=2, label=Text("电解工序排放量", "Electrolysis"), law=AG)
def process_electrolysis(electrolysis_emission):
    """Anodes and anode effects of the year (电解工序排放量), tCO2e: what allowances are determined by."""
    return total(electrolysis_emission)


@aluminium.quantity("t", level="process", decimals=2, label=Text("年铝液产量", "Aluminium of the year"), law=AG)
def process_aluminium(aluminium_output):
    """Liquid aluminium of the year (年铝液产量), t."""
    return total(aluminium_output)


@aluminium.quantity(
    "tCO2e/t",
    level="process",
    decimals=4,
    label=Text("单位铝液排放量", "Emission by aluminium"),
    law=AG,
    confidence="M-low",
)
def emission_per_aluminium(process_electrolysis, process_aluminium):
    """E of electrolysis ÷ liquid aluminium (单位铝液排放量), tCO2e/t; 4 decimals as in the steel guide."""
    return quotient(process_electrolysis, process_aluminium)


@aluminium.quantity("tCO2e", level="enterprise", decimals=0, label=YEAR, law=NDRC, confidence="M-high")
def enterprise_emission(process_emission, month_energy_emission):
    """All processes with purchased electricity and heat (企业温室气体排放总量), tCO2e, as a whole number."""
    return total(process_emission) + total(month_energy_emission)


@aluminium.quantity("tCO2e", level="enterprise", decimals=0, label=YEAR, law=AG)
def enterprise_emission_since_2024(process_emission):
    """All processes, direct emission only (企业层级排放量), tCO2e, as a whole number."""
    return total(process_emission)
