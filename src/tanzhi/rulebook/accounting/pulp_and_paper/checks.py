"""What cannot be in a paper enterprise's month, or needs a word. Codes GEN: all sectors; PAP: paper."""

from tanzhi.rulebook.accounting.ndrc import add_family_checks
from tanzhi.rulebook.checks.common import add_hours_fit_in_a_month, add_intensity_is_steady
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, quotient

from .base import NDRC, UTILITIES, pulp_and_paper

JUDGEMENT = "工程判断，作为设置"


@pulp_and_paper.quantity("1", level="month", label=Text("吨产品用汽", "Steam by product"), law=JUDGEMENT)
def steam_by_product(steam_used, product_output):
    """Steam ÷ product (吨产品用汽), t/t. Not rounded."""
    return quotient(steam_used, product_output)


@pulp_and_paper.quantity(
    "tCO2e/t", level="month", label=Text("当月单位产品排放", "Emission by product of the month"), law=JUDGEMENT
)
def month_intensity(month_emission, month_energy_emission, product_output):
    """Direct emission and purchased energy ÷ product of a month (当月单位产品排放). Not rounded."""
    return quotient(month_emission + month_energy_emission, product_output)


@pulp_and_paper.check(
    "PAP-101",
    severity="error",
    level="month",
    fields=("oxygen_demand_out", "oxygen_demand_in"),
    message=Text("出口 COD {found} 大于进口 COD，不可能", "COD at the outlet, {found}, exceeds that at the inlet"),
    expected=Text("不大于进口 COD 浓度", "at most the COD at the inlet"),
    law=NDRC,
    remedy=Text("请核对进出口是否颠倒、单位是否均为 kg/m³", "Check whether they are exchanged, and both in kg/m³"),
)
def treatment_removes(oxygen_demand_out, oxygen_demand_in):
    return oxygen_demand_out > oxygen_demand_in


@pulp_and_paper.check(
    "PAP-102",
    severity="error",
    level="month",
    fields=("methane_recovered", "methane_generated"),
    message=Text("回收的甲烷 {found} 大于产生的甲烷，不可能", "Methane recovered, {found}, exceeds what was generated"),
    expected=Text("不大于按 COD 计算的产生量", "at most what the COD gives"),
    law=NDRC,
)
def no_more_methane_than_was_generated(methane_recovered, methane_generated):
    return all_of(methane_generated >= 0, methane_recovered > methane_generated)  # below nil: PAP-101 tells it


@pulp_and_paper.check(
    "PAP-103",
    severity="error",
    level="month",
    fields=("sludge_removed", "organic_load"),
    message=Text("以污泥清除的 COD {found} 大于去除总量", "COD removed with sludge, {found}, exceeds what was removed"),
    expected=Text("不大于废水量 ×（进口 − 出口 COD）", "at most the volume × (COD in − out)"),
    law=NDRC,
)
def sludge_is_a_part(sludge_removed, organic_load):
    return all_of(organic_load >= 0, sludge_removed > organic_load)  # below nil: PAP-101 tells it


@pulp_and_paper.check(
    "PAP-104",
    severity="error",
    level="month",
    fields=("product_output",),
    message=Text("停产月份填报了产量 {found}", "A line that stood still states a product of {found}"),
    expected=Text("运行小时数大于 0，或产量为 0", "running hours above nil, or no product"),
)
def no_product_of_a_line_that_stood_still(product_output, running_hours):
    return all_of(product_output > 0, running_hours <= 0)


add_hours_fit_in_a_month(pulp_and_paper, "PAP-105")


@pulp_and_paper.check(
    "PAP-106",
    severity="error",
    level="month",
    fields=("product_output",),
    message=Text("公用设施填报了产量 {found}", "Utilities state a product of {found}"),
    expected=Text("0，或在名册中更正生产线类别", "0, or another kind of line in the register"),
)
def utilities_make_no_product(line_kind, product_output):
    return all_of(chosen(line_kind, UTILITIES), product_output > 0)


add_family_checks(pulp_and_paper, "PAP")


@usual(pulp_and_paper, "PAP-1", Text("单位产品排放量", "Emission by product"), level="enterprise")
def intensity_is_usual(emission_per_product, product_intensity_low, product_intensity_high):
    return any_of(emission_per_product < product_intensity_low, emission_per_product > product_intensity_high)


@usual(pulp_and_paper, "PAP-1-STEAM", Text("吨产品用汽", "Steam by product"))
def steam_is_usual(steam_by_product, steam_rate_low, steam_rate_high):
    return any_of(steam_by_product < steam_rate_low, steam_by_product > steam_rate_high)


add_intensity_is_steady(pulp_and_paper, "line", Text("当月单位产品排放", "Emission by product"))


@pulp_and_paper.check(
    "GEN-13-FUEL",
    severity="question",
    level="month",
    fields=("product_output",),
    message=Text(
        "有产量 {found} 而没有燃料、蒸汽和购入能源，请说明", "{found} of product without fuel, steam or energy"
    ),
    expected=Text("填报燃料、蒸汽或购入的电力与热力", "the fuel, steam, electricity or heat that was used"),
)
def no_product_without_energy(product_output, month_combustion_emission, month_energy_emission, steam_used=None):
    bought = all_of(month_energy_emission <= 0, given(steam_used, 0) <= 0)
    return all_of(product_output > 0, month_combustion_emission <= 0, bought)
