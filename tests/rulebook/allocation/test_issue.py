"""What a year issues and takes off, whatever was pre-allocated: findings 1.9 by its kind, not by its examples."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel.evaluation import evaluate

TONNES = st.integers(0, 200_000)


@settings(max_examples=60)
@given(allowance=TONNES, ahead=TONNES, deduction=TONNES, later=st.just(0) | TONNES)
def test_a_year_issues_its_allowances_less_what_was_taken_off_and_the_rest_is_owed_next_year(
    allowance: int, ahead: int, deduction: int, later: int
) -> None:
    """By hand: every tonne of the year is issued or pays for a deduction; nothing is issued below nil or lost.

    Where all deductions stood before the pre-allocation: issued max(0, A - D), owed next year max(0, D - A).
    """
    at_the_end = max(deduction - ahead, 0) + later  # what the pre-allocation did not suffice for, and what came later
    unit = {"unit": "1", "unit_class": "IV", "unit_generation": "0", "unit_heat": "10000"}
    record = {
        "pre_allocated": str(ahead),
        "deduction_before": str(deduction),
        "deduction_final": str(at_the_end),
        "units": [unit | {"unit_obligation_emission": str(allowance)}],
    }
    top = evaluate(power_allocation, 2025, record)
    names = ("enterprise_allowance", "deducted_ahead", "final_issue", "deduction_remaining")
    own, deducted, final, remaining = (Decimal(str(top.value(name).number)) for name in names)
    issued = ahead - deducted + final
    assert own == allowance
    assert issued + (deduction + later - remaining) == allowance
    assert min(issued, remaining) >= 0
    assert remaining <= deduction + later
    if not later:
        assert (issued, remaining) == (max(0, allowance - deduction), max(0, deduction - allowance))
