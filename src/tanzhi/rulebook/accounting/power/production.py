"""Production of a unit: generation, hours, load coefficient, power supplied.

Of units reported together the rated powers are added up, and hours are weighted by rated power (formula 9).
"""

from tanzhi.rulebook.kernel import Text, all_of, any_of, count, given, known, total, weighted_mean, where

from .base import power

LAW = "CETS-VG-01.01-V02-2026"


@power.quantity("MWh", level="unit", decimals=3, label=Text("机组发电量", "Generation of the unit"), law=LAW)
def unit_generation(generation):
    """A unit's generation of the year (机组发电量), MWh."""
    return total(generation)


@power.input(
    "h",
    level="member",
    decimals=2,
    label=Text("本机组运行小时数", "Running hours of this unit"),
    form="month",
    minimum="0",
)
def member_hours():
    """Hours of one of the units that are reported together (合并填报机组的运行小时数), h; a standby unit has no row."""


@power.input("MW", level="member", decimals=0, label=Text("本机组装机容量", "Rated power of this unit"), minimum="1")
def member_power():
    """Rated power of that unit by the register (合并填报机组的装机容量), MW; nobody types it."""


@power.quantity(
    "h",
    level="month",
    decimals=2,
    label=Text("加权平均运行小时数", "Hours weighted by rated power"),
    law=f"{LAW}, 表16",
)
def weighted_hours(member_hours, member_power):
    """t = Σ t_i P_i / Σ P_i of units reported together (合并填报机组加权平均运行小时数), h; 2 decimals [M-low]."""
    return weighted_mean(member_hours, member_power)


@power.quantity("h", level="month", decimals=2, label=Text("采用的运行小时数", "Running hours used"), law=LAW)
def month_hours(weighted_hours=None, running_hours=None):
    """Hours of the month, of units reported together the weighted mean (运行小时数), h."""
    return given(weighted_hours, running_hours)


@power.check(
    "PWR-104",
    severity="error",
    level="month",
    fields=("running_hours", "weighted_hours"),
    message=Text(
        "填报的运行小时数与各机组加权平均不符（{found}）", "Hours stated differ from the units' weighted mean ({found})"
    ),
    expected=Text("各机组按装机容量加权平均：{weighted_hours}", "weighted by rated power: {weighted_hours}"),
    law=f"{LAW}, 表16",
)
def stated_hours_are_the_weighted_mean(running_hours, weighted_hours):
    return any_of(running_hours < weighted_hours, running_hours > weighted_hours)


@power.check(
    "PWR-105",
    severity="question",
    level="month",
    fields=("running_hours",),
    message=Text(
        "合并填报机组的运行小时数 {found} 未列各机组小时数，请补填或说明",
        "Hours of units reported together ({found}) without those of each unit",
    ),
    expected=Text("合并填报的每台机组一行运行小时数", "the running hours of each unit, a row each"),
    law=f"{LAW}, 表16",
)
def hours_of_merged_units_are_listed(running_hours, member_hours, merged_class=None):
    return all_of(known(merged_class), count(member_hours) <= 0)


@power.quantity("h", level="unit", decimals=2, label=Text("机组运行小时数", "Running hours of the unit"), law=LAW)
def unit_hours(month_hours):
    """A unit's hours of the year (机组运行小时数), h."""
    return total(month_hours)


@power.quantity("%", level="month", decimals=2, label=Text("负荷（出力）系数", "Load coefficient"), law=LAW)
def month_load_coefficient(generation, month_hours, rated_power):
    """F = W / (P t) × 100 of a month (负荷（出力）系数), %; 2 decimals [M-low]."""
    return generation / (rated_power * month_hours) * 100


@power.quantity(
    "%", level="unit", decimals=2, label=Text("年度负荷（出力）系数", "Load coefficient of the year"), law=LAW
)
def load_coefficient(unit_generation, unit_hours, rated_power):
    """F = W / (P t) × 100 of a year (负荷（出力）系数), %; 2 decimals [M-low]."""
    return unit_generation / (rated_power * unit_hours) * 100


@power.quantity(
    "MWh",
    level="month",
    decimals=3,
    label=Text("供电量", "Power supplied"),
    law="环办气候〔2021〕9号",
    confidence="M-med",
)
def power_supplied(generation, auxiliary_power, unit_heat=None, heat_ratio=None, heat_auxiliary_power=None):
    """Power supplied (供电量), MWh: of a condensing unit W - W_aux; of cogeneration W - (W_aux - W_aux,heat)(1 - a)."""
    for_power = (auxiliary_power - given(heat_auxiliary_power, 0)) * (1 - heat_ratio)
    return generation - where(given(unit_heat, 0) > 0, for_power, auxiliary_power)


@power.quantity(
    "MWh",
    level="unit",
    decimals=3,
    label=Text("机组供电量", "Power supplied by the unit"),
    law="环办气候〔2021〕9号",
    confidence="M-med",
)
def unit_power_supplied(power_supplied):
    """A unit's power supplied of the year (机组供电量), MWh; the basis of allowances 2019 to 2022."""
    return total(power_supplied)


@power.quantity("h", level="unit", decimals=2, label=Text("设备利用小时数", "Utilisation hours"), law=LAW)
def utilisation_hours(unit_generation, rated_power):
    """W / P (设备利用小时数), h: hours at full power that would have given the year's generation."""
    return unit_generation / rated_power
