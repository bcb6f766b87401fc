"""Membership of a year: decided by two, changed by a later decision, and never a thing that stands already."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.membership import MARKETS, MEMBER, REASONS, STANDINGS
from tanzhi.organisations.register.model import Membership, Organisation
from tanzhi.organisations.register.queries import listed, members, membership, reporting
from tests.factories import World, key_unit, members_of, organisation

YEAR = 2022


@pytest.fixture
def firm(world: World) -> Organisation:
    """A plant of the province on the list, about which no year is decided."""
    return key_unit(organisation("NEW", world.city), date(2022, 1, 1), years=())


def asked(*rows: dict[str, str], **more: Any) -> dict[str, Any]:
    told = {"region": "990000", "market": "power", "year": YEAR, "document": "notice 7 of 2022", "source": "the web"}
    return told | {"decided_on": date(2022, 3, 1), "rows": list(rows)} | more


def decided(officer: Actor, director: Actor, data: dict[str, Any]) -> list[Membership]:
    proposal = perform("organisations.decide_membership", officer, data=data).proposal
    assert proposal is not None
    return decide(proposal, director, True, "").result


def test_the_whole_list_of_a_year_is_taken_over_by_two(
    firm: Organisation, world: World, officer: Actor, director: Actor
) -> None:
    proposal = perform("organisations.decide_membership", officer, data=asked(whole_list=True)).proposal
    assert proposal is not None
    with pytest.raises(Refused) as refusal:
        decide(proposal, officer)
    assert refusal.value.code in {"ACT-SELF", "ACT-ROLE"}
    assert membership(firm, YEAR, "power") is None
    rows = decided(officer, director, asked(whole_list=True))
    assert [row.organisation.code for row in rows] == ["NEW"]  # PLANT is decided already
    assert set(members(YEAR, region=world.province)) == {world.plant, firm}
    assert world.other_plant in set(members(YEAR))


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_for_each_reason_an_enterprise_is_outside_and_a_day_before_the_decision_it_is_not(
    reason: str, world: World, officer: Actor, director: Actor
) -> None:
    standing = REASONS[reason].standing
    row = {"organisation": "PLANT", "standing": standing, "reason": reason}
    [changed] = decided(officer, director, asked(row))
    assert changed.late
    assert REASONS[reason].law
    assert world.plant not in members(YEAR)
    assert (world.plant in listed(YEAR)) == (standing == "excluded")
    assert world.plant in members(YEAR, on=date(2022, 2, 28))
    assert world.plant in members(YEAR + 1)  # another year is another decision


@pytest.mark.parametrize(
    ("row", "more", "code"),
    [
        ({"organisation": "PLANT"}, {}, "ORG-SAME"),
        ({"organisation": "PLANT", "standing": "left"}, {}, "ORG-REASON"),
        ({"organisation": "PLANT", "standing": "left", "reason": "new_in_year"}, {}, "ORG-REASON"),
        ({"organisation": "NEW", "reason": "ceased"}, {}, "ORG-REASON"),
        ({"organisation": "NEW"}, {"year": 2021, "decided_on": "2021-03-01"}, "ORG-LIST"),
        (
            {"organisation": "PLANT", "standing": "left", "reason": "ceased"},
            {"decided_on": "2021-12-31"},
            "ORG-EARLIER",
        ),
    ],
)
def test_a_decision_that_cannot_be_names_the_enterprise(
    firm: Organisation, officer: Actor, row: dict[str, str], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.decide_membership", officer, data=asked(row, **more))
    assert refusal.value.code == "ORG-MEMBERS"
    assert [(found.code, found.place) for found in refusal.value.findings] == [(code, row["organisation"])]


def test_every_fault_of_a_decision_is_told_at_once(firm: Organisation, officer: Actor) -> None:
    rows = ({"organisation": "NEW"}, {"organisation": "NEW"}, {"organisation": "PLANT"})
    with pytest.raises(Refused) as refusal:
        perform("organisations.decide_membership", officer, data=asked(*rows))
    assert [found.code for found in refusal.value.findings] == ["ORG-TWICE", "ORG-TWICE", "ORG-SAME"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"whole_list": False}, "ORG-NOBODY"),
        ({"whole_list": True, "decided_on": "2999-01-01"}, "ACT-INPUT"),
        ({"whole_list": True, "market": "发电"}, "ACT-INPUT"),
        ({"whole_list": True, "year": 2018}, "ACT-INPUT"),
        ({"whole_list": True, "document": ""}, "ACT-INPUT"),
    ],
)
def test_a_decision_without_substance_is_refused(firm: Organisation, officer: Actor, more: Any, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.decide_membership", officer, data=asked(**more))
    assert refusal.value.code == code


def test_an_officer_decides_nothing_in_another_province(world: World, other_officer: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.decide_membership", other_officer, data=asked({"organisation": "PLANT"}))
    assert refusal.value.code == "ACT-SCOPE"


@pytest.mark.parametrize("market", sorted(MARKETS))
def test_who_reports_follows_the_years_decision_and_before_it_the_list(market: str, world: World) -> None:
    sector, day = MARKETS[market].sector, date(2024, 12, 31)
    own = {"sector": sector, "guideline": MARKETS[market].guideline}
    first = key_unit(organisation("ONE", world.city, **own), years=())
    second = key_unit(organisation("TWO", world.city, **own), years=())
    Membership.objects.all().delete()
    assert {first, second} <= set(reporting(2024, sector, day, world.province))
    members_of(first, [2024], market)
    assert set(reporting(2024, sector, day, world.province)) == {first}
    Membership.objects.update(standing="excluded")
    assert set(reporting(2024, sector, day, world.province)) == {first}  # outside allocation, it still reports
    Membership.objects.update(standing="left")
    assert not reporting(2024, sector, day, world.province)


def test_every_standing_and_reason_has_its_words() -> None:
    assert all(words.zh and words.en for words in STANDINGS.values())
    assert all(
        reason.label.en and reason.standing in STANDINGS and reason.standing != MEMBER for reason in REASONS.values()
    )


def _person(actor: Actor) -> Person:
    Person.objects.filter(pk=actor.person_id or 0).update(is_active=True, state="active")
    person: Person = Person.objects.get(pk=actor.person_id or 0)
    return person


def test_from_the_organisations_page_the_form_begins_with_its_province_and_its_line(
    firm: Organisation, world: World, client: Client, officer: Actor, clerk_person: Person
) -> None:
    client.force_login(_person(officer), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/organisations/{firm.pk}/")
    [address] = re.findall(r'href="(/presentation/act/organisations\.decide_membership/[^"]*)"', page.content.decode())
    form = client.get(html.unescape(address)).context["form"]
    shown = {field.name: field for field in form.fields}
    first = shown["rows"].sheet.rows[0].cells[0]
    assert (shown["region"].value, first.spec.name, first.value) == ("990000", "organisation", firm.code)
    Person.objects.filter(pk=clerk_person.pk).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=clerk_person.pk), backend="django.contrib.auth.backends.ModelBackend")
    assert "decide_membership" not in client.get(f"/organisations/{world.plant.pk}/").content.decode()
