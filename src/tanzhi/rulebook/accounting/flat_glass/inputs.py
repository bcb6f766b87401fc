"""What a glass maker files: the register of its lines, and each month's glass, fuel, carbon powder and carbonates."""

from tanzhi.rulebook.accounting.ndrc import add_family_fuel, add_purchased_energy_inputs
from tanzhi.rulebook.kernel import Text

from .base import CARBONATES, KINDS, NDRC, flat_glass

LEDGER = Text("购（产）销存台账", "Ledger of purchases, sales and stock")
METER = Text("生产统计与计量记录", "Records of production and meters")
TEST = Text("检测报告", "Laboratory report")


@flat_glass.choice(
    level="line", label=Text("生产线类别", "Kind of line"), form="register", required=True, options=KINDS
)
def line_kind():
    """What the line makes (生产线类别); utilities make nothing."""


@flat_glass.input(
    "t/d",
    level="line",
    decimals=2,
    label=Text("批复日熔化量", "Approved melting capacity"),
    form="register",
    minimum="0",
)
def approved_capacity():
    """Glass that the furnace may melt in a day as approved (批复日熔化量), t/d."""


@flat_glass.input(
    "t",
    level="month",
    decimals=2,
    label=Text("玻璃产量", "Glass"),
    form="month",
    minimum="0",
    required=True,
    evidence=METER,
)
def glass_output():
    """Flat glass made in the month (平板玻璃产量), t: weight cases × 50 kg."""


@flat_glass.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in operation (运行小时数), h."""


add_purchased_energy_inputs(flat_glass, NDRC)
add_family_fuel(flat_glass, LEDGER, TEST)


@flat_glass.input(
    "t",
    level="month",
    decimals=2,
    label=Text("碳粉消耗量", "Carbon powder used"),
    form="month",
    minimum="0",
    evidence=LEDGER,
    law=NDRC,
)
def carbon_powder():
    """Carbon powder in the batch (碳粉消耗量), t."""


@flat_glass.choice(
    level="material", label=Text("碳酸盐种类", "Carbonate"), form="month", options=CARBONATES, required=True
)
def material():
    """Carbonate of the batch (原料碳酸盐种类)."""


@flat_glass.input(
    "t",
    level="material",
    decimals=2,
    label=Text("碳酸盐原料消耗量", "Carbonate used"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=NDRC,
)
def material_quantity():
    """Raw material with the carbonate that the batch took (碳酸盐原料消耗量), t."""


def share(name: str, level: str, label: Text, meaning: str) -> None:
    """A share of mass that a laboratory states; blank takes the default."""

    def rule() -> None:
        """Set below."""

    rule.__name__, rule.__doc__ = name, meaning
    flat_glass.input(
        "%", level=level, decimals=2, label=label, form="month", minimum="0", maximum="100", evidence=TEST, law=NDRC
    )(rule)


share(
    "purity",
    "material",
    Text("碳酸盐含量", "Purity"),
    "Carbonate in the raw material (碳酸盐质量含量), %; blank is 100 %.",
)
share(
    "calcined_share",
    "material",
    Text("煅烧比例", "Calcined share"),
    "Carbonate that decomposed (煅烧比例), %; default 100 %.",
)
share(
    "carbon_share",
    "month",
    Text("碳粉含碳量", "Carbon in the powder"),
    "Carbon in the powder (碳粉含碳量), %; default 100 %.",
)
