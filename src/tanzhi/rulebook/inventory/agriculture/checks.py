"""Refusals of agricultural data."""

from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen

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
