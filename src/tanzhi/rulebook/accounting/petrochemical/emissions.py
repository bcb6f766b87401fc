"""Fuel, burn-off, asphalt, decoking, carbon balances, recovered CO2, purchased energy (燃料、过程、回收、电热)."""

from tanzhi.rulebook.accounting.ndrc import add_bought_energy, add_combustion, add_month_combustion, add_month_energy
from tanzhi.rulebook.accounting.process_plants import (
    add_by_products,
    add_carbon_balance,
    add_recovery,
)
from tanzhi.rulebook.accounting.supplementary import add_supplementary_data
from tanzhi.rulebook.kernel import Text, given

from .base import NDRC, petrochemical

add_combustion(petrochemical, NDRC, burned="M-high")
add_month_combustion(petrochemical, NDRC)


@petrochemical.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("连续烧焦排放量", "Emission of coke burned off"),
    law=NDRC,
    confidence="A",
)
def burn_off_emission(coke_burned, default_coke_carbon, burn_off_oxidation, coke_carbon=None):
    """MC × CF × OF × 44/12 (催化裂化等连续烧焦排放), tCO2."""
    return coke_burned * given(coke_carbon, default_coke_carbon) / 100 * burn_off_oxidation * 44 / 12


@petrochemical.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("间歇烧焦排放量", "Emission of regeneration"),
    law=NDRC,
    confidence="M-med",
    empirical=True,
)
def regeneration_emission(catalyst, carbon_before, carbon_after):
    """MC × (1 − CFb) × (CFb ÷ (1 − CFb) − CFa ÷ (1 − CFa)) × 44/12 (间歇烧焦排放), tCO2; no oxidation [M-med]."""
    burned = carbon_before / (100 - carbon_before) - carbon_after / (100 - carbon_after)
    return catalyst * (100 - carbon_before) / 100 * burned * 44 / 12


@petrochemical.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("氧化沥青排放量", "Emission of asphalt"),
    law=NDRC,
    confidence="M-high",
)
def asphalt_emission(asphalt_output, asphalt_factor):
    """Output × 0.03 (氧化沥青装置排放), tCO2."""
    return asphalt_output * asphalt_factor


@petrochemical.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("炉管烧焦排放量", "Emission of decoking"),
    law=NDRC,
    confidence="M-high",
    empirical=True,
)
def decoking_emission(decoking_flow, decoking_hours, decoking_dioxide, decoking_monoxide, dioxide_density):
    """Q × T × (CO2 + CO) × 19.7 ÷ 10^4 (乙烯裂解炉管烧焦排放), tCO2."""
    carbon_oxides = (decoking_dioxide + decoking_monoxide) / 100
    return decoking_flow * decoking_hours * carbon_oxides * dioxide_density / 10000


add_carbon_balance(petrochemical, NDRC)
add_by_products(petrochemical, NDRC)
add_recovery(petrochemical, NDRC)
add_bought_energy(petrochemical, NDRC)
add_month_energy(petrochemical, NDRC)
add_supplementary_data(petrochemical, "plant", "M-med")
