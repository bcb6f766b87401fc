"""The benefit of a project: the formula of its kind (年减排效益)."""

from tanzhi.rulebook.kernel import Text, chosen, where

from .base import GUIDE, finance

FORM = "adaptation"


@finance.input(
    "person", level="project", label=Text("受益人口", "People protected"), form=FORM, minimum="0", required=True
)
def people_protected():
    """People who are protected better (受益人口); an adaptation project has no tonnes."""


@finance.input("ha", level="project", label=Text("保护面积", "Area protected"), form=FORM, minimum="0")
def area_protected():
    """Area protected better (保护面积), ha."""


@finance.input("m3", level="project", label=Text("年节水量", "Water saved"), form=FORM, minimum="0")
def water_saved():
    """Water saved in a year (年节水量), m3."""


@finance.quantity("t", level="project", label=Text("节约、交通与碳汇", "Savings, vehicles and sinks"))
def ground_reduction(kind, efficiency_reduction=None, transport_reduction=None, forest_reduction=None):
    """The reduction if the project saves energy, moves people or plants (节能、交通、碳汇类减排量), t."""
    return where(
        chosen(kind, "efficiency"),
        efficiency_reduction,
        where(chosen(kind, "transport"), transport_reduction, forest_reduction),
    )


@finance.quantity("t", level="project", label=Text("垃圾、捕集、绿氢与供热", "Waste, capture, hydrogen and heat"))
def plant_reduction(kind, waste_reduction=None, ccus_reduction=None, hydrogen_reduction=None, heat_reduction=None):
    """The reduction if the project is a plant (工程类减排量), t; blank for adaptation, which has no heat supplied."""
    other = where(chosen(kind, "hydrogen"), hydrogen_reduction, heat_reduction)
    return where(chosen(kind, "waste"), waste_reduction, where(chosen(kind, "ccus"), ccus_reduction, other))


@finance.quantity("t", level="project", decimals=2, label=Text("年减排量", "Reduction of a year"), law=GUIDE)
def annual_reduction(kind, renewable_reduction=None, ground_reduction=None, plant_reduction=None):
    """What the project avoids or removes in a year by the formula of its kind (年减排量), tCO2e."""
    ground = chosen(kind, "efficiency", "transport", "forest")
    return where(chosen(kind, "renewable"), renewable_reduction, where(ground, ground_reduction, plant_reduction))
