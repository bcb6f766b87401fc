"""CH4 of rice fields: area times the factor of region and crop."""

from tanzhi.rulebook.kernel import Text, total

from ..law import GUIDE, YEAR, YEARBOOK
from .base import agriculture

RICES = {
    "single": Text("单季稻", "Single crop"),
    "double_early": Text("双季早稻", "Double crop, early"),
    "double_late": Text("双季晚稻", "Double crop, late"),
    "winter_flooded": Text("冬水田", "Winter-flooded paddy"),
}


@agriculture.choice(level="rice", label=Text("水稻类型", "Kind of rice"), form=YEAR, options=RICES)
def rice():
    """Kind of rice field (稻田类型)."""


@agriculture.input(
    "ha",
    level="rice",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("播种面积", "Area sown"),
    evidence=YEARBOOK,
)
def rice_area():
    """Area sown with that rice (播种面积), ha."""


@agriculture.quantity("tCH4", level="rice", label=Text("该类稻田甲烷", "CH4 of the fields"), law=GUIDE)
def rice_row_ch4(rice_area, rice_factor):
    """Area × factor for a season (稻田甲烷), kg to t."""
    return rice_area * rice_factor / 1000


@agriculture.quantity("tCH4", level="region", label=Text("稻田", "Rice fields"), law=GUIDE, confidence="M-high")
def rice_ch4(rice_row_ch4):
    """All rice (稻田甲烷), tCH4."""
    return total(rice_row_ch4)
