"""What a steel enterprise files: the register of its processes, and each month's fuel and production.

The enterprise as a whole is the first entry of the register: what it bought and sold stands there, by formula (1).
Every main process and power unit is an entry of its own, by formulas (2) and (3).
"""

from tanzhi.rulebook.accounting.fuels import (
    add_closing_stock,
    add_fuel_consumption,
    add_fuel_kind,
    add_net_calorific_value,
    add_opening_stock,
)
from tanzhi.rulebook.kernel import Text

from .base import AG, FUELS, FUELS_2013, FUELS_2024, POWER, PROCESSES, WHOLE, iron_and_steel

LEDGER = Text("购（产）销存台账或生产统计台账", "Ledger of purchases, stock or production")
TEST = Text("检测报告（CMA/CNAS）", "Laboratory report (CMA/CNAS)")


@iron_and_steel.choice(
    level="process",
    label=Text("核算层级或工序", "Level or process"),
    form="register",
    required=True,
    options={WHOLE: Text("企业层级", "Whole enterprise")}
    | PROCESSES
    | {POWER: Text("掺烧自产二次能源的发电设施", "Power unit on self-made fuel")},
    law=f"{AG}, 5.1",
)
def process_kind():
    """Whether the entry is the enterprise as a whole, a main process or a power unit (核算层级或工序)."""


@iron_and_steel.input(
    "10^4 t",
    level="process",
    decimals=2,
    label=Text("批复产能（万吨/年）", "Approved capacity"),
    form="register",
    minimum="0",
    law=f"{AG}, 附表C.2",
)
def approved_capacity():
    """What the process may make in a year as approved (工序产品生产能力), 10^4 t."""


# --- production of a month -----------------------------------------------------------------------------


@iron_and_steel.input(
    "t",
    level="month",
    decimals=2,
    label=Text("产品产量", "Output"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=f"{AG}, 8",
)
def output():
    """Product made in the month (产品产量), t: the enterprise its crude steel, each process its own."""


@iron_and_steel.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0"
)
def running_hours():
    """Hours in operation (运行小时数), h; an auxiliary item."""


@iron_and_steel.input(
    "MWh",
    level="month",
    decimals=3,
    label=Text("净购入或消耗电量", "Electricity used"),
    form="month",
    minimum="0",
    law=f"{AG}, 附表C.6",
)
def electricity_used():
    """Electricity used (消耗电量), MWh: of the enterprise what it bought less what it sold; auxiliary from 2024."""


@iron_and_steel.input(
    "GJ",
    level="month",
    decimals=2,
    label=Text("净购入或消耗热量", "Heat used"),
    form="month",
    minimum="0",
    law=f"{AG}, 附表C.6",
)
def heat_used():
    """Heat used (消耗热量), GJ: of the enterprise what it bought less what it sold; auxiliary from 2024."""


@iron_and_steel.input(
    "MWh", level="month", decimals=3, label=Text("发电量", "Generation"), form="month", minimum="0", law=f"{AG}, 8.2.2"
)
def generation():
    """Generation of a power unit (发电量), MWh."""


@iron_and_steel.input(
    "GJ",
    level="month",
    decimals=2,
    label=Text("供热量", "Heat supplied"),
    form="month",
    minimum="0",
    law=f"{AG}, 8.2.2",
)
def heat_supplied():
    """Heat that a power unit supplies (供热量), GJ."""


# --- fuel ----------------------------------------------------------------------------------------------


add_fuel_kind(iron_and_steel, FUELS | FUELS_2013, until=2023)
add_fuel_kind(iron_and_steel, FUELS | FUELS_2024, since=2024)
add_fuel_consumption(
    iron_and_steel,
    LEDGER,
    Text("净消耗量或输入量（气体为万Nm³）", "Consumption or input (gas: 10⁴ Nm³)"),  # of the enterprise, of a process
    law=f"{AG}, (1)、(2)、(3)",
)


@iron_and_steel.input(
    "t",
    level="fuel",
    decimals=2,
    label=Text("其中自产（气体为万Nm³）", "Of which self-made (gas: 10⁴ Nm³)"),
    form="month",
    minimum="0",
    law=f"{AG}, 7.1.2.1.3",
)
def self_made():
    """Of the input what the enterprise made itself (其中自产焦炭、煤气), t or 10^4 Nm3."""


@iron_and_steel.input(
    "t",
    level="fuel",
    decimals=2,
    label=Text("工序输出量（气体为万Nm³）", "Output of the process (gas: 10⁴ Nm³)"),
    form="month",
    minimum="0",
    evidence=LEDGER,
    law=f"{AG}, (2)",
)
def fuel_output():
    """Fuel that coking, ironmaking or a converter gives off (工序输出量), t or 10^4 Nm3."""


add_net_calorific_value(iron_and_steel, evidence=TEST, law=f"{AG}, 6.2.2")
add_opening_stock(iron_and_steel)
add_closing_stock(iron_and_steel)
