"""Heat supplied (供热量), by every way of measuring it. Source: CETS-VG-01.01-V02-2026, heat supplied."""

from tanzhi.rulebook.kernel import Text, any_of, given, known, total, where

from .base import power

LAW = "CETS-VG-01.01-V02-2026"


@power.input(
    "GJ",
    level="month",
    decimals=2,
    label=Text("供热量（直接填报）", "Heat supplied (stated)"),
    form="month",
    minimum="0",
)
def heat_supplied():
    """Heat supplied as metered in GJ (供热量)."""


@power.input("t", level="month", decimals=2, label=Text("供出蒸汽量", "Steam supplied"), form="month", minimum="0")
def steam():
    """Steam given directly, also straight from a boiler (供出蒸汽量), t."""


@power.input("kJ/kg", level="month", decimals=2, label=Text("蒸汽焓值", "Enthalpy of steam"), form="month", minimum="0")
def steam_enthalpy():
    """Enthalpy of the steam supplied (蒸汽焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("回水量", "Return water"), form="month", minimum="0")
def return_water():
    """Water returned by the users (回水量), t; 0 where none returns."""


@power.input(
    "kJ/kg", level="month", decimals=2, label=Text("回水焓值", "Enthalpy of return water"), form="month", minimum="0"
)
def return_enthalpy():
    """Enthalpy of the return water (回水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("补水量", "Make-up water"), form="month", minimum="0")
def makeup_water():
    """Water made up for steam that does not return (补水量), t; 0 where none is."""


@power.input(
    "kJ/kg", level="month", decimals=2, label=Text("补水焓值", "Enthalpy of make-up water"), form="month", minimum="0"
)
def makeup_enthalpy():
    """Enthalpy of the make-up water (补水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("疏水量", "Drain water"), form="month", minimum="0")
def drain_water():
    """Drain of the heat exchanger where steam heats indirectly (疏水量), t."""


@power.input(
    "kJ/kg",
    level="month",
    decimals=2,
    label=Text("加热蒸汽焓值", "Enthalpy of heating steam"),
    form="month",
    minimum="0",
)
def heating_steam_enthalpy():
    """Enthalpy of the steam that enters the heat exchanger (加热蒸汽焓值), kJ/kg."""


@power.input("kJ/kg", level="month", decimals=2, label=Text("疏水焓值", "Enthalpy of drain"), form="month", minimum="0")
def drain_enthalpy():
    """Enthalpy of the drain (疏水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("热网供水量", "Network supply"), form="month", minimum="0")
def network_supply():
    """Supply water of the heating network (热网供水量), t; where the heating steam has no meter."""


@power.input(
    "kJ/kg",
    level="month",
    decimals=2,
    label=Text("热网供水焓值", "Enthalpy of network supply"),
    form="month",
    minimum="0",
)
def network_supply_enthalpy():
    """Enthalpy of that water (热网供水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("热网回水量", "Network return"), form="month", minimum="0")
def network_return():
    """Return water of the heating network (热网回水量), t."""


@power.input(
    "kJ/kg",
    level="month",
    decimals=2,
    label=Text("热网回水焓值", "Enthalpy of network return"),
    form="month",
    minimum="0",
)
def network_return_enthalpy():
    """Enthalpy of that water (热网回水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("热网补水量", "Network make-up"), form="month", minimum="0")
def network_makeup():
    """Water made up in the heating network (热网补水量), t."""


@power.input(
    "kJ/kg",
    level="month",
    decimals=2,
    label=Text("热网补水焓值", "Enthalpy of network make-up"),
    form="month",
    minimum="0",
)
def network_makeup_enthalpy():
    """Enthalpy of that water (热网补水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("供出热水量", "Hot water supplied"), form="month", minimum="0")
def hot_water():
    """Hot water supplied (供出热水量), t."""


@power.input("degC", level="month", decimals=2, label=Text("供水温度", "Supply temperature"), form="month", minimum="0")
def supply_temperature():
    """Temperature of the hot water (供水温度), degrees Celsius."""


@power.quantity("GJ", level="month", label=Text("回水热量", "Heat of return water"), law=LAW)
def return_heat(return_water, return_enthalpy=None):
    """D_ret h_ret / 1000 (回水热量), GJ; where nothing returns, its enthalpy need not be known. Not rounded."""
    return where(return_water > 0, return_water * return_enthalpy / 1000, 0)


@power.quantity("GJ", level="month", label=Text("补水热量", "Heat of make-up water"), law=LAW)
def makeup_heat(makeup_water, makeup_enthalpy=None):
    """D_mk h_mk / 1000 (补水热量), GJ; where nothing is made up, its enthalpy need not be known. Not rounded."""
    return where(makeup_water > 0, makeup_water * makeup_enthalpy / 1000, 0)


@power.quantity(
    "GJ", level="month", label=Text("蒸汽直接供热（含回水、补水）", "Steam, with return and make-up water"), law=LAW
)
def steam_heat_with_return(steam, steam_enthalpy, return_heat, makeup_heat):
    """Q = (D h - D_ret h_ret - D_mk h_mk) / 1000 (蒸汽直接供热), GJ. kJ/kg × t = MJ. Not rounded."""
    return steam * steam_enthalpy / 1000 - return_heat - makeup_heat


@power.quantity("GJ", level="month", label=Text("蒸汽直接供热（缺回水数据）", "Steam, return water unknown"), law=LAW)
def steam_heat(steam, steam_enthalpy, default_return_enthalpy):
    """Q = D (h - 83.74) / 1000 where return or make-up data are missing (缺回水数据), GJ. Not rounded."""
    return steam * (steam_enthalpy - default_return_enthalpy) / 1000


@power.quantity("GJ", level="month", label=Text("蒸汽直接供热", "Steam given directly"), law=LAW)
def direct_heat(steam_heat_with_return=None, steam_heat=None):
    """Steam given directly, with return data if they are complete (蒸汽直接供热), GJ. Not rounded."""
    return given(steam_heat_with_return, steam_heat)


@power.quantity("GJ", level="month", label=Text("蒸汽间接供热（疏水法）", "Exchanger, by its drain"), law=LAW)
def drain_heat(drain_water, heating_steam_enthalpy, drain_enthalpy):
    """Q = D_drain (h_s - h_drain) / 1000 (蒸汽间接供热), GJ. Not rounded."""
    return drain_water * (heating_steam_enthalpy - drain_enthalpy) / 1000


@power.quantity("GJ", level="month", label=Text("热网循环水热量", "Heat of network water"), law=LAW)
def network_heat(
    network_supply,
    network_supply_enthalpy,
    network_return,
    network_return_enthalpy,
    network_makeup=None,
    network_makeup_heat=None,
):
    """(G_s h_s - G_r h_r - G_m h_m) / 1000 (热网循环水热量), GJ. Not rounded."""
    circulated = (network_supply * network_supply_enthalpy - network_return * network_return_enthalpy) / 1000
    return circulated - where(known(network_makeup), network_makeup_heat, 0)


@power.quantity("GJ", level="month", label=Text("热网补水热量", "Heat of network make-up"), law=LAW)
def network_makeup_heat(network_makeup, network_makeup_enthalpy):
    """G_m h_m / 1000 (热网补水热量), GJ. Not rounded."""
    return network_makeup * network_makeup_enthalpy / 1000


@power.quantity("GJ", level="month", label=Text("蒸汽间接供热", "Steam through an exchanger"), law=LAW)
def indirect_heat(drain_heat=None, network_heat=None, exchanger_efficiency=None):
    """By the drain, or without a steam meter by the network's water / 0.95 (蒸汽间接供热), GJ. Not rounded."""
    return given(drain_heat, network_heat / exchanger_efficiency)


@power.quantity("GJ", level="month", label=Text("热水供热", "Hot water"), law=LAW, empirical=True)
def hot_water_heat(hot_water, supply_temperature, reference_temperature, water_heat_capacity):
    """Q = G (T - 20) × 4.1868 / 1000 (热水供热), GJ. Not rounded."""
    return hot_water * (supply_temperature - reference_temperature) * water_heat_capacity / 1000


@power.quantity("GJ", level="month", label=Text("各方式供热量合计", "Heat of all ways"), law=LAW)
def metered_heat(direct_heat=None, indirect_heat=None, hot_water_heat=None):
    """Direct steam, exchangers and hot water together (各方式供热量合计), GJ; blank if there is none."""
    together = given(direct_heat, 0) + given(indirect_heat, 0) + given(hot_water_heat, 0)
    return where(any_of(known(direct_heat), known(indirect_heat), known(hot_water_heat)), together, None)


@power.quantity("GJ", level="month", decimals=2, label=Text("供热量", "Heat supplied"), law=LAW)
def heat_output(heat_supplied=None, metered_heat=None):
    """Heat supplied, as stated or by the ways of measuring it (供热量), GJ; 2 decimals [M-low]."""
    return given(heat_supplied, metered_heat)


@power.quantity("GJ", level="unit", decimals=2, label=Text("机组供热量", "Heat supplied by the unit"), law=LAW)
def unit_heat(heat_output):
    """A unit's heat of the year (机组供热量), GJ."""
    return total(heat_output)
