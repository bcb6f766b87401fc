"""Refusals of waste data."""

from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, known, total, where

from .base import waste

GENERATED = Text("不超过产生量", "not above what is generated")


@waste.check(
    "INV-04",
    severity="error",
    level="fraction",
    fields=("fraction_share",),
    message=Text("成分比例 {found} 不在 0 至 1 之间", "Share {found} lies outside 0 to 1"),
    expected=Text("0 至 1 之间的小数，例如 0.50", "a fraction from 0 to 1 such as 0.50"),
    remedy=Text("50% 请填 0.50", "Enter 50 % as 0.50"),
)
def share_is_a_fraction(fraction_share):
    return any_of(fraction_share < 0, fraction_share > 1)


@waste.check(
    "INV-05",
    severity="error",
    level="region",
    fields=("fraction_share",),
    message=Text("各成分比例之和不为 1（{found}）", "The shares of all fractions do not make 1 ({found})"),
    expected=Text("合计为 1，偏差不超过 {share_tolerance}", "1 in all, within {share_tolerance}"),
    remedy=Text("不含可降解碳的部分列入“不含可降解碳的成分”", "Enter the rest as inert"),
)
def shares_make_one(fraction_share, share_tolerance):
    rest = total(fraction_share) - 1
    return any_of(rest > share_tolerance, -rest > share_tolerance)


@waste.check(
    "INV-07",
    severity="error",
    level="site",
    fields=("landfill_recovered",),
    message=Text("填埋场甲烷回收量 {found} 超过产生量", "CH4 recovered {found} exceeds what the landfill generates"),
    expected=GENERATED,
)
def no_more_recovered_than_generated(landfill_recovered, landfill_generated):
    return landfill_recovered > landfill_generated


@waste.check(
    "INV-07-DOMESTIC",
    severity="error",
    level="region",
    fields=("domestic_recovered",),
    message=Text(
        "生活污水甲烷回收量 {found} 超过产生量", "CH4 recovered {found} exceeds what domestic water generates"
    ),
    expected=GENERATED,
)
def no_more_from_domestic_water(domestic_recovered, domestic_generated):
    return domestic_recovered > domestic_generated


@waste.check(
    "INV-07-SLUDGE",
    severity="error",
    level="region",
    fields=("sludge_nitrogen",),
    message=Text("随污泥清除的氮 {found} 超过排入污水的氮", "Nitrogen removed {found} exceeds what is discharged"),
    expected=Text("不超过排入量", "not above what is discharged"),
)
def no_more_removed_than_discharged(sludge_nitrogen, discharged_nitrogen):
    return sludge_nitrogen > discharged_nitrogen


@waste.check(
    "INV-07-INDUSTRY",
    severity="error",
    level="industry",
    fields=("industry_recovered",),
    message=Text("工业废水甲烷回收量 {found} 超过产生量", "CH4 recovered {found} exceeds what the water generates"),
    expected=GENERATED,
)
def no_more_from_industrial_water(industry_recovered, industry_generated):
    return industry_recovered > industry_generated


@waste.check(
    "INV-07-DECAY",
    severity="error",
    level="region",
    fields=("landfill_recovered",),
    message=Text(
        "填埋场甲烷回收量合计超过一阶衰减产生量（{found}）", "CH4 recovered exceeds what decays in the year ({found})"
    ),
    expected=GENERATED,
)
def no_more_recovered_than_decays(landfill_recovered, decay_generated, landfill_method=None):
    chosen_so = chosen(landfill_method, "first_order_decay")
    return all_of(chosen_so, total(landfill_recovered) > decay_generated)


@waste.check(
    "INV-20-DECAY",
    severity="error",
    level="region",
    fields=("landfill_climate",),
    message=Text("一阶衰减法须选择填埋区气候", "First-order decay needs the climate of the landfills"),
    expected=Text("选择填埋区气候", "choose the climate"),
)
def decay_has_its_climate(landfill_method, landfill_climate=None):
    return all_of(chosen(landfill_method, "first_order_decay"), where(known(landfill_climate), False, True))


@waste.check(
    "INV-06-DECAY",
    severity="error",
    level="region",
    fields=("stated_correction",),
    message=Text("甲烷修正因子 {found} 不在 0 至 1 之间", "Methane correction {found} lies outside 0 to 1"),
    expected=Text("0 至 1 之间的小数，例如 0.8", "a fraction from 0 to 1 such as 0.8"),
)
def correction_is_a_fraction(stated_correction):
    return any_of(stated_correction < 0, stated_correction > 1)
