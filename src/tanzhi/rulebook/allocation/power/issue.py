"""What is issued when: ahead of the year's end, and the rest when the year's allowances stand (多退少补)."""

from tanzhi.rulebook.kernel import Text, given, largest, smallest, total, where

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
    "tCO2", level="enterprise", decimals=0, label=Text("预分配已核减量", "Deducted ahead"), law=PLAN_2025
)
def deducted_ahead(pre_allocated=None, deduction_before=None):
    """What the pre-allocation lost to deductions (预分配已核减量), tCO2: at most the pre-allocation."""
    return smallest(given(pre_allocated, 0), given(deduction_before, 0))


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("核定实发量", "Issued at the end"), law=PLAN_2025
)
def final_issue(difference_to_issue, deducted_ahead, pre_allocated=None, deduction_final=None):
    """The difference less deductions, at least nil; a negative one is returned (核定实发量、多退少补), tCO2.

    Nobody returns more than what was issued ahead: the rest stands again as a deduction.
    """
    returned = smallest(-difference_to_issue, given(pre_allocated, 0) - deducted_ahead)
    return where(difference_to_issue >= 0, largest(difference_to_issue - given(deduction_final, 0), 0), -returned)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("恢复的核减量", "Deduction restored"), law=PLAN_2025
)
def deduction_restored(difference_to_issue, deducted_ahead, pre_allocated=None):
    """What was deducted ahead out of allowances that the year did not give (恢复的核减量), tCO2."""
    return largest(-difference_to_issue - (given(pre_allocated, 0) - deducted_ahead), 0)


@power_allocation.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("结转下年核减量", "Deduction for next year"), law=PLAN_2025
)
def deduction_remaining(difference_to_issue, deduction_restored, deduction_final=None):
    """What the year's allowances did not suffice for, taken off next year's (结转下年核减量), tCO2."""
    return largest(given(deduction_final, 0) - largest(difference_to_issue, 0), 0) + deduction_restored
