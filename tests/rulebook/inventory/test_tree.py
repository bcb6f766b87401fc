"""The category tree is sound, the totals conserve, and equivalents follow from masses alone."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.rulebook.inventory.categories import (
    CATEGORIES,
    GASES,
    GROUPS,
    LEAVES,
    NOTATIONS,
    SECTORS,
    WARMING_SETS,
    below,
    cells,
)
from tanzhi.rulebook.inventory.summary import inventory
from tanzhi.rulebook.kernel import RecordNode, guidelines
from tanzhi.rulebook.kernel.evaluation import evaluate

CELLS = [(category, gas) for category, gas in cells() if category.sector != "memo"]
MASSES = st.decimals(0, 10**7, places=3)
SUMS = ("energy", "processes", "agriculture", "waste")


def summary(masses: dict[tuple[str, str], Decimal], gwp_set: str) -> RecordNode:
    gases: dict[str, list[Any]] = {}
    for (code, gas), mass in masses.items():
        row = {"category": code, "sector": CATEGORIES[code].sector, "mass": str(mass)}
        gases.setdefault(gas, []).append(row)
    rows = [{"gas": gas, "categories": below} for gas, below in gases.items()]
    return evaluate(inventory, 2022, {"gwp_set": gwp_set, "gases": rows})


def filled(chosen: list[Decimal]) -> dict[tuple[str, str], Decimal]:
    return {(c.code, gas): mass for (c, gas), mass in zip(CELLS, chosen, strict=True)}


def number(node: RecordNode, name: str) -> Decimal:
    return Decimal(node.value(name).number or 0)


inventories = st.lists(MASSES, min_size=len(CELLS), max_size=len(CELLS)).map(filled)


@given(inventories, st.sampled_from(sorted(WARMING_SETS)))
def test_sectors_gases_and_categories_make_the_same_total(masses, gwp_set):
    top = summary(masses, gwp_set)
    by_gas = sum(number(node, "gas_equivalent") for node in top.at("gas"))
    by_sector = sum(number(top, f"{sector}_equivalent") for sector in SUMS)
    by_cell = sum(number(n, "equivalent") for n in top.at("category") if n.value("sector").number != "land")
    assert number(top, "total_equivalent") == by_gas == by_sector == by_cell
    assert number(top, "net_equivalent") == by_gas + number(top, "land_equivalent")


@given(inventories)
def test_the_mass_of_a_gas_is_the_sum_of_its_categories(masses):
    top = summary(masses, "AR5")
    for node in top.at("gas"):
        told = [m for (code, gas), m in masses.items() if gas == node.key and CATEGORIES[code].sector != "land"]
        assert number(node, "gas_mass") == sum(told)


@given(inventories, st.integers(2, 9))
def test_equivalents_are_linear_and_the_same_again(masses, times):
    once, more = summary(masses, "SAR"), summary({cell: m * times for cell, m in masses.items()}, "SAR")
    assert number(more, "total_equivalent") == times * number(once, "total_equivalent")
    assert number(summary(masses, "SAR"), "net_equivalent") == number(once, "net_equivalent")


def test_every_category_stands_below_a_known_one_of_its_sector():
    for category in CATEGORIES.values():
        assert category.sector in SECTORS
        if category.parent:
            assert CATEGORIES[category.parent].sector == category.sector
            assert not CATEGORIES[category.parent].is_leaf


def test_every_value_of_the_tree_is_a_quantity_of_its_guideline():
    known = guidelines()
    for category in LEAVES:
        for gas, value in category.values.items():
            assert gas in category.gases
            assert value.quantity in known[value.guideline].rules


def test_six_groups_cover_the_gases_and_the_tree():
    assert {gas.group for gas in GASES.values()} == set(GROUPS)
    assert {gas for _, gas in cells()} == set(GASES)
    assert len(GROUPS) == 6


@pytest.mark.parametrize(("code", "leaves"), [("EN.1.3", 4), ("AG.4", 3), ("LU.1", 2), ("IP.1", 1)])
def test_a_category_is_the_sum_of_the_leaves_below_it(code, leaves):
    assert len(list(below(code))) == leaves


def test_a_gas_that_a_set_does_not_know_is_not_counted_as_nil():
    top = evaluate(inventory, 2022, {"gwp_set": "SAR", "gases": [{"gas": "HFC-134a", "categories": []}]})
    assert top.at("gas")[0].value("warming_potential").number == 1300
    unknown = evaluate(inventory, 2022, {"gases": [{"gas": "CH4", "categories": [{"category": "AG.1", "mass": "1"}]}]})
    assert unknown.at("category")[0].value("equivalent").state != "known"


def test_the_notation_keys_are_words_and_not_answers():
    assert list(NOTATIONS) == ["NO", "NE", "NA", "IE", "C"]
