"""What cannot be in a steel enterprise's data, or needs a word. Codes GEN: all sectors; STL: steel."""

from tanzhi.rulebook.checks.common import (
    add_default_heat_is_noted,
    add_heat_in_gigajoules,
    add_hours_fit_in_a_month,
    add_stock_balances,
)
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, count, given, known, total, where

from .base import AG, COALS, GIVING, POWER, WHOLE, iron_and_steel

OWN_ENTRY = Text("只在“企业层级”条目填报", "only at the entry of the whole enterprise")


@iron_and_steel.check(
    "STL-101",
    severity="error",
    level="month",
    fields=("month_heat_out", "month_heat_in"),
    message=Text("工序输出热量 {found} 大于输入热量，不可能", "Heat out of the process, {found}, exceeds its heat in"),
    expected=Text("不大于输入热量", "at most the heat in"),
    law=f"{AG}, (2)",
    remedy=Text(
        "请核对煤气、焦炭的输入量与输出量及其单位（万Nm³、t）", "Check gas and coke in and out, and their units"
    ),
)
def no_more_heat_out_than_in(month_heat_out, month_heat_in):
    return month_heat_out > month_heat_in


@iron_and_steel.check(
    "STL-102",
    severity="error",
    level="fuel",
    fields=("fuel_output",),
    message=Text("该层级或工序不输出燃料，填报了 {found}", "This process gives off no fuel, yet {found} is stated"),
    expected=Text("仅焦化、炼铁、转炉炼钢工序输出燃料", "only coking, ironmaking and converters give off fuel"),
    law=f"{AG}, 7.1.2.1.1",
    remedy=Text(
        "副产煤气只在产生它的工序填输出，用户工序填输入",
        "By-product gas goes out where it arises and in where it is used",
    ),
)
def only_some_processes_give_off_fuel(process_kind, fuel_output):
    return all_of(fuel_output > 0, not chosen(process_kind, *GIVING))


@iron_and_steel.check(
    "STL-103",
    severity="error",
    level="material",
    fields=("material_quantity",),
    message=Text(
        "含碳原料 {found} 填在工序上，会重复计算", "Inputs of {found} stand at a process and would count twice"
    ),
    expected=OWN_ENTRY,
    law=f"{AG}, (1)",
)
def inputs_stand_at_the_enterprise(process_kind, material_quantity):
    return all_of(material_quantity > 0, not chosen(process_kind, WHOLE))


@iron_and_steel.check(
    "STL-104",
    severity="error",
    level="product",
    fields=("product_quantity",),
    message=Text(
        "含碳产品 {found} 填在工序上，会重复扣减", "Products of {found} stand at a process and would be deducted twice"
    ),
    expected=OWN_ENTRY,
    law=f"{AG}, (1)",
)
def products_stand_at_the_enterprise(process_kind, product_quantity):
    return all_of(product_quantity > 0, not chosen(process_kind, WHOLE))


@iron_and_steel.check(
    "STL-105",
    severity="error",
    level="fuel",
    fields=("self_made", "fuel_consumption"),
    message=Text("自产量 {found} 大于消耗量", "Self-made {found} exceeds what was used"),
    expected=Text("不大于消耗量", "at most what was used"),
    law=f"{AG}, 7.1.2.1.3",
)
def self_made_is_a_part(self_made, fuel_consumption):
    return self_made > fuel_consumption


@iron_and_steel.check(
    "STL-106",
    severity="error",
    level="fuel",
    fields=("self_made",),
    message=Text("企业层级填报了自产燃料 {found}", "Self-made fuel of {found} stands at the whole enterprise"),
    expected=Text("企业层级只填外购燃料的净消耗量", "there only the net consumption of bought fuel"),
    law=f"{AG}, (1)",
)
def the_enterprise_buys_its_fuel(process_kind, self_made):
    return all_of(self_made > 0, chosen(process_kind, WHOLE))


@iron_and_steel.check(
    "STL-107",
    severity="error",
    level="fuel",
    fields=("net_calorific_value",),
    since=2024,
    message=Text(
        "焦炭低位发热量 {found}：焦炭一律采用缺省值", "Net calorific value of coke {found}: coke takes the default"
    ),
    expected=Text("留空", "blank"),
    law=f"{AG}, 6.2.2.2",
)
def coke_takes_the_default(fuel, net_calorific_value):
    return all_of(chosen(fuel, "coke"), known(net_calorific_value))


add_heat_in_gigajoules(iron_and_steel, "STL-108")
add_hours_fit_in_a_month(iron_and_steel, "STL-109")


@iron_and_steel.check(
    "STL-110",
    severity="error",
    level="enterprise",
    fields=("whole_emission",),
    message=Text("“企业层级”条目多于一个", "More than one entry is the whole enterprise"),
    expected=Text("名册中只有一个“企业层级”条目", "one such entry in the register"),
    law=f"{AG}, 5.1",
)
def the_enterprise_is_entered_once(whole_emission):
    return count(whole_emission) > 1


@iron_and_steel.check(
    "STL-111",
    severity="error",
    level="month",
    fields=("output",),
    message=Text("停产工序填报了产量 {found}", "A process that stood still states an output of {found}"),
    expected=Text("运行小时数大于 0，或产量为 0", "running hours above nil, or no output"),
)
def no_output_of_a_process_that_stood_still(output, running_hours):
    return all_of(output > 0, running_hours <= 0)


@iron_and_steel.check(
    "GEN-13-FUEL",
    severity="error",
    level="month",
    fields=("output",),
    message=Text("有产量 {found} 而没有燃料", "An output of {found} without any fuel"),
    expected=Text("填报燃料输入量", "the fuel that was used"),
)
def no_output_without_fuel(output, process_kind, fuel_consumption):
    burns = chosen(process_kind, "coking", "sintering", "pelletising", "ironmaking")
    return all_of(output > 0, burns, given(total(fuel_consumption), 0) <= 0)


add_stock_balances(iron_and_steel)
add_default_heat_is_noted(
    iron_and_steel,
    "STL-21",
    Text("有检测的填检测值；焦炭留空", "the tested value where there is one; blank for coke"),
    f"{AG}, 6.2.2",
)


@iron_and_steel.check(
    "STL-22",
    severity="question",
    level="fuel",
    fields=("net_calorific_value",),
    since=2024,
    message=Text(
        "低位发热量 {found} 与 2013 年化工指南缺省值相同，请说明是否为检测值",
        "Net calorific value {found} equals the default of the chemical guideline of 2013: was it tested?",
    ),
    expected=Text("检测值，或留空以采用钢铁行业缺省值", "a tested value, or blank for the default of steel"),
    law=f"{AG}, 6.2.2.2",
)
def heat_is_not_the_default_of_chemicals(net_calorific_value, ndrc_net_calorific_value, steel_net_calorific_value):
    other = any_of(net_calorific_value < steel_net_calorific_value, net_calorific_value > steel_net_calorific_value)
    return all_of(other, net_calorific_value == ndrc_net_calorific_value)


@iron_and_steel.check(
    "STL-23",
    severity="question",
    level="enterprise",
    fields=("other_emission",),
    since=2024,
    message=Text("其他排放量为负（{found}），请说明", "Other emission is negative ({found}); please explain"),
    expected=Text(
        "企业层级排放量不小于工序与发电设施之和", "the enterprise emits no less than its processes and power units"
    ),
    law=f"{AG}, (4)",
)
def the_rest_is_not_negative(other_emission):
    return other_emission < 0


@iron_and_steel.check(
    "STL-24",
    severity="question",
    level="month",
    fields=("generation",),
    message=Text(
        "非发电设施填报了发电量 {found}，请说明", "Generation {found} at what is no power unit; please explain"
    ),
    expected=Text("发电量填在发电设施条目", "generation at the entry of a power unit"),
    law=f"{AG}, 8.2.2",
)
def power_units_generate(process_kind, generation):
    return all_of(generation > 0, not chosen(process_kind, POWER))


@iron_and_steel.quantity(
    "GJ/t", level="fuel", label=Text("燃煤实测低位发热量", "Tested heat of coal"), law=f"{AG}, 6.2.2.2"
)
def coal_heat_tested(process_kind, fuel, net_calorific_value=None):
    """Tested net calorific value of a coal that the enterprise bought, else blank (燃煤实测低位发热量). Not rounded."""
    return where(all_of(chosen(process_kind, WHOLE), chosen(fuel, *COALS)), net_calorific_value, None)


@iron_and_steel.quantity("t", level="fuel", label=Text("外购煤消耗量", "Coal bought and used"), law=f"{AG}, 6.2.2.2")
def coal_used(process_kind, fuel, fuel_consumption):
    """Consumption of a coal that the enterprise bought, else blank (外购煤消耗量), t."""
    return where(all_of(chosen(process_kind, WHOLE), chosen(fuel, *COALS)), fuel_consumption, None)


@iron_and_steel.check(
    "GEN-11",
    severity="question",
    level="process",
    fields=("coal_heat_tested",),
    message=Text(
        "年内由实测改为缺省（{found}），请说明", "Tested heat of coal gave way to defaults within the year ({found})"
    ),
    expected=Text("每个品种取值方式当年不变，实测不得改为缺省", "one method a fuel all year; a tested one is kept"),
    law=f"{AG}, 6.2.2.2",
)
def method_is_kept(coal_heat_tested, coal_used):
    tested = count(coal_heat_tested)
    return all_of(tested > 0, tested < count(coal_used))
