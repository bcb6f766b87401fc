"""Dated history: what was true on a day stays true of that day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Assignment, Grant
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register import queries
from tanzhi.organisations.register.model import KeyUnitStatus, Organisation, Unit
from tests import factories
from tests.factories import World

pytestmark = pytest.mark.django_db


def test_the_old_name_stays_the_name_of_its_days(plant: Organisation, officer: Actor) -> None:
    data = {"zh": "新名电厂", "en": "New Name Power", "since": "2023-07-01", "basis": "工商变更"}
    perform("organisations.rename", officer, plant, data)
    plant = Organisation.objects.get(pk=plant.pk)
    assert plant.name_on(date(2023, 6, 30)).en == "Example PLANT"
    assert plant.name_on(date(2023, 7, 1)).en == "New Name Power"


@pytest.mark.parametrize(("moment", "name"), [((2023, 6, 30), "Example PLANT"), ((2023, 7, 1), "New Name Power")])
def test_rows_are_called_what_their_organisation_is_called_that_day(
    world: World, officer: Actor, moment: tuple[int, int, int], name: str, django_assert_num_queries: Any
) -> None:
    data = {"zh": "新名电厂", "en": "New Name Power", "since": "2023-07-01", "basis": "工商变更"}
    perform("organisations.rename", officer, world.plant, data)
    rows = list(KeyUnitStatus.objects.select_related("organisation").order_by("organisation__code"))
    with clock.at(datetime(*moment, 4, tzinfo=UTC)), django_assert_num_queries(1):
        queries.with_names(rows)
    other = world.other_plant.code
    assert {row.organisation.code: row.called.en for row in rows} == {"PLANT": name, other: f"Example {other}"}


def test_a_name_cannot_begin_before_the_last_one(plant: Organisation, officer: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.rename", officer, plant, {"zh": "甲", "en": "A", "since": "2019-12-31"})
    assert refusal.value.code == "ACT-DATE"
    assert plant.names.count() == 1


def test_whoever_left_the_list_was_on_it_until_the_day_before(world: World, officer: Actor) -> None:
    data = {"sector": "power", "until": "2024-01-01", "basis": "连续两年低于门槛"}
    perform("organisations.leave_list", officer, world.plant, data)
    assert list(queries.key_units(date(2023, 12, 31), world.province)) == [world.plant]
    assert list(queries.key_units(date(2024, 1, 1), world.province)) == []


def test_key_units_of_a_region_leave_other_regions_out(world: World) -> None:
    assert set(queries.key_units(date(2023, 1, 1))) == {world.plant, world.other_plant}
    assert list(queries.key_units(date(2023, 1, 1), world.city)) == [world.plant]


def test_nobody_is_listed_twice_for_a_sector(plant: Organisation, officer: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.enter_list", officer, plant, {"sector": "power", "since": "2023-01-01", "basis": "x"})
    assert refusal.value.code == "ACT-INPUT"


def test_after_a_merger_the_units_are_the_other_ones_from_that_day(world: World, officer: Actor) -> None:
    into = factories.organisation("HEIR", world.city)
    perform("organisations.merge", officer, world.plant, {"into": "HEIR", "on": "2024-03-01"})
    assert list(queries.units_of(world.plant, date(2024, 2, 29))) == [world.unit]
    assert list(queries.units_of(world.plant, date(2024, 3, 1))) == []
    assert list(queries.units_of(into, date(2024, 3, 1))) == [world.unit]
    assert Organisation.objects.get(pk=world.plant.pk).state == "merged"


def test_nothing_merges_into_another_province(world: World, officer: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.merge", officer, world.plant, {"into": "OTHER", "on": "2024-03-01"})
    assert refusal.value.code == "ACT-SCOPE"
    assert Organisation.objects.get(pk=world.plant.pk).state == "active"


def test_a_split_hands_the_named_facilities_over(world: World, officer: Actor) -> None:
    second = factories.facility(world.plant, "SECOND")
    part = {"code": "HALF", "zh": "分立厂", "en": "Half", "facilities": ["SECOND"]}
    made = perform("organisations.split", officer, world.plant, {"parts": [part], "on": "2024-03-01"}).result
    assert list(queries.facilities_of(made[0], date(2024, 3, 1))) == [second]
    assert list(queries.facilities_of(world.plant, date(2024, 3, 1))) == [world.facility]
    assert set(queries.facilities_of(world.plant, date(2024, 2, 29))) == {world.facility, second}


def test_an_attribute_changes_from_a_day_on_and_the_others_stay(unit: Unit, officer: Actor) -> None:
    data = {"attributes": {"cooling": "air"}, "since": "2023-05-01", "basis": "改造"}
    perform("organisations.change_unit", officer, unit, data)
    changed = Unit.objects.get(pk=unit.pk)
    assert changed.attributes_on(date(2023, 4, 30)) == factories.REGISTERED
    assert changed.attributes_on(date(2023, 5, 1)) == factories.REGISTERED | {"cooling": "air"}
    assert changed.attributes == factories.REGISTERED | {"cooling": "air"}


def test_a_retired_unit_is_no_unit_from_that_day(world: World, officer: Actor) -> None:
    perform("organisations.end_unit", officer, world.unit, {"until": "2023-10-01"})
    assert list(queries.units_of(world.plant, date(2023, 9, 30))) == [world.unit]
    assert list(queries.units_of(world.plant, date(2023, 10, 1))) == []


def test_an_area_inside_a_city_is_not_counted(world: World) -> None:
    factories.region("990171", world.city, kind="area", counted=False)
    assert list(queries.regions_within(world.city, date(2023, 1, 1))) == []
    assert queries.regions_within(world.city, date(2023, 1, 1), counted=False).count() == 1


@pytest.mark.parametrize("on", [date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 29), date(2024, 6, 30)])
def test_the_roles_of_a_day_are_those_in_force_on_it(world: World, on: date) -> None:
    """Asked in the database's own words, as for every page; here once more by the rule that all other rows go by."""
    person = factories.person("of_many", ("verifier", world.verifier_firm))
    Grant.objects.create(person=person, role="city_officer", organisation=world.city_authority, since=date(2024, 1, 1))
    Grant.objects.create(
        person=person, role="auditor", organisation=world.authority, since=date(2020, 1, 1), until=date(2024, 6, 30)
    )
    Grant.objects.create(person=person, role="administrator", organisation=None, since=date(2024, 6, 30))
    Assignment.objects.create(
        holder=world.verifier_firm, organisation=world.other_plant, since=date(2024, 1, 1), until=date(2024, 6, 30)
    )
    held = actor_of(person, on).grants
    rows = Grant.objects.filter(in_force(on), person=person)
    assert [(one.role, one.organisation_id, one.region_path) for one in held] == [
        (row.role, row.organisation_id, row.organisation.region.path if row.organisation else "") for row in rows
    ]
    assigned = set(
        Assignment.objects.filter(in_force(on), holder=world.verifier_firm).values_list("organisation", flat=True)
    )
    assert {one.organisation_id: one.assigned for one in held if one.role == "verifier"} == {
        world.verifier_firm.pk: assigned
    }
