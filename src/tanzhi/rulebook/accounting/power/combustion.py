"""CO2 of fossil fuels: carbon as received on every basis, defaults by period, oxidation, emission."""

from tanzhi.rulebook.kernel import Text, all_of, chosen, count, given, mean, quotient, total, weighted_mean, where

from .base import BANDS, BOILERS, COALS, UNKNOWN, V02, V04, power


@power.quantity(
    "tC/t", level="fuel", label=Text("空干基换算的元素碳", "Carbon from the air-dried basis"), law=f"{V02}, (2)"
)
def carbon_from_air_dried(carbon_air_dried, moisture_air_dried, total_moisture):
    """C_ar = C_ad (100 - M_ar) / (100 - M_ad), from % to tC/t (空干基换算). Not rounded."""
    return carbon_air_dried / 100 * (100 - total_moisture) / (100 - moisture_air_dried)


@power.quantity("tC/t", level="fuel", label=Text("干燥基换算的元素碳", "Carbon from the dry basis"), law=f"{V02}, (3)")
def carbon_from_dry(carbon_dry, total_moisture):
    """C_ar = C_d (100 - M_ar) / 100, from % to tC/t (干燥基换算). Not rounded."""
    return carbon_dry / 100 * (100 - total_moisture) / 100


@power.quantity("tC/t", level="fuel", label=Text("实测元素碳", "Measured carbon"), law=f"{V02}, 5.2")
def measured_carbon_content(
    carbon_as_received=None, carbon_from_air_dried=None, carbon_from_dry=None, sampled_carbon=None
):
    """Carbon as received, measured on whichever basis or by samples (实测收到基元素碳含量). Not rounded."""
    return given(carbon_as_received, carbon_from_air_dried, carbon_from_dry, sampled_carbon)


@power.quantity("GJ/t", level="fuel", label=Text("实测低位发热量", "Measured net calorific value"), law=f"{V02}, 5.2")
def measured_heat(net_calorific_value=None, sampled_heat=None):
    """Net calorific value of the month, stated or the weighted mean of its samples (实测低位发热量). Not rounded."""
    return given(net_calorific_value, sampled_heat)


@power.quantity(
    "GJ/t", level="fuel", decimals=3, label=Text("采用的低位发热量", "Net calorific value used"), law=f"{V02}, 5.2"
)
def heat_content(measured_heat=None, default_net_calorific_value=None):
    """Net calorific value, the default where none was measured (采用的低位发热量); 3 decimals [M-low]."""
    return given(measured_heat, default_net_calorific_value)


@power.quantity(
    "tC/GJ", level="fuel", label=Text("实测单位热值含碳量", "Measured carbon per heat"), law="环办气候函〔2022〕229号"
)
def measured_carbon_per_heat(fuel, measured_carbon_content, measured_heat):
    """Carbon per heat of a coal whose carbon and heat were both measured (实测单位热值含碳量)."""
    return where(chosen(fuel, *COALS), quotient(measured_carbon_content, measured_heat), None)


@power.quantity(
    "tC/GJ",
    level="month",
    label=Text("当月实测单位热值含碳量", "Measured carbon per heat of the month"),
    law="环办气候函〔2022〕229号",
    confidence="M-low",
)
def month_carbon_per_heat(measured_carbon_per_heat, fuel_consumption):
    """The month's measured coals weighted by consumption (当月实测单位热值含碳量); the weight is not laid down."""
    return weighted_mean(measured_carbon_per_heat, fuel_consumption)


@power.quantity("1", level="unit", label=Text("实测月数", "Months measured"), law="环办气候函〔2022〕229号")
def months_measured(month_carbon_per_heat):
    """In how many months of the year coal was measured (实测月数), however many coals a month had."""
    return count(month_carbon_per_heat)


@power.quantity(
    "tC/GJ",
    level="unit",
    label=Text("实测月份算术平均含碳量", "Mean of measured carbon per heat"),
    law="环办气候函〔2022〕229号",
    confidence="M-med",
)
def mean_carbon_per_heat(month_carbon_per_heat):
    """Arithmetic mean over the year's measured months (实测月份算术平均值)."""
    return mean(month_carbon_per_heat)


@power.quantity(
    "tC/GJ", level="fuel", decimals=5, label=Text("采用的单位热值含碳量", "Carbon per heat used"), law=f"{V02}, (4)"
)
def carbon_per_heat(default_carbon_per_heat):
    """Carbon per heat of fuel whose carbon was not measured (单位热值含碳量); 5 decimals [M-low]."""
    return default_carbon_per_heat


@power.quantity(
    "tC/GJ",
    level="fuel",
    decimals=5,
    until=2022,
    label=Text("采用的单位热值含碳量", "Carbon per heat used"),
    law="环办气候函〔2022〕229号",
    confidence="M-med",
)
def carbon_per_heat_since_2021(
    fuel, default_carbon_per_heat, months_measured, least_months_measured, mean_carbon_per_heat=None
):
    """With three or more measured months, a missing month of coal takes their mean (缺失月份取均值)."""
    enough = all_of(chosen(fuel, *COALS), months_measured >= least_months_measured)
    return where(enough, mean_carbon_per_heat, default_carbon_per_heat)


@power.quantity(
    "tC/GJ", level="fuel", decimals=5, label=Text("采用的单位热值含碳量", "Carbon per heat used"), law=f"{V02}, (4)"
)
def carbon_per_heat_since_2023(default_carbon_per_heat):
    """Carbon per heat of fuel whose carbon was not measured (单位热值含碳量缺省值)."""
    return default_carbon_per_heat


@power.quantity("tC/t", level="fuel", label=Text("缺省元素碳", "Default carbon"), law=f"{V02}, (4)")
def default_carbon_content(heat_content, carbon_per_heat):
    """C_ar = NCV × CC of fuel whose carbon was not measured (缺省收到基元素碳含量). Not rounded."""
    return heat_content * carbon_per_heat


@power.quantity(
    "tC/t", level="fuel", decimals=4, label=Text("收到基元素碳含量", "Carbon content as received"), law=f"{V02}, 5.2"
)
def carbon_content(measured_carbon_content=None, default_carbon_content=None):
    """Carbon as received, measured if it was (收到基元素碳含量), tC/t; 4 decimals [M-low]."""
    return given(measured_carbon_content, default_carbon_content)


@power.quantity(
    "tCO2", level="fuel", decimals=2, label=Text("化石燃料燃烧排放量", "Combustion emission"), law=f"{V02}, (1)"
)
def combustion_emission(fuel_consumption, carbon_content, oxidation_rate):
    """CO2 of one fuel in one month (化石燃料燃烧排放量), E = FC × C_ar × OF × 44/12, tCO2; 2 decimals [M-low]."""
    return fuel_consumption * carbon_content * oxidation_rate * 44 / 12


@power.choice(
    level="unit",
    since=2026,
    label=Text("氧化率取值的锅炉类型", "Boiler type for the oxidation rate"),
    options=BOILERS | UNKNOWN,
    law=V04,
)
def oxidation_boiler(boiler_type=None):
    """Boiler type as a key of the oxidation rate (锅炉类型); unknown has no value in the table."""
    return given(boiler_type, "unknown")


@power.choice(
    level="enterprise",
    since=2026,
    label=Text("氧化率取值的海拔档", "Altitude band for the oxidation rate"),
    options=BANDS | UNKNOWN,
    law=V04,
)
def oxidation_band(altitude_band=None):
    """Altitude band as a key of the oxidation rate (海拔分档); unknown has no value in the table."""
    return given(altitude_band, "unknown")


@power.quantity("1", level="fuel", since=2026, label=Text("采用的碳氧化率", "Oxidation rate used"), law=V04)
def oxidation(fuel, coal_oxidation_rate=None, oxidation_rate=None):
    """From data year 2026 coal by boiler type and altitude, other fuels by kind (碳氧化率); national database."""
    return where(chosen(fuel, *COALS), coal_oxidation_rate, oxidation_rate)


@power.quantity(
    "tCO2", level="fuel", decimals=2, label=Text("化石燃料燃烧排放量", "Combustion emission"), law=f"{V04}, (1)"
)
def combustion_emission_since_2026(fuel_consumption, carbon_content, oxidation):
    """CO2 of one fuel in one month (化石燃料燃烧排放量), tCO2, with the oxidation rate of the national database."""
    return fuel_consumption * carbon_content * oxidation * 44 / 12


@power.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("当月燃烧排放量", "Combustion emission of the month"),
    law=f"{V02}, (1)",
)
def month_combustion_emission(combustion_emission):
    """All fuels of a unit in a month (当月化石燃料燃烧排放量), tCO2."""
    return total(combustion_emission)


@power.quantity(
    "tCO2", level="unit", decimals=2, label=Text("机组燃烧排放量", "Combustion emission of the unit"), law=f"{V02}, (1)"
)
def unit_combustion_emission(month_combustion_emission):
    """A unit's months together (机组化石燃料燃烧排放量), tCO2."""
    return total(month_combustion_emission)
