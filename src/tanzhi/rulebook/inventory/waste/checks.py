"""Refusals of waste data."""

from tanzhi.rulebook.kernel import Text, any_of, total

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
