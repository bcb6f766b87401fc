"""What the NDRC family of guidelines (发改委24行业指南, 2013 to 2015) has in common: fuel, purchased energy, their sum.

Its tables stand in `parameters/ndrc` and `parameters/ndrc_heat`; factors of other families never enter here.
"""

from typing import Any, TypedDict

from tanzhi.rulebook.checks.common import add_default_heat_is_noted, add_heat_in_gigajoules, add_stock_balances
from tanzhi.rulebook.kernel import Guideline, Text, all_of, any_of, given, total

from .fuels import (
    add_closing_stock,
    add_fuel_consumption,
    add_fuel_kind,
    add_net_calorific_value,
    add_opening_stock,
)

FAMILY_FOLDERS = ("ndrc", "ndrc_heat", "ndrc_checks", "electricity", "heat", "calendar", "steel_heat")
"""Tables that the guidelines of the family share; heat of the steel norm is asked about, never used."""

INVOICE = Text("结算发票", "Invoices")
FAMILY_FUELS = {
    "anthracite": Text("无烟煤", "Anthracite"),
    "bituminous": Text("烟煤", "Bituminous coal"),
    "lignite": Text("褐煤", "Lignite"),
    "washed_coal": Text("洗精煤", "Washed coal"),
    "other_washed_coal": Text("其他洗煤", "Other washed coal"),
    "briquette": Text("型煤", "Briquettes"),
    "coke": Text("焦炭", "Coke"),
    "crude_oil": Text("原油", "Crude oil"),
    "fuel_oil": Text("燃料油", "Fuel oil"),
    "gasoline": Text("汽油", "Gasoline"),
    "diesel": Text("柴油", "Diesel"),
    "kerosene": Text("一般煤油", "Kerosene"),
    "petroleum_coke": Text("石油焦", "Petroleum coke"),
    "other_petroleum": Text("其他石油制品", "Other petroleum products"),
    "coal_tar": Text("焦油", "Tar"),
    "crude_benzene": Text("粗苯", "Crude benzene"),
    "refinery_gas": Text("炼厂干气", "Refinery gas"),
    "lpg": Text("液化石油气", "Liquefied petroleum gas"),
    "lng": Text("液化天然气", "Liquefied natural gas"),
    "natural_gas": Text("天然气", "Natural gas"),
    "coke_oven_gas": Text("焦炉煤气", "Coke oven gas"),
    "blast_furnace_gas": Text("高炉煤气", "Blast furnace gas"),
    "converter_gas": Text("转炉煤气", "Converter gas"),
    "carbide_furnace_gas": Text("密闭电石炉炉气", "Gas of closed carbide furnaces"),
    "other_gas": Text("其他煤气", "Other gas"),
}
"""Fuels of the family's table, by the codes of its parameters."""


class LastYear(TypedDict, total=False):
    """A rule that ended says when."""

    until: int


class Least(TypedDict, total=False):
    """An input that cannot be below says so."""

    minimum: str


def ending(until: int | None) -> LastYear:
    """The last year of a rule, where it has one."""
    return {"until": until} if until else {}


def add_number(
    guideline: Guideline, name: str, unit: str, label: Text, meaning: str, *, decimals: int, law: str, **terms: Any
) -> None:
    """A number of the month's form, or of rows below it; never below nil unless its terms say so."""

    def rule() -> None:
        """Set below."""

    rule.__name__, rule.__doc__ = name, f"{meaning} ({label.zh}), {unit}."
    declared = {"level": "month", "form": "month", "minimum": "0"} | terms
    guideline.input(unit, label=label, decimals=decimals, law=law, **declared)(rule)


def add_family_fuel(guideline: Guideline, ledger: Text, test: Text) -> None:
    """What is filed of a fuel: kind, consumption, tested heat, and the stock beside it."""
    add_fuel_kind(guideline, FAMILY_FUELS)
    add_fuel_consumption(guideline, evidence=ledger)
    add_net_calorific_value(guideline, evidence=test)
    add_opening_stock(guideline)
    add_closing_stock(guideline)


def add_purchased_energy_inputs(guideline: Guideline, law: str) -> None:
    """Electricity and heat bought less what was sold: below nil where an enterprise sells more than it buys."""

    @guideline.input(
        "MWh",
        level="month",
        decimals=3,
        label=Text("净购入电量", "Net purchased electricity"),
        form="month",
        law=law,
    )
    def purchased_electricity():
        """Electricity bought less what was sold (净购入电量), MWh."""

    add_purchased_heat(guideline, law)


def add_bought_energy(guideline: Guideline, law: str) -> None:
    """Electricity and heat bought less what was sold, which may be below nil."""
    declared: dict[str, Any] = {"law": law, "evidence": INVOICE}
    label = Text("购入电量", "Electricity bought")
    add_number(guideline, "electricity_bought", "MWh", label, "Electricity bought", decimals=3, **declared)
    label = Text("外销电量", "Electricity sold")
    add_number(guideline, "electricity_sold", "MWh", label, "Electricity sold", decimals=3, **declared)
    add_number(guideline, "heat_bought", "GJ", Text("购入热量", "Heat bought"), "Heat bought", decimals=2, **declared)
    add_number(guideline, "heat_sold", "GJ", Text("外销热量", "Heat sold"), "Heat sold", decimals=2, **declared)

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("净购入电力排放量", "Emission of purchased electricity"),
        law=law,
        confidence="M-med",
    )
    def electricity_emission(electricity_bought, grid_factor, electricity_sold=None):
        """(bought − sold) × grid factor (净购入电力排放), tCO2; which year's factor counts is not settled."""
        return (electricity_bought - given(electricity_sold, 0)) * grid_factor

    @guideline.quantity(
        "tCO2", level="month", decimals=2, label=Text("净购入热力排放量", "Emission of purchased heat"), law=law
    )
    def heat_emission(heat_bought, heat_factor, heat_sold=None):
        """(bought − sold) × 0.11 tCO2/GJ (净购入热力排放), tCO2."""
        return (heat_bought - given(heat_sold, 0)) * heat_factor


COMBUSTION = Text("化石燃料燃烧排放量", "Combustion emission")


def add_combustion(
    guideline: Guideline, law: str, heat: str = "", burned: str = "M-low", label: Text = COMBUSTION
) -> None:
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
        label=label,
        law=law,
        confidence=burned,
    )
    def combustion_emission(fuel_consumption, heat_content, ndrc_carbon_per_heat, ndrc_oxidation_rate):
        """CO2 of a fuel in a month (化石燃料燃烧排放量), E = FC × NCV × CC × OF × 44/12, tCO2."""
        return fuel_consumption * heat_content * ndrc_carbon_per_heat * ndrc_oxidation_rate * 44 / 12


def add_purchased_heat(guideline: Guideline, law: str, minimum: str | None = None, until: int | None = None) -> None:
    """Heat bought less what was sold, a line of the month."""
    bounds: Least = {"minimum": minimum} if minimum is not None else {}

    @guideline.input(
        "GJ",
        level="month",
        decimals=2,
        label=Text("净购入热量", "Net purchased heat"),
        form="month",
        law=law,
        **bounds,
        **ending(until),
    )
    def purchased_heat():
        """Heat bought less what was sold (净购入热量), GJ."""


def add_electricity_emission(guideline: Guideline, law: str, until: int | None = None) -> None:
    """Electricity bought less what was sold, by the factor of the grid."""

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("净购入电力排放量", "Emission of purchased electricity"),
        law=law,
        confidence="M-med",
        **ending(until),
    )
    def electricity_emission(purchased_electricity, grid_factor):
        """Net purchased electricity × grid factor (净购入电力排放), tCO2; which year's factor counts is not settled."""
        return purchased_electricity * grid_factor


def add_heat_emission(guideline: Guideline, law: str, until: int | None = None) -> None:
    """Heat bought less what was sold, by the default factor."""

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("净购入热力排放量", "Emission of purchased heat"),
        law=law,
        **ending(until),
    )
    def heat_emission(purchased_heat, heat_factor):
        """Net purchased heat × 0.11 tCO2/GJ (净购入热力排放), tCO2."""
        return purchased_heat * heat_factor


def add_month_energy(guideline: Guideline, law: str, until: int | None = None) -> None:
    """Purchased electricity and heat of a month together; nil where none was bought."""

    @guideline.quantity(
        "tCO2e",
        level="month",
        decimals=2,
        label=Text("当月购入电热排放量", "Purchased energy of the month"),
        law=law,
        confidence="M-med",
        **ending(until),
    )
    def month_energy_emission(electricity_emission=None, heat_emission=None):
        """Purchased electricity and heat (当月购入电力和热力排放量), tCO2."""
        return given(electricity_emission, 0) + given(heat_emission, 0)


def add_month_combustion(guideline: Guideline, law: str) -> None:
    """All fuel of a unit's month; nil where none was burned."""

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("当月燃烧排放量", "Combustion emission of the month"),
        law=law,
    )
    def month_combustion_emission(combustion_emission):
        """All fossil fuels of a unit in a month (当月化石燃料燃烧排放量), tCO2."""
        return given(total(combustion_emission), 0)


def add_enterprise_emission(guideline: Guideline, law: str, confidence: str) -> None:
    """The lines' direct emission with the electricity and heat that all of them bought."""

    @guideline.quantity(
        "tCO2e",
        level="enterprise",
        decimals=0,
        label=Text("企业排放量", "Emission of the enterprise"),
        law=law,
        confidence=confidence,
    )
    def enterprise_emission(line_emission, month_energy_emission):
        """All lines with purchased electricity and heat (企业温室气体排放总量), tCO2e, as a whole number."""
        return total(line_emission) + total(month_energy_emission)


def add_family_checks(guideline: Guideline, prefix: str) -> None:
    """Fuel: heat in GJ, stock, the default's note, and heat that was taken from the norm of another family."""
    add_heat_in_gigajoules(guideline, f"{prefix}-110")
    add_stock_balances(guideline)
    add_default_heat_is_noted(guideline, f"{prefix}-21")

    @guideline.check(
        f"{prefix}-22",
        severity="question",
        level="fuel",
        fields=("net_calorific_value",),
        since=2024,
        message=Text(
            "低位发热量 {found} 与钢铁行业技术规范缺省值相同，请说明是否为检测值",
            "Net calorific value {found} equals the default of the steel norm: was it tested?",
        ),
        expected=Text("检测值，或留空以采用本指南缺省值", "a tested value, or blank for the guideline's own default"),
    )
    def heat_is_not_of_another_family(net_calorific_value, steel_net_calorific_value, ndrc_net_calorific_value):
        other = any_of(net_calorific_value < ndrc_net_calorific_value, net_calorific_value > ndrc_net_calorific_value)
        return all_of(other, net_calorific_value == steel_net_calorific_value)
