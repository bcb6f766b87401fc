"""Heat supplied (供热量), by every way of measuring it. Source: CETS-VG-01.01-V02-2026, heat supplied."""

from tanzhi.rulebook.kernel import Text, given, total

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
    """Steam given directly (供出蒸汽量), t."""


@power.input("kJ/kg", level="month", decimals=2, label=Text("蒸汽焓值", "Enthalpy of steam"), form="month", minimum="0")
def steam_enthalpy():
    """Enthalpy of the steam supplied (蒸汽焓值), kJ/kg."""


@power.input(
    "t", level="month", decimals=2, label=Text("回水及补水量", "Return and make-up water"), form="month", minimum="0"
)
def return_water():
    """Water returned or made up (回水、补水量), t."""


@power.input(
    "kJ/kg", level="month", decimals=2, label=Text("回水焓值", "Enthalpy of return water"), form="month", minimum="0"
)
def return_enthalpy():
    """Enthalpy of that water (回水、补水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("疏水量", "Drain water"), form="month", minimum="0")
def drain_water():
    """Drain of the heat exchanger where steam heats indirectly (疏水量), t."""


@power.input("kJ/kg", level="month", decimals=2, label=Text("疏水焓值", "Enthalpy of drain"), form="month", minimum="0")
def drain_enthalpy():
    """Enthalpy of the drain (疏水焓值), kJ/kg."""


@power.input("t", level="month", decimals=2, label=Text("供出热水量", "Hot water supplied"), form="month", minimum="0")
def hot_water():
    """Hot water supplied (供出热水量), t."""


@power.input("degC", level="month", decimals=2, label=Text("供水温度", "Supply temperature"), form="month", minimum="0")
def supply_temperature():
    """Temperature of the hot water (供水温度), degrees Celsius."""


@power.quantity("GJ", level="month", label=Text("蒸汽直接供热（含回水）", "Steam, with return water"), law=LAW)
def steam_heat_with_return(steam, steam_enthalpy, return_water, return_enthalpy):
    """Q = (D h - D_ret h_ret) / 1000 (蒸汽直接供热). kJ/kg × t = MJ."""
    return (steam * steam_enthalpy - return_water * return_enthalpy) / 1000


@power.quantity("GJ", level="month", label=Text("蒸汽直接供热（缺回水数据）", "Steam, return water unknown"), law=LAW)
def steam_heat(steam, steam_enthalpy, default_return_enthalpy):
    """Q = D (h - 83.74) / 1000 where return and make-up data are missing (缺回水数据)."""
    return steam * (steam_enthalpy - default_return_enthalpy) / 1000


@power.quantity("GJ", level="month", label=Text("蒸汽间接供热", "Steam through an exchanger"), law=LAW)
def indirect_heat(drain_water, steam_enthalpy, drain_enthalpy):
    """Q = D_drain (h_s - h_drain) / 1000 (蒸汽间接供热)."""
    return drain_water * (steam_enthalpy - drain_enthalpy) / 1000


@power.quantity("GJ", level="month", label=Text("热水供热", "Hot water"), law=LAW, empirical=True)
def hot_water_heat(hot_water, supply_temperature, reference_temperature, water_heat_capacity):
    """Q = G (T - 20) × 4.1868 / 1000 (热水供热)."""
    return hot_water * (supply_temperature - reference_temperature) * water_heat_capacity / 1000


@power.quantity("GJ", level="month", decimals=2, label=Text("供热量", "Heat supplied"), law=LAW)
def heat_output(
    heat_supplied=None, indirect_heat=None, steam_heat_with_return=None, steam_heat=None, hot_water_heat=None
):
    """Heat supplied, stated or by the first method whose data are complete (供热量), GJ; 2 decimals [M-low]."""
    return given(heat_supplied, indirect_heat, steam_heat_with_return, steam_heat, hot_water_heat)


@power.quantity("GJ", level="unit", decimals=2, label=Text("机组供热量", "Heat supplied by the unit"), law=LAW)
def unit_heat(heat_output):
    """A unit's heat of the year (机组供热量), GJ."""
    return total(heat_output)
