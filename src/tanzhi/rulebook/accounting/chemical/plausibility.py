"""What is usual in a chemical enterprise: limits are engineering judgement, a hit is a question and no verdict."""

from tanzhi.rulebook.checks.common import add_intensity_is_steady
from tanzhi.rulebook.checks.usual import usual
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, given, known, quotient, total, where

from .base import AMMONIA, CARBIDE, COALS, METHANOL, UREA, chemical

JUDGEMENT = "工程判断，作为设置"


@chemical.quantity(
    "tCO2e/t", level="month", label=Text("当月单位产品排放", "Emission by product of the month"), law=JUDGEMENT
)
def month_intensity(month_emission, product_output):
    """Emission of the month by output (当月单位产品排放); for comparison only. Not rounded."""
    return quotient(month_emission, product_output)


@chemical.quantity("tCO2/t", level="month", label=Text("单位产品原料毛排放", "Gross emission of feed"), law=JUDGEMENT)
def gross_rate(month_carbon_in, product_output):
    """Carbon in × 44/12 by output (单位产品原料毛排放); for comparison only. Not rounded."""
    return quotient(month_carbon_in * 44 / 12, product_output)


@chemical.quantity(
    "tCO2/t", level="month", label=Text("单位产品过程排放", "Emission of feed by product"), law=JUDGEMENT
)
def process_rate(feedstock_emission, product_output):
    """Emission of feed by output (单位产品过程排放); for comparison only. Not rounded."""
    return quotient(feedstock_emission, product_output)


@chemical.quantity("1", level="month", label=Text("吨尿素耗氨", "Ammonia by urea"), law=JUDGEMENT)
def ammonia_rate(ammonia_used, product_output):
    """Ammonia by tonne of urea (吨尿素耗氨); for comparison only. Not rounded."""
    return quotient(ammonia_used, product_output)


@chemical.quantity("t", level="feed", label=Text("焦炭投入量", "Coke fed"), law=JUDGEMENT)
def coke_fed(feed, feed_quantity):
    """Coke among the feed, else blank (焦炭投入量), t."""
    return where(chosen(feed, "coke"), feed_quantity, None)


@chemical.quantity("1", level="month", label=Text("吨电石耗焦", "Coke by carbide"), law=JUDGEMENT)
def coke_rate(coke_fed, product_output):
    """Coke by tonne of carbide (吨电石耗焦); for comparison only. Not rounded."""
    return quotient(total(coke_fed), product_output)


@chemical.quantity("MWh/t", level="month", label=Text("单位产品电耗", "Electricity by product"), law=JUDGEMENT)
def power_rate(product_output, grid_electricity=None, captive_electricity=None, clean_electricity=None):
    """All electricity used by output (单位产品电耗); for comparison only. Not rounded."""
    own = given(captive_electricity, 0) + given(clean_electricity, 0)
    return quotient(given(grid_electricity, 0) + own, product_output)


@chemical.quantity("t", level="fuel", label=Text("燃煤量", "Coal burned"), law=JUDGEMENT)
def coal_burned(fuel, fuel_consumption):
    """Coal among the fuel, else blank (燃煤量), t."""
    return where(chosen(fuel, *COALS), fuel_consumption, None)


@chemical.quantity("t", level="feed", label=Text("原料煤量", "Coal fed"), law=JUDGEMENT)
def coal_fed(feed, feed_quantity):
    """Coal among the feed, else blank (原料煤量), t."""
    return where(chosen(feed, *COALS), feed_quantity, None)


@usual(chemical, "CHM-1", Text("吨氨（煤）原料毛排放", "Gross emission of ammonia from coal"))
def ammonia_of_coal_is_usual(workshop_product, feed_route, gross_rate, ammonia_coal_low, ammonia_coal_high):
    outside = any_of(gross_rate < ammonia_coal_low, gross_rate > ammonia_coal_high)
    return all_of(chosen(workshop_product, AMMONIA), chosen(feed_route, "coal"), outside)


@usual(chemical, "CHM-1-GAS", Text("吨氨（气）原料毛排放", "Gross emission of ammonia from gas"))
def ammonia_of_gas_is_usual(workshop_product, feed_route, gross_rate, ammonia_gas_low, ammonia_gas_high):
    outside = any_of(gross_rate < ammonia_gas_low, gross_rate > ammonia_gas_high)
    return all_of(chosen(workshop_product, AMMONIA), chosen(feed_route, "gas"), outside)


@usual(chemical, "CHM-2-METHANOL", Text("吨甲醇（煤）原料毛排放", "Gross emission of methanol from coal"))
def methanol_of_coal_is_usual(workshop_product, feed_route, gross_rate, methanol_coal_low, methanol_coal_high):
    outside = any_of(gross_rate < methanol_coal_low, gross_rate > methanol_coal_high)
    return all_of(chosen(workshop_product, METHANOL), chosen(feed_route, "coal"), outside)


@usual(chemical, "CHM-2", Text("吨尿素耗氨", "Ammonia by urea"))
def ammonia_by_urea_is_usual(workshop_product, ammonia_rate, ammonia_rate_low, ammonia_rate_high):
    outside = any_of(ammonia_rate < ammonia_rate_low, ammonia_rate > ammonia_rate_high)
    return all_of(chosen(workshop_product, UREA), outside)


@usual(chemical, "CHM-3", Text("吨电石耗焦", "Coke by carbide"))
def coke_by_carbide_is_usual(workshop_product, coke_rate, coke_rate_low, coke_rate_high):
    return all_of(chosen(workshop_product, CARBIDE), any_of(coke_rate < coke_rate_low, coke_rate > coke_rate_high))


@usual(chemical, "CHM-3-POWER", Text("吨电石电耗", "Electricity by carbide"))
def power_by_carbide_is_usual(workshop_product, power_rate, carbide_power_low, carbide_power_high):
    outside = any_of(power_rate < carbide_power_low, power_rate > carbide_power_high)
    return all_of(chosen(workshop_product, CARBIDE), outside)


@usual(chemical, "CHM-3-PROCESS", Text("吨电石过程排放", "Emission of feed by carbide"))
def carbide_emission_is_usual(workshop_product, process_rate, carbide_emission_low, carbide_emission_high):
    outside = any_of(process_rate < carbide_emission_low, process_rate > carbide_emission_high)
    return all_of(chosen(workshop_product, CARBIDE), outside)


@usual(chemical, "CHM-1-SLAG", Text("炉渣含碳量", "Carbon in slag"), level="product")
def slag_carbon_is_usual(product, product_carbon, slag_carbon_low, slag_carbon_high):
    outside = any_of(product_carbon < slag_carbon_low, product_carbon > slag_carbon_high)
    return all_of(chosen(product, "slag"), outside)


@chemical.check(
    "CHM-4",
    severity="question",
    level="acid_process",
    fields=("abatement_efficiency",),
    message=Text("N2O 去除效率 {found} 偏高而无连续监测，请说明", "Abatement of {found} is high and not monitored"),
    expected=Text("不超过 {largest_abatement}，或有连续监测", "at most {largest_abatement}, or monitored all the time"),
)
def high_abatement_is_monitored(abatement_efficiency, largest_abatement, abatement_monitored=None):
    return all_of(abatement_efficiency > largest_abatement, not chosen(abatement_monitored, "yes"))


@chemical.check(
    "CHM-4-USE",
    severity="question",
    level="acid_process",
    fields=("abatement_use",),
    message=Text("处理设备使用率 {found} 偏高而无连续监测，请说明", "Use of {found} is high and not monitored"),
    expected=Text(
        "不超过 {largest_abatement_use}，或有连续监测", "at most {largest_abatement_use}, or monitored all the time"
    ),
)
def high_use_is_monitored(abatement_use, largest_abatement_use, abatement_monitored=None):
    return all_of(abatement_use > largest_abatement_use, not chosen(abatement_monitored, "yes"))


@chemical.check(
    "CHM-23",
    severity="question",
    level="month",
    fields=("coal_burned", "coal_fed"),
    message=Text(
        "燃煤量与原料煤量相同（{found}），是否重复计算？", "Coal burned equals coal fed ({found}): counted twice?"
    ),
    expected=Text("分别计量的燃料煤与原料煤", "coal that was weighed apart for each use"),
)
def coal_counts_once(coal_burned, coal_fed):
    return all_of(total(coal_burned) > 0, total(coal_burned) == total(coal_fed))


@chemical.check(
    "GEN-13-FUEL",
    severity="question",
    level="month",
    fields=("product_output",),
    message=Text("有产量 {found} 而没有燃料、原料、电力和热力", "{found} of output without fuel, feed, power or heat"),
    expected=Text("填报消耗的燃料、原料、电力或热力", "what was burned, fed or used"),
)
def no_output_out_of_nothing(
    product_output,
    fuel_consumption,
    feed_quantity,
    grid_electricity=None,
    captive_electricity=None,
    clean_electricity=None,
    supplied_heat=None,
):
    taken = given(total(fuel_consumption), total(feed_quantity))
    energy = given(grid_electricity, captive_electricity, clean_electricity, supplied_heat)
    return all_of(product_output > 0, not known(taken), not known(energy))


add_intensity_is_steady(chemical, "workshop", Text("当月单位产品排放", "Emission by product"))
