"""Heat that the boiler gave (锅炉产热量), stated or from steam and feed water."""

from tanzhi.rulebook.kernel import Text, given, total

from .base import V02, power


@power.input("GJ", level="month", decimals=2, label=Text("锅炉产热量", "Boiler heat"), form="month", minimum="0")
def boiler_heat():
    """Heat given by the boiler to steam, as stated (锅炉产热量), GJ; auxiliary item."""


@power.input("t", level="month", decimals=2, label=Text("主蒸汽量", "Main steam"), form="month", minimum="0")
def main_steam():
    """Main steam of the boiler (主蒸汽量), t."""


@power.input(
    "kJ/kg", level="month", decimals=2, label=Text("主蒸汽焓值", "Enthalpy of main steam"), form="month", minimum="0"
)
def main_steam_enthalpy():
    """Enthalpy of the main steam (主蒸汽焓值), kJ/kg."""


@power.input(
    "kJ/kg", level="month", decimals=2, label=Text("给水焓值", "Enthalpy of feed water"), form="month", minimum="0"
)
def feed_water_enthalpy():
    """Enthalpy of the boiler's feed water (给水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("再热蒸汽量", "Reheated steam"), form="month", minimum="0")
def reheated_steam():
    """Steam that is heated again (再热蒸汽量), t."""


@power.input(
    "kJ/kg", level="month", decimals=2, label=Text("再热焓升", "Enthalpy rise of reheating"), form="month", minimum="0"
)
def reheat_enthalpy_rise():
    """What reheating adds (再热蒸汽焓升), kJ/kg."""


@power.quantity("GJ", level="month", label=Text("再热热量", "Heat of reheating"), law=V02)
def reheat(reheated_steam, reheat_enthalpy_rise):
    """D_rh Δh_rh / 1000 (再热热量), GJ. Not rounded."""
    return reheated_steam * reheat_enthalpy_rise / 1000


@power.quantity("GJ", level="month", label=Text("主蒸汽热量", "Heat of main steam"), law=V02)
def main_steam_heat(main_steam, main_steam_enthalpy, feed_water_enthalpy):
    """D_main (h_main - h_feed) / 1000 (主蒸汽热量), GJ. Not rounded."""
    return main_steam * (main_steam_enthalpy - feed_water_enthalpy) / 1000


@power.quantity("GJ", level="month", label=Text("锅炉产热量（计算）", "Boiler heat from steam"), law=V02)
def boiler_heat_from_steam(main_steam_heat, reheat=None):
    """Q_boiler = D_main (h_main - h_feed) / 1000 + D_rh Δh_rh / 1000 (锅炉产热量), GJ. Not rounded."""
    return main_steam_heat + given(reheat, 0)


@power.quantity("GJ", level="month", decimals=2, label=Text("采用的锅炉产热量", "Boiler heat used"), law=V02)
def boiler_output(boiler_heat=None, boiler_heat_from_steam=None):
    """Boiler heat of the month, stated or from steam (锅炉产热量), GJ; 2 decimals [M-low]."""
    return given(boiler_heat, boiler_heat_from_steam)


@power.quantity("GJ", level="unit", decimals=2, label=Text("机组锅炉产热量", "Boiler heat of the unit"), law=V02)
def unit_boiler_heat(boiler_output):
    """A unit's boiler heat of the year (机组锅炉产热量), GJ."""
    return total(boiler_output)
