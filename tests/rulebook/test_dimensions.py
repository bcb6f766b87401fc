"""The dimensional proof itself finds what is wrong."""

import pytest

from tanzhi.rulebook.kernel import Guideline, Text, chosen, given, total, where

from .dimensions import prove_dimensions, unit

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
    return where(chosen(kind, "a"), mass, mass * given(share, 1))


def absent(mass, share=None):
    return mass * share


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
