"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY

AG = "CETS-AG-02.01-V01-2024"
VG = "CETS-VG-02.01-V01-2024"
NDRC = "发改办气候〔2013〕2526号"

SOLIDS = {
    "anthracite": Text("无烟煤", "Anthracite"),
    "bituminous": Text("烟煤", "Bituminous coal"),
    "lignite": Text("褐煤", "Lignite"),
    "coke": Text("焦炭", "Coke"),
    "petroleum_coke": Text("石油焦", "Petroleum coke"),
}
SOLIDS_2013 = {
    "washed_coal": Text("洗精煤", "Washed coal"),
    "other_washed_coal": Text("其他洗煤", "Other washed coal"),
    "briquette": Text("型煤", "Briquettes"),
    "other_petroleum": Text("其他石油制品", "Other petroleum products"),
    "crude_benzene": Text("粗苯", "Crude benzene"),
}
SOLIDS_2024 = {
    "coal_gangue": Text("煤矸石", "Coal gangue"),
    "coal_slime": Text("煤泥", "Coal slime"),
}
FLUIDS = {
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
}
COALS = ("anthracite", "bituminous", "lignite")
NO_CLINKER = "no_clinker"
"""The class of facilities of the enterprise that belong to no clinker line: mills, dryers, boilers."""

FOLDERS = ("cement", "electricity", "heat", "calendar", "ndrc", "ndrc_heat", "steel_heat")
"""Tables of its own, and those in common with others; heat of steel and of chemicals is asked about, never used."""

cement = Guideline(
    "cement",
    title=Text("水泥", "Cement"),
    levels={
        "enterprise": "enterprises",
        "line": Level("lines", Text("生产线", "Line")),
        "month": "months",
        "fuel": "fuels",
        "substitute": Level("substitutes", Text("替代原料", "Substitute raw material")),
        "alternative": Level("alternatives", Text("替代燃料", "Alternative fuel")),
    },
    under={"substitute": "month", "alternative": "month"},
    parameters=Parameters.load(*(PARAMETERS / folder for folder in FOLDERS)),
    industry=Industry(
        sector="building_materials",
        label=Text("水泥", "Cement"),
        total="enterprise_emission",
        unit_total="line_emission",
        output="clinker_output",
        electricity="purchased_electricity",
        used="fuel_consumption",
        standstill=("clinker_output", "running_hours"),
        months_since=2025,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("line_emission", asks_as=AMOUNT),
            ComparedTotal("line_clinker", asks_as=AMOUNT),
            ComparedTotal("emission_per_clinker", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
