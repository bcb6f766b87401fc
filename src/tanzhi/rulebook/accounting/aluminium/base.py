"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY

AG = "CETS-AG-04.01-V01-2024"
NDRC = "发改办气候〔2013〕2526号"
FOLDERS = ("aluminium", "electricity", "heat", "calendar", "ndrc", "ndrc_heat", "steel_heat", "steel_carbon")
"""Tables of its own, and those in common with others; fuels of the guide were not seen, those of steel stand in."""

ELECTROLYSIS, OTHER = "electrolysis", "other_facilities"
KINDS = {
    ELECTROLYSIS: Text("铝电解工序", "Electrolysis"),
    OTHER: Text("企业其他设施", "Other facilities"),
}
FUELS = {
    "anthracite": Text("无烟煤", "Anthracite"),
    "bituminous": Text("烟煤", "Bituminous coal"),
    "lignite": Text("褐煤", "Lignite"),
    "coke": Text("焦炭", "Coke"),
    "petroleum_coke": Text("石油焦", "Petroleum coke"),
    "fuel_oil": Text("燃料油", "Fuel oil"),
    "gasoline": Text("汽油", "Gasoline"),
    "diesel": Text("柴油", "Diesel"),
    "kerosene": Text("煤油", "Kerosene"),
    "lng": Text("液化天然气", "Liquefied natural gas"),
    "lpg": Text("液化石油气", "Liquefied petroleum gas"),
    "natural_gas": Text("天然气", "Natural gas"),
    "coke_oven_gas": Text("焦炉煤气", "Coke oven gas"),
    "other_gas": Text("其他煤气", "Other gas"),
}
CARBONATES = {"limestone": Text("石灰石", "Limestone"), "soda_ash": Text("纯碱", "Soda ash")}

aluminium = Guideline(
    "aluminium",
    title=Text("铝冶炼", "Aluminium smelting"),
    levels={
        "enterprise": "enterprises",
        "process": "processes",
        "month": "months",
        "fuel": "fuels",
        "material": "materials",
    },
    under={"material": "month"},
    parameters=Parameters.load(*(PARAMETERS / folder for folder in FOLDERS)),
    industry=Industry(
        sector="non_ferrous",
        label=Text("铝冶炼", "Aluminium smelting"),
        total="enterprise_emission",
        unit_total="process_emission",
        output="aluminium_output",
        electricity="electricity_used",
        used="fuel_consumption",
        standstill=("aluminium_output", "running_hours"),
        months_since=2025,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("process_emission", asks_as=AMOUNT),
            ComparedTotal("process_aluminium", asks_as=AMOUNT),
            ComparedTotal("emission_per_aluminium", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
