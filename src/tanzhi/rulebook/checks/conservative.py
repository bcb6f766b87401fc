"""Conservative values where a meter does not keep to the plan (计量器具的保守处理). CETS-VG-01.01-V02-2026.

Activity data go up, production data go down. Accuracies are fractions: class 0.5 is 0.005.
"""

from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel.rounding import EXACT


def activity_with_worse_meter(activity: Decimal, actual: Decimal, required: Decimal) -> Decimal:
    """AD × [1 + (actual - required)] (准确度低于要求); a meter as good as required changes nothing. Not rounded."""
    with localcontext(EXACT):
        return activity * (1 + max(actual - required, Decimal(0)))


def activity_without_calibration(activity: Decimal, required: Decimal) -> Decimal:
    """AD × (1 + required) (未校准), also for the part that a late calibration leaves uncovered. Not rounded."""
    with localcontext(EXACT):
        return activity * (1 + required)


def production_with_worse_meter(production: Decimal, actual: Decimal, required: Decimal) -> Decimal:
    """P × [1 - (actual - required)] (生产数据, 准确度低于要求). Not rounded."""
    with localcontext(EXACT):
        return production * (1 - max(actual - required, Decimal(0)))


def production_without_calibration(production: Decimal, required: Decimal) -> Decimal:
    """P × (1 - required) (生产数据, 未校准). Not rounded."""
    with localcontext(EXACT):
        return production * (1 - required)
