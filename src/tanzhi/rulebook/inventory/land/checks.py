"""Refusals of forest data."""

from tanzhi.rulebook.kernel import Text, any_of

from .base import land

FRACTION = Text("0 至 1 之间的小数，例如 0.056", "a fraction from 0 to 1 such as 0.056")
REMEDY = Text("5.6% 请填 0.056", "Enter 5.6 % as 0.056")


@land.check(
    "INV-04",
    severity="error",
    level="stand",
    fields=("growth_rate", "consumption_rate"),
    message=Text(
        "生长率或消耗率（{found}）不在 0 至 1 之间", "Growth or consumption rate ({found}) lies outside 0 to 1"
    ),
    expected=FRACTION,
    remedy=REMEDY,
)
def rates_are_fractions(growth_rate, consumption_rate):
    return any_of(growth_rate < 0, growth_rate > 1, consumption_rate < 0, consumption_rate > 1)
