"""CH4 of landfills by mass balance; recovery is taken off before oxidation."""

from tanzhi.rulebook.kernel import Text, chosen, given, total, where

from ..law import GUIDE, YEAR, YEARBOOK
from .base import waste

FRACTIONS = {
    "paper": Text("纸张", "Paper"),
    "textile": Text("织物", "Textiles"),
    "food": Text("厨余", "Food"),
    "wood": Text("木竹", "Wood"),
    "garden": Text("园林", "Garden"),
    "nappies": Text("尿布", "Nappies"),
    "rubber": Text("橡胶皮革", "Rubber and leather"),
    "inert": Text("不含可降解碳的成分", "Inert"),
}
SITES = {
    "managed": Text("管理", "Managed"),
    "deep": Text("非管理·深（≥5米）", "Unmanaged, deep (from 5 m)"),
    "shallow": Text("非管理·浅（<5米）", "Unmanaged, shallow (below 5 m)"),
    "uncategorised": Text("未分类", "Uncategorised"),
}


@waste.choice(level="fraction", label=Text("成分", "Fraction"), form=YEAR, options=FRACTIONS)
def fraction():
    """Fraction of municipal waste (垃圾成分)."""


@waste.input(
    "1", level="fraction", decimals=6, form=YEAR, required=True, label=Text("湿重占比", "Share, wet"), evidence=YEARBOOK
)
def fraction_share():
    """Share of the wet mass (成分比例), 0 to 1; all fractions make 1."""


@waste.choice(level="site", label=Text("填埋场类型", "Kind of landfill"), form=YEAR, options=SITES)
def site():
    """How the landfill is managed (填埋场类型)."""


@waste.input(
    "t",
    level="site",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("填埋量", "Waste landfilled"),
    evidence=YEARBOOK,
)
def waste_landfilled():
    """Municipal waste landfilled in the year (城市固体废弃物填埋量), t."""


@waste.input(
    "t", level="site", decimals=2, minimum="0", form=YEAR, label=Text("甲烷回收量", "CH4 recovered"), evidence=YEARBOOK
)
def landfill_recovered():
    """Methane recovered at the landfills (甲烷回收量), t."""


@waste.quantity("1", level="fraction", label=Text("该成分可降解碳", "Degradable carbon of the fraction"), law=GUIDE)
def fraction_carbon(fraction_share, degradable_share):
    """Share × degradable carbon (该成分可降解有机碳)."""
    return fraction_share * degradable_share


@waste.quantity("1", level="region", label=Text("可降解有机碳", "Degradable organic carbon"), law=GUIDE)
def degradable_carbon(fraction_carbon):
    """All fractions (可降解有机碳比例, DOC)."""
    return total(fraction_carbon)


@waste.quantity("1", level="site", label=Text("甲烷产生潜力", "Methane generation potential"), law=GUIDE)
def generation_potential(degradable_carbon, methane_correction, dissimilated_share, methane_share):
    """MCF × DOC × DOC_F × F × 16/12 (甲烷产生潜力, L0), t/t."""
    return methane_correction * degradable_carbon * dissimilated_share * methane_share * 16 / 12


@waste.quantity("tCH4", level="site", label=Text("填埋产生的甲烷", "CH4 generated"), law=GUIDE)
def landfill_generated(waste_landfilled, generation_potential):
    """Waste × potential (填埋产生的甲烷), tCH4."""
    return waste_landfilled * generation_potential


@waste.quantity("tCH4", level="site", label=Text("该类填埋场甲烷", "CH4 of the landfills"), law=GUIDE)
def site_ch4(landfill_generated, oxidation_factor, landfill_recovered=None):
    """(Generated − recovered) × (1 − OX) (填埋甲烷排放), tCH4."""
    return (landfill_generated - given(landfill_recovered, 0)) * (1 - oxidation_factor)


@waste.quantity("tCH4", level="region", label=Text("固体废弃物填埋", "Landfill"), law=GUIDE, confidence="M-high")
def landfill_ch4(site_ch4, decay_ch4=None, landfill_method=None):
    """All landfills by the method that was chosen (固体废弃物填埋甲烷), tCH4."""
    return where(chosen(landfill_method, "first_order_decay"), decay_ch4, total(site_ch4))
