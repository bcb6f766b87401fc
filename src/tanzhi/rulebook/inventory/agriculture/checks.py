"""Refusals of agricultural data."""

from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, known, total, where

from ..areas import CROPLAND_REGIONS, FARMING_REGIONS, outside
from .base import agriculture

OWN = Text("本地区所在的分区", "the region that the area lies in")


@agriculture.check(
    "INV-04",
    severity="error",
    level="crop",
    fields=("straw_return_rate",),
    message=Text("秸秆还田率 {found} 不在 0 至 1 之间", "Share of straw returned {found} lies outside 0 to 1"),
    expected=Text("0 至 1 之间的小数，例如 0.30", "a fraction from 0 to 1 such as 0.30"),
    remedy=Text("30% 请填 0.30", "Enter 30 % as 0.30"),
)
def return_rate_is_a_fraction(straw_return_rate):
    return any_of(straw_return_rate < 0, straw_return_rate > 1)


@agriculture.check(
    "INV-15",
    severity="error",
    level="region",
    fields=("farming_region",),
    message=Text("因子分区“{found}”不是本地区所在分区", "Factor region {found} is not the one that the area lies in"),
    expected=OWN,
)
def farming_factors_of_the_own_region(farming_region, region):
    return any_of(
        *(all_of(chosen(farming_region, code), chosen(region, *outside("farming", code))) for code in FARMING_REGIONS)
    )


@agriculture.check(
    "INV-15-CROPLAND",
    severity="error",
    level="region",
    fields=("cropland_region",),
    message=Text("因子分区“{found}”不是本地区所在分区", "Factor region {found} is not the one that the area lies in"),
    expected=OWN,
)
def cropland_factors_of_the_own_region(cropland_region, region):
    return any_of(
        *(
            all_of(chosen(cropland_region, code), chosen(region, *outside("cropland", code)))
            for code in CROPLAND_REGIONS
        )
    )


@agriculture.check(
    "INV-18",
    severity="error",
    level="region",
    fields=("count_basis",),
    message=Text(
        "头数口径为“{found}”，指南按年末存栏计算", "Heads are counted as {found}; the guide counts year-end stock"
    ),
    expected=Text("年末存栏", "year-end stock"),
    remedy=Text("请改填年末存栏，存栏与出栏不得混用", "Enter the year-end stock; stock and slaughter are never mixed"),
)
def heads_are_stock(count_basis):
    return chosen(count_basis, "slaughter")


@agriculture.check(
    "INV-05-MANURE",
    severity="error",
    level="animal",
    fields=("system_share",),
    message=Text("粪便管理方式比例合计不为 1（{found}）", "The shares of manure management do not make 1 ({found})"),
    expected=Text("合计为 1，偏差不超过 {system_tolerance}", "1 in all, within {system_tolerance}"),
    remedy=Text("比例以小数填报，例如 0.35", "Enter the shares as fractions such as 0.35"),
)
def manure_systems_make_the_whole(system_share, system_tolerance):
    rest = total(system_share) - 1
    return any_of(rest > system_tolerance, -rest > system_tolerance)


@agriculture.check(
    "INV-04-MANURE",
    severity="error",
    level="manure_system",
    fields=("system_share",),
    message=Text("粪便管理方式比例 {found} 不在 0 至 1 之间", "Share of manure management {found} lies outside 0 to 1"),
    expected=Text("0 至 1 之间的小数，例如 0.35", "a fraction from 0 to 1 such as 0.35"),
)
def manure_share_is_a_fraction(system_share):
    return any_of(system_share < 0, system_share > 1)


@agriculture.check(
    "INV-20-MANURE",
    severity="error",
    level="animal",
    fields=("mean_temperature",),
    message=Text(
        "已填粪便管理方式而未选年均气温，甲烷无法计算",
        "Manure management is stated and the mean temperature is not: CH4 cannot be computed",
    ),
    expected=Text("选择年均气温", "choose the mean temperature"),
)
def managed_manure_has_its_temperature(systems_share, mean_temperature=None):
    return all_of(known(systems_share), where(known(mean_temperature), False, True))
