"""What cannot be in a month of a glass maker, or needs a word. Codes GEN: all sectors; GLS: flat glass."""

from tanzhi.rulebook.accounting.ndrc import add_family_checks
from tanzhi.rulebook.checks.common import add_hours_fit_in_a_month, add_intensity_is_steady
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, quotient, total, where

from .base import NDRC, SODA_ASH, UTILITIES, flat_glass

JUDGEMENT = "工程判断，作为设置"


@flat_glass.quantity(
    "tCO2/t", level="month", label=Text("当月单位产品排放", "Emission by product of the month"), law=JUDGEMENT
)
def month_intensity(month_emission, glass_output):
    """Direct emission ÷ product of a month (当月单位产品排放). Not rounded."""
    return quotient(month_emission, glass_output)


@flat_glass.check(
    "GLS-101",
    severity="error",
    level="month",
    fields=("glass_output",),
    message=Text("停产月份填报了产量 {found}", "A line that stood still states a product of {found}"),
    expected=Text("运行小时数大于 0，或产量为 0", "running hours above nil, or no product"),
)
def no_product_of_a_line_that_stood_still(glass_output, running_hours):
    return all_of(glass_output > 0, running_hours <= 0)


add_hours_fit_in_a_month(flat_glass, "GLS-102")


@flat_glass.check(
    "GLS-103",
    severity="error",
    level="month",
    fields=("glass_output",),
    message=Text("公用设施填报了产量 {found}", "Utilities state a product of {found}"),
    expected=Text("0，或在名册中更正生产线类别", "0, or another kind of line in the register"),
)
def utilities_make_no_product(line_kind, glass_output):
    return all_of(chosen(line_kind, UTILITIES), glass_output > 0)


@flat_glass.quantity("GJ/t", level="month", label=Text("单位玻璃热耗", "Heat by glass"), law=JUDGEMENT)
def heat_by_glass(month_fuel_heat, glass_output):
    """Heat of fuel ÷ glass (单位玻璃热耗), GJ/t. Not rounded."""
    return quotient(month_fuel_heat, glass_output)


@flat_glass.quantity("t", level="material", label=Text("纯碱消耗量", "Soda ash used"), law=JUDGEMENT)
def soda_used(material, material_quantity):
    """Quantity of soda ash, else blank (纯碱消耗量), t."""
    return where(chosen(material, SODA_ASH), material_quantity, None)


@flat_glass.quantity("1", level="month", label=Text("吨玻璃纯碱", "Soda ash by glass"), law=JUDGEMENT)
def soda_by_glass(soda_used, glass_output):
    """Soda ash ÷ glass (吨玻璃纯碱用量), t/t. Not rounded."""
    return quotient(total(soda_used), glass_output)


@flat_glass.quantity(
    "tCO2/t", level="month", label=Text("单位玻璃过程排放", "Process emission by glass"), law=JUDGEMENT
)
def process_by_glass(carbonate_emission, glass_output):
    """Carbonates ÷ glass (单位玻璃过程排放), tCO2/t; blank where none was stated. Not rounded."""
    return quotient(total(carbonate_emission), glass_output)


@flat_glass.quantity(
    "t", level="material", label=Text("碳酸盐留在玻璃中的部分", "Oxide of the carbonate"), law=JUDGEMENT
)
def oxide_left(material_quantity, carbonate_emission):
    """What stays of the raw material when its CO2 is gone (分解后留在玻璃中的质量), t. Not rounded."""
    return material_quantity - carbonate_emission


@flat_glass.check(
    "GLS-104",
    severity="error",
    level="month",
    fields=("glass_output",),
    message=Text(
        "玻璃产量 {found} 小于碳酸盐分解后留在玻璃中的质量，不可能",
        "Glass of {found} is less than its carbonates leave in it",
    ),
    expected=Text("不小于碳酸盐原料消耗量减其分解排放量", "at least the carbonates less their CO2"),
    law=NDRC,
    remedy=Text("请核对单位（t）与数据所属生产线", "Check the unit (t) and the line that the values belong to"),
)
def glass_holds_its_oxides(glass_output, oxide_left):
    return all_of(glass_output > 0, total(oxide_left) > glass_output)


@flat_glass.check(
    "GLS-105",
    severity="error",
    level="month",
    fields=("purchased_heat", "month_fuel_heat"),
    message=Text("净外供热量大于燃料热量（净购入 {found}），不可能", "More heat was sold than the fuel held ({found})"),
    expected=Text("净外供热量不大于燃料热量", "heat sold at most the heat of the fuel"),
    law=NDRC,
)
def heat_sold_within_the_fuel(purchased_heat, month_fuel_heat):
    return purchased_heat + given(month_fuel_heat, 0) < 0


@flat_glass.check(
    "GEN-13",
    severity="question",
    level="month",
    fields=("glass_output",),
    message=Text(
        "玻璃产量 {found} 超过批复日熔化量，请说明", "Glass {found} exceeds the approved capacity; please explain"
    ),
    expected=Text(
        "不超过 批复日熔化量 × 运行小时数 ÷ 24 × {capacity_margin}", "at most capacity × hours ÷ 24 × {capacity_margin}"
    ),
)
def output_within_capacity(glass_output, running_hours, approved_capacity, capacity_margin):
    return glass_output > approved_capacity * running_hours / 24 * capacity_margin


@usual(flat_glass, "GLS-1", Text("单位玻璃热耗", "Heat by glass"))
def heat_is_usual(heat_by_glass, melting_heat_low, melting_heat_high):
    return any_of(heat_by_glass < melting_heat_low, heat_by_glass > melting_heat_high)


@usual(flat_glass, "GLS-1-SODA", Text("吨玻璃纯碱用量", "Soda ash by glass"))
def soda_is_usual(soda_by_glass, soda_rate_low, soda_rate_high):
    return any_of(soda_by_glass < soda_rate_low, soda_by_glass > soda_rate_high)


@usual(flat_glass, "GLS-1-PROCESS", Text("单位玻璃过程排放", "Process emission by glass"))
def process_is_usual(process_by_glass, process_rate_low, process_rate_high):
    return any_of(process_by_glass < process_rate_low, process_by_glass > process_rate_high)


add_family_checks(flat_glass, "GLS")
add_intensity_is_steady(flat_glass, "line", Text("当月单位产品排放", "Emission by product"))


@flat_glass.check(
    "GEN-13-FUEL",
    severity="question",
    level="month",
    fields=("glass_output",),
    message=Text("有产量 {found} 而没有燃料和购入能源，请说明", "{found} of product without fuel or purchased energy"),
    expected=Text("填报燃料或购入的电力与热力", "the fuel, electricity or heat that was used"),
)
def no_product_without_energy(glass_output, month_combustion_emission, month_energy_emission):
    return all_of(glass_output > 0, month_combustion_emission <= 0, month_energy_emission <= 0)
