"""What bought electricity and heat emitted where they were made (净购入电力和热力排放)."""

from tanzhi.rulebook.accounting.ndrc import add_bought_energy
from tanzhi.rulebook.kernel import Text, given, total

from .base import NDRC, civil_aviation

add_bought_energy(civil_aviation, NDRC)


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
