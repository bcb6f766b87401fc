"""A month's, a workshop's and the enterprise's emission, and what a tonne of product emits."""

from tanzhi.rulebook.accounting.ndrc import add_month_energy
from tanzhi.rulebook.kernel import Text, given, quotient, total

from .base import NDRC, chemical

add_month_energy(chemical, NDRC)


@chemical.quantity("tCO2e", level="month", decimals=2, label=Text("当月排放量", "Emission of the month"), law=NDRC)
def month_emission(combustion_emission, feedstock_emission, carbonate_emission, acid_emission, recovered_dioxide=None):
    """Fuel, feed, carbonates and N2O less recovered CO2 (当月直接排放量), tCO2e."""
    burned = given(total(combustion_emission), 0)
    process = feedstock_emission + given(total(carbonate_emission), 0) + given(total(acid_emission), 0)
    return burned + process - given(recovered_dioxide, 0)


@chemical.quantity(
    "tCO2e", level="workshop", decimals=2, label=Text("车间排放量", "Emission of the workshop"), law=NDRC
)
def workshop_emission(month_emission):
    """Direct emission of a workshop's months (分厂或车间直接排放量), tCO2e."""
    return total(month_emission)


@chemical.quantity("t", level="workshop", decimals=2, label=Text("年产品产量", "Output of the year"), law=NDRC)
def workshop_output(product_output):
    """Output of a workshop's months (年产品产量), t."""
    return total(product_output)


@chemical.quantity(
    "tCO2e/t",
    level="workshop",
    decimals=4,
    label=Text("单位产品排放量", "Emission by product"),
    law=NDRC,
    confidence="M-low",
)
def emission_per_output(workshop_emission, workshop_output):
    """E ÷ output (单位产品直接排放量), tCO2e/t; 4 decimals as in the steel guide."""
    return quotient(workshop_emission, workshop_output)


@chemical.quantity(
    "tCO2e",
    level="enterprise",
    decimals=0,
    label=Text("企业直接排放量", "Direct emission of the enterprise"),
    law=NDRC,
    confidence="M-high",
)
def direct_emission(workshop_emission):
    """All workshops without purchased energy (企业直接排放量), tCO2e, as a whole number."""
    return total(workshop_emission)


@chemical.quantity(
    "tCO2e",
    level="enterprise",
    decimals=0,
    label=Text("企业排放量", "Emission of the enterprise"),
    law=NDRC,
    confidence="M-high",
)
def enterprise_emission(workshop_emission, month_energy_emission):
    """All workshops with purchased electricity and heat (企业温室气体排放总量), tCO2e, as a whole number."""
    return total(workshop_emission) + total(month_energy_emission)
