"""Nitrogen that crop residues bring back to the field."""

from tanzhi.rulebook.kernel import Text, given, total

from ..law import GUIDE, YEAR, YEARBOOK
from .base import agriculture

CROPS = {
    "rice": Text("水稻", "Rice"),
    "wheat": Text("小麦", "Wheat"),
    "maize": Text("玉米", "Maize"),
    "millet": Text("谷子", "Millet"),
    "other_cereals": Text("其他谷类", "Other cereals"),
    "soybean": Text("大豆", "Soybean"),
    "other_beans": Text("其他豆类", "Other beans"),
    "rapeseed": Text("油菜籽", "Rapeseed"),
    "peanut": Text("花生", "Peanut"),
    "sesame": Text("芝麻", "Sesame"),
    "cotton": Text("籽棉", "Cotton"),
    "sugar_beet": Text("甜菜", "Sugar beet"),
    "potato": Text("薯类", "Tubers"),
    "vegetables": Text("蔬菜", "Vegetables"),
    "tobacco": Text("烟叶", "Tobacco"),
    "hemp": Text("麻类", "Hemp"),
    "sugarcane": Text("甘蔗", "Sugarcane"),
}


@agriculture.choice(level="crop", label=Text("作物", "Crop"), form=YEAR, options=CROPS)
def crop():
    """Crop (作物)."""


@agriculture.input(
    "t",
    level="crop",
    decimals=2,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("经济产量", "Yield"),
    evidence=YEARBOOK,
)
def crop_yield():
    """What is harvested (经济产量), t."""


@agriculture.input(
    "1",
    level="crop",
    decimals=4,
    form=YEAR,
    required=True,
    label=Text("秸秆还田率", "Share of straw returned"),
    evidence=YEARBOOK,
)
def straw_return_rate():
    """Share of the straw that goes back to the field (秸秆还田率), 0 to 1."""


@agriculture.quantity("t", level="crop", label=Text("全株干重", "Dry mass of the whole plant"), law=GUIDE)
def crop_dry_mass(crop_yield, dry_share, harvest_index):
    """Yield × dry share ÷ harvest index (地上部干重), t."""
    return crop_yield * dry_share / harvest_index


@agriculture.quantity("tN", level="crop", label=Text("地上部还田氮", "N of returned straw"), law=GUIDE)
def above_ground_nitrogen(crop_dry_mass, harvest_index, straw_return_rate, straw_nitrogen_share):
    """(Whole − harvested) × returned × N (地上部还田氮), tN."""
    return crop_dry_mass * (1 - harvest_index) * straw_return_rate * straw_nitrogen_share


@agriculture.quantity("tN", level="crop", label=Text("根系氮", "N of roots"), law=GUIDE)
def root_nitrogen(crop_dry_mass, root_share, straw_nitrogen_share):
    """Whole × root share × N (根系氮), tN."""
    return crop_dry_mass * root_share * straw_nitrogen_share


@agriculture.quantity("tN", level="crop", label=Text("该作物还田氮", "N returned by the crop"), law=GUIDE)
def crop_nitrogen(above_ground_nitrogen, root_nitrogen):
    """Straw and roots (秸秆还田氮), tN."""
    return above_ground_nitrogen + root_nitrogen


@agriculture.quantity("tN", level="region", label=Text("作物秸秆还田氮", "N returned by crops"), law=GUIDE)
def crops_nitrogen(crop_nitrogen):
    """All crops (作物秸秆还田氮), tN."""
    return total(crop_nitrogen)


@agriculture.input(
    "tN",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("直接给出的秸秆还田氮", "N of straw, stated directly"),
)
def stated_straw_nitrogen():
    """Where it is known without the rows of crops (秸秆还田氮), tN; it stands before them."""


@agriculture.quantity("tN", level="region", label=Text("采用的秸秆还田氮", "N of straw used"), law=GUIDE)
def straw_nitrogen(stated_straw_nitrogen=None, crops_nitrogen=None):
    """The stated amount before the crops' (采用的秸秆还田氮), tN."""
    return given(stated_straw_nitrogen, crops_nitrogen)
