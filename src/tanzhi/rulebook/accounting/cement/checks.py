"""What cannot be in a cement enterprise's month, or needs a word. Codes GEN: all sectors; CEM: cement."""

from tanzhi.rulebook.checks.common import (
    add_default_heat_is_noted,
    add_heat_in_gigajoules,
    add_hours_fit_in_a_month,
    add_stock_balances,
)
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, count, given, quotient, total

from .base import AG, NO_CLINKER, cement


@cement.check(
    "CEM-101",
    severity="error",
    level="month",
    fields=("clinker_output", "raw_meal"),
    message=Text("熟料产量 {found} 不小于生料消耗量，不可能", "Clinker {found} is not less than its raw meal"),
    expected=Text("熟料产量小于生料消耗量", "less clinker than raw meal"),
    law=AG,
    remedy=Text("请核对单位（t）与数据所属生产线", "Check the unit (t) and the line that the values belong to"),
)
def clinker_weighs_less_than_its_meal(clinker_output, raw_meal):
    return all_of(clinker_output > 0, clinker_output >= raw_meal)


@cement.check(
    "CEM-102",
    severity="error",
    level="month",
    fields=("month_deduction",),
    since=2024,
    message=Text(
        "替代原料扣减 {found} 大于按熟料产量计算的过程排放",
        "Deduction {found} exceeds the process emission of the clinker",
    ),
    expected=Text("不大于熟料产量 × 排放因子", "at most clinker × factor"),
    law=AG,
    remedy=Text("请核对替代原料种类与消耗量", "Check kind and quantity of the substitutes"),
)
def deduction_within_the_process(month_deduction, month_clinker_process):
    return month_deduction > month_clinker_process


@cement.check(
    "CEM-103",
    severity="error",
    level="month",
    fields=("clinker_output",),
    message=Text("不产熟料的设施填报了熟料产量 {found}", "A facility that makes no clinker states {found} of it"),
    expected=Text("0，或在名册中更正熟料类别", "0, or another class of clinker in the register"),
    law=AG,
)
def no_clinker_without_a_line(clinker_output, clinker_class):
    return all_of(chosen(clinker_class, NO_CLINKER), clinker_output > 0)


@cement.check(
    "CEM-104",
    severity="error",
    level="month",
    fields=("cao_not_carbonate", "cao"),
    until=2023,
    message=Text(
        "非碳酸盐来源氧化钙大于熟料氧化钙（{found}）", "CaO not from carbonate exceeds the CaO of the clinker ({found})"
    ),
    expected=Text("不大于熟料氧化钙含量", "at most the CaO of the clinker"),
)
def lime_not_from_carbonate_is_a_part(cao_not_carbonate, cao):
    return cao_not_carbonate > cao


@cement.check(
    "CEM-105",
    severity="error",
    level="month",
    fields=("mgo_not_carbonate", "mgo"),
    until=2023,
    message=Text(
        "非碳酸盐来源氧化镁大于熟料氧化镁（{found}）", "MgO not from carbonate exceeds the MgO of the clinker ({found})"
    ),
    expected=Text("不大于熟料氧化镁含量", "at most the MgO of the clinker"),
)
def magnesia_not_from_carbonate_is_a_part(mgo_not_carbonate, mgo):
    return mgo_not_carbonate > mgo


add_heat_in_gigajoules(cement, "CEM-106")
add_hours_fit_in_a_month(cement, "CEM-107")


@cement.check(
    "CEM-108",
    severity="error",
    level="month",
    fields=("running_hours", "clinker_output"),
    message=Text("停窑月份填报了熟料产量（运行 {found}）", "A line that stood still ({found}) states clinker"),
    expected=Text("运行小时数大于 0，或熟料产量为 0", "running hours above nil, or no clinker"),
)
def no_output_of_a_line_that_stood_still(running_hours, clinker_output):
    return all_of(running_hours <= 0, clinker_output > 0)


@cement.check(
    "GEN-13-FUEL",
    severity="error",
    level="month",
    fields=("clinker_output",),
    message=Text("有熟料产量 {found} 而没有燃料", "{found} of clinker without any fuel"),
    expected=Text("填报燃料消耗量", "the fuel that was burned"),
)
def no_clinker_without_fuel(clinker_output, fuel_consumption):
    return all_of(clinker_output > 0, given(total(fuel_consumption), 0) <= 0)


add_stock_balances(cement)
add_default_heat_is_noted(cement, "CEM-21", law=AG)


@cement.check(
    "CEM-22",
    severity="question",
    level="fuel",
    fields=("net_calorific_value",),
    since=2024,
    message=Text(
        "低位发热量 {found} 与钢铁行业缺省值相同，请说明是否为检测值",
        "Net calorific value {found} equals the default of the steel guide: was it tested?",
    ),
    expected=Text("检测值，或留空以采用水泥行业缺省值", "a tested value, or blank for the default of cement"),
    law=AG,
)
def heat_is_not_the_default_of_steel(net_calorific_value, steel_net_calorific_value, default_net_calorific_value):
    other = any_of(net_calorific_value < default_net_calorific_value, net_calorific_value > default_net_calorific_value)
    return all_of(other, net_calorific_value == steel_net_calorific_value)


@cement.check(
    "CEM-23",
    severity="question",
    level="fuel",
    fields=("net_calorific_value",),
    since=2024,
    message=Text(
        "低位发热量 {found} 与 2013 年化工指南缺省值相同，请说明是否为检测值",
        "Net calorific value {found} equals the default of the chemical guideline of 2013: was it tested?",
    ),
    expected=Text("检测值，或留空以采用水泥行业缺省值", "a tested value, or blank for the default of cement"),
    law=AG,
)
def heat_is_not_the_default_of_chemicals(net_calorific_value, ndrc_net_calorific_value, default_net_calorific_value):
    other = any_of(net_calorific_value < default_net_calorific_value, net_calorific_value > default_net_calorific_value)
    return all_of(other, net_calorific_value == ndrc_net_calorific_value)


@cement.check(
    "GEN-11",
    severity="question",
    level="line",
    fields=("coal_heat_tested",),
    message=Text(
        "年内由实测改为缺省（{found}），请说明", "Tested heat of coal gave way to defaults within the year ({found})"
    ),
    expected=Text("全年采用同一方法", "one method all year"),
    law=AG,
)
def method_is_kept(coal_heat_tested, coal_burned):
    tested = count(coal_heat_tested)
    return all_of(tested > 0, tested < count(coal_burned))


@cement.check(
    "CEM-4",
    severity="question",
    level="month",
    fields=("month_substitutes", "raw_meal"),
    since=2024,
    message=Text("替代原料占生料比例偏高（{found}），请说明", "Substitutes are a large part of the raw meal ({found})"),
    expected=Text("不超过 {largest_substitute_share}", "at most {largest_substitute_share}"),
)
def substitutes_are_a_small_part(month_substitutes, raw_meal, largest_substitute_share):
    return quotient(month_substitutes, raw_meal) > largest_substitute_share
