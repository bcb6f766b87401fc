"""N2O of cropland: direct, by deposition, by leaching and runoff."""

from tanzhi.rulebook.kernel import Text, given

from ..law import GUIDE, YEAR, YEARBOOK
from .base import agriculture


@agriculture.input(
    "tN",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("化肥施用氮", "N of fertiliser"),
    evidence=YEARBOOK,
)
def fertiliser_nitrogen():
    """Nitrogen of mineral fertiliser, compound ones by their N (化肥氮), tN."""


@agriculture.input(
    "tN",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("粪肥施用氮", "N of manure on fields"),
    evidence=YEARBOOK,
)
def manure_nitrogen():
    """Nitrogen of manure brought to the field, after losses (粪肥氮), tN."""


@agriculture.input(
    "tN",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("畜禽总排泄氮", "N excreted by livestock"),
    evidence=YEARBOOK,
)
def livestock_nitrogen():
    """Nitrogen of all animals' excreta, from which ammonia is deposited again (畜禽总排泄氮), tN."""


@agriculture.quantity("tN", level="region", label=Text("农用地氮输入", "N input to cropland"), law=GUIDE)
def nitrogen_input(fertiliser_nitrogen, manure_nitrogen=None, straw_nitrogen=None):
    """Fertiliser + manure + straw (农用地氮输入量), tN."""
    return fertiliser_nitrogen + given(manure_nitrogen, 0) + given(straw_nitrogen, 0)


@agriculture.quantity(
    "tN2O", level="region", label=Text("农用地直接排放", "Cropland, direct"), law=GUIDE, confidence="M-high"
)
def cropland_direct_n2o(nitrogen_input, cropland_factor):
    """N × factor of the region × 44/28 (农用地直接排放氧化亚氮), tN2O; the ratio stays exact."""
    return nitrogen_input * cropland_factor * 44 / 28


@agriculture.quantity(
    "tN2O", level="region", label=Text("大气氮沉降间接排放", "Cropland, by deposition"), law=GUIDE, confidence="M-high"
)
def deposition_n2o(
    nitrogen_input,
    volatilised_share_fertiliser,
    volatilised_share_livestock,
    deposition_factor,
    livestock_nitrogen=None,
):
    """(Livestock N × 20 % + input N × 10 %) × 0.01 × 44/28 (大气氮沉降间接排放), tN2O."""
    # blank times a share is blank: nil stands in only after that, in whatever unit the rest has
    volatilised = (
        given(livestock_nitrogen * volatilised_share_livestock, 0) + nitrogen_input * volatilised_share_fertiliser
    )
    return volatilised * deposition_factor * 44 / 28


@agriculture.quantity(
    "tN2O", level="region", label=Text("淋溶径流间接排放", "Cropland, by leaching"), law=GUIDE, confidence="M-high"
)
def leaching_n2o(nitrogen_input, leached_share, leaching_factor):
    """Input N × 20 % × 0.0075 × 44/28 (淋溶径流间接排放), tN2O."""
    return nitrogen_input * leached_share * leaching_factor * 44 / 28


@agriculture.quantity("tN2O", level="region", label=Text("农用地", "Cropland"), law=GUIDE)
def cropland_n2o(cropland_direct_n2o, deposition_n2o, leaching_n2o):
    """Direct and indirect (农用地氧化亚氮), tN2O."""
    return cropland_direct_n2o + deposition_n2o + leaching_n2o
