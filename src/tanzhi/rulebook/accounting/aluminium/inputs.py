"""What an aluminium smelter files: the register of its processes, and a month's metal, anodes, fuel and carbonates."""

from tanzhi.rulebook.accounting.fuels import add_fuel_consumption, add_fuel_kind, add_net_calorific_value
from tanzhi.rulebook.accounting.ndrc import add_purchased_heat
from tanzhi.rulebook.kernel import Text

from .base import AG, CARBONATES, FUELS, KINDS, NDRC, aluminium

LEDGER = Text("购（产）销存台账", "Ledger of purchases, sales and stock")
METER = Text("生产统计与计量记录", "Records of production and weighing")
TEST = Text("检测报告", "Laboratory report")

# --- register ------------------------------------------------------------------------------------------


@aluminium.choice(
    level="process", label=Text("工序类别", "Kind of process"), form="register", required=True, options=KINDS
)
def process_kind():
    """Electrolysis, or what else the enterprise runs (工序类别): furnaces, boilers, carbonate use."""


@aluminium.input(
    "kA", level="process", decimals=2, label=Text("额定电流", "Rated current"), form="register", minimum="0"
)
def rated_current():
    """Rated current of the potline (额定电流), kA."""


@aluminium.input("1", level="process", decimals=0, label=Text("电解槽数量", "Cells"), form="register", minimum="0")
def cells():
    """Number of electrolytic cells (电解槽数量)."""


# --- production of a month -----------------------------------------------------------------------------


@aluminium.input(
    "t",
    level="month",
    decimals=2,
    label=Text("铝液产量", "Liquid aluminium"),
    form="month",
    minimum="0",
    required=True,
    evidence=METER,
)
def aluminium_output():
    """Liquid aluminium tapped in the month (铝液产量), t; 0 of other facilities."""


@aluminium.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in operation (运行小时数), h; of cells that ran in part weighted by cells."""


@aluminium.input(
    "t",
    level="month",
    decimals=2,
    since=2024,
    label=Text("阳极毛耗量", "Gross anode used"),
    form="month",
    minimum="0",
    evidence=METER,
    law=AG,
)
def gross_anode():
    """Anodes set in the month as weighed (阳极消耗量，毛耗), t; butts are taken off by the guide's share."""


@aluminium.input(
    "t/t",
    level="month",
    decimals=3,
    until=2023,
    label=Text("阳极净耗", "Net anode by tonne"),
    form="month",
    minimum="0",
    evidence=METER,
    law=NDRC,
)
def net_anode_rate():
    """Net anode by tonne of aluminium (吨铝炭阳极净耗), t/t; blank takes the default."""


@aluminium.input(
    "%",
    level="month",
    decimals=2,
    until=2023,
    label=Text("阳极含硫量", "Sulphur in anodes"),
    form="month",
    minimum="0",
    maximum="100",
    evidence=TEST,
    law=NDRC,
)
def anode_sulphur():
    """Sulphur in the anodes (炭阳极平均含硫量), %; blank takes the default."""


@aluminium.input(
    "%",
    level="month",
    decimals=2,
    until=2023,
    label=Text("阳极灰分", "Ash in anodes"),
    form="month",
    minimum="0",
    maximum="100",
    evidence=TEST,
    law=NDRC,
)
def anode_ash():
    """Ash in the anodes (炭阳极平均灰分含量), %; blank takes the default."""


@aluminium.input(
    "min",
    level="month",
    decimals=2,
    until=2023,
    label=Text("阳极效应持续时间", "Anode effect minutes"),
    form="month",
    minimum="0",
    law=NDRC,
)
def anode_effect():
    """Minutes of anode effect by cell and day (平均每天每槽阳极效应持续时间), min; blank takes the default factors."""


@aluminium.input(
    "MWh", level="month", decimals=3, label=Text("净购入或消耗电量", "Electricity used"), form="month", minimum="0"
)
def electricity_used():
    """AC electricity used (消耗交流电量), MWh; until data year 2023 what was bought less what was sold."""


add_purchased_heat(aluminium, NDRC, minimum="0", until=2023)


# --- fuel and carbonates -------------------------------------------------------------------------------


add_fuel_kind(aluminium, FUELS)
add_fuel_consumption(aluminium, evidence=LEDGER)
add_net_calorific_value(aluminium, evidence=TEST)


@aluminium.choice(
    level="material", label=Text("碳酸盐种类", "Carbonate"), form="month", options=CARBONATES, required=True
)
def material():
    """Carbonate that is decomposed (碳酸盐种类)."""


@aluminium.input(
    "t",
    level="material",
    decimals=2,
    label=Text("碳酸盐消耗量", "Carbonate used"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
)
def material_quantity():
    """Carbonate used in the month (碳酸盐消耗量), t."""
