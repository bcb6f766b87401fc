"""What the NDRC family of guidelines (发改委24行业指南, 2013 to 2015) has in common: fuel, purchased energy, their sum.

Its tables stand in `parameters/ndrc` and `parameters/ndrc_heat`; factors of other families never enter here.
"""

from typing import Unpack

from tanzhi.rulebook.kernel import Guideline, Text, given
from tanzhi.rulebook.kernel.rules import Validity

FAMILY_FOLDERS = ("ndrc", "ndrc_heat", "electricity", "heat", "calendar")
"""Tables that the guidelines of the family share."""


def add_combustion(guideline: Guideline, law: str, heat: str = "", burned: str = "M-low") -> None:
    """E = FC × NCV × CC × OF × 44/12 by the family's tables, the tested heat first; both say how sure they are."""

    @guideline.quantity(
        "GJ/t",
        level="fuel",
        decimals=3,
        label=Text("采用的低位发热量", "Net calorific value used"),
        law=law,
        confidence=heat,
    )
    def heat_content(net_calorific_value=None, ndrc_net_calorific_value=None):
        """Net calorific value, the family's default where none was tested (采用的低位发热量); 3 decimals."""
        return given(net_calorific_value, ndrc_net_calorific_value)

    @guideline.quantity(
        "tCO2",
        level="fuel",
        decimals=2,
        label=Text("化石燃料燃烧排放量", "Combustion emission"),
        law=law,
        confidence=burned,
    )
    def combustion_emission(fuel_consumption, heat_content, ndrc_carbon_per_heat, ndrc_oxidation_rate):
        """CO2 of a fuel in a month (化石燃料燃烧排放量), E = FC × NCV × CC × OF × 44/12, tCO2."""
        return fuel_consumption * heat_content * ndrc_carbon_per_heat * ndrc_oxidation_rate * 44 / 12


def add_purchased_heat(guideline: Guideline, law: str, **days: Unpack[Validity]) -> None:
    """Heat bought less what was sold, a line of the month."""

    @guideline.input(
        "GJ",
        level="month",
        decimals=2,
        label=Text("净购入热量", "Net purchased heat"),
        form="month",
        minimum="0",
        law=law,
        **days,
    )
    def purchased_heat():
        """Heat bought less what was sold (净购入热量), GJ."""


def add_electricity_emission(guideline: Guideline, law: str, **days: Unpack[Validity]) -> None:
    """Electricity bought less what was sold, by the factor of the grid."""

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("净购入电力排放量", "Emission of purchased electricity"),
        law=law,
        confidence="M-med",
        **days,
    )
    def electricity_emission(purchased_electricity, grid_factor):
        """Net purchased electricity × grid factor (净购入电力排放), tCO2; which year's factor counts is not settled."""
        return purchased_electricity * grid_factor


def add_heat_emission(guideline: Guideline, law: str, **days: Unpack[Validity]) -> None:
    """Heat bought less what was sold, by the default factor."""

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("净购入热力排放量", "Emission of purchased heat"),
        law=law,
        **days,
    )
    def heat_emission(purchased_heat, heat_factor):
        """Net purchased heat × 0.11 tCO2/GJ (净购入热力排放), tCO2."""
        return purchased_heat * heat_factor


def add_month_energy(guideline: Guideline, law: str, **days: Unpack[Validity]) -> None:
    """Purchased electricity and heat of a month together; nil where none was bought."""

    @guideline.quantity(
        "tCO2e",
        level="month",
        decimals=2,
        label=Text("当月购入电热排放量", "Purchased energy of the month"),
        law=law,
        confidence="M-med",
        **days,
    )
    def month_energy_emission(electricity_emission=None, heat_emission=None):
        """Purchased electricity and heat (当月购入电力和热力排放量), tCO2."""
        return given(electricity_emission, 0) + given(heat_emission, 0)
