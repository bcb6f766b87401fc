"""The supplementary data report (补充数据核算报告) of a line beside the report, as the forms of 2023 have it.

Fuel of the line, electricity by where it comes from, heat by its source. Grid and captive electricity take the grid's
factor; what is supplied directly from non-fossil sources or made of waste heat and pressure counts nil.
"""

from tanzhi.rulebook.kernel import Guideline, Text, given, total

FORMS = "2023—2025年补充数据核算报告模板（据原油加工、电石、纯碱表）"


def _add_electricity_and_heat(guideline: Guideline) -> None:
    @guideline.input(
        "MWh",
        level="month",
        decimals=3,
        label=Text("补充数据：消耗电网电量", "Supplementary: grid electricity"),
        form="month",
        minimum="0",
        law=FORMS,
    )
    def grid_electricity():
        """Electricity of the grid that the line used (消耗电网供电量), MWh; blank where none are due."""

    @guideline.input(
        "MWh",
        level="month",
        decimals=3,
        label=Text("补充数据：消耗自备电厂电量", "Supplementary: captive electricity"),
        form="month",
        minimum="0",
        law=FORMS,
    )
    def captive_electricity():
        """Electricity of the enterprise's own plant that the line used (消耗自备电厂供电量), MWh."""

    @guideline.input(
        "MWh",
        level="month",
        decimals=3,
        label=Text("补充数据：消耗零排放电量", "Supplementary: electricity without emission"),
        form="month",
        minimum="0",
        law=FORMS,
    )
    def clean_electricity():
        """Non-fossil electricity supplied directly, and of waste heat and pressure (直供非化石与余热余压电量), MWh."""

    @guideline.input(
        "GJ",
        level="month",
        decimals=2,
        label=Text("补充数据：消耗热量（余热除外）", "Supplementary: heat, without waste heat"),
        form="month",
        minimum="0",
        law=FORMS,
    )
    def supplied_heat():
        """Heat that the line used, but for recovered waste heat, which counts nil (消耗热量), GJ."""

    @guideline.input(
        "tCO2/GJ",
        level="month",
        decimals=4,
        label=Text("补充数据：热源排放因子", "Supplementary: factor of the heat's source"),
        form="month",
        minimum="0",
        law=FORMS,
    )
    def heat_source_factor():
        """Emission of the own boiler or plant by its heat (热源供热排放因子), tCO2/GJ; blank takes 0.11."""


def add_used_energy(guideline: Guideline, confidence: str) -> None:
    """What a unit used of electricity and heat, and what a month of it emitted."""
    _add_electricity_and_heat(guideline)

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("补充数据：消耗电力排放量", "Supplementary: emission of electricity"),
        law=FORMS,
        confidence=confidence,
    )
    def used_electricity_emission(grid_electricity, grid_factor, captive_electricity=None):
        """(Grid + captive) × grid factor (消耗电力对应的排放量), tCO2; other electricity counts nil."""
        return (grid_electricity + given(captive_electricity, 0)) * grid_factor

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("补充数据：消耗热力排放量", "Supplementary: emission of heat"),
        law=FORMS,
        confidence=confidence,
    )
    def used_heat_emission(supplied_heat, heat_factor, heat_source_factor=None):
        """Heat × the factor of its source, else 0.11 (消耗热力对应的排放量), tCO2."""
        return supplied_heat * given(heat_source_factor, heat_factor)


def add_supplementary_data(guideline: Guideline, unit_level: str, confidence: str) -> None:
    """Its inputs, a month's electricity and heat, and what the unit emits by them with its own fuel."""
    add_used_energy(guideline, confidence)

    @guideline.quantity(
        "tCO2",
        level=unit_level,
        decimals=2,
        label=Text("补充数据：排放量", "Supplementary emission"),
        law=FORMS,
        confidence=confidence,
    )
    def supplementary_emission(month_combustion_emission, used_electricity_emission, used_heat_emission):
        """Fuel, electricity and heat of the unit in a year (补充数据核算的排放量), tCO2; blank without electricity."""
        fuel_and_heat = given(total(month_combustion_emission), 0) + given(total(used_heat_emission), 0)
        return fuel_and_heat + total(used_electricity_emission)
