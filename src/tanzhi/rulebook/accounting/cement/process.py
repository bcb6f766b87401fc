"""CO2 of carbonates by clinker, less what substitutes without carbonate take the place of; from data year 2024."""

from tanzhi.rulebook.kernel import Text, chosen, given, largest, quotient, total, where

from .base import AG, cement

PLAN = "2025、2026年度配额总量和分配方案（征求意见稿），表2-3"


@cement.quantity(
    "tCO2",
    level="substitute",
    decimals=2,
    since=2024,
    label=Text("替代原料扣减量", "Deduction for substitute"),
    law=AG,
    confidence="A",
)
def substitute_deduction(substitute_quantity, substitute_factor):
    """M × d (替代原料扣减的过程排放), tCO2."""
    return substitute_quantity * substitute_factor


@cement.quantity(
    "tCO2",
    level="month",
    decimals=2,
    since=2024,
    label=Text("当月扣减量", "Deduction of the month"),
    law=AG,
    confidence="A",
)
def month_deduction(substitute_deduction):
    """All substitutes of a line in a month (当月替代原料扣减), tCO2."""
    return given(total(substitute_deduction), 0)


@cement.quantity(
    "tCO2", level="month", decimals=2, since=2024, label=Text("当月过程排放量", "Process emission"), law=AG
)
def month_process_emission_since_2024(clinker_output, clinker_factor, month_deduction):
    """Q × EF − Σ M × d, not below nil (当月过程排放量), tCO2."""
    return largest(clinker_output * clinker_factor - month_deduction, 0)


@cement.quantity("tCO2", level="substitute", since=2024, label=Text("电石渣扣减量", "Deduction for slag"), law=PLAN)
def slag_deduction(substitute, substitute_deduction):
    """M × d of carbide slag alone (电石渣扣减量), tCO2."""
    return where(chosen(substitute, "carbide_slag"), substitute_deduction, None)


@cement.quantity("tCO2", level="month", since=2024, label=Text("熟料理论过程排放", "Process by clinker"), law=PLAN)
def month_clinker_process(clinker_output, clinker_factor):
    """Q × EF before deductions (熟料产量与排放因子之积), tCO2."""
    return clinker_output * clinker_factor


@cement.quantity(
    "%", level="line", decimals=2, since=2024, label=Text("电石渣替代率", "Carbide slag substitution"), law=PLAN
)
def slag_substitution(slag_deduction, month_clinker_process):
    """(M_slag × d_slag) ÷ (Q × EF) × 100 (电石渣替代率), %; beyond the plan's limit a line gets its emission."""
    return quotient(total(slag_deduction) * 100, total(month_clinker_process))
