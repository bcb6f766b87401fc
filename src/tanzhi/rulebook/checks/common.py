"""Checks that every industry asks in the same words: heat in GJ, hours of a month, stock, months beside each other.

Each adds itself to a guideline whose inputs have the common names (`accounting/fuels.py`).
"""

from tanzhi.rulebook.kernel import Guideline, Text, known, largest
from tanzhi.rulebook.kernel.words import given, others


def add_heat_in_gigajoules(guideline: Guideline, code: str) -> None:
    """A calorific value of thousands was stated in kJ/kg or kcal/kg."""

    @guideline.check(
        code,
        severity="error",
        level="fuel",
        fields=("net_calorific_value",),
        message=Text("低位发热量 {found}，疑为 kJ/kg 或 kcal/kg", "Net calorific value {found}: kJ/kg or kcal/kg?"),
        expected=Text("不超过 {largest_calorific_value}", "at most {largest_calorific_value}"),
        remedy=Text("kJ/kg 须除以 1000", "Divide kJ/kg by 1000"),
    )
    def heat_in_gigajoules(net_calorific_value, largest_calorific_value):
        return net_calorific_value > largest_calorific_value


def add_hours_fit_in_a_month(guideline: Guideline, code: str) -> None:
    """Nothing runs longer than the month lasts."""

    @guideline.check(
        code,
        severity="error",
        level="month",
        fields=("running_hours",),
        message=Text("运行小时数 {found} 超过一个月", "Running hours {found} exceed a month"),
        expected=Text("不超过 {hours_of_a_month}", "at most {hours_of_a_month}"),
    )
    def hours_fit_in_a_month(running_hours, hours_of_a_month):
        return running_hours > hours_of_a_month


def add_stock_balances(guideline: Guideline) -> None:
    """GEN-1: opening stock and receipts are what was used, sold and left."""

    @guideline.check(
        "GEN-1",
        severity="question",
        level="fuel",
        fields=("opening_stock", "received", "fuel_consumption", "closing_stock"),
        message=Text(
            "购销存与消耗量不平（{found}），请说明", "Stock, receipts and consumption do not add up ({found})"
        ),
        expected=Text(
            "期初 + 购入 − 外销 − 期末 = 消耗，偏差不超过 {stock_residual_limit}",
            "opening + received − sold − closing = consumed, within {stock_residual_limit}",
        ),
    )
    def stock_balances(opening_stock, received, closing_stock, fuel_consumption, stock_residual_limit, sold=None):
        rest = opening_stock + received - closing_stock - fuel_consumption - given(sold, 0)
        return largest(rest, -rest) > fuel_consumption * stock_residual_limit


TESTED = Text("有检测的填检测值", "the tested value where there is one")


def add_default_heat_is_noted(guideline: Guideline, code: str, expected: Text = TESTED, law: str = "") -> None:
    """A note where no heat was tested and the table's stands in."""

    @guideline.check(
        code,
        severity="note",
        level="fuel",
        fields=("heat_content",),
        message=Text(
            "未填低位发热量，采用缺省值 {found}", "Net calorific value not given: the default {found} is used"
        ),
        expected=expected,
        law=law,
    )
    def default_heat_is_used(heat_content, net_calorific_value=None):
        return not known(net_calorific_value)


def add_intensity_is_steady(guideline: Guideline, level: str, what: Text) -> None:
    """GEN-4: a month's emission by output stands near those of the other months."""

    @guideline.check(
        "GEN-4",
        severity="question",
        level=level,
        fields=("month_intensity",),
        message=Text(f"{what.zh} {{found}} 偏离其他月份，请说明", f"{what.en} {{found}} is far from the other months"),
        expected=Text(
            "与其他月份均值相差不超过 {month_swing_limit}", "within {month_swing_limit} of the other months' mean"
        ),
    )
    def intensity_is_steady(month_intensity, month_swing_limit):
        apart, tolerated = month_intensity - others(month_intensity), others(month_intensity) * month_swing_limit
        return apart * apart > tolerated * tolerated
