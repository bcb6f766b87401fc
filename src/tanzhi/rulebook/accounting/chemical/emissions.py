"""Fuel, carbon balance, carbonates, N2O of acids, recovered CO2, purchased energy (燃料、过程、回收、电热)."""

from tanzhi.rulebook.accounting.ndrc import add_bought_energy, add_combustion
from tanzhi.rulebook.accounting.process_plants import (
    add_by_products,
    add_carbon_balance,
    add_recovery,
)
from tanzhi.rulebook.accounting.supplementary import add_used_energy
from tanzhi.rulebook.kernel import Text, given

from .base import NDRC, chemical

add_combustion(chemical, NDRC, burned="M-high")
add_carbon_balance(chemical, NDRC)
add_by_products(chemical, NDRC)


@chemical.quantity(
    "tCO2",
    level="carbonate",
    decimals=2,
    label=Text("碳酸盐分解排放量", "Emission of carbonates"),
    law=NDRC,
    confidence="M-high",
)
def carbonate_emission(carbonate_quantity, carbonate_factor, carbonate_purity):
    """AD × EF × PUR (碳酸盐使用过程排放), tCO2."""
    return carbonate_quantity * carbonate_factor * carbonate_purity / 100


@chemical.quantity(
    "tN2O", level="acid_process", label=Text("氧化亚氮排放量", "N2O given off"), law=NDRC, confidence="M-high"
)
def nitrous_oxide(acid_output, nitrous_oxide_rate, abatement_efficiency=None, abatement_use=None):
    """AD × EF × (1 − η × μ) ÷ 1000 (N2O 排放量), t; without a device all of it. Not rounded."""
    taken = given(abatement_efficiency, 0) * given(abatement_use, 0)
    return acid_output * nitrous_oxide_rate * (10000 - taken) / 10000 / 1000


@chemical.quantity(
    "tCO2e",
    level="acid_process",
    decimals=2,
    label=Text("氧化亚氮折二氧化碳", "N2O as CO2"),
    law=NDRC,
    confidence="M-high",
)
def acid_emission(nitrous_oxide, nitrous_oxide_warming):
    """N2O × 310 (氧化亚氮折二氧化碳当量), tCO2e."""
    return nitrous_oxide * nitrous_oxide_warming


add_recovery(chemical, NDRC)
add_bought_energy(chemical, NDRC)
add_used_energy(chemical, "M-high")
