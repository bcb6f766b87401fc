"""What cannot be in a smelter's month, needs a word, or is not usual. Codes GEN: all sectors; ALU: aluminium."""

from tanzhi.rulebook.checks.common import (
    add_default_heat_is_noted,
    add_heat_in_gigajoules,
    add_hours_fit_in_a_month,
    add_intensity_is_steady,
)
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, known, quotient, total, where

from .base import AG, ELECTROLYSIS, OTHER, aluminium

JUDGEMENT = "工程判断，作为设置"


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


add_hours_fit_in_a_month(aluminium, "ALU-104")
add_heat_in_gigajoules(aluminium, "ALU-105")


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


add_default_heat_is_noted(aluminium, "ALU-22")


@usual(aluminium, "ALU-1", Text("阳极毛耗", "Gross anode by tonne"), since=2024)
def gross_anode_is_usual(gross_rate, gross_anode_low, gross_anode_high):
    return any_of(gross_rate < gross_anode_low, gross_rate > gross_anode_high)


@usual(aluminium, "ALU-1-NET", Text("阳极净耗", "Net anode by tonne"))
def net_anode_is_usual(net_rate, net_anode_low, net_anode_high):
    return any_of(net_rate < net_anode_low, net_rate > net_anode_high)


@usual(aluminium, "ALU-2", Text("电流效率", "Current efficiency"))
def efficiency_is_usual(current_efficiency, efficiency_low, efficiency_high):
    return any_of(current_efficiency < efficiency_low, current_efficiency > efficiency_high)


@usual(aluminium, "ALU-3", Text("吨铝交流电耗", "Electricity by aluminium"))
def electricity_is_usual(electricity_rate, electricity_low, electricity_high):
    return any_of(electricity_rate < electricity_low, electricity_rate > electricity_high)


@usual(aluminium, "ALU-3-DIRECT", Text("单位铝液排放", "Emission by aluminium"), level="process")
def direct_emission_is_usual(emission_per_aluminium, direct_low, direct_high):
    return any_of(emission_per_aluminium < direct_low, emission_per_aluminium > direct_high)


@usual(aluminium, "ALU-4", Text("阳极效应", "Anode effect"), until=2023)
def anode_effect_is_usual(anode_effect, effect_low, effect_high):
    return any_of(anode_effect < effect_low, anode_effect > effect_high)


@usual(aluminium, "ALU-5", Text("阳极含硫量", "Sulphur of anodes"), until=2023)
def sulphur_is_usual(anode_sulphur, sulphur_low, sulphur_high):
    return any_of(anode_sulphur < sulphur_low, anode_sulphur > sulphur_high)


@usual(aluminium, "ALU-5-ASH", Text("阳极灰分", "Ash of anodes"), until=2023)
def ash_is_usual(anode_ash, ash_low, ash_high):
    return any_of(anode_ash < ash_low, anode_ash > ash_high)


add_intensity_is_steady(aluminium, "process", Text("当月单位铝液排放", "Emission by aluminium"))


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
