"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.accounting.ndrc import FAMILY_FOLDERS
from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY, NO_MONTHS

NDRC = "发改办气候〔2015〕1722号"
UTILITIES = "utilities"
"""Boilers, recovery, waste water: what serves the lines and makes no product."""
KINDS = {
    "pulp": Text("制浆", "Pulp"),
    "paper": Text("造纸和纸制品", "Paper and products"),
    "integrated": Text("浆纸联合", "Pulp and paper together"),
    UTILITIES: Text("公用设施（锅炉、碱回收、污水处理）", "Utilities (boilers, recovery, waste water)"),
}

pulp_and_paper = Guideline(
    "pulp_and_paper",
    title=Text("造纸和纸制品", "Pulp and paper"),
    levels={
        "enterprise": "enterprises",
        "line": Level("lines", Text("生产线", "Line")),
        "month": "months",
        "fuel": "fuels",
    },
    parameters=Parameters.load(*(PARAMETERS / folder for folder in ("pulp_and_paper", *FAMILY_FOLDERS))),
    industry=Industry(
        sector="paper",
        label=Text("造纸", "Paper"),
        total="enterprise_emission",
        unit_total="line_emission",
        output="product_output",
        electricity="purchased_electricity",
        used="fuel_consumption",
        standstill=("product_output", "running_hours"),
        months_since=NO_MONTHS,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("line_emission", asks_as=AMOUNT),
            ComparedTotal("line_output", asks_as=AMOUNT),
            ComparedTotal("emission_per_product", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
