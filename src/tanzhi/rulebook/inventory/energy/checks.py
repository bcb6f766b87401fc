"""Refusals of energy data."""

from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, known, where

from ..areas import EXPORTERS, PROVINCES
from .base import COALS, energy

FRACTION = Text("0 至 1 之间的小数，例如 0.93", "a fraction from 0 to 1 such as 0.93")
SMALLER = Text("不超过产生量", "not above what is generated")


@energy.check(
    "INV-06",
    severity="error",
    level="fuel",
    fields=("local_oxidation_rate",),
    message=Text("碳氧化率 {found} 不在 0 至 1 之间", "Oxidation rate {found} lies outside 0 to 1"),
    expected=FRACTION,
    remedy=Text("93% 请填 0.93", "Enter 93 % as 0.93"),
)
def oxidation_is_a_fraction(local_oxidation_rate):
    return any_of(local_oxidation_rate < 0, local_oxidation_rate > 1)


@energy.check(
    "INV-07",
    severity="error",
    level="region",
    fields=("utilised_methane",),
    message=Text("瓦斯利用量 {found} 超过逃逸量", "Methane utilised {found} exceeds what escapes"),
    expected=SMALLER,
    remedy=Text("利用量以立方米纯甲烷填报；万立方米须乘以 10000", "Enter m³ of pure methane; multiply 10⁴ m³ by 10000"),
)
def no_more_gas_used_than_escapes(utilised_methane, utilised_methane_mass, mining_methane, handling_methane=None):
    return utilised_methane_mass > mining_methane + given(handling_methane, 0)


@energy.check(
    "INV-07-OIL",
    severity="error",
    level="region",
    fields=("oil_gas_recovered",),
    message=Text("油气甲烷回收量 {found} 超过逃逸量", "Methane recovered {found} exceeds what escapes"),
    expected=SMALLER,
)
def no_more_recovered_than_escapes(oil_gas_recovered, oil_gas_methane):
    return oil_gas_methane < 0


@energy.check(
    "INV-15",
    severity="error",
    level="transfer",
    fields=("exporting_area",),
    message=Text("调出电量的送电地区应为本省，现为{found}", "Electricity out comes from the own province, not {found}"),
    expected=Text("本省", "the own province"),
)
def exports_carry_the_own_factor(direction, exporting_area, region):
    listed = all_of(chosen(region, *PROVINCES), chosen(exporting_area, *EXPORTERS))
    return all_of(chosen(direction, "export"), listed, exporting_area != region)


@energy.check(
    "INV-19",
    severity="error",
    level="region",
    fields=("utilised_methane",),
    message=Text("瓦斯利用量 {found} 未注明气体状态", "The volume {found} does not say its temperature and pressure"),
    expected=Text("选择 0℃ 或 20℃", "choose 0 °C or 20 °C"),
)
def a_volume_names_its_state(utilised_methane, volume_state=None):
    return all_of(known(utilised_methane), where(known(volume_state), False, True))


@energy.check(
    "INV-06-BED",
    severity="error",
    level="fuel",
    fields=("fluidised_share",),
    message=Text("流化床比例 {found} 不在 0 至 1 之间", "Share of fluidised beds {found} lies outside 0 to 1"),
    expected=Text("0 至 1 之间的小数，例如 0.15", "a fraction from 0 to 1 such as 0.15"),
    remedy=Text("15% 请填 0.15", "Enter 15 % as 0.15"),
)
def fluidised_share_is_a_fraction(fluidised_share):
    return any_of(fluidised_share < 0, fluidised_share > 1)


@energy.check(
    "INV-19-BED",
    severity="error",
    level="fuel",
    fields=("fluidised_share",),
    message=Text(
        "流化床比例 {found} 填在公用电力与热力的燃煤之外，不参与计算",
        "A share of fluidised beds, {found}, stands beside what is no coal of public power and heat: nothing takes it",
    ),
    expected=Text("仅公用电力与热力的燃煤填写，其他留空", "only at coal of public power and heat; blank elsewhere"),
)
def fluidised_beds_burn_the_coal_of_power_stations(fluidised_share, sector, fuel):
    is_power_coal = all_of(chosen(sector, "power_heat"), chosen(fuel, *COALS))
    return all_of(known(fluidised_share), where(is_power_coal, False, True))


@energy.check(
    "INV-20-BED",
    severity="note",
    level="fuel",
    fields=("fluidised_share",),
    message=Text(
        "未填流化床比例：氧化亚氮按全部不在流化床燃用计算",
        "No share of fluidised beds is stated: N2O is computed as if none of the coal was burnt in them",
    ),
    expected=Text("流化床锅炉燃用的比例；没有则填 0", "the share burnt in fluidised beds; 0 where there are none"),
)
def coal_of_power_stations_says_where_it_was_burnt(sector, fuel, fuel_burnt, fluidised_share=None):
    is_power_coal = all_of(chosen(sector, "power_heat"), chosen(fuel, *COALS), fuel_burnt > 0)
    return all_of(is_power_coal, where(known(fluidised_share), False, True))
