"""Forest and grassland sinks: area × yearly removal, less the risk of losing it."""

from tanzhi.rulebook.kernel import Text, given

from .base import GUIDE, finance

FORM = "forest"


@finance.input(
    "ha", level="project", decimals=4, label=Text("造林面积", "Area planted"), form=FORM, minimum="0", required=True
)
def planted_area():
    """Area planted or restored (造林面积), ha; 1 ha = 15 mu."""


@finance.input(
    "t/ha", level="project", label=Text("年均单位面积碳汇", "Removal by area"), form=FORM, minimum="0", maximum="40",
    required=True,
)  # fmt: skip
def removal_rate():
    """Mean removal of a year by area, for the species and age (年均单位面积碳汇量), tCO2/ha."""


@finance.input(
    "%", level="project", label=Text("非持久性风险扣减", "Deduction for risk"), form=FORM, minimum="0", maximum="100"
)
def risk_rate():
    """Deduction for the risk that the carbon is lost (非持久性风险扣减率), %; blank where the rate is net."""


@finance.quantity("t", level="project", label=Text("碳汇量", "Removal of the forest"), law=GUIDE)
def forest_reduction(planted_area, removal_rate, risk_rate=None):
    """Area × removal × (1 − risk) (碳汇量), tCO2 a year."""
    return planted_area * removal_rate * (100 - given(risk_rate, 0)) / 100
