"""What a smelter files: the register of its lines, and each month's metal, fuel, reductants and process materials."""

from tanzhi.rulebook.accounting.ndrc import add_family_fuel, add_purchased_energy_inputs
from tanzhi.rulebook.kernel import Text

from .base import KINDS, NDRC, PROCESS_MATERIALS, REDUCTANTS, other_non_ferrous

LEDGER = Text("购（产）销存台账", "Ledger of purchases, sales and stock")
METER = Text("生产统计与计量记录", "Records of production and meters")
TEST = Text("检测报告", "Laboratory report")


@other_non_ferrous.choice(
    level="line", label=Text("生产线类别", "Kind of line"), form="register", required=True, options=KINDS
)
def line_kind():
    """What the line makes (生产线类别); utilities make nothing."""


@other_non_ferrous.input(
    "t",
    level="month",
    decimals=2,
    label=Text("产品产量（铜冶炼为粗铜）", "Metal (of copper: blister copper)"),
    form="month",
    minimum="0",
    required=True,
    evidence=METER,
)
def metal_output():
    """Metal or product made in the month (产品产量), t; of copper smelting blister copper."""


@other_non_ferrous.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in operation (运行小时数), h."""


add_purchased_energy_inputs(other_non_ferrous, NDRC)
add_family_fuel(other_non_ferrous, LEDGER, TEST)


@other_non_ferrous.choice(
    level="material",
    label=Text("还原剂或过程原料", "Reductant or process material"),
    form="month",
    options=REDUCTANTS | PROCESS_MATERIALS,
    required=True,
)
def material():
    """Energy used as raw material, carbonate or oxalic acid (还原剂、碳酸盐、草酸)."""


@other_non_ferrous.input(
    "t",
    level="material",
    decimals=2,
    label=Text("消耗量（天然气为万Nm³）", "Used (natural gas: 10⁴ Nm³)"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=NDRC,
)
def material_quantity():
    """What was used in the month (还原剂或过程原料消耗量), t or 10^4 Nm3; what is burned for heat stands at fuels."""


@other_non_ferrous.input(
    "%",
    level="material",
    decimals=2,
    label=Text("草酸浓度", "Purity of oxalic acid"),
    form="month",
    minimum="0",
    maximum="100",
    evidence=TEST,
    law=NDRC,
)
def purity():
    """Of oxalic acid alone (草酸浓度), %; blank takes 99.6 %."""
