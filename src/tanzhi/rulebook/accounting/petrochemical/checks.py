"""What cannot be in a petrochemical month, needs a word, or is not usual. Codes GEN: all; PET: petrochemicals."""

from tanzhi.rulebook.accounting.ndrc import add_family_checks
from tanzhi.rulebook.accounting.process_plants import FUEL_GASES, add_balance_checks, add_sold_heat
from tanzhi.rulebook.checks.common import add_hours_fit_in_a_month, add_intensity_is_steady
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, quotient, total, where

from .base import (
    BURNING_OFF,
    CRACKING,
    DELAYED,
    FLEXI,
    HYDROGEN,
    NDRC,
    REGENERATING,
    TESTED_FEEDS,
    TESTED_PRODUCTS,
    petrochemical,
)

JUDGEMENT = "工程判断，作为设置"
GASES = (*FUEL_GASES, "synthesis_gas")

add_balance_checks(petrochemical, "PET", NDRC, TESTED_FEEDS, TESTED_PRODUCTS)
add_sold_heat(petrochemical, "PET", NDRC)
add_hours_fit_in_a_month(petrochemical, "PET-107")
add_family_checks(petrochemical, "PET")


@petrochemical.check(
    "PET-108",
    severity="error",
    level="month",
    fields=("running_hours", "feed_processed"),
    message=Text("停工月份填报了加工量（运行 {found}）", "A plant that stood still ({found}) states feed"),
    expected=Text("运行小时数大于 0，或加工量为 0", "running hours above nil, or no feed"),
)
def no_feed_of_a_plant_that_stood_still(running_hours, feed_processed):
    return all_of(running_hours <= 0, feed_processed > 0)


@petrochemical.check(
    "PET-109",
    severity="error",
    level="month",
    fields=("coke_burned", "feed_processed"),
    message=Text("烧焦量 {found} 不小于加工量，不可能", "Coke of {found} is not less than the feed"),
    expected=Text("烧焦量小于加工量", "less coke than feed"),
    law=NDRC,
)
def coke_is_a_part_of_the_feed(coke_burned, feed_processed):
    return all_of(coke_burned > 0, coke_burned >= feed_processed)


@petrochemical.check(
    "PET-111",
    severity="error",
    level="month",
    fields=("coke_burned",),
    message=Text("该类装置不烧焦，填报了 {found}", "This kind of plant burns no coke off: {found}"),
    expected=Text(
        "留空：延迟焦化加热炉计入燃料燃烧，灵活焦化不计", "blank: delayed coking burns fuel, flexicoking is not counted"
    ),
    law=NDRC,
)
def coke_is_burned_off_where_it_can_be(plant_kind, coke_burned):
    return all_of(not chosen(plant_kind, *BURNING_OFF), coke_burned > 0)


@petrochemical.check(
    "PET-112",
    severity="error",
    level="month",
    fields=("catalyst",),
    message=Text("该类装置无间歇再生，填报了催化剂 {found}", "This kind of plant regenerates nothing: {found}"),
    expected=Text("留空，或在名册中更正装置类别", "blank, or another kind of plant in the register"),
    law=NDRC,
)
def catalyst_is_regenerated_where_it_can_be(plant_kind, catalyst):
    return all_of(not chosen(plant_kind, *REGENERATING), catalyst > 0)


@petrochemical.check(
    "PET-113",
    severity="error",
    level="month",
    fields=("carbon_after", "carbon_before"),
    message=Text("再生后含碳量 {found} 大于再生前", "More carbon after regeneration ({found}) than before"),
    expected=Text("不大于再生前含碳量", "at most the carbon before"),
    law=NDRC,
)
def regeneration_takes_carbon_away(carbon_before, carbon_after):
    return carbon_after > carbon_before


@petrochemical.check(
    "PET-114",
    severity="error",
    level="month",
    fields=("decoking_dioxide", "decoking_monoxide"),
    message=Text("二氧化碳与一氧化碳浓度之和大于 100%（{found}）", "CO2 and CO are more than the whole gas ({found})"),
    expected=Text("两者之和不大于 100%", "at most 100 % together"),
    law=NDRC,
)
def tail_gas_is_a_whole(decoking_dioxide, decoking_monoxide):
    return decoking_dioxide + decoking_monoxide > 100


@petrochemical.check(
    "PET-115",
    severity="error",
    level="month",
    fields=("decoking_hours",),
    message=Text("炉管烧焦时间 {found} 超过一个月", "Decoking of {found} exceeds a month"),
    expected=Text("不超过 {hours_of_a_month}", "at most {hours_of_a_month}"),
    law=NDRC,
)
def decoking_fits_in_a_month(decoking_hours, hours_of_a_month):
    return decoking_hours > hours_of_a_month


@petrochemical.check(
    "PET-116",
    severity="error",
    level="feed",
    fields=("feed_carbon",),
    message=Text("原料含碳量 {found} 大于 1，不可能", "Feed of {found} carbon by tonne is more than carbon itself"),
    expected=Text("以 tC/t 填报，不大于 1", "in tC/t, at most 1"),
    law=NDRC,
)
def feed_is_at_most_carbon(feed, feed_carbon):
    return all_of(not chosen(feed, *GASES), feed_carbon > 1)


@petrochemical.quantity("t", level="fuel", label=Text("石油焦燃烧量", "Petroleum coke burned"), law=JUDGEMENT)
def coke_as_fuel(fuel, fuel_consumption):
    """Petroleum coke among the fuel, else blank (石油焦燃烧量), t."""
    return where(chosen(fuel, "petroleum_coke"), fuel_consumption, None)


@petrochemical.check(
    "PET-23",
    severity="question",
    level="month",
    fields=("coke_burned", "coke_as_fuel"),
    message=Text(
        "烧焦量与石油焦燃料量相同（{found}），是否重复计算？", "Coke burned off equals coke as fuel ({found}): twice?"
    ),
    expected=Text("烧焦只在过程排放中填报一次", "coke that is burned off stands once, as process emission"),
    law=NDRC,
)
def burned_off_coke_counts_once(coke_burned, coke_as_fuel):
    return all_of(coke_burned > 0, total(coke_as_fuel) == coke_burned)


@petrochemical.quantity("1", level="month", label=Text("烧焦占加工量", "Coke by feed"), law=JUDGEMENT)
def coke_rate(coke_burned, feed_processed):
    """Coke burned off by feed (烧焦占加工量); for comparison only. Not rounded."""
    return quotient(coke_burned, feed_processed)


@petrochemical.quantity("tCO2/t", level="month", label=Text("吨氢过程排放", "Emission by hydrogen"), law=JUDGEMENT)
def hydrogen_rate(feedstock_emission, hydrogen_output):
    """Emission of feed by hydrogen (吨氢过程排放); for comparison only. Not rounded."""
    return quotient(feedstock_emission, hydrogen_output)


@petrochemical.quantity(
    "tCO2/t", level="month", label=Text("当月单位加工量排放", "Emission by feed of the month"), law=JUDGEMENT
)
def month_intensity(month_emission, feed_processed):
    """Emission of the month by feed (当月单位加工量排放); for comparison only. Not rounded."""
    return quotient(month_emission, feed_processed)


@petrochemical.quantity(
    "tCO2/t", level="enterprise", label=Text("吨油直接排放", "Direct emission by crude"), law=JUDGEMENT
)
def crude_rate(direct_emission, crude_of_year):
    """Direct emission by crude oil (吨原油直接排放); for comparison only. Not rounded."""
    return quotient(direct_emission, crude_of_year)


@usual(petrochemical, "PET-1", Text("吨原油直接排放", "Direct emission by crude"), level="enterprise")
def refinery_is_usual(crude_rate, refinery_rate_low, refinery_rate_high):
    return any_of(crude_rate < refinery_rate_low, crude_rate > refinery_rate_high)


@usual(petrochemical, "PET-1-COKE", Text("催化裂化烧焦占加工量", "Coke by feed of catalytic cracking"))
def coke_of_cracking_is_usual(plant_kind, coke_rate, coke_rate_low, coke_rate_high):
    return all_of(chosen(plant_kind, CRACKING), any_of(coke_rate < coke_rate_low, coke_rate > coke_rate_high))


@usual(petrochemical, "PET-1-HYDROGEN", Text("吨氢过程排放", "Emission by hydrogen"))
def hydrogen_is_usual(plant_kind, hydrogen_rate, hydrogen_rate_low, hydrogen_rate_high):
    outside = any_of(hydrogen_rate < hydrogen_rate_low, hydrogen_rate > hydrogen_rate_high)
    return all_of(chosen(plant_kind, HYDROGEN), outside)


@petrochemical.check(
    "GEN-13-FUEL",
    severity="question",
    level="month",
    fields=("feed_processed",),
    message=Text("焦化装置有加工量 {found} 而没有燃料，请说明", "Coking of {found} without fuel; please explain"),
    expected=Text("填报加热炉燃料", "the fuel of its furnace"),
)
def coking_burns_fuel(plant_kind, feed_processed, fuel_consumption):
    coking = chosen(plant_kind, DELAYED, FLEXI)
    return all_of(coking, feed_processed > 0, given(total(fuel_consumption), 0) <= 0)


add_intensity_is_steady(petrochemical, "plant", Text("当月单位加工量排放", "Emission by feed"))
