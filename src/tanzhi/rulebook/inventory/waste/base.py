"""The guideline of waste and its levels."""

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Level

from ..law import REGION, add_region

waste = Guideline(
    "inventory_waste",
    title=Text("省级清单：废弃物处理", "Provincial inventory: waste"),
    levels={
        "region": REGION,
        "fraction": Level("fractions", Text("垃圾成分", "Composition of waste")),
        "deposit": Level("deposits", Text("该成分历年填埋", "The fraction landfilled by year")),
        "site": Level("sites", Text("填埋处理", "Landfill")),
        "stream": Level("streams", Text("焚烧处理", "Incineration")),
        "industry": Level("industries", Text("工业废水", "Industrial waste water")),
    },
    under=dict.fromkeys(("site", "stream", "industry"), "region"),
)
add_region(waste)
