"""What cannot be in a smelter's month, needs a word, or is not usual. Codes GEN: all sectors; ALU: aluminium."""

from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, known, quotient, total, where
from tanzhi.rulebook.kernel.words import others

from .base import AG, ELECTROLYSIS, OTHER, aluminium

JUDGEMENT = "工程判断，作为设置"


def usual(low: str, high: str) -> Text:
    """The bounds by the names of their parameters."""
    return Text(f"{{{low}}} 至 {{{high}}}", f"{{{low}}} to {{{high}}}")


@aluminium.quantity("1", level="month", label=Text("阳极毛耗", "Gross anode by tonne"), law=JUDGEMENT, since=2024)
def gross_rate(gross_anode, aluminium_output):
    """Gross anode ÷ aluminium (阳极毛耗), t/t. Not rounded."""
    return quotient(gross_anode, aluminium_output)


@aluminium.quantity("1", level="month", label=Text("阳极净耗", "Net anode by tonne of the month"), law=JUDGEMENT)
def net_rate(net_anode, aluminium_output):
    """Net anode ÷ aluminium (阳极净耗), t/t. Not rounded."""
    return quotient(net_anode, aluminium_output)


@aluminium.quantity("1", level="month", label=Text("电流效率", "Current efficiency"), law=JUDGEMENT, empirical=True)
def current_efficiency(aluminium_output, rated_current, cells, running_hours, faraday_yield):
    """Aluminium ÷ (8.0537 kg × kA × cells × days) (电流效率). Not rounded."""
    return quotient(aluminium_output * 1000, faraday_yield * rated_current * cells * running_hours / 24)


@aluminium.quantity("MWh/t", level="month", label=Text("吨铝交流电耗", "Electricity by aluminium"), law=JUDGEMENT)
def electricity_rate(process_kind, electricity_used, aluminium_output):
    """AC electricity ÷ aluminium (吨铝交流电耗), MWh/t. Not rounded."""
    return where(chosen(process_kind, ELECTROLYSIS), quotient(electricity_used, aluminium_output), None)


@aluminium.quantity(
    "tCO2e/t", level="month", label=Text("当月单位铝液排放", "Emission by aluminium of the month"), law=JUDGEMENT
)
def month_intensity(electrolysis_emission, aluminium_output):
    """Electrolysis ÷ aluminium of a month (当月单位铝液排放). Not rounded."""
    return quotient(electrolysis_emission, aluminium_output)


@aluminium.check(
    "ALU-101",
    severity="error",
    level="month",
    fields=("anode_sulphur", "anode_ash"),
    until=2023,
    message=Text("阳极硫分与灰分之和不小于 100%（{found}），不可能", "Sulphur and ash are the whole anode ({found})"),
    expected=Text("硫分与灰分之和小于 100%", "sulphur and ash below 100 % together"),
)
def an_anode_holds_carbon(anode_sulphur, anode_ash):
    return anode_sulphur + anode_ash >= 100


@aluminium.check(
    "ALU-102",
    severity="error",
    level="month",
    fields=("gross_anode",),
    since=2024,
    message=Text("有铝液产量而阳极消耗为 {found}", "Aluminium without anodes: {found}"),
    expected=Text("大于 0；无计量数据的留空", "above nil; blank where it was not weighed"),
    law=AG,
)
def no_metal_without_anode(gross_anode, aluminium_output):
    return all_of(aluminium_output > 0, gross_anode <= 0)


@aluminium.check(
    "ALU-103",
    severity="error",
    level="month",
    fields=("aluminium_output", "running_hours"),
    message=Text("停产月份填报了铝液产量 {found}", "Cells that stood still state {found} of aluminium"),
    expected=Text("运行小时数大于 0，或铝液产量为 0", "running hours above nil, or no aluminium"),
)
def no_metal_of_cells_that_stood_still(aluminium_output, running_hours):
    return all_of(aluminium_output > 0, running_hours <= 0)


@aluminium.check(
    "ALU-104",
    severity="error",
    level="month",
    fields=("running_hours",),
    message=Text("运行小时数 {found} 超过一个月", "Running hours {found} exceed a month"),
    expected=Text("不超过 {hours_of_a_month}", "at most {hours_of_a_month}"),
)
def hours_fit_in_a_month(running_hours, hours_of_a_month):
    return running_hours > hours_of_a_month


@aluminium.check(
    "ALU-105",
    severity="error",
    level="fuel",
    fields=("net_calorific_value",),
    message=Text("低位发热量 {found}，疑为 kJ/kg 或 kcal/kg", "Net calorific value {found}: kJ/kg or kcal/kg?"),
    expected=Text("不超过 {largest_calorific_value}", "at most {largest_calorific_value}"),
    remedy=Text("kJ/kg 须除以 1000", "Divide kJ/kg by 1000"),
)
def heat_in_gigajoules(net_calorific_value, largest_calorific_value):
    return net_calorific_value > largest_calorific_value


@aluminium.check(
    "ALU-106",
    severity="error",
    level="month",
    fields=("aluminium_output",),
    message=Text("非电解设施填报了铝液产量 {found}", "Facilities without cells state {found} of aluminium"),
    expected=Text("0，或在名册中更正工序类别", "0, or another kind of process in the register"),
    law=AG,
)
def only_cells_make_metal(process_kind, aluminium_output):
    return all_of(chosen(process_kind, OTHER), aluminium_output > 0)


@aluminium.check(
    "ALU-107",
    severity="error",
    level="month",
    fields=("current_efficiency",),
    message=Text("电流效率 {found} 大于 1，不可能", "A current efficiency of {found} is more than all"),
    expected=Text("小于 1：请核对铝液产量、电流、槽数、运行小时数", "below 1: check metal, current, cells and hours"),
)
def no_more_metal_than_the_current_gives(current_efficiency):
    return current_efficiency > 1


@aluminium.check(
    "ALU-21",
    severity="question",
    level="month",
    fields=("aluminium_output",),
    since=2024,
    message=Text(
        "铝液 {found} 的阳极未计量，采用缺省净耗，请说明", "Anodes for {found} were not weighed: the default is used"
    ),
    expected=Text("填阳极毛耗量，或说明未计量的原因", "the gross anode, or the reason why it was not weighed"),
    law=AG,
)
def anodes_are_weighed(process_kind, aluminium_output, gross_anode=None):
    return all_of(chosen(process_kind, ELECTROLYSIS), aluminium_output > 0, not known(gross_anode))


@aluminium.check(
    "ALU-22",
    severity="note",
    level="fuel",
    fields=("heat_content",),
    message=Text("未填低位发热量，采用缺省值 {found}", "Net calorific value not given: the default {found} is used"),
    expected=Text("有检测的填检测值", "the tested value where there is one"),
)
def default_heat_is_used(heat_content, net_calorific_value=None):
    return not known(net_calorific_value)


@aluminium.check(
    "ALU-1",
    severity="question",
    level="month",
    fields=("gross_rate",),
    since=2024,
    message=Text("阳极毛耗 {found} 超出合理区间，请核对", "Gross anode by tonne, {found}, is outside what is usual"),
    expected=usual("gross_anode_low", "gross_anode_high"),
)
def gross_anode_is_usual(gross_rate, gross_anode_low, gross_anode_high):
    return any_of(gross_rate < gross_anode_low, gross_rate > gross_anode_high)


@aluminium.check(
    "ALU-1-NET",
    severity="question",
    level="month",
    fields=("net_rate",),
    message=Text("阳极净耗 {found} 超出合理区间，请核对", "Net anode by tonne, {found}, is outside what is usual"),
    expected=usual("net_anode_low", "net_anode_high"),
)
def net_anode_is_usual(net_rate, net_anode_low, net_anode_high):
    return any_of(net_rate < net_anode_low, net_rate > net_anode_high)


@aluminium.check(
    "ALU-2",
    severity="question",
    level="month",
    fields=("current_efficiency",),
    message=Text("电流效率 {found} 超出合理区间，请核对", "Current efficiency, {found}, is outside what is usual"),
    expected=usual("efficiency_low", "efficiency_high"),
)
def efficiency_is_usual(current_efficiency, efficiency_low, efficiency_high):
    return any_of(current_efficiency < efficiency_low, current_efficiency > efficiency_high)


@aluminium.check(
    "ALU-3",
    severity="question",
    level="month",
    fields=("electricity_rate",),
    message=Text(
        "吨铝交流电耗 {found} 超出合理区间，请核对", "Electricity by aluminium, {found}, is outside what is usual"
    ),
    expected=usual("electricity_low", "electricity_high"),
)
def electricity_is_usual(electricity_rate, electricity_low, electricity_high):
    return any_of(electricity_rate < electricity_low, electricity_rate > electricity_high)


@aluminium.check(
    "ALU-3-DIRECT",
    severity="question",
    level="process",
    fields=("emission_per_aluminium",),
    message=Text(
        "单位铝液排放 {found} 超出合理区间，请核对", "Emission by aluminium, {found}, is outside what is usual"
    ),
    expected=usual("direct_low", "direct_high"),
)
def direct_emission_is_usual(emission_per_aluminium, direct_low, direct_high):
    return any_of(emission_per_aluminium < direct_low, emission_per_aluminium > direct_high)


@aluminium.check(
    "ALU-4",
    severity="question",
    level="month",
    fields=("anode_effect",),
    until=2023,
    message=Text("阳极效应 {found} 超出合理区间，请核对", "Anode effect of {found} is outside what is usual"),
    expected=usual("effect_low", "effect_high"),
)
def anode_effect_is_usual(anode_effect, effect_low, effect_high):
    return any_of(anode_effect < effect_low, anode_effect > effect_high)


@aluminium.check(
    "ALU-5",
    severity="question",
    level="month",
    fields=("anode_sulphur",),
    until=2023,
    message=Text("阳极含硫量 {found} 超出合理区间，请核对", "Sulphur of anodes, {found}, is outside what is usual"),
    expected=usual("sulphur_low", "sulphur_high"),
)
def sulphur_is_usual(anode_sulphur, sulphur_low, sulphur_high):
    return any_of(anode_sulphur < sulphur_low, anode_sulphur > sulphur_high)


@aluminium.check(
    "ALU-5-ASH",
    severity="question",
    level="month",
    fields=("anode_ash",),
    until=2023,
    message=Text("阳极灰分 {found} 超出合理区间，请核对", "Ash of anodes, {found}, is outside what is usual"),
    expected=usual("ash_low", "ash_high"),
)
def ash_is_usual(anode_ash, ash_low, ash_high):
    return any_of(anode_ash < ash_low, anode_ash > ash_high)


@aluminium.check(
    "GEN-4",
    severity="question",
    level="process",
    fields=("month_intensity",),
    message=Text(
        "当月单位铝液排放 {found} 偏离其他月份，请说明", "Emission by aluminium {found} is far from the other months"
    ),
    expected=Text(
        "与其他月份均值相差不超过 {month_swing_limit}", "within {month_swing_limit} of the other months' mean"
    ),
)
def intensity_is_steady(month_intensity, month_swing_limit):
    apart, tolerated = month_intensity - others(month_intensity), others(month_intensity) * month_swing_limit
    return apart * apart > tolerated * tolerated


@aluminium.check(
    "GEN-13-FUEL",
    severity="question",
    level="month",
    fields=("running_hours",),
    message=Text("其他设施运行 {found} 而无燃料与碳酸盐，请说明", "Facilities ran {found} without fuel or carbonates"),
    expected=Text("填报燃料或碳酸盐消耗量", "the fuel or carbonate that was used"),
)
def facilities_use_something(process_kind, running_hours, fuel_consumption, material_quantity):
    used = given(total(fuel_consumption), 0) + given(total(material_quantity), 0)
    return all_of(chosen(process_kind, OTHER), running_hours > 0, used <= 0)
