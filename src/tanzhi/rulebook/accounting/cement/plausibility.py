"""What is usual at a clinker line: heat, intensity, raw meal and electricity by clinker, output by capacity."""

from tanzhi.rulebook.checks.common import add_intensity_is_steady
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, quotient, total, where

from .base import AG, COALS, cement

JUDGEMENT = "工程判断，作为设置"


@cement.quantity("GJ/t", level="month", label=Text("单位熟料热耗", "Heat by clinker"), law=JUDGEMENT)
def heat_by_clinker(month_fuel_heat, clinker_output):
    """Heat of fuel by clinker (单位熟料热耗); for comparison only. Not rounded."""
    return quotient(month_fuel_heat, clinker_output)


@cement.quantity(
    "tCO2/t", level="month", label=Text("当月单位熟料排放", "Emission by clinker of the month"), law=JUDGEMENT
)
def month_intensity(month_emission, clinker_output):
    """Emission of the month by clinker (当月单位熟料排放); for comparison only. Not rounded."""
    return quotient(month_emission, clinker_output)


@cement.quantity("1", level="month", label=Text("生料料耗比", "Raw meal by clinker"), law=JUDGEMENT)
def meal_by_clinker(raw_meal, clinker_output):
    """Raw meal by clinker (料耗); for comparison only. Not rounded."""
    return quotient(raw_meal, clinker_output)


@cement.quantity("MWh/t", level="month", label=Text("单位熟料电耗", "Electricity by clinker"), law=JUDGEMENT)
def electricity_by_clinker(purchased_electricity, clinker_output):
    """Electricity by clinker (单位熟料电耗); for comparison only. Not rounded."""
    return quotient(purchased_electricity, clinker_output)


@cement.quantity("t", level="month", since=2024, label=Text("当月替代原料", "Substitutes of the month"), law=AG)
def month_substitutes(substitute_quantity):
    """All substitutes of a line in a month (当月替代原料消耗量), t."""
    return total(substitute_quantity)


@cement.quantity("GJ/t", level="fuel", label=Text("燃煤实测低位发热量", "Tested heat of coal"), law=AG)
def coal_heat_tested(fuel, net_calorific_value=None):
    """Tested net calorific value of a coal, else blank (燃煤实测低位发热量). Not rounded."""
    return where(chosen(fuel, *COALS), net_calorific_value, None)


@cement.quantity("t", level="fuel", label=Text("燃煤消耗量", "Coal burned"), law=AG)
def coal_burned(fuel, fuel_consumption):
    """Consumption of a coal, else blank (燃煤消耗量), t."""
    return where(chosen(fuel, *COALS), fuel_consumption, None)


@usual(cement, "CEM-1", Text("单位熟料热耗", "Heat by clinker"))
def kiln_heat_is_usual(heat_by_clinker, kiln_heat_low, kiln_heat_high):
    return any_of(heat_by_clinker < kiln_heat_low, heat_by_clinker > kiln_heat_high)


@usual(cement, "CEM-2", Text("单位熟料排放", "Emission by clinker"), since=2024)
def line_intensity_is_usual(clinker_class, month_intensity, line_intensity_low, line_intensity_high):
    outside = any_of(month_intensity < line_intensity_low, month_intensity > line_intensity_high)
    return all_of(chosen(clinker_class, "portland"), outside)


@usual(cement, "CEM-2-PROCESS", Text("碳酸盐分解因子", "The carbonate factor"), until=2023)
def carbonate_factor_is_usual(clinker_class, carbonate_factor, process_factor_low, process_factor_high):
    outside = any_of(carbonate_factor < process_factor_low, carbonate_factor > process_factor_high)
    return all_of(chosen(clinker_class, "portland"), outside)


@usual(cement, "CEM-3", Text("生料与熟料之比", "Raw meal by clinker"))
def meal_ratio_is_usual(meal_by_clinker, meal_ratio_low, meal_ratio_high):
    return any_of(meal_by_clinker < meal_ratio_low, meal_by_clinker > meal_ratio_high)


@usual(cement, "CEM-5", Text("单位熟料电耗", "Electricity by clinker"))
def line_electricity_is_usual(electricity_by_clinker, line_electricity_low, line_electricity_high):
    return any_of(electricity_by_clinker < line_electricity_low, electricity_by_clinker > line_electricity_high)


@cement.check(
    "GEN-13",
    severity="question",
    level="month",
    fields=("clinker_output",),
    message=Text(
        "熟料产量 {found} 超过批复产能，请说明", "Clinker {found} exceeds the approved capacity; please explain"
    ),
    expected=Text(
        "不超过 批复产能 × 运行小时数 ÷ 24 × {capacity_margin}", "at most capacity × hours ÷ 24 × {capacity_margin}"
    ),
)
def output_within_capacity(clinker_output, running_hours, approved_capacity, capacity_margin):
    return clinker_output > approved_capacity * running_hours / 24 * capacity_margin


add_intensity_is_steady(cement, "line", Text("当月单位熟料排放", "Emission by clinker"))
