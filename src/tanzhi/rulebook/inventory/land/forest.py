"""Carbon stock change of forest and other woody biomass; the one place where the sign is set: a removal is negative."""

from tanzhi.rulebook.kernel import Text, given, total

from ..law import GUIDE, MEASURED, YEAR
from .base import land

INVENTORY = Text("森林资源清查成果", "Forest inventory")
STANDS = {
    "arbor": Text("乔木林", "Arbor forest"),
    "open": Text("疏林", "Open forest"),
    "scattered": Text("散生木", "Scattered trees"),
    "four_side": Text("四旁树", "Four-side trees"),
}
SHRUBS = {
    "bamboo": Text("竹林", "Bamboo"),
    "economic": Text("经济林", "Economic forest"),
    "shrub": Text("灌木林", "Shrub forest"),
}


@land.choice(level="stand", label=Text("活立木类型", "Kind of stand"), form=YEAR, options=STANDS)
def stand():
    """Kind of standing trees (活立木类型)."""


@land.input(
    "m3",
    level="stand",
    decimals=0,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("蓄积量", "Stock volume"),
    evidence=INVENTORY,
)
def stock_volume():
    """Volume of the standing trees (活立木蓄积量), m3."""


@land.input(
    "1",
    level="stand",
    decimals=6,
    form=YEAR,
    required=True,
    label=Text("年均总生长率", "Gross growth rate"),
    evidence=INVENTORY,
)
def growth_rate():
    """Mean annual gross growth of the stock (年均总生长率), a fraction; the province's own, with its source."""


@land.input(
    "1",
    level="stand",
    decimals=6,
    form=YEAR,
    required=True,
    label=Text("年均净消耗率", "Consumption rate"),
    evidence=INVENTORY,
)
def consumption_rate():
    """Mean annual net consumption of the stock (年均净消耗率), a fraction; the province's own, with its source."""


@land.input(
    "t/m3",
    level="stand",
    decimals=4,
    minimum="0",
    form=YEAR,
    label=Text("本地基本木材密度", "Local wood density"),
    evidence=MEASURED,
)
def local_wood_density():
    """Basic wood density of the province's stands (基本木材密度), t/m3; blank takes the national mean."""


@land.input(
    "1",
    level="stand",
    decimals=4,
    minimum="0",
    form=YEAR,
    label=Text("本地生物量转换系数", "Local expansion factor"),
    evidence=MEASURED,
)
def local_expansion_factor():
    """Biomass of the whole tree per biomass of the stem (全林生物量转换系数); blank takes the national mean."""


@land.quantity("tC", level="stand", label=Text("活立木碳储量", "Carbon held by the stand"), law=GUIDE)
def stand_carbon(
    stock_volume,
    carbon_fraction,
    local_wood_density=None,
    wood_density=None,
    local_expansion_factor=None,
    expansion_factor=None,
):
    """Volume × density × expansion × 0.5 (活立木碳储量), tC."""
    density, expansion = given(local_wood_density, wood_density), given(local_expansion_factor, expansion_factor)
    return stock_volume * density * expansion * carbon_fraction


@land.quantity("tC", level="stand", label=Text("生长固碳", "Carbon gained by growth"), law=GUIDE)
def stand_growth(stand_carbon, growth_rate):
    """Carbon × gross growth rate (生长碳吸收), tC."""
    return stand_carbon * growth_rate


@land.quantity("tC", level="stand", label=Text("消耗碳排放", "Carbon lost by consumption"), law=GUIDE)
def stand_loss(stand_carbon, consumption_rate):
    """Carbon × net consumption rate (消耗碳排放), tC."""
    return stand_carbon * consumption_rate


@land.quantity("tCO2", level="stand", label=Text("该类活立木二氧化碳", "CO2 of the stand"), law=GUIDE)
def stand_co2(stand_growth, stand_loss):
    """−(growth − loss) × 44/12 (活立木二氧化碳，吸收为负), tCO2."""
    return (stand_loss - stand_growth) * 44 / 12


@land.choice(level="shrub", label=Text("林种", "Kind of forest"), form=YEAR, options=SHRUBS)
def shrub():
    """Bamboo, economic or shrub forest (林种)."""


@land.input(
    "ha",
    level="shrub",
    decimals=2,
    form=YEAR,
    required=True,
    label=Text("年面积变化", "Yearly change of area"),
    evidence=INVENTORY,
)
def area_change():
    """Change of area in the year, a loss negative (面积年变化量), ha."""


@land.quantity("tCO2", level="shrub", label=Text("该林种二氧化碳", "CO2 of the forest"), law=GUIDE)
def shrub_co2(area_change, biomass_per_area, carbon_fraction):
    """−change of area × biomass × 0.5 × 44/12 (竹林、经济林、灌木林二氧化碳，吸收为负), tCO2."""
    return -(area_change * biomass_per_area * carbon_fraction * 44 / 12)


@land.quantity(
    "tCO2", level="region", label=Text("活立木生物量碳贮量变化", "Living trees"), law=GUIDE, confidence="M-high"
)
def trees_co2(stand_co2):
    """All stands (活立木二氧化碳，吸收为负), tCO2."""
    return total(stand_co2)


@land.quantity(
    "tCO2",
    level="region",
    label=Text("竹林、经济林、灌木林", "Bamboo, economic and shrub forest"),
    law=GUIDE,
    confidence="M-med",
)
def shrubs_co2(shrub_co2):
    """All three (竹林、经济林、灌木林二氧化碳，吸收为负), tCO2."""
    return total(shrub_co2)
