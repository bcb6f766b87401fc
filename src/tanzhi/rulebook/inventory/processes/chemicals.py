"""Carbide, adipic acid, nitric acid, HCFC-22."""

from tanzhi.rulebook.kernel import Text, total

from ..law import GUIDE, YEAR, YEARBOOK
from .base import amount, processes

NITRIC = {
    "high_pressure": Text("高压法（无非选择性尾气处理）", "High pressure, no non-selective unit"),
    "high_pressure_treated": Text("高压法（有非选择性尾气处理）", "High pressure, with non-selective unit"),
    "medium_pressure": Text("中压法", "Medium pressure"),
    "atmospheric": Text("常压法", "Atmospheric"),
    "dual_pressure": Text("双加压法", "Dual pressure"),
    "combined": Text("综合法", "Combined"),
    "low_pressure": Text("低压法", "Low pressure"),
}

amount("carbide_output", Text("电石产量", "Calcium carbide"), "Calcium carbide produced (电石产量), t.")
amount("adipic_output", Text("己二酸产量", "Adipic acid"), "Adipic acid produced (己二酸产量), t.")
amount("hcfc22_output", Text("一氯二氟甲烷（HCFC-22）产量", "HCFC-22"), "HCFC-22 produced (一氯二氟甲烷产量), t.")


@processes.choice(level="nitric_process", label=Text("硝酸工艺", "Nitric acid process"), form=YEAR, options=NITRIC)
def nitric_process():
    """Process by which the acid is made (硝酸生产工艺)."""


@processes.input(
    "t",
    level="nitric_process",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("硝酸产量（折纯）", "Nitric acid (100 %)"),
    evidence=YEARBOOK,
)
def nitric_output():
    """Nitric acid produced, as 100 % (硝酸产量), t."""


@processes.quantity(
    "tCO2", level="region", label=Text("电石生产过程", "Calcium carbide"), law=GUIDE, confidence="M-high"
)
def carbide_co2(carbide_output, carbide_factor):
    """Output × factor (电石生产过程二氧化碳), tCO2."""
    return carbide_output * carbide_factor


@processes.quantity("tN2O", level="region", label=Text("己二酸生产过程", "Adipic acid"), law=GUIDE, confidence="M-high")
def adipic_n2o(adipic_output, adipic_factor):
    """Output × factor (己二酸生产过程氧化亚氮), tN2O."""
    return adipic_output * adipic_factor


@processes.quantity("tN2O", level="nitric_process", label=Text("该工艺氧化亚氮", "N2O of the process"), law=GUIDE)
def nitric_process_n2o(nitric_output, nitric_factor):
    """Output × factor of the process (硝酸工艺氧化亚氮), kg to t."""
    return nitric_output * nitric_factor / 1000


@processes.quantity("tN2O", level="region", label=Text("硝酸生产过程", "Nitric acid"), law=GUIDE, confidence="M-high")
def nitric_n2o(nitric_process_n2o):
    """All processes (硝酸生产过程氧化亚氮), tN2O."""
    return total(nitric_process_n2o)


@processes.quantity(
    "t", level="region", label=Text("HCFC-22生产过程（HFC-23）", "HCFC-22 (HFC-23)"), law=GUIDE, confidence="M-high"
)
def hcfc22_hfc23(hcfc22_output, hfc23_factor):
    """Output × factor (HCFC-22生产过程HFC-23), t of HFC-23."""
    return hcfc22_output * hfc23_factor
