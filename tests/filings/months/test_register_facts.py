"""Nothing is typed that the register knows: class, cooling, dates; what is stated beside it is refused with both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, perform
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.register_facts import Facts, register_facts, with_facts
from tanzhi.filings.months.status import evaluated, examined_record, with_register
from tanzhi.filings.shared.units import units_of
from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.allocation.power import power_allocation
from tests import factories
from tests.factories import REGISTERED, World


def registered(unit: Unit, **attributes: str) -> Unit:
    unit.versions.update(attributes=REGISTERED | attributes)
    Unit.objects.filter(pk=unit.pk).update(attributes=REGISTERED | attributes)
    return unit


def facts(plant: Organisation, year: int = 2024, today: date = date(2025, 6, 1)) -> Facts:
    return register_facts(plant, units_of(plant), power_allocation, date(year, 12, 31), today)


def year_of(plant: Organisation, clerk: Actor, year: int) -> Filing:
    asked = {"form_code": "power_allocation.year", "organisation_id": plant.pk, "period": str(year)}
    filing: Filing = perform("filings.open", clerk, data=asked).result
    return filing


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"rated_power": "399"}, "II"),
        ({"rated_power": "400"}, "I"),
        ({"rated_power": "401"}, "I"),
        ({"rated_power": "660", "boiler_type": "circulating_bed"}, "III"),
        ({"rated_power": "660", "main_fuel": "unconventional_coal"}, "III"),
        ({"rated_power": "180", "main_fuel": "gas"}, "IV"),
        ({"rated_power": "180", "main_fuel": "other"}, ""),
    ],
)
def test_the_class_of_a_unit_follows_from_its_register(world: World, attributes: dict[str, str], expected: str) -> None:
    registered(world.unit, **attributes)
    assert facts(world.plant)["1"].get("unit_class") == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"rated_power": "280"}, {"rated_power": "340"}, "II"),  # 620 MW together are no unit of 400 MW
        ({"rated_power": "660"}, {"rated_power": "340"}, "I"),
        ({"rated_power": "300", "boiler_type": "circulating_bed"}, {"rated_power": "340"}, "II"),
        ({"rated_power": "300"}, {"rated_power": "300", "boiler_type": "circulating_bed"}, "II"),
    ],
)
def test_merged_units_take_the_least_favourable_members_class_and_add_their_power_up(
    world: World, first: dict[str, str], second: dict[str, str], expected: str
) -> None:
    """The least favourable class is the one with the lowest benchmark: of 2024 I 0.7910, II 0.8049, III 0.8244."""
    registered(world.unit, **first)
    registered(factories.unit(world.facility, "2", **REGISTERED), **second, merged_into="1")
    known = facts(world.plant)["1"]
    assert (known["unit_class"], known["merged_class"]) == (expected, expected)
    assert known["rated_power"] == str(int(first["rated_power"]) + int(second["rated_power"]))


def test_hours_of_units_reported_together_are_weighted_by_the_rated_power_of_the_register(world: World) -> None:
    """(700 × 280 + 640 × 340) / 620 = 667.10 h; a unit that is not reported with them has no weight."""
    registered(world.unit, rated_power="280")
    registered(factories.unit(world.facility, "2", **REGISTERED), rated_power="340", merged_into="1")
    registered(factories.unit(world.facility, "3", **REGISTERED), rated_power="600")
    hours = [
        {"member": n, "member_hours": h, "member_power": "9999"} for n, h in (("1", "700"), ("2", "640"), ("3", "1"))
    ]
    row = {"unit": "1", "months": [{"month": "2024-01", "members": hours}]}
    found = with_facts(power, row, facts(world.plant))
    assert evaluate(power, 2024, {"units": [found]}).at("month")[0].value("weighted_hours").number == Decimal("667.10")


@pytest.mark.parametrize(
    ("since", "until", "began", "closed"),
    [
        ("2023-12-31", None, "no", "no"),
        ("2024-01-01", None, "yes", "no"),
        ("2024-12-31", None, "yes", "no"),
        ("2020-01-01", "2025-06-01", "no", "yes"),  # the day of the run
        ("2020-01-01", "2025-06-02", "no", "no"),
    ],
)
def test_a_new_and_a_closed_unit_are_known_by_their_dates(
    world: World, since: str, until: str | None, began: str, closed: str
) -> None:
    Unit.objects.filter(pk=world.unit.pk).update(since=since, until=until)
    known = facts(world.plant)["1"]
    assert (known["began_in_year"], known["closed_before_allocation"]) == (began, closed)


@pytest.mark.parametrize(
    ("stated", "known"), [({"unit_class": "III"}, "II"), ({"cooling": "air"}, "water"), ({"unit_class": "I"}, "II")]
)
def test_what_a_plant_states_beside_the_register_is_refused_with_both_values(
    plant: Organisation, unit: Unit, clerk: Actor, stated: dict[str, str], known: str
) -> None:
    filing = year_of(plant, clerk, 2022)
    row: dict[str, Any] = {"unit": "1", "unit_obligation_emission": "10", "unit_power_supplied": "12.000"}
    [(name, value)] = stated.items()
    [refused] = [one for one in examined_record(filing, {"units": [row | stated]}).findings if one.code == "CMP-STATED"]
    assert (refused.field, refused.place, refused.severity) == (name, "units[1]", "error")
    assert value in refused.message.en
    assert known in refused.message.en
    assert with_register(filing, {"units": [row | stated]})["units"][0][name] == known
    assert not [
        one for one in examined_record(filing, {"units": [row | {name: known}]}).findings if one.code == "CMP-STATED"
    ]
    assert not [one for one in examined_record(filing, {"units": [row]}).findings if one.code == "CMP-STATED"]


def test_a_class_that_the_register_cannot_know_yet_is_not_taken_from_the_plant(
    plant: Organisation, unit: Unit, clerk: Actor
) -> None:
    bare = {name: value for name, value in REGISTERED.items() if name != "rated_power"}
    unit.versions.update(attributes=bare)
    Unit.objects.filter(pk=unit.pk).update(attributes=bare)
    filing, row = year_of(plant, clerk, 2024), {"unit": "1", "unit_class": "I"}
    assert with_register(filing, {"units": [row]})["units"][0]["unit_class"] == ""
    [refused] = [one for one in examined_record(filing, {"units": [row]}).findings if one.code == "CMP-STATED"]
    assert (refused.field, refused.severity) == ("unit_class", "error")


@pytest.mark.parametrize("name", ["pre_allocated", "deduction_before", "deduction_final", "treatment"])
def test_what_the_run_or_the_rule_brings_is_no_field_of_the_plants_form(
    plant: Organisation, unit: Unit, clerk: Actor, name: str
) -> None:
    below = name == "treatment"
    record = {"units": [{"unit": "1"} | ({name: "benchmark"} if below else {})]} | ({} if below else {name: "10"})
    codes = {
        (one.code, one.found.en if not isinstance(one.found, str) else one.found)
        for one in examined_record(year_of(plant, clerk, 2025), record).findings
    }
    assert ("FORM-UNKNOWN", name) in codes


def test_what_is_kept_of_a_record_follows_the_register(world: World, clerk: Actor) -> None:
    """400 MW is class I, 399 MW class II; the record itself stays the same."""
    filing = year_of(world.plant, clerk, 2024)
    record = {"units": [{"unit": "1"}]}
    classes = []
    for rated in ("400", "399"):
        registered(world.unit, rated_power=rated)
        classes.append(evaluated(filing, record).children[0].value("unit_class").number)
    assert classes == ["I", "II"]
