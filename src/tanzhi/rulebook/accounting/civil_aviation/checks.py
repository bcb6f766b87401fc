"""What cannot be in an airline's or airport's month, needs a word, or is not usual. Codes GEN: all; AIR: aviation."""

from tanzhi.rulebook.checks.common import add_default_heat_is_noted, add_heat_in_gigajoules
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, known, largest, quotient, total
from tanzhi.rulebook.kernel.words import others

from .base import AIRPORT, FLIGHTS, NDRC, SUPPLEMENT, civil_aviation

JUDGEMENT = "工程判断，作为设置"


@civil_aviation.quantity("t/h", level="month", label=Text("每飞行小时燃油", "Fuel by flight hour"), law=JUDGEMENT)
def fuel_by_hour(aviation_consumption, flight_hours):
    """Aviation fuel ÷ flight hours of the month (每飞行小时燃油); for comparison only. Not rounded."""
    return quotient(total(aviation_consumption), flight_hours)


@civil_aviation.check(
    "AIR-101",
    severity="error",
    level="month",
    fields=("aviation_consumption",),
    message=Text("非飞行单元填报了飞行燃料 {found}", "An operation without flights states {found} burned in flight"),
    expected=Text("0，或在名册中更正单元类别", "0, or another kind of operation in the register"),
    law=NDRC,
)
def only_flights_burn_fuel_in_flight(operation_kind, aviation_consumption):
    return all_of(not chosen(operation_kind, FLIGHTS), total(aviation_consumption) > 0)


@civil_aviation.check(
    "AIR-102",
    severity="error",
    level="month",
    fields=("domestic_fuel",),
    message=Text(
        "国内航段燃油合计大于当月航空煤油消耗量（{found}）",
        "Fuel of domestic flights exceeds the jet kerosene ({found})",
    ),
    expected=Text("各机型合计不大于航空煤油消耗量", "all classes together at most the jet kerosene"),
    law=SUPPLEMENT,
    remedy=Text(
        "请核对同一航段是否在两个机型类别中重复填报", "Check whether a flight stands in two classes of aircraft"
    ),
)
def domestic_flights_are_a_part(domestic_fuel, jet_consumption):
    return total(domestic_fuel) > given(total(jet_consumption), 0)


@civil_aviation.check(
    "AIR-103",
    severity="error",
    level="month",
    fields=("flight_hours", "aircraft_operated"),
    message=Text("飞行小时（{found}）超过全部飞机的日历小时", "Flight hours ({found}) exceed those of all aircraft"),
    expected=Text("不超过 运营飞机数 × {hours_of_a_month}", "at most aircraft × {hours_of_a_month}"),
)
def hours_fit_in_a_month(flight_hours, aircraft_operated, hours_of_a_month):
    return flight_hours > aircraft_operated * hours_of_a_month


@civil_aviation.check(
    "AIR-104",
    severity="error",
    level="month",
    fields=("flight_hours", "aviation_consumption"),
    message=Text("没有飞行小时而有飞行燃料（{found}）", "Fuel burned in flight without flight hours ({found})"),
    expected=Text("飞行小时大于 0，或无飞行燃料", "flight hours above nil, or no fuel in flight"),
)
def no_fuel_without_flight(flight_hours, aviation_consumption):
    return all_of(flight_hours <= 0, total(aviation_consumption) > 0)


@civil_aviation.check(
    "AIR-105",
    severity="error",
    level="month",
    fields=("transport_turnover",),
    message=Text("有运输周转量 {found} 而没有飞行燃料", "{found} of turnover without fuel burned in flight"),
    expected=Text("填报飞行燃料消耗量", "the fuel that was burned in flight"),
)
def no_turnover_without_fuel(transport_turnover, aviation_consumption):
    return all_of(transport_turnover > 0, given(total(aviation_consumption), 0) <= 0)


@civil_aviation.check(
    "AIR-106",
    severity="error",
    level="aircraft",
    fields=("domestic_turnover",),
    message=Text("机型有周转量 {found} 而没有燃油", "The class states {found} of turnover without fuel"),
    expected=Text("燃油大于 0，或周转量为 0", "fuel above nil, or no turnover"),
    law=SUPPLEMENT,
)
def no_turnover_of_a_class_without_fuel(domestic_turnover, domestic_fuel):
    return all_of(domestic_turnover > 0, domestic_fuel <= 0)


@civil_aviation.check(
    "AIR-107",
    severity="error",
    level="aviation_fuel",
    fields=("aviation_heat",),
    message=Text("低位发热量 {found}，疑为 kJ/kg 或 kcal/kg", "Net calorific value {found}: kJ/kg or kcal/kg?"),
    expected=Text("不超过 {largest_aviation_heat}", "at most {largest_aviation_heat}"),
    remedy=Text("kJ/kg 须除以 1000", "Divide kJ/kg by 1000"),
)
def aviation_heat_in_gigajoules(aviation_heat, largest_aviation_heat):
    return aviation_heat > largest_aviation_heat


add_heat_in_gigajoules(civil_aviation, "AIR-108")


@civil_aviation.check(
    "AIR-109",
    severity="error",
    level="month",
    fields=("throughput",),
    message=Text("非机场单元填报了机场吞吐量 {found}", "An operation that is no airport states throughput: {found}"),
    expected=Text("留空，或在名册中更正单元类别", "blank, or another kind of operation in the register"),
    law=SUPPLEMENT,
)
def only_airports_have_throughput(operation_kind, throughput):
    return all_of(not chosen(operation_kind, AIRPORT), throughput > 0)


@civil_aviation.check(
    "AIR-110",
    severity="error",
    level="month",
    fields=("domestic_turnover", "transport_turnover"),
    message=Text(
        "国内航段周转量合计大于运输总周转量（{found}）",
        "Turnover of domestic flights exceeds that of all flights ({found})",
    ),
    expected=Text("各机型合计不大于运输总周转量", "all classes together at most the transport turnover"),
    law=SUPPLEMENT,
)
def domestic_turnover_is_a_part(domestic_turnover, transport_turnover):
    return total(domestic_turnover) > transport_turnover


@usual(civil_aviation, "AIR-1", Text("每飞行小时燃油", "Fuel by flight hour"))
def fuel_by_hour_is_usual(fuel_by_hour, fuel_by_hour_low, fuel_by_hour_high):
    return any_of(fuel_by_hour < fuel_by_hour_low, fuel_by_hour > fuel_by_hour_high)


@civil_aviation.check(
    "GEN-2",
    severity="question",
    level="aviation_fuel",
    fields=("fuelled", "aviation_consumption"),
    message=Text("加油单与飞行消耗量不符（{found}），请说明", "Bills and consumption in flight differ ({found})"),
    expected=Text("相差不超过消耗量的 {bill_difference_limit}", "within {bill_difference_limit} of the consumption"),
)
def bills_agree_with_flight_records(fuelled, aviation_consumption, bill_difference_limit):
    apart = fuelled - aviation_consumption
    return largest(apart, -apart) > aviation_consumption * bill_difference_limit


@civil_aviation.check(
    "AIR-21",
    severity="note",
    level="aviation_fuel",
    fields=("aviation_heat_content",),
    message=Text("未填低位发热量，采用缺省值 {found}", "Net calorific value not given: the default {found} is used"),
    expected=Text("有检测的填检测值", "the tested value where there is one"),
    law=NDRC,
)
def default_aviation_heat_is_used(aviation_heat_content, aviation_heat=None):
    return not known(aviation_heat)


add_default_heat_is_noted(civil_aviation, "AIR-22", law=NDRC)


@civil_aviation.check(
    "GEN-4",
    severity="question",
    level="operation",
    fields=("fuel_by_hour",),
    message=Text(
        "每飞行小时燃油 {found} 偏离其他月份，请说明", "Fuel by flight hour {found} is far from the other months"
    ),
    expected=Text(
        "与其他月份均值相差不超过 {month_swing_limit}", "within {month_swing_limit} of the other months' mean"
    ),
)
def fuel_by_hour_is_steady(fuel_by_hour, month_swing_limit):
    apart, tolerated = fuel_by_hour - others(fuel_by_hour), others(fuel_by_hour) * month_swing_limit
    return apart * apart > tolerated * tolerated
