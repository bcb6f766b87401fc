"""CH4 that escapes from coal mining and post-mining activities, less what is utilised."""

from tanzhi.rulebook.kernel import Text, given, total

from ..law import GUIDE, YEAR, YEARBOOK
from .base import energy

MINES = {
    "state_key": Text("井工·国有重点", "Underground, key state-owned"),
    "state_local": Text("井工·国有地方", "Underground, local state-owned"),
    "township": Text("井工·乡镇（包括个体）", "Underground, township (with private)"),
    "open_cast": Text("露天", "Open cast"),
}
HANDLINGS = {
    "high_gas": Text("高瓦斯矿（含突出矿）", "High-gas mines (with outburst)"),
    "low_gas": Text("瓦斯矿", "Low-gas mines"),
    "open_cast": Text("露天", "Open cast"),
}
STATES_OF_GAS = {
    "20": Text("20℃、101.325 kPa", "20 °C, 101.325 kPa"),
    "0": Text("0℃、101.325 kPa", "0 °C, 101.325 kPa"),
}


@energy.choice(level="mine", label=Text("煤矿类型", "Kind of mine"), form=YEAR, options=MINES)
def mine():
    """Kind of mine (煤矿类型)."""


@energy.input(
    "t",
    level="mine",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("原煤产量", "Raw coal mined"),
    evidence=YEARBOOK,
)
def coal_mined():
    """Raw coal mined in the year (原煤产量), t."""


@energy.choice(level="handling", label=Text("矿井瓦斯等级", "Gas class of the mines"), form=YEAR, options=HANDLINGS)
def handling():
    """Gas class of the mines whose coal is handled (矿后活动，按瓦斯等级)."""


@energy.input(
    "t",
    level="handling",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("原煤产量", "Raw coal handled"),
    evidence=YEARBOOK,
)
def coal_handled():
    """Raw coal of mines of that class (矿后活动原煤量), t."""


@energy.input(
    "m3",
    level="region",
    decimals=0,
    minimum="0",
    form=YEAR,
    label=Text("瓦斯利用量（折纯甲烷）", "Methane utilised (pure)"),
    evidence=YEARBOOK,
)
def utilised_methane():
    """Mine gas that was burnt or otherwise used, as pure methane (煤层气利用量), m3 in the state named beside it."""


@energy.choice(level="region", label=Text("利用量的气体状态", "State of that volume"), form=YEAR, options=STATES_OF_GAS)
def volume_state():
    """At which temperature and pressure the utilised volume was measured (气体状态)."""


@energy.quantity("m3", level="mine", label=Text("开采逃逸体积", "Volume from mining"), law=GUIDE)
def mining_volume(coal_mined, mining_methane_factor):
    """Coal × factor of the kind of mine (煤炭开采逃逸量), m3 at 20 degC."""
    return coal_mined * mining_methane_factor


@energy.quantity("m3", level="handling", label=Text("矿后逃逸体积", "Volume from post-mining"), law=GUIDE)
def handling_volume(coal_handled, handling_methane_factor):
    """Coal × factor of the gas class (矿后活动逃逸量), m3 at 20 degC."""
    return coal_handled * handling_methane_factor


@energy.quantity("tCH4", level="region", label=Text("煤炭开采甲烷", "CH4 from mining"), law=GUIDE)
def mining_methane(mining_volume, methane_density):
    """All mines (煤炭开采甲烷), kg to t, with the density at 20 degC, never that at 0 degC."""
    return total(mining_volume) * methane_density / 1000


@energy.quantity("tCH4", level="region", label=Text("矿后活动甲烷", "CH4 from post-mining"), law=GUIDE)
def handling_methane(handling_volume, methane_density):
    """All post-mining (矿后活动甲烷), kg to t."""
    return total(handling_volume) * methane_density / 1000


@energy.quantity("tCH4", level="region", label=Text("利用的甲烷", "CH4 utilised"), law=GUIDE)
def utilised_methane_mass(utilised_methane, density_in_state):
    """Utilised volume by its own density (利用的甲烷), kg to t."""
    return utilised_methane * density_in_state / 1000


@energy.quantity(
    "tCH4",
    level="region",
    label=Text("煤炭开采和矿后活动逃逸", "Coal mining and post-mining"),
    law=GUIDE,
    confidence="M-high",
)
def coal_methane(mining_methane, handling_methane=None, utilised_methane_mass=None):
    """Mining + post-mining − utilised (煤炭开采和矿后活动甲烷逃逸), tCH4."""
    return mining_methane + given(handling_methane, 0) - given(utilised_methane_mass, 0)
