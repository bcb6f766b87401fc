"""Forest conversion: burning on and off the site, decay."""

from tanzhi.rulebook.kernel import Text

from ..law import GUIDE, MEASURED, YEAR, YEARBOOK
from .base import land


@land.input(
    "ha",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("年转化面积", "Forest converted"),
    evidence=YEARBOOK,
)
def converted_area():
    """Forest turned into other land, mean of ten years (年转化面积), ha."""


@land.input(
    "t/ha",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("转化前后生物量之差", "Biomass lost by area"),
    evidence=MEASURED,
)
def biomass_loss():
    """Biomass before less biomass after (转化前后地上生物量之差), t/ha."""


@land.quantity("t", level="region", label=Text("转化损失生物量", "Biomass lost"), law=GUIDE)
def lost_biomass(converted_area, biomass_loss):
    """Area × loss (转化损失生物量), t."""
    return converted_area * biomass_loss


@land.quantity(
    "tCO2", level="region", label=Text("森林转化（二氧化碳）", "Forest conversion (CO2)"), law=GUIDE, confidence="M-med"
)
def conversion_co2(
    lost_biomass, burnt_on_site_share, burnt_off_site_share, decay_share, burning_oxidation, carbon_fraction
):
    """Burnt on and off the site and decayed × 0.5 × 44/12 (森林转化二氧化碳), tCO2."""
    share = (burnt_on_site_share + burnt_off_site_share) * burning_oxidation + decay_share
    return lost_biomass * share * carbon_fraction * 44 / 12


@land.quantity("tC", level="region", label=Text("现地燃烧碳", "Carbon burnt on site"), law=GUIDE)
def carbon_burnt_on_site(lost_biomass, burnt_on_site_share, burning_oxidation, carbon_fraction):
    """Biomass × share × oxidation × 0.5 (现地燃烧碳量), tC."""
    return lost_biomass * burnt_on_site_share * burning_oxidation * carbon_fraction


@land.quantity(
    "tCH4", level="region", label=Text("森林转化（甲烷）", "Forest conversion (CH4)"), law=GUIDE, confidence="M-med"
)
def conversion_ch4(carbon_burnt_on_site, burning_methane_ratio):
    """Carbon burnt × 0.012 × 16/12 (森林转化甲烷), tCH4."""
    return carbon_burnt_on_site * burning_methane_ratio * 16 / 12


@land.quantity(
    "tN2O", level="region", label=Text("森林转化（氧化亚氮）", "Forest conversion (N2O)"), law=GUIDE, confidence="M-med"
)
def conversion_n2o(carbon_burnt_on_site, nitrogen_carbon_ratio, burning_nitrous_oxide_ratio):
    """Carbon burnt × N/C × 0.007 × 44/28 (森林转化氧化亚氮), tN2O."""
    return carbon_burnt_on_site * nitrogen_carbon_ratio * burning_nitrous_oxide_ratio * 44 / 28
