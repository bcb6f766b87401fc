"""Power from waste: methane that a landfill would have given off, power displaced, fossil carbon burnt."""

from tanzhi.rulebook.kernel import Text

from .base import GUIDE, finance

FORM = "waste"


@finance.input("t", level="project", label=Text("年处理垃圾", "Waste burnt"), form=FORM, minimum="0", required=True)
def waste_burnt():
    """Waste treated in a year (年处理垃圾量), t."""


@finance.input(
    "tCH4/t", level="project", label=Text("产甲烷潜力", "Methane potential"), form=FORM, minimum="0", maximum="0.2",
    required=True,
)  # fmt: skip
def methane_potential():
    """L0 = MCF × DOC × DOCf × F × 16/12 of the landfill displaced (产甲烷潜力), tCH4/t of waste."""


@finance.input(
    "%", level="project", label=Text("基准填埋场甲烷收集率", "Methane captured by the landfill"), form=FORM,
    minimum="0", maximum="100", required=True,
)  # fmt: skip
def captured_share():
    """Methane that the landfill displaced would have captured (基准填埋场甲烷收集率), %."""


@finance.input(
    "MWh", level="project", label=Text("年上网电量", "Power exported"), form=FORM, minimum="0", required=True
)
def waste_power():
    """Electricity supplied to the grid in a year (年上网电量), MWh."""


@finance.quantity("tCH4", level="project", label=Text("避免的甲烷", "Methane avoided"), law="IPCC 2006")
def methane_avoided(waste_burnt, methane_potential, captured_share, landfill_oxidation):
    """Waste × L0 × (1 − captured) × (1 − oxidised) (避免的填埋甲烷), tCH4."""
    return waste_burnt * methane_potential * (100 - captured_share) / 100 * (1 - landfill_oxidation)


@finance.quantity("t", level="project", label=Text("避免的填埋排放", "Landfill emission avoided"), law="IPCC 2006")
def landfill_avoided(methane_avoided, methane_warming):
    """Methane × 28 (避免的填埋排放), tCO2e."""
    return methane_avoided * methane_warming


@finance.quantity("t", level="project", label=Text("替代电力减排", "Power displaced"), law=GUIDE)
def waste_power_avoided(waste_power, average_factor):
    """Electricity × average factor (替代电力减排量), tCO2."""
    return waste_power * average_factor


@finance.quantity("t", level="project", label=Text("矿物碳焚烧排放", "Fossil carbon burnt"), law="省级清单指南（2011）")
def fossil_emission(waste_burnt, waste_carbon, fossil_share):
    """Waste × carbon × fossil share × 44/12 (矿物碳焚烧排放), tCO2."""
    return waste_burnt * waste_carbon * fossil_share * 44 / 12


@finance.quantity("t", level="project", label=Text("垃圾发电减排量", "Reduction of power from waste"), law=GUIDE)
def waste_reduction(landfill_avoided, waste_power_avoided, fossil_emission):
    """Landfill avoided + power displaced − fossil carbon burnt (垃圾焚烧发电减排量), tCO2e a year."""
    return landfill_avoided + waste_power_avoided - fossil_emission
