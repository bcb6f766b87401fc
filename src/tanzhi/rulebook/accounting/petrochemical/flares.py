"""What flares emit, in normal operation by the gas and in an accident by its flow (火炬燃烧排放)."""

from tanzhi.rulebook.kernel import Text, given

from .base import NDRC, petrochemical


@petrochemical.quantity("tCO2", level="flare", label=Text("火炬气燃烧部分", "Burned in the flare"), law=NDRC)
def flare_burned(flare_gas, flare_carbon, flare_oxidation):
    """Q × CC × OF × 44/12 (火炬气非二氧化碳组分燃烧), tCO2. Not rounded."""
    return flare_gas * flare_carbon * flare_oxidation * 44 / 12


@petrochemical.quantity("tCO2", level="flare", label=Text("火炬气原有二氧化碳", "CO2 in the gas"), law=NDRC)
def flare_passed(flare_gas, flare_dioxide, dioxide_density):
    """Q × V × 19.7 (火炬气中原有二氧化碳), tCO2. Not rounded."""
    return flare_gas * flare_dioxide / 100 * dioxide_density


@petrochemical.quantity(
    "tCO2", level="flare", decimals=2, label=Text("火炬排放量", "Emission of the flare"), law=NDRC, confidence="M-high"
)
def flare_emission(flare_burned, flare_passed):
    """Q × (CC × OF × 44/12 + V × 19.7) (正常工况火炬排放), tCO2."""
    return flare_burned + flare_passed


@petrochemical.quantity(
    "tCO2",
    level="flare_event",
    decimals=2,
    label=Text("事故火炬排放量", "Emission of the accident"),
    law=NDRC,
    confidence="M-med",
    empirical=True,
)
def event_emission(event_flow, event_hours, molar_volume, default_carbon_number, carbon_number=None):
    """GF × T × CN ÷ 22.4 × 44 × 10 (事故火炬排放), tCO2; CN 5 where it is not stated, which no text read confirms."""
    return event_flow * event_hours * given(carbon_number, default_carbon_number) / molar_volume * 44 * 10
