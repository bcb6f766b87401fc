"""No option is offered without its parameter: every choice of every guideline, in every year and release."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from tanzhi.law.evaluation import evaluate
from tanzhi.law.missing import missing_parameters
from tanzhi.law.needs import Need, unvalued
from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.entries import Parameter
from tanzhi.rulebook.kernel.rules import CHOICE, INPUT

YEARS = range(2019, 2028)
TESTED_CODES = {
    ("chemical", "default_feed_carbon"): (
        "anthracite", "bituminous", "lignite", "coke", "electrode_paste", "natural_gas", "coke_oven_gas", "naphtha",
        "other",
    ),
    ("chemical", "default_product_carbon"): (
        "carbide_furnace_gas", "other_gas", "slag", "dust", "sludge", "other",
    ),
    ("petrochemical", "default_feed_carbon"): (
        "natural_gas", "refinery_gas", "lpg", "naphtha", "residue", "green_coke", "other",
    ),
    ("petrochemical", "default_product_carbon"): (
        "synthesis_gas", "other_gas", "refinery_gas", "calcined_coke", "coke_dust", "residue", "other",
    ),
}  # fmt: skip
TESTED = {
    (*place, code): "no default is printed: its carbon is tested, CHM-102, CHM-103, PET-102 and PET-103 ask for it"
    for place, codes in TESTED_CODES.items()
    for code in codes
}
WITHOUT = (
    TESTED
    | {
        ("market", "price_band", "auction"): "an auction has no band around the previous close",
        (
            "inventory_energy",
            "area_electricity_factor",
            "540000",
        ): "none was ever published; an own factor is filed beside it",
    }
    | {
        (
            "inventory_agriculture",
            name,
            animal,
        ): "the standard has none: manure by the region's factor, no system is stated"
        for name in ("volatile_solids", "methane_potential", "nitrogen_excretion")
        for animal in ("horse", "ass_mule", "camel")
    }
    | {
        (
            "energy_comparison",
            "coal_equivalent_factor",
            fuel,
        ): "GB/T 2589 has no factor of it, or none alone: it is shown as not determinable"
        for fuel in (
            "briquette",
            "carbide_furnace_gas",
            "coal_water_slurry",
            "lignite",
            "other_coal_products",
            "other_gas",
            "other_petroleum",
        )
    }
)


def tables_of(guideline: Guideline) -> dict[str, Parameter]:
    return {table.name: table for table in guideline.parameters}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", guidelines())
def test_no_option_is_offered_without_a_value_that_a_result_needs(name: str, year: int) -> None:
    """An option that alone decides about a value: offered in a year, it has one in some release, or a reason here."""
    found = unvalued(guidelines()[name], year, tables_of(guidelines()[name]))
    alone = {(name, need.parameter, need.keys[0][1]) for need in found if len(need.keys) == 1}
    assert alone <= WITHOUT.keys()


def test_every_exception_is_still_one() -> None:
    rows = [
        (name, need.parameter, need.keys[0][1])
        for name, guideline in guidelines().items()
        for need in unvalued(guideline, YEARS[-1], tables_of(guideline))
        if len(need.keys) == 1
    ]
    assert set(rows) == WITHOUT.keys()


def _record(guideline: Guideline, year: int, need: Need, left_out: str = "") -> dict[str, Any]:
    """One row at each level but one, the choices of the need filled in, every required number 1, nothing optional."""
    rows: dict[str, dict[str, Any]] = {level: {} for level in guideline.levels}
    for rule in guideline.edition(year).rules.values():
        if rule.filed and rule.kind == CHOICE:
            code = dict(need.keys).get(rule.name)
            rows[rule.level] |= {rule.name: code or next(iter(rule.options))} if code or rule.required else {}
        elif rule.filed and rule.kind == INPUT and rule.required:
            rows[rule.level][rule.name] = "1"
    for level in reversed(guideline.levels):
        if (above := guideline.under.get(level)) is not None and level != left_out:
            rows[above].setdefault(guideline.levels[level].plural, []).append(rows[level])
    return rows[guideline.top]


def _combinations() -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = defaultdict(list)
    for name, guideline in guidelines().items():
        found[name] += [n for n in unvalued(guideline, YEARS[-2], tables_of(guideline)) if len(n.keys) > 1]
    return {name: needs for name, needs in found.items() if needs}


def _asked(guideline: Guideline, year: int, need: Need) -> set[str]:
    """What is asked of a record with rows at every level, and of one without those of a level beside the choices.

    Rows that somebody may leave out can stand in the place of a value: manure by its systems in that of the region's.
    """
    own = {guideline.edition(year)[name].level for name, _ in need.keys}
    left_out = ("", *(guideline.levels.keys() - own))
    nodes = [evaluate(guideline, year, _record(guideline, year, need, level)) for level in left_out]
    return {str(finding.found).partition(" ")[0] for node in nodes for finding in missing_parameters(node)}


@pytest.mark.parametrize("name", _combinations())
def test_whoever_files_a_combination_that_no_release_values_is_asked(name: str, db: None) -> None:
    """Choices that only together have no value, such as camels where the guide knows none: by evaluation, each one."""
    guideline, year = guidelines()[name], YEARS[-2]
    needs, silent = _combinations()[name], []
    for need in needs:
        asked = _asked(guideline, year, need)
        together = {other.parameter for other in needs if other.keys == need.keys}  # the first that stops a product
        silent += [] if asked & together else [(need.parameter, need.keys)]
    assert silent == []


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", guidelines())
def test_in_a_release_that_lost_the_values_of_an_option_it_is_named(name: str, year: int) -> None:
    """Of each table that a choice alone decides, one option's values are taken out: the option is found at once."""
    guideline = guidelines()[name]
    edition = guideline.edition(year)
    for table in guideline.parameters:
        choice = edition.get(table.keys[0]) if len(table.keys) == 1 else None
        users = [r for r in edition.rules.values() for a in r.arguments if a.name == table.name and not a.optional]
        if choice is None or not choice.filed or not users or len(choice.options) < 2:
            continue
        lost = next((code for code in choice.options if any(code in e.keys[choice.name] for e in table.entries)), "")
        rest = tuple(e for e in table.entries if lost not in e.keys[choice.name])
        if not rest or not lost or any(any(a.name == choice.name for a in rule.arguments) for rule in users):
            continue
        changed = tables_of(guideline) | {table.name: replace(table, entries=rest)}
        found = {(need.parameter, need.keys) for need in unvalued(guideline, year, changed)}
        assert (table.name, ((choice.name, lost),)) in found, (table.name, lost)
