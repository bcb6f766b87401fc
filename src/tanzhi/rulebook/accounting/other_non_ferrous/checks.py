"""What cannot be in a month of a smelter, or needs a word. Codes GEN: all sectors; CUP: copper and others."""

from tanzhi.rulebook.accounting.ndrc import add_family_checks
from tanzhi.rulebook.checks.common import add_hours_fit_in_a_month, add_intensity_is_steady
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, known, quotient, total, where

from .base import COKE, COPPER, NDRC, OXALIC_ACID, UTILITIES, other_non_ferrous

JUDGEMENT = "工程判断，作为设置"


@other_non_ferrous.quantity(
    "tCO2/t", level="month", label=Text("当月单位产品排放", "Emission by product of the month"), law=JUDGEMENT
)
def month_intensity(month_emission, metal_output):
    """Direct emission ÷ product of a month (当月单位产品排放). Not rounded."""
    return quotient(month_emission, metal_output)


@other_non_ferrous.check(
    "CUP-101",
    severity="error",
    level="month",
    fields=("metal_output",),
    message=Text("停产月份填报了产量 {found}", "A line that stood still states a product of {found}"),
    expected=Text("运行小时数大于 0，或产量为 0", "running hours above nil, or no product"),
)
def no_product_of_a_line_that_stood_still(metal_output, running_hours):
    return all_of(metal_output > 0, running_hours <= 0)


add_hours_fit_in_a_month(other_non_ferrous, "CUP-102")


@other_non_ferrous.check(
    "CUP-103",
    severity="error",
    level="month",
    fields=("metal_output",),
    message=Text("公用设施填报了产量 {found}", "Utilities state a product of {found}"),
    expected=Text("0，或在名册中更正生产线类别", "0, or another kind of line in the register"),
)
def utilities_make_no_product(line_kind, metal_output):
    return all_of(chosen(line_kind, UTILITIES), metal_output > 0)


@other_non_ferrous.check(
    "CUP-104",
    severity="error",
    level="material",
    fields=("purity",),
    message=Text("非草酸原料填报了浓度 {found}", "A purity of {found} is stated of what is no oxalic acid"),
    expected=Text("留空；仅草酸按浓度折算", "blank: only oxalic acid is taken by its purity"),
    law=NDRC,
)
def only_acid_has_a_purity(material, purity):
    return all_of(known(purity), not chosen(material, OXALIC_ACID))


@other_non_ferrous.quantity("t", level="fuel", label=Text("作燃料的焦炭", "Coke as fuel"), law=JUDGEMENT)
def coke_burned(fuel, fuel_consumption):
    """Coke that stands at fuels, else blank (作燃料的焦炭), t."""
    return where(chosen(fuel, COKE), fuel_consumption, None)


@other_non_ferrous.quantity("t", level="material", label=Text("作还原剂的焦炭", "Coke as reductant"), law=JUDGEMENT)
def coke_reducing(material, material_quantity):
    """Coke that stands at materials, else blank (作还原剂的焦炭), t."""
    return where(chosen(material, COKE), material_quantity, None)


@other_non_ferrous.check(
    "CUP-1-COKE",
    severity="question",
    level="month",
    fields=("coke_burned", "coke_reducing"),
    message=Text(
        "作燃料与作还原剂的焦炭数量相同，请说明是否重复", "Coke as fuel equals coke as reductant: counted twice?"
    ),
    expected=Text("同一批焦炭只填一处", "one lot of coke at one place"),
    law=NDRC,
)
def coke_is_counted_once(coke_burned, coke_reducing):
    burned, reducing = total(coke_burned), total(coke_reducing)
    return all_of(burned > 0, burned == reducing)


@other_non_ferrous.quantity(
    "tCO2/t", level="line", label=Text("吨铜排放（含电热）", "Emission by copper"), law=JUDGEMENT
)
def copper_intensity(line_kind, emission_per_metal):
    """Emission by metal of a copper line, else blank (吨铜排放), tCO2/t."""
    return where(chosen(line_kind, COPPER), emission_per_metal, None)


@usual(other_non_ferrous, "CUP-1", Text("吨铜排放（含电热）", "Emission by copper"), level="line")
def copper_is_usual(copper_intensity, copper_intensity_low, copper_intensity_high):
    return any_of(copper_intensity < copper_intensity_low, copper_intensity > copper_intensity_high)


add_family_checks(other_non_ferrous, "CUP")
add_intensity_is_steady(other_non_ferrous, "line", Text("当月单位产品排放", "Emission by product"))


@other_non_ferrous.check(
    "GEN-13-FUEL",
    severity="question",
    level="month",
    fields=("metal_output",),
    message=Text("有产量 {found} 而没有燃料和购入能源，请说明", "{found} of product without fuel or purchased energy"),
    expected=Text("填报燃料或购入的电力与热力", "the fuel, electricity or heat that was used"),
)
def no_product_without_energy(metal_output, month_combustion_emission, month_energy_emission):
    return all_of(metal_output > 0, month_combustion_emission <= 0, month_energy_emission <= 0)
