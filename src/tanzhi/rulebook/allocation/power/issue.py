"""What is issued when: ahead of the year's end, and the rest when the year's allowances stand (多退少补)."""

from tanzhi.rulebook.kernel import Text, all_of, given, largest, total, where

from .base import PLAN_2023, PLAN_2025, power_allocation


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("企业预分配配额量", "Pre-allocation"), law=PLAN_2023
)
def enterprise_pre_allocation(pre_allocation):
    """The units' pre-allocation together (企业预分配配额量), tCO2."""
    return total(pre_allocation)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("预分配实发量", "Issued ahead"), law=PLAN_2025, confidence="S"
)
def pre_issue(enterprise_pre_allocation, deduction_before=None):
    """Pre-allocation less deductions, not below nil (预分配实发量), tCO2."""
    return largest(enterprise_pre_allocation - given(deduction_before, 0), 0)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("结余核减量", "Deduction carried on"), law=PLAN_2025
)
def carried_deduction(enterprise_pre_allocation, deduction_before=None):
    """What the pre-allocation did not suffice for, taken off at the final issue (结余核减量), tCO2."""
    return largest(given(deduction_before, 0) - enterprise_pre_allocation, 0)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("核定与预分配差额", "Final less pre-allocated"), law=PLAN_2025
)
def difference_to_issue(enterprise_allowance, pre_allocated=None):
    """Final allowances less what was pre-allocated (核定量与预分配量差额), tCO2; negative is to be returned."""
    return enterprise_allowance - given(pre_allocated, 0)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("核定实发量", "Issued at the end"), law=PLAN_2025
)
def final_issue(difference_to_issue, deduction_final=None):
    """Difference less deductions, at least nil (核定实发量), tCO2; a negative difference is returned (多退少补)."""
    left = difference_to_issue - given(deduction_final, 0)
    covered = all_of(difference_to_issue >= 0, difference_to_issue <= given(deduction_final, 0))
    return where(covered, 0, left)
