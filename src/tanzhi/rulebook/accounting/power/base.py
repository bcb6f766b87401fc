"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, LaboratoryTests, Merging, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY
from tanzhi.rulebook.kernel.rules import Level

LEAST_FAVOURABLE = ("IV", "I", "II", "III")
"""Classes of units by their benchmarks, the lowest first: of merged units the first one counts."""

CONVENTIONAL = {
    "bituminous": Text("烟煤", "Bituminous coal"),
    "lignite": Text("褐煤", "Lignite"),
    "anthracite": Text("无烟煤", "Anthracite"),
    "blended_coal": Text("混煤", "Blended coal"),
}
UNCONVENTIONAL = {
    "coal_gangue": Text("煤矸石", "Coal gangue"),
    "coal_slime": Text("煤泥", "Coal slime"),
    "coal_water_slurry": Text("水煤浆", "Coal-water slurry"),
}
COALS = CONVENTIONAL | UNCONVENTIONAL
OILS = {
    "crude_oil": Text("原油", "Crude oil"),
    "fuel_oil": Text("燃料油", "Fuel oil"),
    "gasoline": Text("汽油", "Gasoline"),
    "kerosene": Text("煤油", "Kerosene"),
    "diesel": Text("柴油", "Diesel"),
    "other_petroleum": Text("其他石油制品", "Other petroleum products"),
    "lpg": Text("液化石油气", "Liquefied petroleum gas"),
    "lng": Text("液化天然气", "Liquefied natural gas"),
}
GASES = {
    "natural_gas": Text("天然气", "Natural gas"),
    "refinery_gas": Text("炼厂干气", "Refinery gas"),
    "coke_oven_gas": Text("焦炉煤气", "Coke oven gas"),
    "blast_furnace_gas": Text("高炉煤气", "Blast furnace gas"),
    "converter_gas": Text("转炉煤气", "Converter gas"),
    "other_gas": Text("其他煤气", "Other gas"),
}

power = Guideline(
    "power",
    title=Text("发电设施", "Power generation"),
    levels={
        "enterprise": "enterprises",
        "unit": "units",
        "month": "months",
        "fuel": "fuels",
        "sample": Level("samples", Text("样品", "Sample")),
        "member": Level("members", Text("合并填报的机组", "Unit reported together")),
    },
    under={"member": "month"},
    parameters=Parameters.load(
        *(PARAMETERS / folder for folder in ("power", "electricity", "calendar", "coal_equivalent"))
    ),
    industry=Industry(
        sector="power",
        label=Text("发电", "Power"),
        total="enterprise_emission",
        unit_total="unit_emission",
        output="generation",
        obligation="enterprise_obligation_emission",
        electricity="purchased_electricity",
        electricity_sold="electricity_passed_on",
        used="fuel_consumption",
        standstill=("generation", "running_hours"),
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("enterprise_generation"),
            ComparedTotal("enterprise_heat"),
            ComparedTotal("enterprise_purchased_electricity"),
            ComparedTotal("enterprise_emission_per_generation"),
            ComparedTotal("unit_emission"),  # asked about by generation and by what a MWh emits
            ComparedTotal("unit_generation", asks_as=AMOUNT),
            ComparedTotal("unit_heat"),  # goes with the weather
            ComparedTotal("unit_purchased_electricity"),
            ComparedTotal("emission_per_generation", asks_as=INTENSITY),
            ComparedTotal("generation_intensity"),
            ComparedTotal("heat_intensity"),
            ComparedTotal("generation_coal_use"),
            ComparedTotal("heat_coal_use"),
        ),
        merging=Merging(
            unit_class="unit_class",
            merged_class="merged_class",
            least_favourable=LEAST_FAVOURABLE,
            size="rated_power",
            member_size="member_power",
        ),
        tests=LaboratoryTests(
            number="report_number",
            materials=frozenset(COALS),
            measured=(
                "carbon_air_dried",
                "carbon_dry",
                "carbon_as_received",
                "sample_carbon_air_dried",
                "sample_carbon_stated",
            ),
            stated={
                "carbon_air_dried": "carbon_air_dried",
                "carbon_dry": "carbon_dry",
                "moisture_air_dried": "moisture_air_dried",
                "ash_air_dried": "ash_air_dried",
                "sampling_date": "sampled_on",
                "report_date": "reported_on",
                "laboratory_mark": "laboratory_mark",
            },
        ),
        methods=Path(__file__).with_name("methods.yaml"),
        month_layout=Path(__file__).with_name("month_layout.yaml"),
    ),
)

V02 = "CETS-AG-01.01-V02-2022"
V04 = "CETS-AG-01.01-V04-2026"

BOILERS = {
    "pulverised": Text("煤粉炉", "Pulverised coal"),
    "circulating_bed": Text("循环流化床锅炉", "Circulating fluidised bed"),
    "none": Text("无锅炉", "No boiler"),
    "other": Text("其他", "Other"),
}
BANDS = {n: Text(f"第{n}档（以国家温室气体排放因子数据库为准）", f"Band {n} of the national database") for n in "1234"}
UNKNOWN = {"unknown": Text("未填", "Not filled in")}
