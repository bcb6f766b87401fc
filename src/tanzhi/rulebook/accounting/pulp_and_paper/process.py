"""CO2 of fuel and limestone, CH4 of waste water, purchased energy."""

from tanzhi.rulebook.accounting.ndrc import (
    add_combustion,
    add_electricity_emission,
    add_heat_emission,
    add_month_combustion,
    add_month_energy,
)
from tanzhi.rulebook.kernel import Text, given

from .base import NDRC, pulp_and_paper

add_combustion(pulp_and_paper, NDRC, heat="M-low")
add_month_combustion(pulp_and_paper, NDRC)
add_electricity_emission(pulp_and_paper, NDRC)
add_heat_emission(pulp_and_paper, NDRC)
add_month_energy(pulp_and_paper, NDRC)


@pulp_and_paper.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("石灰石分解排放量", "Emission of limestone"),
    law=NDRC,
    confidence="M-high",
)
def limestone_emission(limestone_used, limestone_factor):
    """Limestone × factor (石灰石分解排放), tCO2."""
    return limestone_used * limestone_factor


@pulp_and_paper.quantity(
    "kg",
    level="month",
    label=Text("厌氧处理去除的COD", "COD removed by treatment"),
    law=NDRC,
    confidence="A",
)
def organic_load(wastewater_volume, oxygen_demand_in, oxygen_demand_out):
    """TOW = W × (COD in − COD out) (厌氧处理去除的有机物总量), kg COD. Not rounded."""
    return wastewater_volume * (oxygen_demand_in - oxygen_demand_out)


@pulp_and_paper.quantity("kg", level="month", label=Text("产生的甲烷", "Methane generated"), law=NDRC, confidence="A")
def methane_generated(
    organic_load, methane_potential, methane_correction, sludge_removed=None, own_methane_correction=None
):
    """(TOW − S) × Bo × MCF (产生的甲烷), kg. Not rounded."""
    treated = organic_load - given(sludge_removed, 0)
    return treated * methane_potential * given(own_methane_correction, methane_correction)


@pulp_and_paper.quantity("kg", level="month", label=Text("回收的甲烷", "Methane recovered"), law=NDRC, confidence="A")
def methane_recovered(methane_burned=None, methane_flared=None):
    """What was burned for heat or power and what a flare destroyed, R (甲烷回收量), kg."""
    return given(methane_burned, 0) + given(methane_flared, 0)


@pulp_and_paper.quantity(
    "tCO2e",
    level="month",
    decimals=2,
    label=Text("废水厌氧处理排放量", "Emission of waste water"),
    law=NDRC,
    confidence="A",
    empirical=True,
)
def wastewater_emission(methane_generated, methane_recovered, methane_warming):
    """((TOW − S) × Bo × MCF − R) × 21 ÷ 1000 (废水厌氧处理甲烷排放), tCO2e."""
    return (methane_generated - methane_recovered) * methane_warming / 1000
