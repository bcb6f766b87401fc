"""Auxiliary items (辅助参数): heat ratio, coal use and intensities. Not verified since the guide of December 2022."""

from tanzhi.rulebook.kernel import Text, chosen, given, total, weighted_mean, where

from .base import COALS, V02, power


@power.quantity("GJ", level="fuel", label=Text("燃料热量", "Heat of the fuel"), law=V02)
def fuel_heat(fuel_consumption, heat_content):
    """Heat of one fuel in one month (燃料热量), GJ. Not rounded."""
    return fuel_consumption * heat_content


@power.quantity("1", level="unit", decimals=4, label=Text("供热比", "Heat ratio"), law=V02)
def heat_ratio(unit_heat, unit_boiler_heat):
    """a = Q / Q_boiler (供热比), fraction; 4 decimals [M-low]."""
    return unit_heat / unit_boiler_heat


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


@power.quantity("t", level="fuel", decimals=2, label=Text("燃煤消耗量", "Coal consumption"), law=V02)
def coal_consumption(fuel, fuel_consumption):
    """Consumption if the fuel is a coal, else blank (燃煤消耗量), t."""
    return where(chosen(fuel, *COALS), fuel_consumption, None)


@power.quantity("tC/t", level="unit", decimals=4, label=Text("年度燃煤元素碳", "Carbon of the year's coal"), law=V02)
def coal_carbon_content(carbon_content, coal_consumption):
    """Mean over the year's coal weighted by consumption (年度加权平均元素碳含量), tC/t; 4 decimals [M-low]."""
    return weighted_mean(carbon_content, coal_consumption)


@power.quantity("GJ/t", level="unit", decimals=3, label=Text("年度燃煤发热量", "Heat of the year's coal"), law=V02)
def coal_heat_content(heat_content, coal_consumption):
    """Mean over the year's coal weighted by consumption (年度加权平均低位发热量), GJ/t; 3 decimals [M-low]."""
    return weighted_mean(heat_content, coal_consumption)


@power.quantity("%", level="unit", decimals=2, label=Text("热效率", "Thermal efficiency"), law="CETS-VG-01.01-V02-2026")
def thermal_efficiency(unit_generation, fuel_heat, energy_of_electricity, unit_heat=None):
    """(W × 3.6 + Q) / Σ(FC × NCV) (热效率), %; a plausibility, not a rule."""
    return (unit_generation * energy_of_electricity + given(unit_heat, 0)) / total(fuel_heat) * 100
