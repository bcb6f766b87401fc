"""Class of a unit (机组类别), which decides its benchmark; and the share of heat that biomass gave."""

from tanzhi.rulebook.kernel import Text, any_of, chosen, given, total, where

from .base import LEAST_FAVOURABLE, power

PLAN = "国环规气候〔2024〕1号"
CLASSES = {
    "I": Text("300MW等级以上常规燃煤机组", "Conventional coal above the 300 MW class"),
    "II": Text("300MW等级及以下常规燃煤机组", "Conventional coal, 300 MW class and below"),
    "III": Text("非常规燃煤机组", "Unconventional coal"),
    "IV": Text("燃气机组", "Gas"),
    "none": Text("不纳入配额管理", "Outside allocation"),
}

SPECIAL_KINDS = {
    "pure_biomass": Text("纯生物质（含垃圾、污泥焚烧）机组", "Pure biomass, waste and sludge too"),
    "special_fuel": Text("仅使用煤层气、焦炉煤气等特殊化石燃料", "Special fossil fuels alone"),
    "own_gas": Text("仅使用自产废气、尾气、煤气", "Own waste gas alone"),
    "converted_boiler": Text("燃煤锅炉改造的燃气机组", "Gas unit converted from a coal boiler"),
    "oil_igcc_engine": Text("燃油、IGCC、内燃机组", "Oil, IGCC or engine"),
    "heat_only": Text("不具备发电能力的纯供热机组", "Heat alone, no generation"),
    "emergency_reserve": Text("应急备用机组", "Emergency reserve"),
}


@power.choice(
    level="unit",
    label=Text("特殊机组情形", "Special kind of unit"),
    form="register",
    options=SPECIAL_KINDS,
    law=f"{PLAN}，附1表2",
)
def special_kind():
    """Kind of a unit that the plans treat apart (特殊机组情形); blank is none. Which ones a year excludes: its plan."""


@power.text(
    level="unit", label=Text("合并填报于（机组编号）", "Reported together under (unit)"), form="register", law=PLAN
)
def merged_into():
    """Number of the unit under which this one is reported (合并填报); blank is by itself."""


@power.choice(
    level="unit",
    label=Text("合并填报机组中最不利类别", "Least favourable class of merged units"),
    options={code: CLASSES[code] for code in LEAST_FAVOURABLE},
    law=PLAN,
)
def merged_class():
    """Of units reported together (合并填报) the class with the lowest benchmark (最不利原则), by the register."""


@power.choice(level="unit", label=Text("机组类别", "Unit class"), law=PLAN, options=CLASSES)
def unit_class(main_fuel, rated_power, first_class_power, boiler_type=None, merged_class=None):
    """Class by main fuel, boiler and rated power (机组类别): a fluidised bed is III, from 400 MW on I."""
    unconventional = any_of(chosen(main_fuel, "unconventional_coal"), chosen(boiler_type, "circulating_bed"))
    coal = where(unconventional, "III", where(rated_power >= first_class_power, "I", "II"))
    gas = where(chosen(main_fuel, "gas"), "IV", "none")
    return given(merged_class, where(chosen(main_fuel, "conventional_coal", "unconventional_coal"), coal, gas))


@power.input(
    "%",
    level="unit",
    decimals=2,
    label=Text("锅炉效率", "Boiler efficiency"),
    form="register",
    minimum="0",
    maximum="100",
)
def boiler_efficiency():
    """Boiler efficiency (锅炉效率), %: by an accredited test, else the design value at maximum load."""


@power.quantity(
    "%",
    level="unit",
    decimals=2,
    label=Text("生物质掺烧热量占比", "Biomass share of heat"),
    law="CETS-VG-01.01-V02-2026, E.2",
    confidence="M-med",
)
def biomass_share(unit_boiler_heat, boiler_efficiency, fuel_heat):
    """(Q_boiler/η - Σ FC NCV) / (Q_boiler/η) (生物质掺烧热量占比), %; what fossil fuels did not give."""
    heat_input = unit_boiler_heat / boiler_efficiency * 100
    return (heat_input - total(fuel_heat)) / heat_input * 100
