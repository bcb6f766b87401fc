"""Supplementary data (补充数据): domestic flights by class of aircraft; an airport by throughput and area."""

from tanzhi.rulebook.kernel import Text, chosen, given, quotient, total, where

from .base import AIRPORT, SUPPLEMENT, civil_aviation

PROVINCE = f"{SUPPLEMENT}（机场，福建省 2018 年表）"


@civil_aviation.quantity(
    "tCO2/t", level="month", label=Text("航空煤油排放因子", "Emission by jet kerosene"), law=SUPPLEMENT
)
def jet_factor(jet_emission, jet_consumption):
    """Emission ÷ consumption of the month's jet kerosene as tested and blended (航空煤油排放因子). Not rounded."""
    return quotient(total(jet_emission), total(jet_consumption))


@civil_aviation.quantity(
    "tCO2",
    level="aircraft",
    decimals=2,
    label=Text("机型国内航段排放量", "Emission of the class on domestic flights"),
    law=SUPPLEMENT,
    confidence="M-high",
)
def class_emission(domestic_fuel, jet_factor):
    """Fuel × factor of the month's jet kerosene (航空器飞行活动二氧化碳排放量), tCO2."""
    return domestic_fuel * jet_factor


@civil_aviation.quantity(
    "tCO2",
    level="operation",
    decimals=2,
    label=Text("国内航段排放量", "Emission of domestic flights"),
    law=SUPPLEMENT,
    confidence="M-high",
)
def domestic_emission(class_emission):
    """All classes of aircraft in a year (国内商业航段二氧化碳排放量), tCO2."""
    return total(class_emission)


@civil_aviation.quantity(
    "10^4 t km",
    level="operation",
    decimals=2,
    label=Text("年国内航段周转量", "Domestic turnover of the year"),
    law=SUPPLEMENT,
    confidence="M-high",
)
def domestic_turnover_of_year(domestic_turnover):
    """All classes of aircraft in a year (国内商业航段运输周转量), 10^4 t km."""
    return total(domestic_turnover)


@civil_aviation.quantity(
    "tCO2/(10^4 t km)",
    level="operation",
    decimals=4,
    label=Text("国内航段单位周转量排放", "Domestic emission by turnover"),
    law=SUPPLEMENT,
    confidence="M-low",
)
def domestic_intensity(domestic_emission, domestic_turnover_of_year):
    """Emission ÷ turnover of domestic flights (国内航段单位周转量排放), tCO2/10^4 t km."""
    return quotient(domestic_emission, domestic_turnover_of_year)


@civil_aviation.quantity(
    "tCO2",
    level="operation",
    decimals=2,
    label=Text("机场排放量", "Emission of the airport"),
    law=PROVINCE,
    confidence="M-low",
)
def airport_emission(operation_kind, operation_emission, operation_energy_emission):
    """Fuel, electricity and heat of an airport, blank of other operations (机场排放量), tCO2."""
    return where(chosen(operation_kind, AIRPORT), given(operation_emission, 0) + operation_energy_emission, None)


@civil_aviation.quantity(
    "t", level="operation", decimals=2, label=Text("年机场吞吐量", "Throughput of the year"), law=PROVINCE
)
def throughput_of_year(throughput):
    """Throughput of an airport's months (年机场吞吐量), t."""
    return total(throughput)


@civil_aviation.quantity(
    "tCO2/t",
    level="operation",
    decimals=4,
    label=Text("单位吞吐量排放", "Emission by throughput"),
    law=PROVINCE,
    confidence="M-low",
)
def emission_per_throughput(airport_emission, throughput_of_year):
    """Emission of the airport ÷ throughput (单位吞吐量排放), tCO2/t."""
    return quotient(airport_emission, throughput_of_year)


@civil_aviation.quantity(
    "tCO2/10^4 m2",
    level="operation",
    decimals=4,
    label=Text("单位面积排放", "Emission by area"),
    law=PROVINCE,
    confidence="M-low",
)
def emission_per_area(airport_emission, terminal_area):
    """Emission of the airport ÷ area of terminals and offices (单位面积排放), tCO2/10^4 m2."""
    return quotient(airport_emission, terminal_area)
