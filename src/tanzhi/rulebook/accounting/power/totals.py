"""What a month's and a year's totals are read by: of the enterprise, and emission by generation.

For comparison with the month before and the year before; no other rule rests on them.
"""

from tanzhi.rulebook.kernel import Text, all_of, any_of, given, quotient, total

from .base import V02, power

LAW = "CETS-VG-01.01-V02-2026"


@power.quantity(
    "MWh",
    level="enterprise",
    decimals=3,
    label=Text("企业发电量", "Generation of the enterprise"),
    law=LAW,
)
def enterprise_generation(unit_generation):
    """The enterprise's units together (企业发电量), MWh."""
    return total(unit_generation)


@power.quantity("GJ", level="enterprise", decimals=2, label=Text("企业供热量", "Heat of the enterprise"), law=LAW)
def enterprise_heat(unit_heat):
    """Heat supplied by the enterprise's units together (企业供热量), GJ; blank where no unit supplies any."""
    return total(unit_heat)


@power.quantity(
    "MWh",
    level="unit",
    decimals=3,
    until=2025,
    label=Text("机组净购入使用电量", "Net purchased electricity of the unit"),
    law=f"{V02}, (5)",
)
def unit_purchased_electricity(net_purchased_electricity):
    """What a unit bought and used itself (机组净购入使用电量), MWh."""
    return total(net_purchased_electricity)


@power.quantity(
    "MWh",
    level="enterprise",
    decimals=3,
    until=2025,
    label=Text("企业净购入使用电量", "Net purchased electricity of the enterprise"),
    law=f"{V02}, (5)",
)
def enterprise_purchased_electricity(unit_purchased_electricity):
    """The enterprise's units together (企业净购入使用电量), MWh."""
    return total(unit_purchased_electricity)


@power.quantity(
    "tCO2/MWh",
    level="unit",
    decimals=4,
    label=Text("单位发电量排放量", "Emission by generation"),
    law=LAW,
    confidence="M-low",
)
def emission_per_generation(unit_emission, unit_generation):
    """E / W with all heat on it (单位发电量排放量), tCO2/MWh; for comparison only; 4 decimals [M-low]."""
    return quotient(unit_emission, unit_generation)


@power.quantity(
    "tCO2/MWh",
    level="enterprise",
    decimals=4,
    label=Text("企业单位发电量排放量", "Emission by generation of the enterprise"),
    law=LAW,
    confidence="M-low",
)
def enterprise_emission_per_generation(enterprise_emission, enterprise_generation):
    """E / W of the enterprise (企业单位发电量排放量), tCO2/MWh; for comparison only; 4 decimals [M-low]."""
    return quotient(enterprise_emission, enterprise_generation)


@power.quantity(
    "tce/MWh",
    level="month",
    decimals=4,
    label=Text("当月综合能耗", "Fuel by energy supplied in the month"),
    law=LAW,
    confidence="M-low",
)
def month_specific_consumption(fuel_heat, generation, heat_of_coal_equivalent, energy_of_electricity, heat_output=None):
    """Fuel in coal equivalent by electricity and heat together (当月综合能耗), tce/MWh; for comparison only."""
    supplied = generation + given(heat_output, 0) / energy_of_electricity
    return quotient(total(fuel_heat) / heat_of_coal_equivalent, supplied)


@power.check(
    "PWR-115",
    severity="question",
    level="month",
    fields=("generation", "month_load_coefficient"),
    message=Text(
        "当月负荷系数偏低（{found}），请核对发电量与运行小时数",
        "The load coefficient of the month is low ({found}): check generation and running hours",
    ),
    expected=Text("不低于 {lowest_month_load}", "at least {lowest_month_load}"),
    law=LAW,
)
def load_is_not_too_low(generation, month_load_coefficient, lowest_month_load):
    return all_of(generation > 0, month_load_coefficient < lowest_month_load)


@power.check(
    "PWR-116",
    severity="question",
    level="month",
    fields=("month_specific_consumption",),
    message=Text(
        "当月综合能耗 {found} 超出合理区间，请核对消耗量、发热量、发电量、供热量",
        "Fuel by energy supplied, {found}, is outside what is usual: check fuel, heat, generation",
    ),
    expected=Text(
        "{specific_consumption_low} 至 {specific_consumption_high}",
        "{specific_consumption_low} to {specific_consumption_high}",
    ),
    law=LAW,
)
def specific_consumption_is_usual(month_specific_consumption, specific_consumption_low, specific_consumption_high):
    low, high = specific_consumption_low, specific_consumption_high
    return any_of(month_specific_consumption < low, month_specific_consumption > high)
