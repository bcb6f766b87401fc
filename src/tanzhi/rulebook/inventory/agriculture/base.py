"""The guideline of agriculture, its levels, and the factor regions that its province lies in."""

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Level

from ..areas import CROPLAND_REGIONS, FARMING_REGIONS
from ..law import REGION, YEAR, add_region

agriculture = Guideline(
    "inventory_agriculture",
    title=Text("省级清单：农业", "Provincial inventory: agriculture"),
    levels={
        "region": REGION,
        "animal": Level("animals", Text("动物", "Animal")),
        "herd": Level("herds", Text("畜禽存栏", "Livestock")),
        "manure_system": Level("manure_systems", Text("粪便管理方式", "Manure management")),
        "rice": Level("rices", Text("稻田", "Rice")),
        "crop": Level("crops", Text("作物秸秆", "Crop residues")),
    },
    under={"manure_system": "animal", "rice": "region", "crop": "region"},
)
add_region(agriculture)


@agriculture.choice(
    level="region",
    label=Text("粪便与稻田因子分区", "Factor region, manure and rice"),
    form=YEAR,
    required=True,
    options=FARMING_REGIONS,
)
def farming_region():
    """One of the six large regions by which manure and rice factors are given (六大区)."""


@agriculture.choice(
    level="region",
    label=Text("农用地因子分区", "Factor region, cropland"),
    form=YEAR,
    required=True,
    options=CROPLAND_REGIONS,
)
def cropland_region():
    """One of the six regions by which the direct N2O factor of cropland is given (农用地分区)."""
