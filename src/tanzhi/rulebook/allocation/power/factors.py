"""Correction factors: cooling F_l, heat F_r, load F_f."""

from decimal import Decimal

from tanzhi.rulebook.kernel import EULER, Text, all_of, chosen, given, where

from .base import PLAN_2019, PLAN_2021, PLAN_2023, PLAN_2025, power_allocation

LOAD = Text("负荷（出力）系数修正系数", "Load factor")


@power_allocation.quantity(
    "1", level="unit", until=2022, label=Text("冷却方式修正系数", "Cooling factor"), law=PLAN_2021
)
def cooling_factor(unit_class, cooling_correction=None):
    """F_l (冷却方式修正系数): coal by cooling, gas 1; to 2022."""
    return where(chosen(unit_class, "IV"), 1, cooling_correction)


@power_allocation.quantity("1", level="unit", until=2022, label=Text("供热量修正系数", "Heat factor"), law=PLAN_2021)
def heat_factor(heat_correction, heat_ratio=None):
    """F_r = 1 - 0.22 a for coal, 1 - 0.6 a for gas (供热量修正系数); to 2022."""
    return 1 - heat_correction * given(heat_ratio, 0)


@power_allocation.choice(
    level="unit",
    until=2020,
    label=Text("是否纯凝", "Condensing only"),
    law=PLAN_2019,
    options={"yes": Text("纯凝", "Condensing only"), "no": Text("供热", "Supplies heat")},
)
def condensing_only(heat_supply=None, unit_heat=None):
    """Whether the unit gives power only (纯凝机组): as registered, else by whether it supplied heat."""
    return where(chosen(heat_supply, "cogeneration"), "no", where(given(unit_heat, 0) > 0, "no", "yes"))


@power_allocation.quantity(
    "1", level="unit", decimals=6, until=2020, empirical=True, label=LOAD, law=PLAN_2019, confidence="M-med"
)
def load_factor(unit_class, condensing_only, load_coefficient=None):
    """F_f of conventional condensing coal by four bands of F, others 1 (负荷系数修正系数); half up, 6 decimals."""
    low = where(
        load_coefficient >= 75,
        1 + (7 + Decimal("1.6") * (80 - load_coefficient)) / 1000,
        Decimal("1.015") ** (16 - load_coefficient / 5),
    )
    high = where(load_coefficient >= 85, 1, 1 + Decimal("1.4") * (85 - load_coefficient) / 1000)
    banded = where(load_coefficient >= 80, high, low)
    return where(all_of(chosen(unit_class, "I", "II"), chosen(condensing_only, "yes")), banded, 1)


@power_allocation.quantity(
    "1", level="unit", decimals=6, until=2022, empirical=True, label=LOAD, law=PLAN_2021, confidence="M-med"
)
def load_factor_since_2021(unit_class, load_coefficient=None):
    """F_f of all conventional coal units, cogeneration too, by four bands of F; others 1 (负荷系数修正系数)."""
    low = where(
        load_coefficient >= 75,
        1 + (7 + Decimal("1.6") * (80 - load_coefficient)) / 1000,
        Decimal("1.015") ** (16 - load_coefficient / 5),
    )
    high = where(load_coefficient >= 85, 1, 1 + Decimal("1.4") * (85 - load_coefficient) / 1000)
    return where(chosen(unit_class, "I", "II"), where(load_coefficient >= 80, high, low), 1)


@power_allocation.quantity("1", level="unit", decimals=6, until=2024, empirical=True, label=LOAD, law=PLAN_2023)
def load_factor_since_2023(unit_class, load_coefficient=None):
    """F_f of conventional coal units: 1.015^(16 - 20 F) below 65 %, else 1 (调峰修正系数)."""
    low = where(load_coefficient < 65, Decimal("1.015") ** (16 - load_coefficient / 5), 1)
    return where(chosen(unit_class, "I", "II"), low, 1)


@power_allocation.quantity("1", level="unit", decimals=6, empirical=True, label=LOAD, law=PLAN_2025, confidence="DB")
def load_factor_since_2025(unit_class, load_coefficient=None):
    """F_f of conventional coal below 50 %: 7.254 - 0.633 (1 - e^(-F/29.822)) - 5.643 (1 - e^(-F/6.871))."""
    slow = Decimal("0.633") * (1 - Decimal(EULER) ** (-load_coefficient / Decimal("29.822")))
    fast = Decimal("5.643") * (1 - Decimal(EULER) ** (-load_coefficient / Decimal("6.871")))
    low = where(load_coefficient < 50, Decimal("7.254") - slow - fast, 1)
    return where(chosen(unit_class, "I", "II"), low, 1)
