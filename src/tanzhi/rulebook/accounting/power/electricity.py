"""Purchased electricity, and what a unit and an enterprise emitted in a year."""

from tanzhi.rulebook.kernel import Text, given, total

from .base import V02, power


@power.quantity(
    "MWh",
    level="month",
    decimals=3,
    until=2025,
    label=Text("净购入使用电量", "Net purchased electricity"),
    law=f"{V02}, (5)",
    confidence="M-med",
)
def net_purchased_electricity(purchased_electricity, electricity_passed_on=None):
    """Bought less passed on to others (购入使用电量 = 购入 − 转供), MWh; what the installation itself used."""
    return purchased_electricity - given(electricity_passed_on, 0)


@power.quantity(
    "tCO2",
    level="month",
    decimals=2,
    until=2025,
    label=Text("购入电力排放量", "Emission of purchased electricity"),
    law=f"{V02}, (5)",
)
def electricity_emission(net_purchased_electricity, grid_factor):
    """CO2 of electricity bought and used by the installation (购入使用电力排放量), tCO2; data years to 2025."""
    return net_purchased_electricity * grid_factor


@power.check(
    "PWR-103",
    severity="error",
    level="month",
    until=2025,
    fields=("electricity_passed_on",),
    message=Text("转供电量 {found} 超过购入电量", "More was passed on ({found}) than was bought"),
    expected=Text("不超过购入电量 {purchased_electricity}", "at most the {purchased_electricity} that were bought"),
)
def no_more_is_passed_on_than_bought(electricity_passed_on, purchased_electricity=None):
    return electricity_passed_on > given(purchased_electricity, 0)


@power.quantity(
    "tCO2",
    level="unit",
    decimals=2,
    until=2025,
    label=Text("机组购入电力排放量", "Purchased electricity of the unit"),
    law=f"{V02}, (5)",
)
def unit_electricity_emission(electricity_emission):
    """A unit's purchased electricity of the year (机组购入使用电力排放量), tCO2; blank where none was bought."""
    return total(electricity_emission)


@power.quantity("tCO2", level="unit", decimals=0, label=Text("机组排放量", "Emission of the unit"), law=f"{V02}, 5.3")
def unit_emission(unit_combustion_emission, unit_electricity_emission=None):
    """Emission of a unit in a year (机组二氧化碳排放量): fuels and purchased electricity, whole tCO2, half up."""
    return unit_combustion_emission + given(unit_electricity_emission, 0)


@power.quantity(
    "tCO2", level="unit", decimals=0, label=Text("机组排放量", "Emission of the unit"), law="CETS-AG-01.01-V04-2026"
)
def unit_emission_since_2026(unit_combustion_emission):
    """Emission of a unit in a year (机组二氧化碳排放量): fuels only from data year 2026, whole tCO2, half up."""
    return unit_combustion_emission


@power.quantity(
    "tCO2",
    level="unit",
    decimals=0,
    label=Text("应清缴口径排放量", "Emission that counts for surrender"),
    law="国环规气候〔2023〕1号",
)
def unit_obligation_emission(unit_combustion_emission, unit_electricity_emission=None):
    """What counts for surrender to allowance year 2022 (应清缴口径): with purchased electricity, whole tCO2."""
    return unit_combustion_emission + given(unit_electricity_emission, 0)


@power.quantity(
    "tCO2",
    level="unit",
    decimals=0,
    label=Text("应清缴口径排放量", "Emission that counts for surrender"),
    law="国环规气候〔2024〕1号",
)
def unit_obligation_emission_since_2023(unit_combustion_emission):
    """What counts for surrender from allowance year 2023 (应清缴口径): without purchased electricity, whole tCO2."""
    return unit_combustion_emission


@power.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("企业排放量", "Emission of the enterprise"), law=f"{V02}, 5.3"
)
def enterprise_emission(unit_emission):
    """The enterprise's units together (企业二氧化碳排放总量), whole tCO2."""
    return total(unit_emission)


@power.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    label=Text("企业应清缴口径排放量", "Enterprise emission that counts for surrender"),
    law="国环规气候〔2024〕1号",
)
def enterprise_obligation_emission(unit_obligation_emission):
    """The enterprise's units together, as it counts for surrender (企业应清缴口径排放量), whole tCO2."""
    return total(unit_obligation_emission)
