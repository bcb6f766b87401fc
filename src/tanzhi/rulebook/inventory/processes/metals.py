"""PFCs of aluminium, SF6 of magnesium."""

from tanzhi.rulebook.kernel import Text, any_of, given, known, total, where

from ..law import GUIDE, YEAR, YEARBOOK
from .base import amount, processes

POTLINES = {
    "point_feed_prebake": Text("点式下料预焙槽（PFPB）", "Point-feed prebake (PFPB)"),
    "side_stud": Text("侧插自焙槽（HSS）", "Side-stud Soderberg (HSS)"),
}

amount("primary_magnesium", Text("原镁产量", "Primary magnesium"), "Magnesium made under SF6 (原镁产量), t.")
amount("worked_magnesium", Text("镁加工量", "Magnesium worked"), "Magnesium cast or worked under SF6 (镁加工量), t.")


@processes.choice(level="potline", label=Text("电解槽类型", "Kind of pot"), form=YEAR, options=POTLINES)
def potline():
    """Technology of the smelter (电解槽类型)."""


@processes.input(
    "t",
    level="potline",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("原铝产量", "Primary aluminium"),
    evidence=YEARBOOK,
)
def aluminium_output():
    """Primary aluminium of that technology (原铝产量), t."""


@processes.quantity("t", level="potline", label=Text("该槽型四氟化碳", "CF4 of the pots"), law=GUIDE)
def potline_cf4(aluminium_output, cf4_factor):
    """Output × factor (铝电解四氟化碳), kg to t."""
    return aluminium_output * cf4_factor / 1000


@processes.quantity("t", level="potline", label=Text("该槽型六氟乙烷", "C2F6 of the pots"), law=GUIDE)
def potline_c2f6(aluminium_output, c2f6_factor):
    """Output × factor (铝电解六氟乙烷), kg to t."""
    return aluminium_output * c2f6_factor / 1000


@processes.quantity(
    "t", level="region", label=Text("铝生产过程（CF4）", "Aluminium (CF4)"), law=GUIDE, confidence="M-high"
)
def aluminium_cf4(potline_cf4):
    """All technologies (铝生产过程四氟化碳), t of CF4."""
    return total(potline_cf4)


@processes.quantity(
    "t", level="region", label=Text("铝生产过程（C2F6）", "Aluminium (C2F6)"), law=GUIDE, confidence="M-high"
)
def aluminium_c2f6(potline_c2f6):
    """All technologies (铝生产过程六氟乙烷), t of C2F6."""
    return total(potline_c2f6)


@processes.quantity(
    "t", level="region", label=Text("镁生产过程（SF6）", "Magnesium (SF6)"), law=GUIDE, confidence="M-high"
)
def magnesium_sf6(primary_magnesium_factor, worked_magnesium_factor, primary_magnesium=None, worked_magnesium=None):
    """Primary and worked magnesium × their factors (镁生产过程六氟化硫), kg to t of SF6."""
    amounts = (
        given(primary_magnesium, 0) * primary_magnesium_factor + given(worked_magnesium, 0) * worked_magnesium_factor
    )
    return where(any_of(known(primary_magnesium), known(worked_magnesium)), amounts / 1000, None)
