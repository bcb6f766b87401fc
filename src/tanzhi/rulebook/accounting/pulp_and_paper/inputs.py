"""What a paper enterprise files: the register of its lines, a month's product, fuel, limestone, waste water."""

from tanzhi.rulebook.accounting.ndrc import add_family_fuel, add_number, add_purchased_energy_inputs
from tanzhi.rulebook.kernel import Text

from .base import KINDS, NDRC, pulp_and_paper

LEDGER = Text("购（产）销存台账", "Ledger of purchases, sales and stock")
METER = Text("生产统计与计量记录", "Records of production and meters")
TEST = Text("检测报告或在线监测记录", "Laboratory report or online monitoring")


@pulp_and_paper.choice(
    level="line", label=Text("生产线类别", "Kind of line"), form="register", required=True, options=KINDS
)
def line_kind():
    """What the line makes (生产线类别); utilities make nothing that is sold."""


@pulp_and_paper.input(
    "t",
    level="month",
    decimals=2,
    label=Text("产品产量（自用浆不计）", "Product (without pulp for own use)"),
    form="month",
    minimum="0",
    required=True,
    evidence=METER,
)
def product_output():
    """Pulp, paper or board made in the month, without pulp that the enterprise itself used (产品产量), t."""


@pulp_and_paper.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in operation (运行小时数), h."""


@pulp_and_paper.input(
    "t", level="month", decimals=2, label=Text("蒸汽消耗量", "Steam used"), form="month", minimum="0", evidence=METER
)
def steam_used():
    """Steam of any source that the line used (蒸汽消耗量), t; compared only."""


add_purchased_energy_inputs(pulp_and_paper, NDRC)
add_family_fuel(pulp_and_paper, LEDGER, TEST)


@pulp_and_paper.input(
    "t",
    level="month",
    decimals=2,
    label=Text("外购石灰石消耗量", "Bought limestone used"),
    form="month",
    minimum="0",
    evidence=LEDGER,
    law=NDRC,
)
def limestone_used():
    """Bought limestone that the lime kiln used (外购并消耗的石灰石), t; not lime mud, which is of the wood."""


@pulp_and_paper.input(
    "m3",
    level="month",
    decimals=2,
    label=Text("厌氧处理废水量", "Waste water treated anaerobically"),
    form="month",
    minimum="0",
    evidence=METER,
    law=NDRC,
)
def wastewater_volume():
    """Waste water that was treated anaerobically (厌氧处理的废水量), m3."""


add_number(
    pulp_and_paper, "oxygen_demand_in", "kg/m3", Text("进口COD浓度", "COD at the inlet"),
    "COD of water that enters", decimals=4, law=NDRC, evidence=TEST,
)  # fmt: skip
add_number(
    pulp_and_paper, "oxygen_demand_out", "kg/m3", Text("出口COD浓度", "COD at the outlet"),
    "COD of water that leaves", decimals=4, law=NDRC, evidence=TEST,
)  # fmt: skip
add_number(
    pulp_and_paper, "sludge_removed", "kg", Text("以污泥清除的COD", "COD removed with sludge"),
    "Organic matter that sludge carried off", decimals=2, law=NDRC, evidence=METER,
)  # fmt: skip
add_number(
    pulp_and_paper, "methane_burned", "kg", Text("沼气回收利用的甲烷", "Methane of biogas used"),
    "Methane of biogas burned for heat or power, whose CO2 is biomass and not counted",
    decimals=2, law=NDRC, evidence=METER,
)  # fmt: skip
add_number(
    pulp_and_paper, "methane_flared", "kg", Text("火炬销毁的甲烷", "Methane flared"),
    "Methane of biogas that a flare destroyed", decimals=2, law=NDRC, evidence=METER,
)  # fmt: skip


@pulp_and_paper.input(
    "1",
    level="month",
    decimals=2,
    label=Text("甲烷修正因子（实测）", "Methane correction factor (own)"),
    form="month",
    minimum="0",
    maximum="1",
    evidence=TEST,
    law=NDRC,
)
def own_methane_correction():
    """Share of the potential that the plant's own treatment reaches (甲烷修正因子); blank takes the recommended 0.5."""
