"""What is usual in a steel works: rates of coke, coal and gas, intensities, output by capacity."""

from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen
from tanzhi.rulebook.kernel.words import others

from .base import iron_and_steel


def usual(low: str, high: str) -> Text:
    """The bounds by the names of their parameters."""
    return Text(f"{{{low}}} 至 {{{high}}}", f"{{{low}}} to {{{high}}}")


@iron_and_steel.check(
    "STL-1",
    severity="question",
    level="month",
    fields=("coke_rate",),
    message=Text("入炉焦比 {found} 超出合理区间，请核对", "Coke by iron, {found}, is outside what is usual"),
    expected=usual("coke_rate_low", "coke_rate_high"),
)
def coke_rate_is_usual(coke_rate, coke_rate_low, coke_rate_high):
    return any_of(coke_rate < coke_rate_low, coke_rate > coke_rate_high)


@iron_and_steel.check(
    "STL-1-PCI",
    severity="question",
    level="month",
    fields=("injection_rate",),
    message=Text("喷煤比 {found} 超出合理区间，请核对", "Injected coal by iron, {found}, is outside what is usual"),
    expected=usual("injection_rate_low", "injection_rate_high"),
)
def injection_rate_is_usual(injection_rate, injection_rate_low, injection_rate_high):
    return any_of(injection_rate < injection_rate_low, injection_rate > injection_rate_high)


@iron_and_steel.check(
    "STL-1-SINTER",
    severity="question",
    level="month",
    fields=("sinter_fuel",),
    message=Text(
        "烧结固体燃料消耗 {found} 超出合理区间，请核对", "Solid fuel by sinter, {found}, is outside what is usual"
    ),
    expected=usual("sinter_fuel_low", "sinter_fuel_high"),
)
def sinter_fuel_is_usual(sinter_fuel, sinter_fuel_low, sinter_fuel_high):
    return any_of(sinter_fuel < sinter_fuel_low, sinter_fuel > sinter_fuel_high)


@iron_and_steel.check(
    "STL-2",
    severity="question",
    level="month",
    fields=("gas_rate",),
    message=Text("吨铁高炉煤气 {found} 超出合理区间，请核对", "Furnace gas by iron, {found}, is outside what is usual"),
    expected=usual("furnace_gas_low", "furnace_gas_high"),
)
def furnace_gas_is_usual(process_kind, gas_rate, furnace_gas_low, furnace_gas_high):
    outside = any_of(gas_rate < furnace_gas_low, gas_rate > furnace_gas_high)
    return all_of(chosen(process_kind, "ironmaking"), outside)


@iron_and_steel.check(
    "STL-2-OVEN",
    severity="question",
    level="month",
    fields=("gas_rate",),
    message=Text("吨焦焦炉煤气 {found} 超出合理区间，请核对", "Oven gas by coke, {found}, is outside what is usual"),
    expected=usual("oven_gas_low", "oven_gas_high"),
)
def oven_gas_is_usual(process_kind, gas_rate, oven_gas_low, oven_gas_high):
    return all_of(chosen(process_kind, "coking"), any_of(gas_rate < oven_gas_low, gas_rate > oven_gas_high))


@iron_and_steel.check(
    "STL-2-CONVERTER",
    severity="question",
    level="month",
    fields=("gas_rate",),
    message=Text(
        "吨钢转炉煤气 {found} 超出合理区间，请核对", "Converter gas by steel, {found}, is outside what is usual"
    ),
    expected=usual("converter_gas_rate_low", "converter_gas_rate_high"),
)
def converter_gas_is_usual(process_kind, gas_rate, converter_gas_rate_low, converter_gas_rate_high):
    outside = any_of(gas_rate < converter_gas_rate_low, gas_rate > converter_gas_rate_high)
    return all_of(chosen(process_kind, "converter"), outside)


@iron_and_steel.check(
    "STL-3",
    severity="question",
    level="month",
    fields=("coke_yield",),
    message=Text("成焦率 {found} 超出合理区间，请核对", "Coke by coal, {found}, is outside what is usual"),
    expected=usual("coke_yield_low", "coke_yield_high"),
)
def coke_yield_is_usual(coke_yield, coke_yield_low, coke_yield_high):
    return any_of(coke_yield < coke_yield_low, coke_yield > coke_yield_high)


@iron_and_steel.check(
    "STL-4",
    severity="question",
    level="enterprise",
    fields=("emission_per_steel",),
    since=2024,
    message=Text("吨钢排放 {found} 超出合理区间，请核对", "Emission by crude steel, {found}, is outside what is usual"),
    expected=usual("steel_intensity_low", "steel_intensity_high"),
)
def steel_intensity_is_usual(emission_per_steel, steel_intensity_low, steel_intensity_high):
    return any_of(emission_per_steel < steel_intensity_low, emission_per_steel > steel_intensity_high)


@iron_and_steel.check(
    "STL-4-IRON",
    severity="question",
    level="enterprise",
    fields=("iron_intensity",),
    since=2024,
    message=Text(
        "单位生铁排放 {found} 超出合理区间，请核对", "Emission by pig iron, {found}, is outside what is usual"
    ),
    expected=usual("iron_intensity_low", "iron_intensity_high"),
)
def iron_intensity_is_usual(iron_intensity, iron_intensity_low, iron_intensity_high):
    return any_of(iron_intensity < iron_intensity_low, iron_intensity > iron_intensity_high)


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


@iron_and_steel.check(
    "GEN-4",
    severity="question",
    level="process",
    fields=("month_intensity",),
    message=Text(
        "当月单位产品排放 {found} 偏离其他月份，请说明", "Emission by output {found} is far from the other months"
    ),
    expected=Text(
        "与其他月份均值相差不超过 {month_swing_limit}", "within {month_swing_limit} of the other months' mean"
    ),
)
def intensity_is_steady(month_intensity, month_swing_limit):
    apart, tolerated = month_intensity - others(month_intensity), others(month_intensity) * month_swing_limit
    return apart * apart > tolerated * tolerated
