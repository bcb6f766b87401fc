"""CO2 of the fossil carbon in waste that is incinerated without using its heat."""

from tanzhi.rulebook.kernel import Text, total

from ..law import GUIDE, YEAR, YEARBOOK
from .base import waste

STREAMS = {
    "municipal": Text("城市固体废弃物", "Municipal waste"),
    "hazardous": Text("危险废弃物", "Hazardous waste"),
    "sludge": Text("污水污泥", "Sewage sludge"),
}


@waste.choice(
    level="region",
    label=Text("焚烧因子来源", "Release of incineration factors"),
    form=YEAR,
    options={
        "guide2011": Text("2011年试行指南", "Trial guide of 2011"),
        "guide2025": Text("2025年版指南（引用值）", "Edition of 2025 (as quoted)"),
    },
)
def factor_release():
    """Which published set of incineration factors holds (因子来源)."""


@waste.choice(level="stream", label=Text("废弃物类型", "Kind of waste"), form=YEAR, options=STREAMS)
def stream():
    """Kind of waste burnt (焚烧废弃物类型)."""


@waste.input(
    "t",
    level="stream",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("焚烧量（不发电）", "Incinerated, heat not used"),
    evidence=YEARBOOK,
)
def waste_incinerated():
    """Waste burnt in the year (焚烧量), t; what generates power belongs to power and heat."""


@waste.quantity("tCO2", level="stream", label=Text("该类焚烧二氧化碳", "CO2 of the waste"), law=GUIDE)
def stream_co2(waste_incinerated, waste_carbon_share, fossil_carbon_share, combustion_efficiency):
    """Quantity × carbon × fossil share × efficiency × 44/12 (废弃物焚烧二氧化碳), tCO2."""
    return waste_incinerated * waste_carbon_share * fossil_carbon_share * combustion_efficiency * 44 / 12


@waste.quantity("tCO2", level="region", label=Text("废弃物焚烧", "Incineration"), law=GUIDE, confidence="M-med")
def incineration_co2(stream_co2):
    """All waste burnt (废弃物焚烧二氧化碳), tCO2."""
    return total(stream_co2)
