"""An operation's and an enterprise's emission, and what carrying a tonne emits."""

from tanzhi.rulebook.kernel import Text, quotient, total

from .base import NDRC, civil_aviation


@civil_aviation.quantity(
    "tCO2", level="operation", decimals=2, label=Text("运营单元排放量", "Emission of the operation"), law=NDRC
)
def operation_emission(month_emission):
    """Direct emission of an operation's months (运营单元直接排放量), tCO2."""
    return total(month_emission)


@civil_aviation.quantity(
    "10^4 t km", level="operation", decimals=2, label=Text("年运输周转量", "Turnover of the year"), law=NDRC
)
def operation_turnover(transport_turnover):
    """Turnover of an operation's months (年运输总周转量), 10^4 t km."""
    return total(transport_turnover)


@civil_aviation.quantity(
    "tCO2/(10^4 t km)",
    level="operation",
    decimals=4,
    label=Text("单位周转量排放", "Emission by turnover"),
    law=NDRC,
    confidence="M-low",
)
def emission_per_turnover(operation_emission, operation_turnover):
    """E ÷ turnover (单位运输周转量排放), tCO2/10^4 t km; 4 decimals as in the steel guide."""
    return quotient(operation_emission, operation_turnover)


@civil_aviation.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    label=Text("企业直接排放量", "Direct emission of the enterprise"),
    law=NDRC,
    confidence="M-high",
)
def direct_emission(operation_emission):
    """Fuel of all operations (企业直接排放量), tCO2, as a whole number."""
    return total(operation_emission)


@civil_aviation.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    label=Text("企业排放量", "Emission of the enterprise"),
    law=NDRC,
    confidence="M-high",
)
def enterprise_emission(operation_emission, operation_energy_emission):
    """Fuel, purchased electricity and heat (企业温室气体排放总量), tCO2, as a whole number."""
    return total(operation_emission) + total(operation_energy_emission)
