"""A month's, a line's and an enterprise's emission, and what a tonne of clinker emits."""

from tanzhi.rulebook.kernel import Text, given, quotient, total

from .base import AG, NDRC, cement


@cement.quantity("tCO2", level="month", decimals=2, label=Text("当月排放量", "Emission of the month"), law=AG)
def month_emission(month_combustion_emission, month_process_emission):
    """Combustion and process of a line in a month (当月排放量), tCO2."""
    return month_combustion_emission + month_process_emission


@cement.quantity("tCO2", level="line", decimals=2, label=Text("生产线排放量", "Emission of the line"), law=AG)
def line_emission(month_emission):
    """A line's months together (生产线化石燃料燃烧与过程排放量), tCO2."""
    return total(month_emission)


@cement.quantity(
    "tCO2",
    level="line",
    decimals=2,
    until=2023,
    label=Text("生产线购入电热排放量", "Purchased energy of the line"),
    law=NDRC,
    confidence="M-med",
)
def line_energy_emission(electricity_emission, heat_emission):
    """Purchased electricity and heat of a line's months (购入电力和热力排放量), tCO2."""
    return given(total(electricity_emission), 0) + given(total(heat_emission), 0)


@cement.quantity("t", level="line", decimals=2, label=Text("生产线熟料产量", "Clinker of the line"), law=AG)
def line_clinker(clinker_output):
    """Clinker of a line's months (生产线熟料产量), t."""
    return total(clinker_output)


@cement.quantity(
    "tCO2/t", level="line", decimals=4, label=Text("单位熟料排放量", "Emission by clinker"), law=AG, confidence="M-low"
)
def emission_per_clinker(line_emission, line_clinker):
    """E ÷ Q (单位熟料排放量), tCO2/t; 4 decimals as in the steel guide."""
    return quotient(line_emission, line_clinker)


@cement.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    label=Text("企业排放量", "Emission of the enterprise"),
    law=NDRC,
    confidence="M-high",
)
def enterprise_emission(line_emission, line_energy_emission):
    """All lines with purchased electricity and heat (企业温室气体排放总量), tCO2, as a whole number."""
    return total(line_emission) + total(line_energy_emission)


@cement.quantity("tCO2", level="enterprise", decimals=0, label=Text("企业排放量", "Emission of the enterprise"), law=AG)
def enterprise_emission_since_2024(line_emission):
    """All lines and other facilities, direct emission only (企业层级排放量), tCO2, as a whole number."""
    return total(line_emission)
