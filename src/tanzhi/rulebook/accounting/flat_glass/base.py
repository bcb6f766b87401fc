"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.accounting.ndrc import FAMILY_FOLDERS
from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY, NO_MONTHS

NDRC = "发改办气候〔2013〕2526号"
UTILITIES = "utilities"
"""Boilers, generators of waste heat, processing: what serves the lines and melts no glass."""
KINDS = {
    "float": Text("浮法", "Float"),
    "rolled": Text("压延", "Rolled"),
    "drawn": Text("平拉等其他工艺", "Drawn and others"),
    UTILITIES: Text("公用设施及深加工", "Utilities and processing"),
}
SODA_ASH = "soda_ash"
CARBONATES = {
    "limestone": Text("石灰石、方解石（CaCO₃）", "Limestone, calcite"),
    "magnesite": Text("菱镁石（MgCO₃）", "Magnesite"),
    "dolomite": Text("白云石（CaMg(CO₃)₂）", "Dolomite"),
    "siderite": Text("菱铁矿（FeCO₃）", "Siderite"),
    "rhodochrosite": Text("菱锰矿（MnCO₃）", "Rhodochrosite"),
    SODA_ASH: Text("纯碱（Na₂CO₃）", "Soda ash"),
    "sodium_bicarbonate": Text("碳酸氢钠", "Sodium bicarbonate"),
    "barium_carbonate": Text("碳酸钡", "Barium carbonate"),
    "lithium_carbonate": Text("碳酸锂", "Lithium carbonate"),
    "potassium_carbonate": Text("碳酸钾", "Potassium carbonate"),
    "strontium_carbonate": Text("碳酸锶", "Strontium carbonate"),
}
"""Carbonates with one factor; that of ankerite is a range by its composition, which nobody may choose from."""

flat_glass = Guideline(
    "flat_glass",
    title=Text("平板玻璃", "Flat glass"),
    levels={
        "enterprise": "enterprises",
        "line": Level("lines", Text("生产线", "Line")),
        "month": "months",
        "fuel": "fuels",
        "material": "materials",
    },
    under={"material": "month"},
    parameters=Parameters.load(*(PARAMETERS / folder for folder in ("flat_glass", *FAMILY_FOLDERS))),
    industry=Industry(
        sector="building_materials",
        label=Text("平板玻璃", "Flat glass"),
        total="enterprise_emission",
        unit_total="line_emission",
        output="glass_output",
        electricity="purchased_electricity",
        used="fuel_consumption",
        standstill=("glass_output", "running_hours"),
        months_since=NO_MONTHS,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("line_emission", asks_as=AMOUNT),
            ComparedTotal("line_output", asks_as=AMOUNT),
            ComparedTotal("emission_per_glass", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
