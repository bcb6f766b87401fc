"""The dimensional proof itself finds what is wrong."""

import pytest

from tanzhi.rulebook.kernel import Guideline, Text, chosen, given, guidelines, total, where

from .dimensions import faults, prove_dimensions, proven, unit
from .mutants import in_a_smaller_unit, without_a_constant

LABEL = Text("量", "quantity")


def guideline(declared, function, **terms):
    g = Guideline("tried", title=LABEL, levels={"enterprise": "enterprises", "unit": "units"})
    for name, written in (("mass", "t"), ("heat", "GJ"), ("carbon", "tC/GJ"), ("share", "%")):
        held = lambda: None  # noqa: E731  # a name for each input
        held.__name__ = name
        g.input(written, level="unit", label=LABEL)(held)
    kind = lambda: None  # noqa: E731  # a choice
    kind.__name__ = "kind"
    g.choice(level="unit", label=LABEL, options={"a": LABEL})(kind)
    g.quantity(declared, level=terms.pop("level", "unit"), label=LABEL, **terms)(function)
    return g.seal()


def fine(heat, carbon, share):
    return heat * carbon * (100 - share) / 100 * 44 / 12


def mixed(mass, heat):
    return mass + heat


def swapped(mass, heat):
    return mass / heat


def folded(mass):
    return total(mass)


def optional(mass, share=None, kind=None):
    return where(chosen(kind, "a"), mass, mass * given(share, 100) / 100)


def absent(mass, share=None):
    return mass * share / 100


def deciding(mass, share=None):
    return mass if share > 1 else mass * 2


@pytest.mark.parametrize(
    ("declared", "function"), [("tCO2", fine), ("t/GJ", swapped), ("t", optional), ("t", absent), ("t", deciding)]
)
def test_a_rule_that_yields_its_unit_is_proven(declared, function):
    assert prove_dimensions(guideline(declared, function)) == []


def test_a_fold_of_a_level_below_keeps_its_unit():
    assert prove_dimensions(guideline("t", folded, level="enterprise")) == []


def test_a_wrong_unit_and_a_sum_of_two_kinds_are_found():
    assert prove_dimensions(guideline("GJ/t", swapped))[0].startswith("swapped: yields")
    assert "mixed" in prove_dimensions(guideline("t", mixed))[0]


def test_an_empirical_formula_says_so():
    assert prove_dimensions(guideline("t", mixed, empirical=True)) == []


def uncarbonised(heat, carbon):
    return heat * carbon


def carbonised_twice(heat, carbon):
    return heat * carbon * 44 / 12 * 44 / 12


def percent(mass, share):
    return mass * share


def thousandfold(mass):
    return mass * 1000


def shifted(mass, heat, carbon):
    return mass + heat * carbon * 1000


@pytest.mark.parametrize(
    ("declared", "function", "said"),
    [
        ("tCO2", uncarbonised, "C becomes CO2 without 44/12"),
        ("tC", fine, "44/12 on what is C already"),
        ("tCO2", carbonised_twice, "44/12 on what is CO2 already"),
        ("t", percent, "1/100"),
        ("t", thousandfold, "1"),
        ("t", shifted, "beside"),
        ("kgCO2", fine, "do not make"),
        ("10^4 tCO2", fine, "1/10000"),
    ],
)
def test_a_wrong_scale_or_gas_is_found(declared, function, said):
    found = prove_dimensions(guideline(declared, function))
    assert found
    assert said in found[0]


def test_a_scale_that_the_formula_makes_is_fine():
    assert prove_dimensions(guideline("kg", thousandfold)) == []


@pytest.mark.parametrize("name", sorted(guidelines()))
def test_every_formula_of_every_guideline_yields_the_unit_it_declares(name):
    assert prove_dimensions(guidelines()[name]) == []


@pytest.mark.parametrize("name", sorted(guidelines()))
def test_each_constant_that_turns_a_unit_into_another_is_missed_when_it_is_dropped(name):
    """Molar masses only where the rule's unit names the gas: "t" or a bare number does not say what it holds."""
    law = guidelines()[name]
    unseen = {
        f"{rule.function.__name__} {what}"
        for rule in proven(law)
        for what, formula in without_a_constant(rule)
        if not faults(law, rule, formula)
    }
    assert unseen == set()


@pytest.mark.parametrize("name", sorted(guidelines()))
def test_each_unit_is_missed_when_a_smaller_one_is_declared(name):
    law = guidelines()[name]
    other = [(rule, in_a_smaller_unit(rule)) for rule in proven(law)]
    assert [rule.name for rule, smaller in other if smaller and not faults(law, smaller)] == []


@pytest.mark.parametrize(
    "written",
    [
        "t",
        "tCO2",
        "tC/t",
        "GJ",
        "GJ/t",
        "MWh",
        "MW",
        "h",
        "%",
        "kJ/kg",
        "degC",
        "1",
        "10^4Nm3",
        "tCO2/MWh",
        "tC/GJ",
        "tC/10^4Nm3",
        "tce/MWh",
        "tCO2/GJ",
        "m2",
    ],
)
def test_the_units_of_the_law_are_known(written):
    assert unit(written) is not None
