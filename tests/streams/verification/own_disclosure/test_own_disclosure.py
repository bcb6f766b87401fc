"""An enterprise discloses a year itself: who owes it, until when, what a record needs, who sees who has and has not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.membership import EXCLUDED, LEFT
from tanzhi.organisations.register.model import Membership, Organisation
from tanzhi.streams.verification.own_disclosure.duties import DisclosureDuty, due_on, duties
from tanzhi.streams.verification.own_disclosure.model import OwnDisclosure
from tanzhi.workflow.todos.todo import todos
from tests.factories import PASSWORD, World, person
from tests.streams.verification.conftest import day, report

RECORD = "verification.record_own_disclosure"
ADDRESS = "https://example.org/2023/emission"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with day(3, 10):
        yield


@pytest.fixture
def plant(world: World) -> Organisation:
    """A member of the market in 2023 whose report is deposited."""
    report(world.plant)
    return world.plant


def data(**changes: Any) -> dict[str, Any]:
    stated = {"organisation": "PLANT", "year": 2023, "channel": "environment", "address": ADDRESS}
    return {**stated, "disclosed_on": "2024-03-08", **changes}


def refusal(actor: Actor, **changes: Any) -> str:
    with pytest.raises(Refused) as fault:
        perform(RECORD, actor, data=data(**changes))
    return fault.value.code


def duty(plant: Organisation) -> DisclosureDuty:
    (row,) = duties([plant])
    return row


def test_the_day_is_15_march_since_the_measures_of_2022(plant: Organisation) -> None:
    assert [due_on(year) for year in (2020, 2021, 2023)] == [None, date(2022, 3, 15), date(2024, 3, 15)]
    assert (duty(plant).year, duty(plant).due_on) == (2023, date(2024, 3, 15))


@pytest.mark.parametrize(
    ("today", "disclosed_on", "state"),
    [
        ((3, 15), None, "open"),
        ((3, 16), None, "overdue"),
        ((3, 20), "2024-03-15", "in_time"),
        ((3, 20), "2024-03-16", "late"),
    ],
)
def test_it_is_kept_on_its_day_and_late_on_the_next(
    plant: Organisation, clerk: Actor, today: tuple[int, int], disclosed_on: str | None, state: str
) -> None:
    with day(*today):
        if disclosed_on:
            perform(RECORD, clerk, data=data(disclosed_on=disclosed_on))
        assert duty(plant).state == state


def test_who_deposited_no_report_owes_nothing_yet(world: World, clerk: Actor) -> None:
    assert duties([world.plant]) == []
    assert refusal(clerk) == "OWN-YEAR"
    filing = report(world.plant)
    assert [row.year for row in duties([world.plant])] == [2023]
    filing.deposited_at = None
    filing.save()
    assert duties([world.plant]) == []


@pytest.mark.parametrize("standing", [EXCLUDED, LEFT, ""])
def test_who_belongs_to_no_market_owes_nothing(world: World, clerk: Actor, standing: str) -> None:
    report(world.plant)
    decisions = Membership.objects.filter(organisation=world.plant, year=2023)
    if standing:
        decisions.update(standing=standing)
    else:
        decisions.delete()
    assert duties([world.plant]) == []
    assert refusal(clerk) == "OWN-YEAR"


def test_a_record_keeps_where_on_which_day_and_ends_what_is_to_do(plant: Organisation, clerk: Actor) -> None:
    asked = f"披露 2023 年排放信息并登记：{plant.name.zh}"
    assert (asked, date(2024, 3, 15)) in [(todo.title.zh, todo.due) for todo in todos(clerk)]
    row: OwnDisclosure = perform(RECORD, clerk, data=data(address=f" {ADDRESS} ")).result
    assert (row.channel, row.address, row.disclosed_on, row.state) == (
        "environment", ADDRESS, date(2024, 3, 8), "recorded"
    )  # fmt: skip
    assert asked not in [todo.title.zh for todo in todos(clerk)]


def test_a_record_is_refused_for_a_day_to_come_or_before_the_year_was_over_or_without_an_address(
    plant: Organisation, clerk: Actor
) -> None:
    assert refusal(clerk, disclosed_on="2024-03-11") == "OWN-DAY"  # tomorrow
    assert refusal(clerk, disclosed_on="2023-12-31") == "OWN-DAY"
    assert refusal(clerk, address="example.org/2023") == "OWN-ADDRESS"
    assert refusal(clerk, address="javascript:alert(1)") == "OWN-ADDRESS"
    assert refusal(clerk, address="https://") == "OWN-ADDRESS"
    assert refusal(clerk, year=2022) == "OWN-YEAR"
    assert not OwnDisclosure.objects.exists()
    perform(RECORD, clerk, data=data(disclosed_on="2024-03-10"))
    assert refusal(clerk) == "OWN-TWICE"


def test_another_enterprise_records_nothing_for_it(plant: Organisation, stranger: Actor) -> None:
    assert refusal(stranger) == "ACT-SCOPE"


def test_a_record_that_is_withdrawn_counts_no_longer_and_the_next_one_does(
    plant: Organisation, clerk: Actor, approver: Actor
) -> None:
    first: OwnDisclosure = perform(RECORD, clerk, data=data(disclosed_on="2024-03-05")).result
    perform(RECORD, clerk, data=data(disclosed_on="2024-03-08", address="https://example.org/again"))
    assert duty(plant).record == first
    with pytest.raises(Refused):
        perform("verification.withdraw_own_disclosure", clerk, first, {"reason": "网址有误"})
    perform("verification.withdraw_own_disclosure", approver, first, {"reason": "网址有误"})
    record = duty(plant).record
    assert record is not None
    assert record.disclosed_on == date(2024, 3, 8)


def reads(client: Client, actor: Actor, address: str) -> str:
    client.force_login(Person.objects.get(pk=actor.person_id), backend=BACKEND)
    return client.get(address).content.decode()


def test_province_and_city_see_who_has_and_who_has_not_another_enterprise_sees_nothing(
    plant: Organisation, world: World, clerk: Actor, client: Client
) -> None:
    def reader(role: str, of: Organisation) -> Actor:
        return actor_of(person(f"{role}_{of.code.lower()}", (role, of), password=PASSWORD))

    page = reverse("verification:own_disclosures")
    inside = (clerk, reader("provincial_officer", world.authority), reader("city_officer", world.city_authority))
    outside = (reader("enterprise_filer", world.other_plant), reader("provincial_officer", world.other_authority))
    for actor in inside:
        assert "待披露 1" in reads(client, actor, page)
    for actor in outside:
        assert "待披露 1" not in reads(client, actor, page)
    row: OwnDisclosure = perform(RECORD, clerk, data=data()).result
    for actor in inside:
        assert ADDRESS in reads(client, actor, page)
        assert ADDRESS in reads(client, actor, row.get_absolute_url())
    for actor in outside:
        assert ADDRESS not in reads(client, actor, page)
        assert ADDRESS not in reads(client, actor, row.get_absolute_url())
