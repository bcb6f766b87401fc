"""Questions to the balance of heat, power and hours of a unit. Plausibilities of the verification guide, not rules."""

from tanzhi.rulebook.checks.repeated import days_between
from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen, known, total

from .base import power

LAW = "CETS-VG-01.01-V02-2026"


@power.check(
    "GEN-12",
    severity="question",
    level="fuel",
    fields=("scale_calibrated_on", "sampling_date"),
    message=Text("煤计量器具校准已超期（{found}），请说明", "The coal scale's calibration has run out ({found})"),
    expected=Text("{calibration_days} 天内校准过", "calibrated within {calibration_days} days"),
)
def scale_is_calibrated(scale_calibrated_on, sampling_date, calibration_days):
    return days_between(scale_calibrated_on, sampling_date) > calibration_days


@power.check(
    "GEN-12-BLANK",
    severity="question",
    level="unit",
    fields=("scale_calibrated_on",),
    message=Text(
        "机组登记中未填煤计量器具校准日期，请补登或说明", "The register does not say when the coal scale was calibrated"
    ),
    expected=Text("最近一次校准日期", "the day of its last calibration"),
    law=LAW,
)
def calibration_is_stated(coal_consumption, scale_calibrated_on=None):
    return all_of(total(coal_consumption) > 0, not known(scale_calibrated_on))


@power.check(
    "GEN-13-FUEL",
    severity="question",
    level="month",
    fields=("generation",),
    message=Text("有发电量 {found} 而无燃料消耗，请说明", "Generation {found} without any fuel"),
    expected=Text("发电即有燃料消耗", "fuel where there is generation"),
)
def generation_burns_fuel(generation, fuel_consumption):
    return all_of(generation > 0, total(fuel_consumption) <= 0)


@power.check(
    "GEN-13-HOURS",
    severity="error",
    level="month",
    fields=("generation", "running_hours"),
    message=Text("运行小时数为零而有发电量（{found}）", "Generation without running hours ({found})"),
    expected=Text("停机月份无发电量", "no generation in a month of standstill"),
)
def generation_takes_hours(generation, running_hours):
    return all_of(generation > 0, running_hours <= 0)


@power.check(
    "PWR-102",
    severity="question",
    level="unit",
    fields=("utilisation_hours", "unit_hours"),
    message=Text("利用小时数不低于运行小时数（{found}）", "Utilisation hours are not below running hours ({found})"),
    expected=Text("利用小时数低于运行小时数", "utilisation hours below running hours"),
    law=LAW,
)
def utilisation_within_hours(utilisation_hours, unit_hours):
    return all_of(utilisation_hours > 0, utilisation_hours >= unit_hours)


@power.check(
    "PWR-111",
    severity="question",
    level="unit",
    fields=("thermal_efficiency",),
    message=Text("热效率 {found} 不合理", "A thermal efficiency of {found} cannot be"),
    expected=Text("低于 {cogeneration_efficiency_limit}", "below {cogeneration_efficiency_limit}"),
    law=LAW,
)
def energy_does_not_grow(thermal_efficiency, cogeneration_efficiency_limit):
    return thermal_efficiency >= cogeneration_efficiency_limit


@power.check(
    "PWR-112",
    severity="question",
    level="unit",
    fields=("thermal_efficiency",),
    message=Text("纯凝机组热效率 {found} 偏高", "A condensing unit's thermal efficiency of {found} is high"),
    expected=Text("低于 {condensing_efficiency_limit}", "below {condensing_efficiency_limit}"),
    law=LAW,
)
def condensing_unit_is_plausible(heat_supply, thermal_efficiency, condensing_efficiency_limit):
    return all_of(chosen(heat_supply, "condensing"), thermal_efficiency >= condensing_efficiency_limit)


@power.check(
    "PWR-113",
    severity="question",
    level="unit",
    fields=("unit_heat", "unit_boiler_heat"),
    message=Text("供热量不低于锅炉产热量（{found}）", "Heat supplied is not below what the boiler gave ({found})"),
    expected=Text("供热量低于锅炉产热量", "heat supplied below boiler heat"),
    law=LAW,
)
def heat_within_boiler(unit_heat, unit_boiler_heat):
    return all_of(unit_heat > 0, unit_heat >= unit_boiler_heat)


@power.check(
    "PWR-114",
    severity="question",
    level="unit",
    fields=("heat_supply", "unit_heat"),
    message=Text("有供热量却登记为纯凝（{found}）", "Registered as condensing but supplies heat ({found})"),
    expected=Text("有供热即为热电联产", "any heat makes it cogeneration"),
    law=LAW,
)
def heat_makes_cogeneration(main_fuel, heat_supply, unit_heat):
    coal = any_of(chosen(main_fuel, "conventional_coal"), chosen(main_fuel, "unconventional_coal"))
    return all_of(coal, chosen(heat_supply, "condensing"), unit_heat > 0)
