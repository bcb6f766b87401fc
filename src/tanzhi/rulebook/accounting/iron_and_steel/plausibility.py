"""What is usual in a steel works: rates of coke, coal and gas, intensities, output by capacity."""

from tanzhi.rulebook.checks.common import add_intensity_is_steady
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, largest

from .base import iron_and_steel


@usual(iron_and_steel, "STL-1", Text("入炉焦比", "Coke by iron"))
def coke_rate_is_usual(coke_rate, coke_rate_low, coke_rate_high):
    return any_of(coke_rate < coke_rate_low, coke_rate > coke_rate_high)


@usual(iron_and_steel, "STL-1-PCI", Text("喷煤比", "Injected coal by iron"))
def injection_rate_is_usual(injection_rate, injection_rate_low, injection_rate_high):
    return any_of(injection_rate < injection_rate_low, injection_rate > injection_rate_high)


@usual(iron_and_steel, "STL-1-SINTER", Text("烧结固体燃料消耗", "Solid fuel by sinter"))
def sinter_fuel_is_usual(sinter_fuel, sinter_fuel_low, sinter_fuel_high):
    return any_of(sinter_fuel < sinter_fuel_low, sinter_fuel > sinter_fuel_high)


@usual(iron_and_steel, "STL-2", Text("吨铁高炉煤气", "Furnace gas by iron"))
def furnace_gas_is_usual(process_kind, gas_rate, furnace_gas_low, furnace_gas_high):
    outside = any_of(gas_rate < furnace_gas_low, gas_rate > furnace_gas_high)
    return all_of(chosen(process_kind, "ironmaking"), outside)


@usual(iron_and_steel, "STL-2-OVEN", Text("吨焦焦炉煤气", "Oven gas by coke"))
def oven_gas_is_usual(process_kind, gas_rate, oven_gas_low, oven_gas_high):
    return all_of(chosen(process_kind, "coking"), any_of(gas_rate < oven_gas_low, gas_rate > oven_gas_high))


@usual(iron_and_steel, "STL-2-CONVERTER", Text("吨钢转炉煤气", "Converter gas by steel"))
def converter_gas_is_usual(process_kind, gas_rate, converter_gas_rate_low, converter_gas_rate_high):
    outside = any_of(gas_rate < converter_gas_rate_low, gas_rate > converter_gas_rate_high)
    return all_of(chosen(process_kind, "converter"), outside)


@usual(iron_and_steel, "STL-3", Text("成焦率", "Coke by coal"))
def coke_yield_is_usual(coke_yield, coke_yield_low, coke_yield_high):
    return any_of(coke_yield < coke_yield_low, coke_yield > coke_yield_high)


@usual(iron_and_steel, "STL-4", Text("吨钢排放", "Emission by crude steel"), level="enterprise", since=2024)
def steel_intensity_is_usual(emission_per_steel, steel_intensity_low, steel_intensity_high):
    return any_of(emission_per_steel < steel_intensity_low, emission_per_steel > steel_intensity_high)


@usual(iron_and_steel, "STL-4-IRON", Text("单位生铁排放", "Emission by pig iron"), level="enterprise", since=2024)
def iron_intensity_is_usual(iron_intensity, iron_intensity_low, iron_intensity_high):
    return any_of(iron_intensity < iron_intensity_low, iron_intensity > iron_intensity_high)


@iron_and_steel.check(
    "STL-5",
    severity="question",
    level="process",
    fields=("furnace_carbon_rest",),
    message=Text("炼铁碳平衡差 {found}，请核对", "Carbon of the furnace does not close ({found})"),
    expected=Text(
        "入炉碳量 − 煤气 − 生铁，与入炉碳量之比不超过 {carbon_rest_limit}",
        "carbon in − gas − iron within {carbon_rest_limit} of the carbon in",
    ),
)
def furnace_carbon_closes(furnace_carbon_rest, carbon_rest_limit):
    return largest(furnace_carbon_rest, -furnace_carbon_rest) > carbon_rest_limit


@iron_and_steel.check(
    "GEN-13",
    severity="question",
    level="process",
    fields=("process_output",),
    message=Text("年产量 {found} 超过批复产能，请说明", "Output {found} exceeds the approved capacity; please explain"),
    expected=Text("不超过 批复产能 × {capacity_margin}", "at most the approved capacity × {capacity_margin}"),
)
def output_within_capacity(process_output, approved_capacity, capacity_margin):
    return process_output > approved_capacity * 10000 * capacity_margin


add_intensity_is_steady(iron_and_steel, "process", Text("当月单位产品排放", "Emission by output"))
