"""What bought electricity and heat emitted where they were made (净购入电力和热力排放)."""

from tanzhi.rulebook.kernel import Text, given, total

from .base import NDRC, civil_aviation


@civil_aviation.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("净购入电力排放量", "Emission of purchased electricity"),
    law=NDRC,
    confidence="M-med",
)
def electricity_emission(electricity_bought, grid_factor, electricity_sold=None):
    """(bought − sold) × grid factor (净购入电力排放), tCO2; which year's factor is to be used is not settled."""
    return (electricity_bought - given(electricity_sold, 0)) * grid_factor


@civil_aviation.quantity(
    "tCO2", level="month", decimals=2, label=Text("净购入热力排放量", "Emission of purchased heat"), law=NDRC
)
def heat_emission(heat_bought, heat_factor, heat_sold=None):
    """(bought − sold) × 0.11 tCO2/GJ (净购入热力排放), tCO2."""
    return (heat_bought - given(heat_sold, 0)) * heat_factor


@civil_aviation.quantity(
    "tCO2",
    level="operation",
    decimals=2,
    label=Text("购入电热排放量", "Purchased energy of the operation"),
    law=NDRC,
    confidence="M-med",
)
def operation_energy_emission(electricity_emission, heat_emission):
    """Purchased electricity and heat of an operation's months (购入电力和热力排放量), tCO2."""
    return given(total(electricity_emission), 0) + given(total(heat_emission), 0)
