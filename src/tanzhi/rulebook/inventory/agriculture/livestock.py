"""CH4 of enteric fermentation; CH4 and N2O of manure: heads in stock times factors."""

from tanzhi.rulebook.kernel import Text, chosen, total, where

from ..law import GUIDE, YEAR, YEARBOOK
from .base import agriculture

ANIMALS = {
    "dairy": Text("奶牛", "Dairy cattle"),
    "non_dairy": Text("非奶牛", "Non-dairy cattle"),
    "buffalo": Text("水牛", "Buffalo"),
    "sheep": Text("绵羊", "Sheep"),
    "goat": Text("山羊", "Goat"),
    "swine": Text("猪", "Swine"),
    "horse": Text("马", "Horse"),
    "ass_mule": Text("驴骡", "Ass and mule"),
    "camel": Text("骆驼", "Camel"),
    "poultry": Text("家禽", "Poultry"),
}
HERDS = {
    "large": Text("规模化饲养", "Large-scale"),
    "household": Text("农户饲养", "Household"),
    "grazing": Text("放牧饲养", "Grazing"),
}


@agriculture.choice(
    level="region",
    label=Text("头数口径", "What is counted"),
    form=YEAR,
    required=True,
    options={"stock": Text("年末存栏", "Year-end stock"), "slaughter": Text("年内出栏", "Slaughtered in the year")},
)
def count_basis():
    """The guide counts year-end stock for every animal (年末存栏); head counts of one report are of one kind."""


@agriculture.choice(level="animal", label=Text("动物", "Animal"), form=YEAR, options=ANIMALS)
def animal():
    """Kind of animal (动物种类)."""


@agriculture.choice(level="herd", label=Text("饲养方式", "Management"), form=YEAR, options=HERDS)
def herd():
    """How the animals are kept (饲养方式)."""


@agriculture.input(
    "head",
    level="herd",
    decimals=0,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("头（只）数", "Heads"),
    evidence=YEARBOOK,
)
def head_count():
    """Animals in stock at the year's end (年末存栏), heads, not 10^4 heads."""


@agriculture.quantity("tCH4", level="herd", label=Text("肠道发酵甲烷", "Enteric CH4 of the herd"), law=GUIDE)
def herd_enteric_ch4(animal, head_count, enteric_factor=None):
    """Heads × factor (动物肠道发酵甲烷), kg to t; poultry has none."""
    return where(chosen(animal, "poultry"), 0, head_count * enteric_factor / 1000)


@agriculture.quantity("head", level="animal", label=Text("该动物头数合计", "Heads of the animal"), law=GUIDE)
def animal_heads(head_count):
    """All ways of keeping together (头数合计), heads."""
    return total(head_count)


@agriculture.quantity(
    "tCH4", level="region", label=Text("动物肠道发酵", "Enteric fermentation"), law=GUIDE, confidence="M-high"
)
def enteric_ch4(herd_enteric_ch4):
    """All herds (动物肠道发酵甲烷), tCH4."""
    return total(herd_enteric_ch4)


@agriculture.quantity("tCH4", level="region", label=Text("动物粪便管理（甲烷）", "Manure management (CH4)"), law=GUIDE)
def manure_ch4(animal_manure_ch4):
    """All animals (动物粪便管理甲烷), tCH4."""
    return total(animal_manure_ch4)


@agriculture.quantity(
    "tN2O", level="region", label=Text("动物粪便管理（氧化亚氮）", "Manure management (N2O)"), law=GUIDE
)
def manure_n2o(animal_manure_n2o):
    """All animals (动物粪便管理氧化亚氮), tN2O."""
    return total(animal_manure_n2o)
