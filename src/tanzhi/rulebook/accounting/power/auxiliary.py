"""Auxiliary items (辅助参数): heat ratio, coal use and intensities. Not verified since the guide of December 2022."""

from tanzhi.rulebook.kernel import Text, total

from .base import V02, power


@power.quantity("GJ", level="fuel", label=Text("燃料热量", "Heat of the fuel"), law=V02)
def fuel_heat(fuel_consumption, heat_content):
    """Heat of one fuel in one month (燃料热量), GJ. Not rounded."""
    return fuel_consumption * heat_content


@power.quantity("1", level="unit", decimals=4, label=Text("供热比", "Heat ratio"), law=V02)
def heat_ratio(unit_heat, boiler_heat):
    """a = Q / Q_boiler (供热比), fraction; 4 decimals [M-low]."""
    return unit_heat / total(boiler_heat)


@power.quantity(
    "tCO2/MWh", level="unit", decimals=4, label=Text("发电碳排放强度", "Emission intensity of generation"), law=V02
)
def generation_intensity(unit_emission, unit_generation, heat_ratio):
    """(1 - a) E / W (发电碳排放强度), tCO2/MWh; 4 decimals [M-low]."""
    return (1 - heat_ratio) * unit_emission / unit_generation


@power.quantity(
    "tCO2/GJ", level="unit", decimals=4, label=Text("供热碳排放强度", "Emission intensity of heat"), law=V02
)
def heat_intensity(unit_emission, unit_heat, heat_ratio):
    """a E / Q (供热碳排放强度), tCO2/GJ; 4 decimals [M-low]."""
    return heat_ratio * unit_emission / unit_heat


@power.quantity("tce", level="unit", decimals=2, label=Text("标准煤耗量", "Fuel in coal equivalent"), law=V02)
def coal_equivalent(fuel_heat, heat_of_coal_equivalent):
    """Fuel of the year in tonnes of coal equivalent (标准煤耗量), tce of 29.3076 GJ."""
    return total(fuel_heat) / heat_of_coal_equivalent


@power.quantity("tce/MWh", level="unit", decimals=4, label=Text("发电煤耗", "Coal use of generation"), law=V02)
def generation_coal_use(coal_equivalent, unit_generation, heat_ratio):
    """b_f = (1 - a) B / W (发电煤耗), tce/MWh; 4 decimals [M-low]."""
    return (1 - heat_ratio) * coal_equivalent / unit_generation


@power.quantity("tce/GJ", level="unit", decimals=4, label=Text("供热煤耗", "Coal use of heat"), law=V02)
def heat_coal_use(coal_equivalent, unit_heat, heat_ratio):
    """b_r = a B / Q (供热煤耗), tce/GJ; 4 decimals [M-low]."""
    return heat_ratio * coal_equivalent / unit_heat
