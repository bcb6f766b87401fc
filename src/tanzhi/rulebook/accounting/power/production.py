"""Production of a unit: generation, load coefficient, power supplied, class."""

from tanzhi.rulebook.kernel import Text, any_of, chosen, given, total, where

from .base import power

LAW = "CETS-VG-01.01-V02-2026"
PLAN = "国环规气候〔2024〕1号"


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
def power_supplied(generation, auxiliary_power, heat_ratio=None):
    """Power supplied (供电量): of a condensing unit W - W_aux, of cogeneration W - W_aux (1 - a), MWh."""
    return generation - auxiliary_power * (1 - given(heat_ratio, 0))


@power.choice(
    level="unit",
    label=Text("机组类别", "Unit class"),
    law=PLAN,
    options={
        "I": Text("300MW等级以上常规燃煤机组", "Conventional coal above the 300 MW class"),
        "II": Text("300MW等级及以下常规燃煤机组", "Conventional coal, 300 MW class and below"),
        "III": Text("非常规燃煤机组", "Unconventional coal"),
        "IV": Text("燃气机组", "Gas"),
        "none": Text("不纳入配额管理", "Outside allocation"),
    },
)
def unit_class(main_fuel, rated_power, boiler_type=None):
    """Class by main fuel, boiler and rated power (机组类别): a fluidised bed is III, from 400 MW on I."""
    unconventional = any_of(chosen(main_fuel, "unconventional_coal"), chosen(boiler_type, "circulating_bed"))
    coal = where(unconventional, "III", where(rated_power >= 400, "I", "II"))
    gas = where(chosen(main_fuel, "gas"), "IV", "none")
    return where(chosen(main_fuel, "conventional_coal", "unconventional_coal"), coal, gas)
