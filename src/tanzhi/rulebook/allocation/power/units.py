"""Allowances of a unit: for electricity, for heat, together, and ahead of the year's end."""

from tanzhi.rulebook.kernel import Text, chosen, given, known, largest, smallest, where
from tanzhi.rulebook.kernel.rounding import FLOOR

from .base import PLAN_2019, PLAN_2021, PLAN_2023, PLAN_2025, power_allocation

ELECTRICITY = Text("机组供电（发电）配额量", "Allowances for electricity")
INITIAL = Text("机组初始配额量", "Initial allowances of the unit")
ALLOWANCE = Text("机组应发配额量", "Allowances of the unit")
AHEAD = Text("机组预分配配额量", "Pre-allocation of the unit")


@power_allocation.quantity(
    "tCO2", level="unit", decimals=0, rounding=FLOOR, until=2022, label=ELECTRICITY, law=PLAN_2021, confidence="M-med"
)
def electricity_allowance(unit_power_supplied, electricity_benchmark, cooling_factor, heat_factor, load_factor):
    """A_e = Q_e B_e F_l F_r F_f (机组供电配额量), tCO2, floor; for gas F_l and F_f are 1."""
    return unit_power_supplied * electricity_benchmark * cooling_factor * heat_factor * load_factor


@power_allocation.quantity("tCO2", level="unit", decimals=0, rounding=FLOOR, label=ELECTRICITY, law=PLAN_2023)
def electricity_allowance_since_2023(unit_generation, electricity_benchmark, load_factor):
    """A_e = Q_e B_e F_f (机组发电配额量), tCO2, floor; by generation."""
    return unit_generation * electricity_benchmark * load_factor


@power_allocation.quantity(
    "tCO2",
    level="unit",
    decimals=0,
    rounding=FLOOR,
    label=Text("机组供热配额量", "Allowances for heat"),
    law=PLAN_2023,
    confidence="M-med",
)
def heat_allowance(heat_benchmark, unit_heat=None):
    """A_h = Q_h B_h (机组供热配额量), tCO2, floor; nil where no heat was supplied."""
    return given(unit_heat, 0) * heat_benchmark


@power_allocation.quantity("tCO2", level="unit", decimals=0, label=INITIAL, law=PLAN_2023)
def initial_allowance(electricity_allowance=None, heat_allowance=None, treatment=None):
    """A = A_e + A_h (机组初始配额量), whole tCO2; nil for a unit outside allocation."""
    return where(chosen(treatment, "excluded"), 0, electricity_allowance + heat_allowance)


@power_allocation.quantity(
    "tCO2",
    level="unit",
    decimals=0,
    since=2021,
    label=Text("燃气机组豁免补发量", "Top-up of a gas unit"),
    law=PLAN_2021,
)
def gas_top_up(initial_allowance, covered_emission, unit_class=None):
    """What a gas unit gets so that it has no gap (燃气机组豁免), tCO2: emission less initial allowances."""
    return where(chosen(unit_class, "IV"), largest(covered_emission - initial_allowance, 0), 0)


@power_allocation.quantity("tCO2", level="unit", decimals=0, until=2020, label=ALLOWANCE, law=PLAN_2019)
def unit_allowance(initial_allowance):
    """Allowances of the unit (机组应发配额量) for 2019 and 2020: what follows from the benchmarks."""
    return initial_allowance


@power_allocation.quantity("tCO2", level="unit", decimals=0, until=2024, label=ALLOWANCE, law=PLAN_2023)
def unit_allowance_since_2021(initial_allowance, gas_top_up):
    """Allowances of the unit (机组应发配额量): initial, and a gas unit's top-up."""
    return initial_allowance + gas_top_up


@power_allocation.quantity("tCO2", level="unit", decimals=0, label=ALLOWANCE, law=PLAN_2025, confidence="DB")
def unit_allowance_since_2025(covered_emission, treatment, initial_allowance=None, gas_top_up=None):
    """Allowances of the unit (机组应发配额量): initial and top-up; of a special unit what it emitted."""
    return where(chosen(treatment, "as_emitted"), covered_emission, initial_allowance + gas_top_up)


@power_allocation.quantity(
    "tCO2", level="unit", decimals=0, rounding=FLOOR, until=2020, label=AHEAD, law=PLAN_2019, confidence="M-med"
)
def pre_allocation(
    treatment,
    pre_allocation_rate,
    electricity_benchmark=None,
    heat_benchmark=None,
    cooling_factor=None,
    heat_factor=None,
    base_power=None,
    base_heat=None,
):
    """70 % of the output of 2018 by the benchmarks with F_l and F_r (预分配配额量), tCO2, floor per unit."""
    electricity = given(base_power, 0) * electricity_benchmark * cooling_factor * heat_factor
    both = pre_allocation_rate * (electricity + given(base_heat, 0) * heat_benchmark)
    return where(chosen(treatment, "excluded"), 0, both)


@power_allocation.quantity("tCO2", level="unit", decimals=0, rounding=FLOOR, until=2024, label=AHEAD, law=PLAN_2023)
def pre_allocation_since_2021(treatment, pre_allocation_rate, base_emission=None):
    """A share of the verified emission of the base year (预分配配额量), tCO2, floor; a new or excluded unit: none."""
    return where(chosen(treatment, "excluded"), 0, pre_allocation_rate * given(base_emission, 0))


@power_allocation.quantity(
    "1", level="enterprise", since=2025, label=Text("采用的预分配比例", "Pre-allocation share used"), law=PLAN_2025,
    confidence="DB",
)  # fmt: skip
def pre_allocation_share(pre_allocation_rate, lowered_share=None):
    """The plan's share, or the lower one that the province set for the plant (采用的预分配比例), a fraction."""
    return where(known(lowered_share), smallest(lowered_share / 100, pre_allocation_rate), pre_allocation_rate)


@power_allocation.quantity(
    "tCO2", level="unit", decimals=0, rounding=FLOOR, label=AHEAD, law=PLAN_2025, confidence="DB"
)
def pre_allocation_since_2025(pre_allocation_share, base_emission=None, special_kind=None):
    """A share of last year's verified emission (预分配配额量), tCO2, floor; a new unit, or one of heat alone: none."""
    return where(chosen(special_kind, "heat_only"), 0, pre_allocation_share * given(base_emission, 0))
