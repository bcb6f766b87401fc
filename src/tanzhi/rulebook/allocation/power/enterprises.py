"""An enterprise's allowances, its obligation, its gap and what relieves it."""

from tanzhi.rulebook.kernel import Text, chosen, largest, quotient, smallest, total, where
from tanzhi.rulebook.kernel.rounding import FLOOR

from .base import PLAN_2019, PLAN_2021, PLAN_2023, power_allocation

ALLOWANCE = Text("企业核定配额量", "Allowances of the enterprise")
OBLIGATION = Text("企业应清缴配额量", "Obligation of the enterprise")


@power_allocation.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    label=Text("企业排放量（清缴口径）", "Emission to surrender for"),
    law=PLAN_2023,
)
def enterprise_emission(covered_emission):
    """The emission of the units within allocation together (企业排放量), tCO2; the line says who determined it."""
    return total(covered_emission)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("机组配额量合计", "Allowances of the units"), law=PLAN_2023
)
def units_allowance(unit_allowance):
    """The units' allowances together (机组配额量合计), tCO2."""
    return total(unit_allowance)


@power_allocation.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    rounding=FLOOR,
    since=2021,
    label=Text("缺口率上限豁免补发量", "Top-up under the cap on the gap"),
    law=PLAN_2023,
    confidence="M-med",
)
def cap_top_up(enterprise_emission, units_allowance, gap_cap):
    """What brings the enterprise to 80 % of its emission (缺口率上限豁免), tCO2, floor; nil where it has that."""
    return largest(enterprise_emission * (1 - gap_cap) - units_allowance, 0)


@power_allocation.quantity("tCO2", level="enterprise", decimals=0, until=2020, label=ALLOWANCE, law=PLAN_2019)
def enterprise_allowance(units_allowance):
    """Allowances of the enterprise (企业核定配额量) for 2019 and 2020: its units'."""
    return units_allowance


@power_allocation.quantity("tCO2", level="enterprise", decimals=0, label=ALLOWANCE, law=PLAN_2023)
def enterprise_allowance_since_2021(units_allowance, cap_top_up):
    """Allowances of the enterprise (企业核定配额量): its units', and the top-up under the cap on the gap."""
    return units_allowance + cap_top_up


@power_allocation.quantity(
    "tCO2", level="enterprise", label=Text("燃气机组应清缴量", "Owed for gas units"), until=2020, law=PLAN_2019
)
def gas_obligation(gas_unit_obligation):
    """Gas units surrender at most what they got (燃气机组应清缴量), tCO2."""
    return total(gas_unit_obligation)


@power_allocation.quantity(
    "tCO2", level="unit", label=Text("燃气机组应清缴量", "Owed for a gas unit"), until=2020, law=PLAN_2019
)
def gas_unit_obligation(covered_emission, unit_allowance, unit_class=None):
    """min(E, A) of a gas unit (燃气机组应清缴量), nil of a coal unit, tCO2."""
    return where(chosen(unit_class, "IV"), smallest(covered_emission, unit_allowance), 0)


@power_allocation.quantity(
    "tCO2", level="unit", label=Text("燃煤机组排放量", "Emission of a coal unit"), until=2020, law=PLAN_2019
)
def coal_unit_emission(covered_emission, unit_class=None):
    """The emission if coal, else nil (燃煤机组排放量), tCO2."""
    return where(chosen(unit_class, "IV"), 0, covered_emission)


@power_allocation.quantity(
    "tCO2", level="unit", label=Text("燃煤机组配额量", "Allowances of a coal unit"), until=2020, law=PLAN_2019
)
def coal_unit_allowance(unit_allowance, unit_class=None):
    """The allowances if coal, else nil (燃煤机组配额量), tCO2."""
    return where(chosen(unit_class, "IV"), 0, unit_allowance)


@power_allocation.quantity(
    "tCO2", level="enterprise", label=Text("燃煤机组应清缴量", "Owed for coal units"), until=2020, law=PLAN_2019
)
def coal_obligation(coal_unit_emission, coal_unit_allowance, gap_cap):
    """min(E, A + 20 % of E) of the coal units together (燃煤机组应清缴量), tCO2. Not rounded."""
    emission = total(coal_unit_emission)
    return smallest(emission, total(coal_unit_allowance) + gap_cap * emission)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, until=2020, label=OBLIGATION, law=PLAN_2019, confidence="M-low"
)
def enterprise_obligation(coal_obligation, gas_obligation):
    """What is owed for 2019 and 2020 (应清缴配额量), whole tCO2 half up: coal at most A + 20 % E, gas at most A."""
    return coal_obligation + gas_obligation


@power_allocation.quantity("tCO2", level="enterprise", decimals=0, label=OBLIGATION, law=PLAN_2023)
def enterprise_obligation_since_2021(enterprise_emission):
    """What is owed (应清缴配额量), tCO2: the verified emission; relief comes as allowances."""
    return enterprise_emission


@power_allocation.quantity("tCO2", level="enterprise", decimals=0, label=Text("配额缺口", "Gap"), law=PLAN_2023)
def gap(enterprise_emission, enterprise_allowance):
    """E - A (配额缺口), tCO2; negative is a surplus (盈余)."""
    return enterprise_emission - enterprise_allowance


@power_allocation.quantity(
    "%", level="enterprise", decimals=2, label=Text("补发前缺口率", "Gap rate before relief"), law=PLAN_2023
)
def initial_gap_rate(enterprise_emission, units_allowance):
    """(E - ΣA) / E × 100 before the top-up under the cap (缺口率), %, half up, 2 decimals."""
    return quotient(enterprise_emission - units_allowance, enterprise_emission) * 100


@power_allocation.quantity("%", level="enterprise", decimals=2, label=Text("缺口率", "Gap rate"), law=PLAN_2023)
def gap_rate(gap, enterprise_emission):
    """(E - A) / E × 100 (配额缺口率), %, half up, 2 decimals."""
    return quotient(gap, enterprise_emission) * 100


@power_allocation.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    rounding=FLOOR,
    since=2021,
    until=2022,
    label=Text("可预支配额量", "Allowances that may be borrowed"),
    law=PLAN_2021,
    confidence="M-med",
)
def borrowing_limit(gap, enterprise_emission, borrowing_threshold, borrowing_share):
    """From 10 % gap on, half of it may be drawn from the pre-allocation of 2023 (可预支配额量), tCO2, floor."""
    enough = gap >= borrowing_threshold * enterprise_emission
    return where(enough, gap * borrowing_share, 0)
