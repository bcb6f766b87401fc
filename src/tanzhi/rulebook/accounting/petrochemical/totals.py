"""A month's, a plant's and the enterprise's emission; the refinery of the supplementary table."""

from tanzhi.rulebook.kernel import Text, chosen, given, quotient, total, where

from .base import NDRC, petrochemical

SUPPLEMENT = "石油化工企业（原油加工）温室气体排放报告补充数据表"


@petrochemical.quantity("tCO2", level="month", decimals=2, label=Text("当月过程排放量", "Process emission"), law=NDRC)
def month_process_emission(
    feedstock_emission,
    burn_off_emission=None,
    regeneration_emission=None,
    asphalt_emission=None,
    decoking_emission=None,
):
    """Coke burned off, asphalt, decoking and carbon balance (当月工业生产过程排放量), tCO2."""
    burned_off = given(burn_off_emission, 0) + given(regeneration_emission, 0)
    return burned_off + given(asphalt_emission, 0) + given(decoking_emission, 0) + feedstock_emission


@petrochemical.quantity("tCO2", level="month", decimals=2, label=Text("当月火炬排放量", "Emission of flares"), law=NDRC)
def month_flare_emission(flare_emission, event_emission):
    """Flares in normal operation and in accidents (当月火炬燃烧排放量), tCO2."""
    return given(total(flare_emission), 0) + given(total(event_emission), 0)


@petrochemical.quantity("tCO2", level="month", decimals=2, label=Text("当月排放量", "Emission of the month"), law=NDRC)
def month_emission(month_combustion_emission, month_process_emission, month_flare_emission, recovered_dioxide=None):
    """Fuel, process and flares less recovered CO2 (当月直接排放量), tCO2."""
    return month_combustion_emission + month_process_emission + month_flare_emission - given(recovered_dioxide, 0)


@petrochemical.quantity("tCO2", level="plant", decimals=2, label=Text("装置排放量", "Emission of the plant"), law=NDRC)
def plant_emission(month_emission):
    """Direct emission of a plant's months (装置直接排放量), tCO2."""
    return total(month_emission)


@petrochemical.quantity("t", level="plant", decimals=2, label=Text("年装置加工量", "Feed of the year"), law=NDRC)
def plant_feed(feed_processed):
    """What a plant's months processed (年装置加工量), t."""
    return total(feed_processed)


@petrochemical.quantity(
    "tCO2/t",
    level="plant",
    decimals=4,
    label=Text("单位加工量排放", "Emission by feed"),
    law=NDRC,
    confidence="M-low",
)
def emission_per_feed(plant_emission, plant_feed):
    """E ÷ feed (单位加工量直接排放), tCO2/t; 4 decimals as in the steel guide."""
    return quotient(plant_emission, plant_feed)


@petrochemical.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    label=Text("企业直接排放量", "Direct emission of the enterprise"),
    law=NDRC,
    confidence="M-high",
)
def direct_emission(plant_emission):
    """All plants without purchased energy (企业直接排放量), tCO2, as a whole number."""
    return total(plant_emission)


@petrochemical.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    label=Text("企业排放量", "Emission of the enterprise"),
    law=NDRC,
    confidence="M-high",
)
def enterprise_emission(plant_emission, month_energy_emission):
    """All plants with purchased electricity and heat (企业温室气体排放总量), tCO2, as a whole number."""
    return total(plant_emission) + total(month_energy_emission)


@petrochemical.quantity(
    "tCO2", level="plant", label=Text("属原油加工的排放量", "Emission within crude processing"), law=SUPPLEMENT
)
def refinery_part(within_crude_processing, supplementary_emission):
    """Supplementary emission of a plant within crude oil processing, else blank (属原油加工边界的排放量), tCO2."""
    return where(chosen(within_crude_processing, "yes"), supplementary_emission, None)


@petrochemical.quantity(
    "tCO2",
    level="enterprise",
    decimals=2,
    label=Text("原油加工排放量", "Emission of crude processing"),
    law=SUPPLEMENT,
    confidence="M-med",
)
def refinery_emission(refinery_part):
    """Fuel, electricity and heat of the plants within crude oil processing (原油加工二氧化碳排放量), tCO2."""
    return total(refinery_part)


@petrochemical.quantity(
    "t", level="enterprise", decimals=2, label=Text("年原油加工量", "Crude oil of the year"), law=SUPPLEMENT
)
def crude_of_year(crude_processed):
    """Crude oil of all months (年原油加工量), t."""
    return total(crude_processed)


@petrochemical.quantity(
    "tCO2/t",
    level="enterprise",
    decimals=4,
    label=Text("单位原油加工排放", "Emission by crude oil"),
    law=SUPPLEMENT,
    confidence="M-low",
)
def refinery_intensity(refinery_emission, crude_of_year):
    """Emission of crude processing ÷ crude oil (单位原油加工量排放), tCO2/t; 4 decimals as in the steel guide."""
    return quotient(refinery_emission, crude_of_year)
