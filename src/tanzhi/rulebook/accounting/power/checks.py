"""Questions to a power plant's figures. Codes GEN: all sectors; PWR: power. Thresholds are parameters."""

from tanzhi.rulebook.checks.common import add_heat_in_gigajoules
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, known, largest, quotient

from .base import COALS, power

VERIFICATION = "CETS-VG-01.01-V02-2026"
PERCENT = Text("百分数，例如 57.83", "a percentage such as 57.83")


@power.check(
    "PWR-107",
    severity="error",
    level="fuel",
    fields=("carbon_air_dried",),
    message=Text("空干基碳 {found}，应为百分数", "Carbon, air-dried, {found}: a percentage is expected"),
    expected=PERCENT,
    law="CETS-AG-01.01-V02-2022, (2)",
    remedy=Text("若报告写的是 0.5783，请填 57.83", "If the report says 0.5783, enter 57.83"),
)
def carbon_is_a_percentage(carbon_air_dried):
    return all_of(carbon_air_dried > 0, carbon_air_dried <= 1)


@power.check(
    "PWR-108",
    severity="error",
    level="fuel",
    fields=("fuel_consumption",),
    message=Text(
        "消耗量 {found} 相对发电量过大，疑为 kg 当作 t", "{found} is far too much for the generation: kg for t?"
    ),
    expected=Text("热量每 MWh 不超过 {largest_heat_rate}", "heat at most {largest_heat_rate} a MWh"),
    remedy=Text("消耗量以 t 填报；kg 须除以 1000", "Consumption is in t; divide kg by 1000"),
)
def fuel_in_tonnes(fuel_consumption, heat_content, fuel_heat, generation, largest_heat_rate, largest_calorific_value):
    # too large a calorific value is told by PWR-109; the consumption is not to blame for it
    return all_of(heat_content <= largest_calorific_value, quotient(fuel_heat, generation) > largest_heat_rate)


add_heat_in_gigajoules(power, "PWR-109")


@power.check(
    "PWR-110",
    severity="question",
    level="fuel",
    fields=("moisture_as_received", "moisture_air_dried"),
    message=Text(
        "收到基水分低于空干基水分（{found}），请说明", "Moisture as received is below the air-dried one ({found})"
    ),
    expected=Text("收到基水分不低于空干基水分", "moisture as received not below the air-dried one"),
)
def moisture_falls_on_drying(moisture_as_received, moisture_air_dried):
    return moisture_as_received < moisture_air_dried


@power.check(
    "PWR-101",
    severity="error",
    level="month",
    fields=("running_hours",),
    message=Text("运行小时数 {found} 超过一个月", "Running hours {found} exceed a month"),
    expected=Text("不超过 {hours_of_a_month}", "at most {hours_of_a_month}"),
)
def hours_fit_in_a_month(running_hours, hours_of_a_month):
    return running_hours > hours_of_a_month


@power.check(
    "GEN-13",
    severity="question",
    level="month",
    fields=("generation",),
    message=Text("发电量 {found} 超过额定出力，请说明", "Generation {found} exceeds the rated power; please explain"),
    expected=Text(
        "不超过 装机容量 × 运行小时数 × {capacity_margin}", "at most rated power × hours × {capacity_margin}"
    ),
    law=VERIFICATION,
)
def output_within_capacity(generation, running_hours, rated_power, capacity_margin):
    return generation > rated_power * running_hours * capacity_margin


@power.check(
    "GEN-1",
    severity="question",
    level="fuel",
    fields=("opening_stock", "received", "fuel_consumption", "closing_stock"),
    message=Text("购销存与消耗量不平（{found}），请说明", "Stock, receipts and consumption do not add up ({found})"),
    expected=Text(
        "期初 + 购入 − 外销 − 期末 = 消耗，偏差不超过 {stock_residual_limit}",
        "opening + received − sold − closing = consumed, within {stock_residual_limit}",
    ),
)
def stock_balances(opening_stock, received, closing_stock, fuel_consumption, stock_residual_limit, sold=None):
    rest = opening_stock + received - closing_stock - fuel_consumption - given(sold, 0)
    return largest(rest, -rest) > fuel_consumption * stock_residual_limit


@power.check(
    "GEN-8",
    severity="question",
    level="fuel",
    fields=("carbon_air_dried", "moisture_air_dried", "ash_air_dried"),
    message=Text(
        "干燥无灰基碳超出该煤种范围（{found}）", "Dry ash-free carbon is outside what this coal has ({found})"
    ),
    expected=Text(
        "{plausible_carbon_low} 至 {plausible_carbon_high}", "{plausible_carbon_low} to {plausible_carbon_high}"
    ),
    law=VERIFICATION,
)
def carbon_fits_the_coal(
    carbon_air_dried, moisture_air_dried, ash_air_dried, plausible_carbon_low, plausible_carbon_high
):
    dry_ash_free = quotient(carbon_air_dried * 100, 100 - moisture_air_dried - ash_air_dried)
    return any_of(dry_ash_free < plausible_carbon_low, dry_ash_free > plausible_carbon_high)


@power.check(
    "GEN-9",
    severity="question",
    level="fuel",
    fields=("measured_carbon_content", "measured_heat"),
    message=Text("元素碳与发热量之比异常（{found}）", "Carbon against heat is unusual ({found})"),
    expected=Text(
        "{plausible_carbon_per_heat}，偏差不超过 {carbon_per_heat_swing}",
        "{plausible_carbon_per_heat} within {carbon_per_heat_swing}",
    ),
    law=VERIFICATION,
)
def carbon_fits_the_heat(measured_carbon_content, measured_heat, plausible_carbon_per_heat, carbon_per_heat_swing):
    apart = quotient(measured_carbon_content, measured_heat) - plausible_carbon_per_heat
    return largest(apart, -apart) > plausible_carbon_per_heat * carbon_per_heat_swing


@power.check(
    "PWR-021",
    severity="note",
    level="fuel",
    fields=("heat_content",),
    message=Text("未填低位发热量，采用缺省值 {found}", "Net calorific value not given: the default {found} is used"),
    expected=Text("有检测的填检测值", "the measured value where there is one"),
    law="CETS-AG-01.01-V02-2022, 附录A",
)
def default_heat_is_used(heat_content, measured_heat=None):
    return not known(measured_heat)


@power.check(
    "PWR-022",
    severity="question",
    level="fuel",
    fields=("carbon_content",),
    message=Text(
        "燃煤未填实测元素碳，采用缺省值 {found}，请说明", "Coal without measured carbon: the default gives {found}"
    ),
    expected=Text("填实测元素碳，或说明未实测的原因", "measured carbon, or the reason why it was not measured"),
    law="CETS-AG-01.01-V02-2022, (4)",
)
def coal_without_measured_carbon(fuel, carbon_content, measured_carbon_content=None):
    return all_of(chosen(fuel, *COALS), not known(measured_carbon_content))
