"""CO2 of fossil fuels by sector and fuel: quantity, heat, carbon, oxidation."""

from tanzhi.rulebook.kernel import Text, all_of, chosen, given, total, where

from ..law import GUIDE, MEASURED, YEAR, YEARBOOK
from .base import FUELS, SECTORS, energy

BOILER_COALS = ("anthracite", "bituminous", "lignite", "washed_coal", "other_washed_coal")


@energy.choice(
    level="region",
    label=Text("燃料因子来源", "Release of fuel factors"),
    form=YEAR,
    required=True,
    options={
        "gbt32151": Text("GB/T 32151.22-2024 附录C", "GB/T 32151.22-2024, annex C"),
        "guide2011": Text("2011年试行指南（单位热值含碳量）", "Trial guide of 2011 (carbon per heat)"),
    },
)
def factor_release():
    """Which published set of carbon contents holds for the whole report (因子来源); sets are never mixed."""


@energy.choice(level="sector", label=Text("部门", "Sector"), form=YEAR, options=SECTORS)
def sector():
    """Sector that burnt the fuel (部门)."""


@energy.choice(level="fuel", label=Text("燃料品种", "Fuel"), form=YEAR, options=FUELS)
def fuel():
    """Fuel as the energy balance names it (燃料品种)."""


@energy.input(
    "t",
    level="fuel",
    decimals=4,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("燃烧量（气体为万标准立方米，0℃、101.325 kPa）", "Fuel burnt (gases in 10⁴ Nm³ at 0 °C, 101.325 kPa)"),
    evidence=YEARBOOK,
)
def fuel_burnt():
    """Fuel burnt for energy in the year (燃烧量), t; gases in 10^4 Nm3. Feedstock and bunkers are not in it."""


@energy.input(
    "GJ/t",
    level="fuel",
    decimals=4,
    minimum="0",
    form=YEAR,
    label=Text("本地低位发热量", "Local net calorific value"),
    evidence=MEASURED,
)
def local_net_calorific_value():
    """Net calorific value found in the province (本地低位发热量), GJ/t or GJ/10^4 Nm3; blank takes the default."""


@energy.input(
    "tC/TJ",
    level="fuel",
    decimals=4,
    form=YEAR,
    label=Text("本地单位热值含碳量", "Local carbon content"),
    evidence=MEASURED,
)
def local_carbon_content():
    """Carbon per heat found in the province (本地单位热值含碳量), tC/TJ; blank takes the default."""


@energy.input(
    "1", level="fuel", decimals=4, form=YEAR, label=Text("本地碳氧化率", "Local oxidation rate"), evidence=MEASURED
)
def local_oxidation_rate():
    """Share of carbon that burns (本地碳氧化率), 0 to 1, not per cent; blank takes the default."""


@energy.quantity("GJ/t", level="fuel", label=Text("采用的低位发热量", "Net calorific value used"), law=GUIDE)
def net_calorific_value(local_net_calorific_value=None, default_net_calorific_value=None):
    """The province's own value before the default (采用的低位发热量), GJ/t or GJ/10^4 Nm3."""
    return given(local_net_calorific_value, default_net_calorific_value)


@energy.quantity("tC/TJ", level="fuel", label=Text("采用的单位热值含碳量", "Carbon content used"), law=GUIDE)
def carbon_content(local_carbon_content=None, default_carbon_content=None):
    """The province's own value before the release's (采用的单位热值含碳量), tC/TJ."""
    return given(local_carbon_content, default_carbon_content)


@energy.choice(
    level="fuel",
    label=Text("燃烧设备", "Burning device"),
    options={"power_boiler": Text("电站锅炉", "Power boiler"), "other": Text("其他设备", "Other device")},
    law=GUIDE,
)
def burning_device(factor_release, sector, fuel):
    """Device whose oxidation rate holds (燃烧设备): the guide of 2011 has power boilers apart."""
    apart = all_of(chosen(factor_release, "guide2011"), chosen(sector, "power_heat"), chosen(fuel, *BOILER_COALS))
    return where(apart, "power_boiler", "other")


@energy.quantity("1", level="fuel", label=Text("采用的碳氧化率", "Oxidation rate used"), law=GUIDE)
def oxidation_rate(local_oxidation_rate=None, default_oxidation_rate=None):
    """The province's own value before the release's (采用的碳氧化率)."""
    return given(local_oxidation_rate, default_oxidation_rate)


@energy.quantity("TJ", level="fuel", label=Text("燃料热量", "Heat of the fuel"), law=GUIDE)
def fuel_heat(fuel_burnt, net_calorific_value):
    """Quantity times net calorific value (燃料热量), GJ to TJ."""
    return fuel_burnt * net_calorific_value / 1000


@energy.quantity(
    "tCO2", level="fuel", label=Text("燃料燃烧二氧化碳", "CO2 of the fuel"), law=GUIDE, confidence="M-high"
)
def fuel_co2(fuel_heat, carbon_content, oxidation_rate):
    """CO2 = heat × carbon × oxidation × 44/12 (燃料燃烧二氧化碳排放量), tCO2; the ratio stays exact, never 3.67."""
    return fuel_heat * carbon_content * oxidation_rate * 44 / 12


@energy.quantity("tCO2", level="sector", label=Text("部门燃烧二氧化碳", "Combustion CO2 of the sector"), law=GUIDE)
def sector_co2(fuel_co2):
    """All fuels of a sector (部门化石燃料燃烧二氧化碳), tCO2."""
    return total(fuel_co2)


@energy.quantity("tCO2", level="region", label=Text("化石燃料燃烧二氧化碳", "Combustion CO2"), law=GUIDE)
def combustion_co2(sector_co2):
    """All sectors (化石燃料燃烧二氧化碳), tCO2."""
    return total(sector_co2)
