"""The guideline of the summary: a region holds gases, a gas holds the categories that emit it."""

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Level

from ..categories import GASES, LEAVES, SECTORS, WARMING_SETS
from ..law import REGION, add_region

inventory = Guideline(
    "inventory",
    title=Text("省级温室气体清单汇总", "Summary of the provincial inventory"),
    levels={
        "region": REGION,
        "gas": Level("gases", Text("气体", "Gas")),
        "category": Level("categories", Text("类别", "Category")),
    },
)
add_region(inventory)


@inventory.choice(
    level="region", label=Text("全球变暖潜势", "Set of warming potentials"), form="summary", options=WARMING_SETS
)
def gwp_set():
    """One set for the whole report (全球变暖潜势); masses are stored, equivalents always follow."""


@inventory.choice(
    level="gas", label=Text("气体", "Gas"), form="summary", options={code: gas.label for code, gas in GASES.items()}
)
def gas():
    """Greenhouse gas (温室气体)."""


@inventory.choice(
    level="category", label=Text("类别", "Category"), form="summary", options={c.code: c.label for c in LEAVES}
)
def category():
    """Category of the edition (清单类别)."""


@inventory.choice(level="category", label=Text("部门", "Sector"), form="summary", options=SECTORS)
def sector():
    """Sector that the category belongs to; memo items are a sector of their own and stand in no total (部门)."""


@inventory.input("t", level="category", label=Text("气体质量", "Mass of the gas"), form="summary")
def mass():
    """Mass of the gas that the category emitted, removals negative (气体质量), t; computed from a filing."""
