"""CH4 of domestic waste water, and N2O of waste water by what people eat."""

from tanzhi.rulebook.kernel import Text, given

from ..law import GUIDE, MEASURED, YEAR, YEARBOOK
from .base import waste

WATER_REGIONS = {
    "nation": Text("全国", "Nation"),
    "north": Text("华北", "North"),
    "northeast": Text("东北", "Northeast"),
    "east": Text("华东", "East"),
    "central": Text("华中", "Central"),
    "south": Text("华南", "South"),
    "southwest": Text("西南", "Southwest"),
    "northwest": Text("西北", "Northwest"),
}


@waste.choice(
    level="region", label=Text("BOD/COD 推荐值分区", "Region of the BOD to COD ratio"), form=YEAR, options=WATER_REGIONS
)
def water_region():
    """Region for which the ratio of BOD to COD is given (BOD/COD分区)."""


@waste.input(
    "t",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("生活污水COD", "COD of domestic water"),
    evidence=YEARBOOK,
)
def domestic_cod():
    """COD of domestic waste water (生活污水化学需氧量), t."""


@waste.input(
    "t",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("生活污水BOD（实测）", "BOD of domestic water, measured"),
    evidence=MEASURED,
)
def measured_bod():
    """BOD where it was measured (生活污水生化需氧量), t; it stands before COD × ratio."""


@waste.input(
    "t",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("生活污水甲烷回收量", "CH4 recovered, domestic"),
    evidence=YEARBOOK,
)
def domestic_recovered():
    """Methane recovered from domestic water (甲烷回收量), t."""


@waste.input(
    "person",
    level="region",
    decimals=0,
    minimum="0",
    form=YEAR,
    label=Text("常住人口", "Population"),
    evidence=YEARBOOK,
)
def population():
    """Resident population (常住人口), persons, not 10^4 persons."""


@waste.input(
    "g/person",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("人均每日蛋白质消费", "Protein a person and day"),
    evidence=YEARBOOK,
)
def daily_protein():
    """Protein that a person eats in a day (人均每日蛋白质消费量), g."""


@waste.input(
    "tN",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("随污泥清除的氮", "Nitrogen removed with sludge"),
    evidence=YEARBOOK,
)
def sludge_nitrogen():
    """Nitrogen taken out of the waste water with its sludge (随污泥清除的氮), tN; blank is nil, as the guide has it."""


@waste.quantity("t", level="region", label=Text("由COD折算的BOD", "BOD from COD"), law=GUIDE)
def bod_from_cod(domestic_cod, bod_ratio):
    """COD × ratio of the region (生活污水BOD), t."""
    return domestic_cod * bod_ratio


@waste.quantity("t", level="region", label=Text("采用的BOD", "BOD used"), law=GUIDE)
def domestic_bod(measured_bod=None, bod_from_cod=None):
    """Measured before computed (采用的BOD), t."""
    return given(measured_bod, bod_from_cod)


@waste.quantity("tCH4", level="region", label=Text("生活污水产生的甲烷", "CH4 generated, domestic"), law=GUIDE)
def domestic_generated(domestic_bod, domestic_potential, domestic_correction):
    """BOD × B0 × MCF (生活污水产生的甲烷), tCH4."""
    return domestic_bod * domestic_potential * domestic_correction


@waste.quantity(
    "tCH4", level="region", label=Text("生活污水处理", "Domestic waste water"), law=GUIDE, confidence="M-high"
)
def domestic_water_ch4(domestic_generated, domestic_recovered=None):
    """Generated − recovered (生活污水处理甲烷), tCH4."""
    return domestic_generated - given(domestic_recovered, 0)


@waste.quantity("tN", level="region", label=Text("排入污水的氮", "Nitrogen discharged"), law=GUIDE)
def discharged_nitrogen(population, daily_protein, protein_nitrogen, other_protein, industrial_nitrogen):
    """People × protein × 365 days × N × allowances (排入污水的氮), g to tN."""
    protein = population * daily_protein * 365 / 1000000
    return protein * protein_nitrogen * other_protein * industrial_nitrogen


@waste.quantity("tN", level="region", label=Text("污水含氮", "Nitrogen in waste water"), law=GUIDE)
def water_nitrogen(discharged_nitrogen, sludge_nitrogen=None):
    """What is discharged less what leaves with the sludge (污水中的氮 N_E), tN."""
    return discharged_nitrogen - given(sludge_nitrogen, 0)


@waste.quantity(
    "tN2O", level="region", label=Text("废水处理（氧化亚氮）", "Waste water (N2O)"), law=GUIDE, confidence="M-high"
)
def water_n2o(water_nitrogen, water_nitrous_oxide_factor):
    """N × factor × 44/28 (废水处理氧化亚氮), tN2O."""
    return water_nitrogen * water_nitrous_oxide_factor * 44 / 28
