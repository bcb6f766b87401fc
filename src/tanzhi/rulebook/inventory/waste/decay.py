"""CH4 of landfills by first-order decay (一阶衰减法), where that is chosen: each year's waste goes on decaying.

Of what was landfilled t years before the inventory year, e^(-k (t-1)) (1 - e^(-k)) decays in it: the sum over all years
is what the recursion A_t = D_t + A_(t-1) e^(-k) gives, decay beginning in the year after.
"""

from decimal import Decimal

from tanzhi.rulebook.kernel import EULER, Text, given, total, weighted_mean

from ..law import GUIDE, YEAR, YEARBOOK
from .base import waste

DECAY = "IPCC 2006 指南 第5卷, 一阶衰减法"
METHODS = {
    "mass_balance": Text("质量平衡法", "Mass balance"),
    "first_order_decay": Text("一阶衰减法", "First-order decay"),
}
CLIMATES = {
    "dry": Text("北温带干旱（年均降水小于潜在蒸散）", "Boreal and temperate, dry"),
    "wet": Text("北温带湿润", "Boreal and temperate, wet"),
}


@waste.choice(level="region", label=Text("填埋计算方法", "Method for landfills"), form=YEAR, options=METHODS)
def landfill_method():
    """Mass balance or first-order decay (填埋计算方法); blank is mass balance."""


@waste.choice(
    level="region", label=Text("填埋区气候", "Climate of the landfills"), form=YEAR, options=CLIMATES, law=DECAY
)
def landfill_climate():
    """Climate by which the rate of decay is given (填埋区气候); asked for by first-order decay."""


@waste.input(
    "1",
    level="region",
    decimals=4,
    form=YEAR,
    label=Text("历年填埋的甲烷修正因子", "Methane correction of the years before"),
    evidence=YEARBOOK,
)
def stated_correction():
    """Methane correction of the landfills of the years before (历年填埋的甲烷修正因子); blank takes this year's mix."""


@waste.text(level="deposit", label=Text("填埋年份", "Year of landfilling"), form=YEAR, required=True)
def deposit():
    """Year in which the fraction was landfilled (填埋年份)."""


@waste.input(
    "1",
    level="deposit",
    decimals=0,
    minimum="1",
    maximum="150",
    form=YEAR,
    required=True,
    label=Text("距清单年份的年数", "Years before the inventory year"),
)
def deposit_age():
    """Years from the landfilling to the inventory year (距清单年份年数), from 1 on: in its own year nothing decays."""


@waste.input(
    "t",
    level="deposit",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("该成分当年填埋量", "Mass of the fraction landfilled"),
    evidence=YEARBOOK,
)
def deposit_mass():
    """Mass of the fraction landfilled in that year, wet (该成分填埋量), t."""


@waste.quantity("1", level="deposit", label=Text("清单年份降解比例", "Share that decays"), law=DECAY, empirical=True)
def decayed_share(deposit_age, decay_rate):
    """e^(-k (t-1)) × (1 - e^(-k)) (清单年份降解比例)."""
    return Decimal(EULER) ** (-decay_rate * (deposit_age - 1)) * (1 - Decimal(EULER) ** (-decay_rate))


@waste.quantity("1", level="site", label=Text("该类填埋场修正因子", "Methane correction of the site"), law=DECAY)
def site_correction(methane_correction):
    """MCF of the kind of site (甲烷修正因子)."""
    return methane_correction


@waste.quantity("1", level="site", label=Text("该类填埋场氧化因子", "Oxidation of the site"), law=DECAY)
def site_oxidation(oxidation_factor):
    """OX of the kind of site (氧化因子)."""
    return oxidation_factor


@waste.quantity("1", level="region", label=Text("采用的甲烷修正因子", "Methane correction used"), law=DECAY)
def correction_used(site_correction, waste_landfilled, stated_correction=None):
    """The stated one, else that of this year's sites by what they took (采用的甲烷修正因子)."""
    return given(stated_correction, weighted_mean(site_correction, waste_landfilled))


@waste.quantity("1", level="deposit", label=Text("清单年份的甲烷产生量系数", "CH4 of a tonne in the year"), law=DECAY)
def deposit_potential(correction_used, degradable_share, dissimilated_share, methane_share, decayed_share):
    """MCF × DOC × DOC_f × F × 16/12 × share that decays (清单年份甲烷产生量系数), t/t."""
    return correction_used * degradable_share * dissimilated_share * methane_share * 16 / 12 * decayed_share


@waste.quantity("tCH4", level="deposit", label=Text("历年填埋产生的甲烷", "CH4 of the year's waste"), law=DECAY)
def deposit_ch4(deposit_mass, deposit_potential):
    """Mass × what a tonne of it gives in the inventory year (历年填埋产生的甲烷), tCH4."""
    return deposit_mass * deposit_potential


@waste.quantity("tCH4", level="region", label=Text("一阶衰减产生的甲烷", "CH4 by first-order decay"), law=DECAY)
def decay_generated(deposit_ch4):
    """All fractions and years (一阶衰减产生的甲烷), tCH4."""
    return total(deposit_ch4)


@waste.quantity("tCH4", level="region", label=Text("填埋甲烷回收量合计", "CH4 recovered at all landfills"), law=GUIDE)
def landfills_recovered(landfill_recovered):
    """All sites (填埋甲烷回收量合计), tCH4."""
    return total(landfill_recovered)


@waste.quantity("tCH4", level="region", label=Text("一阶衰减法甲烷", "CH4, first-order decay"), law=DECAY)
def decay_ch4(decay_generated, site_oxidation, waste_landfilled, landfills_recovered=None):
    """(Generated − recovered) × (1 − OX of this year's sites) (一阶衰减法甲烷), tCH4."""
    oxidised = weighted_mean(site_oxidation, waste_landfilled)
    return (decay_generated - given(landfills_recovered, 0)) * (1 - oxidised)
