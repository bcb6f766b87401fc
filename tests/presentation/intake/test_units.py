"""Units over columns: the same quantity comes out whatever unit a ledger is kept in, and a doubtful one is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tanzhi.presentation.intake.units import UNITS, factor, unit_in, unit_named

# By the definitions of the SI and of the Chinese words 万 (10^4) and 亿 (10^8), by hand.
FACTORS = [
    ("千瓦时", "MWh", "0.001"),
    ("kWh", "MWh", "0.001"),
    ("万kWh", "MWh", "10"),
    ("万千瓦时", "MWh", "10"),
    ("亿千瓦时", "MWh", "100000"),
    ("MWh", "10^8 kWh", "0.00001"),
    ("kJ/kg", "GJ/t", "0.001"),
    ("MJ/kg", "GJ/t", "1"),
    ("%", "tC/t", "0.01"),
    ("tC/t", "%", "100"),
    ("万吨", "t", "10000"),
    ("公斤", "t", "0.001"),
    ("元", "10^4 CNY", "0.0001"),
    ("亿元", "10^4 CNY", "10000"),
]


@pytest.mark.parametrize(("stated", "needed", "times"), FACTORS)
def test_the_factor_between_two_units_is_exact(stated, needed, times):
    assert factor(stated, needed) == Decimal(times)


@pytest.mark.parametrize(
    ("stated", "needed"), [("kcal/kg", "GJ/t"), ("Nm3", "m3"), ("kWh", "GJ"), ("t", "MWh"), ("斤", "t")]
)
def test_what_is_doubtful_or_measures_something_else_has_no_factor(stated, needed):
    assert factor(stated, needed) is None


def test_every_spelling_of_every_unit_is_known_and_none_stands_for_two():
    spellings = [spelling for _, _, listed in UNITS.values() for spelling in listed]
    assert len(spellings) == len(set(spellings))
    assert all(unit_named(unit) == unit for unit in UNITS)


def test_a_heading_states_its_unit_in_brackets():
    assert unit_in("发电量（万千瓦时）") == "10^4kWh"
    assert unit_in("Heat (net) [kcal/kg]") == "kcal/kg"
    assert unit_in("发电量") == unit_in("产量（含自用）") == ""
