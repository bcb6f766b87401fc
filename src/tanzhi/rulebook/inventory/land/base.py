"""The guideline of land-use change and forestry, and its levels."""

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Level

from ..law import REGION, add_region

land = Guideline(
    "inventory_land",
    title=Text("省级清单：土地利用变化和林业", "Provincial inventory: land-use change and forestry"),
    levels={
        "region": REGION,
        "stand": Level("stands", Text("活立木", "Standing trees")),
        "shrub": Level("shrubs", Text("竹林、经济林、灌木林", "Bamboo, economic and shrub forest")),
    },
    under={"shrub": "region"},
)
add_region(land)
