"""Production of a unit: generation, hours, load coefficient, power supplied.

Merged units file the sum of rated powers and hours weighted by rated power; the load coefficient then follows.
"""

from tanzhi.rulebook.kernel import Text, given, total, where

from .base import power

LAW = "CETS-VG-01.01-V02-2026"


@power.quantity("MWh", level="unit", decimals=3, label=Text("机组发电量", "Generation of the unit"), law=LAW)
def unit_generation(generation):
    """A unit's generation of the year (机组发电量), MWh."""
    return total(generation)


@power.quantity("h", level="unit", decimals=2, label=Text("机组运行小时数", "Running hours of the unit"), law=LAW)
def unit_hours(running_hours):
    """A unit's hours of the year (机组运行小时数), h."""
    return total(running_hours)


@power.quantity("%", level="month", decimals=2, label=Text("负荷（出力）系数", "Load coefficient"), law=LAW)
def month_load_coefficient(generation, running_hours, rated_power):
    """F = W / (P t) × 100 of a month (负荷（出力）系数), %; 2 decimals [M-low]."""
    return generation / (rated_power * running_hours) * 100


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
