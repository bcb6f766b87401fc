"""CH4 and N2O of biomass burnt for energy; its CO2 is no emission of the total."""

from tanzhi.rulebook.kernel import Text, total

from ..law import GUIDE, YEAR, YEARBOOK
from .base import energy

BIOMASSES = {
    "straw_improved": Text("秸秆（省柴灶）", "Straw, improved stove"),
    "straw_traditional": Text("秸秆（传统灶）", "Straw, traditional stove"),
    "firewood_improved": Text("薪柴（省柴灶）", "Firewood, improved stove"),
    "firewood_traditional": Text("薪柴（传统灶）", "Firewood, traditional stove"),
    "charcoal": Text("木炭", "Charcoal"),
    "dung": Text("动物粪便（牧区）", "Dung (pastures)"),
}


@energy.choice(level="biomass", label=Text("生物质与炉灶", "Biomass and stove"), form=YEAR, options=BIOMASSES)
def biomass():
    """What was burnt and in which stove (生物质品种与炉灶)."""


@energy.input(
    "t",
    level="biomass",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("燃烧量", "Burnt"),
    evidence=YEARBOOK,
)
def biomass_burnt():
    """Biomass burnt in the year (生物质燃烧量), t."""


@energy.quantity("tCH4", level="biomass", label=Text("生物质甲烷", "CH4 of the biomass"), law=GUIDE)
def biomass_row_ch4(biomass_burnt, biomass_methane_factor):
    """CH4 = quantity × factor (生物质燃烧甲烷), kg to t."""
    return biomass_burnt * biomass_methane_factor / 1000


@energy.quantity("tN2O", level="biomass", label=Text("生物质氧化亚氮", "N2O of the biomass"), law=GUIDE)
def biomass_row_n2o(biomass_burnt, biomass_nitrous_oxide_factor):
    """N2O = quantity × factor (生物质燃烧氧化亚氮), kg to t."""
    return biomass_burnt * biomass_nitrous_oxide_factor / 1000


@energy.quantity("tCH4", level="region", label=Text("生物质燃烧甲烷", "CH4 of biomass"), law=GUIDE, confidence="M-med")
def biomass_ch4(biomass_row_ch4):
    """All biomass (生物质燃烧甲烷), tCH4."""
    return total(biomass_row_ch4)


@energy.quantity(
    "tN2O", level="region", label=Text("生物质燃烧氧化亚氮", "N2O of biomass"), law=GUIDE, confidence="M-med"
)
def biomass_n2o(biomass_row_n2o):
    """All biomass (生物质燃烧氧化亚氮), tN2O."""
    return total(biomass_row_n2o)
