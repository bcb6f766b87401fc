"""A month is whole against the register, the fuels of the month before and the plan; a year against its months."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.filings.months.completeness import months_owed, running_units
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import examined_record, standing_of
from tanzhi.organisations.register.model import Organisation, Unit
from tests import factories
from tests.factories import REGISTERED, World

MONTH = "2023-07"
FUELS = [
    {"fuel": "bituminous", "fuel_consumption": "64012.55", "net_calorific_value": "20.317"},
    {"fuel": "diesel", "fuel_consumption": "86.20"},
]


def row(unit: str, month: str = MONTH, **change: Any) -> dict[str, Any]:
    made = {"month": month, "generation": "146203.118", "running_hours": "668.50", "fuels": copy.deepcopy(FUELS)}
    return {"unit": unit, "months": [made | change]}


def opened(clerk: Actor, plant: Organisation, period: str = MONTH) -> Filing:
    form = "power.month" if len(period) == 7 else "power.year"
    asked = {"form_code": form, "organisation_id": plant.pk, "period": period}
    filing: Filing = perform("filings.open", clerk, data=asked).result
    return filing


def found(filing: Filing, *units: dict[str, Any]) -> set[tuple[str, str]]:
    every = examined_record(filing, {"units": list(units)}).findings
    return {(one.code, one.place) for one in every if one.code.startswith("CMP-") and one.code != "CMP-PLAN"}


def saved(clerk: Actor, filing: Filing, *units: dict[str, Any]) -> Filing:
    perform("filings.save", clerk, filing, {"record": {"units": list(units)}})
    for one in standing_of(filing).unanswered:
        said = {"code": one.code, "where": one.place, "text": "已核对原始记录"}
        perform("filings.answer", clerk, filing, {"answers": [said]})
    filing.refresh_from_db()
    return filing


@pytest.fixture
def second(world: World) -> Unit:
    return factories.unit(world.facility, "2", **REGISTERED)


@pytest.mark.usefixtures("second")
def test_a_month_without_one_of_its_registered_units_is_not_deposited(clerk: Actor, plant: Organisation) -> None:
    filing = saved(clerk, opened(clerk, plant), row("2"))
    with pytest.raises(Refused) as refusal:
        perform("filings.check", clerk, filing)
    assert [(one.code, one.place, one.severity) for one in refusal.value.findings if one.severity == "error"] == [
        ("CMP-UNIT", "units[1]", "error")
    ]
    assert found(filing, row("1"), row("2")) == set()


@pytest.mark.parametrize(
    ("since", "until", "owed"),
    [
        ("2023-07-31", None, True),  # one day of the month
        ("2023-08-01", None, False),
        ("2020-01-01", "2023-07-02", True),
        ("2020-01-01", "2023-07-01", False),
    ],
)
def test_a_unit_owes_the_months_in_which_it_was_registered_on_some_day(
    world: World, clerk: Actor, officer: Actor, since: str, until: str | None, owed: bool
) -> None:
    data = {"number": "2", "attributes": REGISTERED, "since": since}
    other = perform("organisations.add_unit", officer, world.facility, data).result
    if until:
        perform("organisations.end_unit", officer, other, {"until": until})
    assert (other in running_units(world.plant, MONTH)) == owed
    assert (("CMP-UNIT", "units[2]") in found(opened(clerk, world.plant), row("1"))) == owed


def test_a_facility_that_was_handed_over_is_owed_by_whoever_ran_it(world: World, officer: Actor) -> None:
    other = factories.organisation("HEIR", world.city)
    perform("organisations.merge", officer, world.plant, {"into": "HEIR", "on": "2023-08-01"})
    assert running_units(world.plant, "2023-07") == [world.unit]
    assert running_units(other, "2023-07") == []
    assert running_units(other, "2023-08") == [world.unit]


def test_a_unit_that_stood_still_says_so_by_zeros_and_why(clerk: Actor, plant: Organisation) -> None:
    still = row("1", generation="0", running_hours="0", fuels=[])
    filing = opened(clerk, plant)
    assert found(filing, still) == {("CMP-STILL", f"units[1].months[{MONTH}]")}
    assert found(filing, row("1", generation="0")) == set()
    saved(clerk, filing, still)
    assert not [one for one in standing_of(filing).unanswered if one.code == "CMP-STILL"]


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"fuels": FUELS}, False),
        ({"fuels": FUELS[:1]}, True),
        ({"fuels": [FUELS[0], {"fuel": "diesel", "fuel_consumption": "0"}]}, False),  # stated as nil
        ({"generation": "0", "running_hours": "0", "fuels": []}, False),  # it stood still
    ],
)
def test_a_fuel_of_the_month_before_is_stated_or_explained(
    clerk: Actor, approver: Actor, plant: Organisation, change: dict[str, Any], asked: bool
) -> None:
    before = saved(clerk, opened(clerk, plant, "2023-06"), row("1", "2023-06"))
    perform("filings.check", clerk, before)
    perform("filings.deposit", approver, before)
    codes = {code for code, _ in found(opened(clerk, plant), row("1", **change))}
    assert ("CMP-FUEL" in codes) == asked


@pytest.mark.parametrize("name", ["rated_power", "main_fuel", "heat_supply"])
def test_a_required_attribute_that_the_register_lacks_stands_in_the_way(world: World, clerk: Actor, name: str) -> None:
    bare = {key: value for key, value in REGISTERED.items() if key != name}
    Unit.objects.filter(pk=world.unit.pk).update(attributes=bare)
    world.unit.versions.update(attributes=bare)
    every = examined_record(opened(clerk, world.plant), {"units": [row("1")]}).findings
    [lacking] = [one for one in every if one.code == "CMP-REGISTER"]
    assert (lacking.place, lacking.field, lacking.severity) == ("units[1]", name, "error")


def test_a_month_without_an_approved_plan_is_asked_about(clerk: Actor, plant: Organisation) -> None:
    filing = opened(clerk, plant)
    assert [
        one.severity for one in examined_record(filing, {"units": [row("1")]}).findings if one.code == "CMP-PLAN"
    ] == ["question"]


def test_a_year_owes_the_months_in_which_a_unit_ran(world: World, officer: Actor, clerk: Actor) -> None:
    assert months_owed(world.plant, 2023) == [f"2023-{n:02d}" for n in range(1, 13)]
    perform("organisations.end_unit", officer, world.unit, {"until": "2023-03-01"})
    assert months_owed(world.plant, 2023) == ["2023-01", "2023-02"]
    year = opened(clerk, world.plant, "2023")
    missing = [one.place for one in examined_record(year, {"units": []}).findings if one.code == "YR-MONTHS"]
    assert missing == ["2023-01", "2023-02"]


def test_a_year_names_a_unit_that_the_register_learned_of_after_the_month(
    world: World, clerk: Actor, approver: Actor, officer: Actor
) -> None:
    month = saved(clerk, opened(clerk, world.plant, "2023-06"), row("1", "2023-06"))
    perform("filings.check", clerk, month)
    perform("filings.deposit", approver, month)
    factories.unit(world.facility, "2", **REGISTERED)
    year = opened(clerk, world.plant, "2023")
    every = examined_record(year, {"units": [row("1", "2023-06")]}).findings
    assert [(one.place, "2023-06" in one.message.en) for one in every if one.code == "CMP-UNIT"] == [("units[2]", True)]
