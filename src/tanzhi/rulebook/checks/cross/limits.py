"""What the cross-checks of a province ask by (交叉核对界限): a guideline of dated values alone, by judgement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tanzhi.rulebook.kernel import Guideline, Level, Text

cross_checks = Guideline(
    "cross_checks",
    title=Text("全省交叉核对", "Cross-checks over the province"),
    levels={"matter": Level("matters", Text("事项", "Matter"))},
)

cross_checks.seal()


@dataclass(frozen=True, slots=True)
class CrossLimits:
    """The limits of a data year, each under the name of its parameter."""

    distance_in_deviations: Decimal
    month_swing: Decimal
    rate_swing: Decimal
    scale_tolerance: Decimal
    compared_months: Decimal
    compared_digits: Decimal
    equal_digit_months: Decimal
    copied_fields: Decimal
    copied_share: Decimal
    last_digit_numbers: Decimal
    last_digit_share: Decimal
    fixed_ratio_tolerance: Decimal
    steady_deviation: Decimal
    stock_difference: Decimal
    amount_change: Decimal
    intensity_change: Decimal
    statistics_difference: Decimal
    billed_difference: Decimal
    heat_correlation: Decimal
    like_plants: Decimal
    like_plants_distance: Decimal
