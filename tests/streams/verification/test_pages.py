"""Lists of this room: for whom they are, and a steady number of queries however long they grow."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.registry import perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import KeyUnitStatus
from tanzhi.streams.verification.cases.model import Verification
from tests.factories import PASSWORD, PLATFORM, World, key_unit, organisation, person
from tests.streams.verification.conftest import report


@pytest.fixture
def reader(world: World) -> Person:
    return person("reader", ("provincial_officer", world.authority), password=PASSWORD)


def grow(world: World, how_many: int) -> None:
    """More plants, each with a case of 2023."""
    for number in range(how_many):
        plant = key_unit(organisation(f"MORE{number}", world.city))
        filing = report(plant)
        Verification.objects.create(
            organisation=plant, year=2023, filing=filing, version=filing.deposited_version, state="arranged"
        )


@pytest.mark.parametrize("address", ["/verification/", "/verification/register/?year=2023", "/verification/workload/"])
def test_a_list_asks_the_database_the_same_number_of_times_however_long_it_is(
    client: Client, reader: Person, world: World, notified: Verification, address: str
) -> None:
    client.force_login(reader)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    grow(world, 10)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_register_shows_who_stood_entered_and_left_in_a_year(
    client: Client, reader: Person, world: World, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(reader)
    perform(
        "organisations.leave_list", PLATFORM, world.plant, {"sector": "power", "until": "2023-06-30", "basis": "停运"}
    )
    KeyUnitStatus.objects.filter(organisation=world.other_plant).update(since="2023-01-01")
    page = client.get("/verification/register/?year=2023").content.decode()
    words = {"zh-hans": ("当年移出", "当年列入"), "en": ("Left in the year", "Entered in the year")}[language]
    assert all(word in page for word in words)
    assert (
        "PLANT"
        not in client.get("/verification/register/?year=2024&q=Example+PLANT").content.decode().split("<tbody>")[1]
    )


def test_the_workload_counts_cases_findings_and_values(client: Client, reader: Person, notified: Verification) -> None:
    client.force_login(reader)
    rows = client.get("/verification/workload/?export=csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[2:] for row in rows[1:]] == [
        ["1", "1", "1", "1", "100.0", "1"],
        ["1", "0", "1", "1", "100.0", "1"],
    ]


def test_a_case_is_not_there_for_strangers(client: Client, notified: Verification, world: World) -> None:
    client.force_login(person("nosy", ("enterprise_filer", world.other_plant), password=PASSWORD))
    for more in ("", "redetermine/", "withdraw/", "statement.pdf"):
        assert client.get(f"{notified.get_absolute_url()}{more}").status_code == 404
    assert "PLANT" not in client.get("/verification/").content.decode()


@pytest.fixture
def verifier_person(world: World, verifier: Any) -> Person:
    """The group's leader, able to sign in."""
    leader = Person.objects.get(pk=verifier.person_id)
    Person.objects.filter(pk=leader.pk).update(is_active=True, state="active")
    leader.refresh_from_db()
    return leader


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_verifier_redetermines_and_withdraws_on_the_page(
    client: Client, found: Verification, verifier_person: Person, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(verifier_person)
    address = f"{found.get_absolute_url()}redetermine/"
    cell = "units[1].months[2023-06].fuels[bituminous].fuel_consumption"
    assert cell in client.get(address).content.decode()
    told = {"cells": [cell], "method": "uncalibrated", "required": "0.5", "finding": "1", "basis": "现场核实"}
    assert client.post(address, {**told, "required": ""}).status_code == 422
    assert client.post(address, told).status_code == 302
    row = found.redeterminations.get()
    undo = f"{found.get_absolute_url()}withdraw/"
    assert row.filed in client.get(undo).content.decode()
    assert client.post(undo, {"number": row.pk, "reason": "证书已补正"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn


def test_the_buttons_of_a_case_are_the_readers_own(
    client: Client, found: Verification, verifier_person: Person, reader: Person, clerk_person: Person
) -> None:
    def show() -> str:
        return client.get(found.get_absolute_url()).content.decode()

    client.force_login(verifier_person)
    assert "redetermine/" in show()
    for other in (reader, clerk_person):
        client.force_login(other)
        assert "redetermine/" not in show()


def test_conflicts_are_read_by_authorities_of_the_region_and_by_the_body_itself(
    client: Client, world: World, reader: Person, verifier: Any, verifier_person: Person, clerk_person: Person
) -> None:
    told = {"organisation": world.plant.code, "body": "VER", "kind": "interest", "since": "2023-01-01", "basis": "持股"}
    perform("verification.declare_conflict", verifier, data=told)
    other = person("elsewhere", ("provincial_officer", world.other_authority), password=PASSWORD)
    for who, shown in ((reader, True), (verifier_person, True), (other, False)):
        client.force_login(who)
        assert ("持股" in client.get("/verification/conflicts/").content.decode()) == shown
    client.force_login(clerk_person)
    assert client.get("/verification/conflicts/").status_code == 404
