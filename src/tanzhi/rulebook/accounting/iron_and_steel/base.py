"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY

AG = "CETS-AG-03.01-V01-2024"
NDRC = "发改办气候〔2013〕2526号"
FOLDERS = ("iron_and_steel", "steel_carbon", "electricity", "heat", "calendar", "steel_heat", "ndrc_heat")
"""Tables of its own, and those in common with others: heat of the NDRC family is asked about, never used."""

WHOLE, POWER = "whole_enterprise", "power_unit"
PROCESSES = {
    "coking": Text("焦化工序", "Coking"),
    "sintering": Text("烧结工序", "Sintering"),
    "pelletising": Text("球团工序", "Pelletising"),
    "ironmaking": Text("炼铁工序", "Ironmaking"),
    "converter": Text("转炉炼钢工序", "Converter steelmaking"),
    "electric_furnace": Text("电炉炼钢工序", "Electric furnace steelmaking"),
}
GIVING = ("coking", "ironmaking", "converter")
"""Processes that give off fuel: coke and its gas, furnace gas and breeze, converter gas."""

FUELS = {
    "anthracite": Text("无烟煤", "Anthracite"),
    "bituminous": Text("烟煤", "Bituminous coal"),
    "lignite": Text("褐煤", "Lignite"),
    "washed_coal": Text("洗精煤", "Washed coking coal"),
    "other_washed_coal": Text("其他洗煤", "Other washed coal"),
    "coke": Text("焦炭（含兰炭）", "Coke"),
    "other_coal_products": Text("其他煤制品", "Other coal products"),
    "crude_oil": Text("原油", "Crude oil"),
    "fuel_oil": Text("燃料油", "Fuel oil"),
    "gasoline": Text("汽油", "Gasoline"),
    "diesel": Text("柴油", "Diesel"),
    "kerosene": Text("煤油", "Kerosene"),
    "lng": Text("液化天然气", "Liquefied natural gas"),
    "lpg": Text("液化石油气", "Liquefied petroleum gas"),
    "coal_tar": Text("煤焦油", "Coal tar"),
    "refinery_gas": Text("炼厂干气", "Refinery gas"),
    "natural_gas": Text("天然气", "Natural gas"),
    "blast_furnace_gas": Text("高炉煤气", "Blast furnace gas"),
    "converter_gas": Text("转炉煤气", "Converter gas"),
    "coke_oven_gas": Text("焦炉煤气", "Coke oven gas"),
    "other_gas": Text("其他煤气", "Other gas"),
}
FUELS_2013 = {"crude_benzene": Text("粗苯", "Crude benzene")}
FUELS_2024 = {
    "coal_gangue": Text("煤矸石", "Coal gangue"),
    "coal_slime": Text("煤泥", "Coal slime"),
    "petroleum_coke": Text("石油焦", "Petroleum coke"),
    "other_petroleum": Text("其他石油制品", "Other petroleum products"),
}
GASES = ("natural_gas", "refinery_gas", "blast_furnace_gas", "converter_gas", "coke_oven_gas", "other_gas")
COALS = ("anthracite", "bituminous", "lignite", "washed_coal", "other_washed_coal")

iron_and_steel = Guideline(
    "iron_and_steel",
    title=Text("钢铁", "Iron and steel"),
    levels={
        "enterprise": "enterprises",
        "process": "processes",
        "month": "months",
        "fuel": "fuels",
        "material": "materials",
        "product": "products",
    },
    under={"material": "month", "product": "month"},
    parameters=Parameters.load(*(PARAMETERS / folder for folder in FOLDERS)),
    industry=Industry(
        sector="steel",
        label=Text("钢铁", "Steel"),
        total="enterprise_emission",
        unit_total="process_emission",
        output="output",
        electricity="electricity_used",
        whole=WHOLE,
        used="fuel_consumption",
        standstill=("output", "running_hours"),
        months_since=2025,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("emission_per_steel", asks_as=INTENSITY),
            ComparedTotal("iron_intensity"),
            ComparedTotal("process_emission", asks_as=AMOUNT),
            ComparedTotal("process_output"),
            ComparedTotal("emission_per_output", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
