"""Gases that semiconductor making lets off, and HFCs lost where they are produced: an amount and a rate by gas."""

from tanzhi.rulebook.kernel import Text

from ..law import GUIDE, YEAR, YEARBOOK
from .base import processes

ETCHANTS = {
    "CF4": Text("四氟化碳（CF4）", "CF4"),
    "HFC-23": Text("三氟甲烷（CHF3，HFC-23）", "CHF3 (HFC-23)"),
    "C2F6": Text("六氟乙烷（C2F6）", "C2F6"),
    "SF6": Text("六氟化硫（SF6）", "SF6"),
}
HFCS = {
    code: Text(code, code)
    for code in ("HFC-32", "HFC-125", "HFC-134a", "HFC-143a", "HFC-152a", "HFC-227ea", "HFC-236fa")
}


@processes.choice(level="etchant", label=Text("半导体用气", "Gas of semiconductor making"), form=YEAR, options=ETCHANTS)
def etchant():
    """Gas used to etch and to clean (半导体生产用气)."""


@processes.input(
    "t",
    level="etchant",
    decimals=4,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("半导体生产使用量", "Used in semiconductor making"),
    evidence=YEARBOOK,
)
def etchant_used():
    """Gas used in the year by makers of semiconductors (半导体生产使用量), t."""


@processes.choice(level="hfc", label=Text("氢氟烃品种", "HFC produced"), form=YEAR, options=HFCS)
def hfc():
    """HFC that is produced (氢氟烃品种)."""


@processes.input(
    "t",
    level="hfc",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("氢氟烃产量", "HFC produced"),
    evidence=YEARBOOK,
)
def hfc_output():
    """HFC produced in the year (氢氟烃产量), t."""


@processes.quantity(
    "t",
    level="etchant",
    label=Text("半导体生产过程（该气体）", "Semiconductors, the gas"),
    law=GUIDE,
    confidence="M-med",
)
def semiconductor_loss(etchant_used, semiconductor_rate):
    """Used × rate of the gas (半导体生产过程排放), t of the gas."""
    return etchant_used * semiconductor_rate


@processes.quantity(
    "t", level="hfc", label=Text("氢氟烃生产过程（该品种）", "HFC production, the gas"), law=GUIDE, confidence="M-high"
)
def hfc_loss(hfc_output, hfc_production_rate):
    """Output × rate of loss (氢氟烃生产过程排放), t of the gas."""
    return hfc_output * hfc_production_rate
