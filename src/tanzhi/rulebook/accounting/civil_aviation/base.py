"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.accounting.ndrc import FAMILY_FUELS
from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY, NO_MONTHS

NDRC = "发改办气候〔2013〕2526号，民用航空企业"
SUPPLEMENT = "民用航空企业温室气体排放报告补充数据表"
FOLDERS = ("civil_aviation", "electricity", "heat", "calendar", "ndrc", "ndrc_heat")
"""Tables of its own, and those in common with others of the NDRC family."""

FLIGHTS, GROUND, AIRPORT = "flights", "ground", "airport"
KINDS = {
    FLIGHTS: Text("运输飞行", "Flights"),
    GROUND: Text("地面活动与固定设施", "Ground activity and fixed facilities"),
    AIRPORT: Text("机场", "Airport"),
}
JET = "jet_kerosene"
AVIATION_FUELS = {
    JET: Text("航空煤油", "Jet kerosene"),
    "aviation_gasoline": Text("航空汽油", "Aviation gasoline"),
}
GROUND_FUELS = {
    code: FAMILY_FUELS[code]
    for code in (
        "anthracite", "bituminous", "lignite", "fuel_oil", "gasoline", "diesel", "kerosene", "lng", "lpg",
        "natural_gas",
    )
}  # fmt: skip
AIRCRAFT = {
    "wide_body": Text("第一类（宽体客机）", "Class 1 (wide-body passenger)"),
    "narrow_body": Text("第二类（窄体客机）", "Class 2 (narrow-body passenger)"),
    "wide_freighter": Text("第三类（宽体货机）", "Class 3 (wide-body freighter)"),
    "narrow_freighter": Text("第四类（窄体货机）", "Class 4 (narrow-body freighter)"),
    "regional_jet": Text("第五类（支线客机）", "Class 5 (regional jet)"),
    "arj21": Text("第六类（ARJ21）", "Class 6 (ARJ21)"),
    "ma60": Text("新舟60", "MA60"),
}

civil_aviation = Guideline(
    "civil_aviation",
    title=Text("民用航空", "Civil aviation"),
    levels={
        "enterprise": "enterprises",
        "operation": Level("operations", Text("运营单元", "Operation")),
        "month": "months",
        "aviation_fuel": Level("aviation_fuels", Text("航空燃料", "Aviation fuel")),
        "fuel": "fuels",
        "aircraft": Level("aircraft_classes", Text("机型类别", "Class of aircraft")),
    },
    under={"fuel": "month", "aircraft": "month"},
    parameters=Parameters.load(*(PARAMETERS / folder for folder in FOLDERS)),
    industry=Industry(
        sector="civil_aviation",
        label=Text("民用航空", "Civil aviation"),
        total="enterprise_emission",
        unit_total="operation_emission",
        output="transport_turnover",
        electricity="electricity_bought",
        electricity_sold="electricity_sold",
        used="aviation_consumption",
        months_since=NO_MONTHS,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("operation_emission", asks_as=AMOUNT),
            ComparedTotal("operation_turnover", asks_as=AMOUNT),
            ComparedTotal("emission_per_turnover", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
