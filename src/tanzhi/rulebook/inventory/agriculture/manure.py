"""CH4 and N2O of manure by how it is managed (粪便管理方式法), where that is stated: before the region's factor.

EF_CH4 = VS × 365 × B0 × 0.67 × Σ MCF × MS; EF_N2O = Nex × Σ MS × EF3 × 44/28, each for one head and year.
"""

from tanzhi.rulebook.kernel import Text, known, total, where

from ..law import GUIDE, YEAR, YEARBOOK
from .base import agriculture

STANDARD = "GB/T 32151.22-2024, 附录C"
SYSTEMS = {
    "lagoon": Text("氧化塘", "Lagoon"),
    "liquid_crust": Text("液体贮存（有结壳）", "Liquid, with a crust"),
    "liquid": Text("液体贮存（无结壳）", "Liquid, without a crust"),
    "solid": Text("固体贮存", "Solid storage"),
    "dry_lot": Text("自然风干", "Dry lot"),
    "pit": Text("舍内粪坑（一个月以内）", "Pit below the animals, below one month"),
    "daily_spread": Text("每日施肥", "Daily spread"),
    "biogas": Text("沼气池", "Biogas digester"),
    "compost_pasture": Text("堆肥、放牧", "Compost, pasture"),
    "other": Text("其他", "Other"),
}
TEMPERATURES = {
    "10": Text("≤10℃", "up to 10 °C"),
    "15": Text("15℃", "15 °C"),
    "20": Text("20℃", "20 °C"),
    "25": Text("25℃", "25 °C"),
}


@agriculture.choice(
    level="region",
    label=Text("年均气温", "Mean temperature of the year"),
    form=YEAR,
    options=TEMPERATURES,
    law=STANDARD,
)
def mean_temperature():
    """Mean temperature of the year by which methane conversion is given (年均气温); asked where systems are stated."""


@agriculture.choice(
    level="manure_system", label=Text("粪便管理方式", "Manure management"), form=YEAR, options=SYSTEMS, law=STANDARD
)
def manure_system():
    """How the manure is managed (粪便管理方式)."""


@agriculture.input(
    "1",
    level="manure_system",
    decimals=6,
    form=YEAR,
    required=True,
    label=Text("该方式处理的比例", "Share so managed"),
    evidence=YEARBOOK,
)
def system_share():
    """Share of the animal's manure that is managed so (该方式处理比例), 0 to 1; all systems make 1."""


@agriculture.quantity("1", level="manure_system", label=Text("该方式的甲烷转化", "CH4 conversion, share"), law=STANDARD)
def system_conversion(system_share, methane_conversion):
    """Share × methane conversion factor (该方式的甲烷转化), MS × MCF."""
    return system_share * methane_conversion


@agriculture.quantity("1", level="manure_system", label=Text("该方式的氧化亚氮", "N2O-N, share"), law=STANDARD)
def system_nitrous_oxide(system_share, system_nitrous_oxide_factor):
    """Share × N2O-N of a kg N (该方式的氧化亚氮), MS × EF3."""
    return system_share * system_nitrous_oxide_factor


@agriculture.quantity("1", level="animal", label=Text("各方式比例合计", "Shares of the systems"), law=STANDARD)
def systems_share(system_share):
    """All systems of the animal (各方式比例合计); blank where none is stated."""
    return total(system_share)


@agriculture.quantity(
    "kg/head", level="animal", label=Text("按管理方式的甲烷因子", "CH4 factor by systems"), law=STANDARD, confidence="S"
)
def managed_methane_factor(system_conversion, volatile_solids, methane_potential, manure_methane_density):
    """VS × 365 × B0 × 0.67 × Σ MS MCF (按管理方式的甲烷因子), kg a head and year."""
    return volatile_solids * 365 * methane_potential * manure_methane_density * total(system_conversion)


@agriculture.quantity(
    "kg/head",
    level="animal",
    label=Text("按管理方式的氧化亚氮因子", "N2O factor by systems"),
    law=STANDARD,
    confidence="S",
)
def managed_nitrous_oxide_factor(system_nitrous_oxide, nitrogen_excretion):
    """Nex × Σ MS EF3 × 44/28 (按管理方式的氧化亚氮因子), kg a head and year."""
    return nitrogen_excretion * total(system_nitrous_oxide) * 44 / 28


@agriculture.quantity("tCH4", level="animal", label=Text("粪便管理甲烷", "Manure CH4 of the animal"), law=GUIDE)
def animal_manure_ch4(animal_heads, systems_share=None, managed_methane_factor=None, manure_methane_factor=None):
    """Heads × factor (动物粪便管理甲烷), kg to t: by the systems where they are stated, else of the region."""
    return animal_heads * where(known(systems_share), managed_methane_factor, manure_methane_factor) / 1000


@agriculture.quantity("tN2O", level="animal", label=Text("粪便管理氧化亚氮", "Manure N2O of the animal"), law=GUIDE)
def animal_manure_n2o(
    animal_heads, systems_share=None, managed_nitrous_oxide_factor=None, manure_nitrous_oxide_factor=None
):
    """Heads × factor (动物粪便管理氧化亚氮), kg to t: by the systems where they are stated, else of the region."""
    return animal_heads * where(known(systems_share), managed_nitrous_oxide_factor, manure_nitrous_oxide_factor) / 1000
