"""Verifications arranged together: each plant an act of its own, and one refusal stops none of the others."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.models import Performed
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import Actor
from tanzhi.organisations.people.model import Person
from tanzhi.streams.verification.cases import arrangement
from tanzhi.streams.verification.cases.model import Verification
from tests import factories
from tests.factories import World
from tests.streams.verification.conftest import day, report

PAGE = "/verification/arrange/?year=2023"


@pytest.fixture
def plants(world: World) -> list[Any]:
    """Two that have deposited their report of 2023 and one that has not."""
    firms = [factories.key_unit(factories.organisation(code, world.city), years=[2023]) for code in ("AA", "BB", "CC")]
    for firm in firms[:2]:
        report(firm)
    return firms


@pytest.fixture
def browser(client: Client, officer: Actor) -> Client:
    Person.objects.filter(pk=officer.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=officer.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_whoever_has_a_report_is_chosen_and_each_becomes_a_case(
    browser: Client, plants: list[Any], language: str
) -> None:
    browser.cookies["django_language"] = language
    assert "/verification/arrange/" in browser.get("/verification/").content.decode()
    with day(4, 10):
        page = browser.get(PAGE).content.decode()
        assert [f'value="{firm.pk}"' in page for firm in plants] == [True, True, False]
        answer = browser.post(PAGE, {"plant": [firm.pk for firm in plants[:2]]}).content.decode()
    words = {"zh-hans": "已办理 2 项，被拒 0 项", "en": "2 done, 0 refused"}
    assert words[language] in answer
    cases = Verification.objects.order_by("organisation__code")
    assert [(case.organisation.code, case.year, case.state) for case in cases] == [
        ("AA", 2023, "arranged"),
        ("BB", 2023, "arranged"),
    ]
    assert all(case.get_absolute_url() in answer for case in cases)
    assert Performed.objects.filter(action="verification.arrange").count() == 2
    assert f'value="{plants[0].pk}"' not in answer


def test_what_another_arranged_meanwhile_is_refused_by_name_and_the_rest_is_done(
    browser: Client, plants: list[Any], second_officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two officers at once: the page of the second still lists the plant that the first has just arranged."""
    rows_of = arrangement.waiting
    taken = []

    def waiting(actor: Actor, year: int) -> Any:
        rows = rows_of(actor, year)
        if not taken:
            taken.append(perform("verification.arrange", second_officer, data={"organisation": "AA", "year": 2023}))
        return rows

    monkeypatch.setattr(arrangement, "waiting", waiting)
    with day(4, 10):
        answer = browser.post(PAGE, {"plant": [firm.pk for firm in plants]}).content.decode()
    refused = answer.split('class="batch"')[1].split("</table>")[0]
    # CC is listed as without a report, yet its number was sent: refused for that reason, not passed over.
    assert ("VER-TWICE" in refused, "VER-REPORT" in refused) == (True, True)
    assert sorted(Verification.objects.values_list("organisation__code", flat=True)) == ["AA", "BB"]


@pytest.mark.parametrize("who", ["clerk", "city_officer", "verifier", "director"])
def test_it_is_for_the_officers_of_the_province(
    request: pytest.FixtureRequest, client: Client, plants: list[Any], who: str
) -> None:
    actor = request.getfixturevalue(who)
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(PAGE, {"plant": [plants[0].pk]}).status_code == 404
    assert "/verification/arrange/" not in client.get("/verification/").content.decode()
    assert not Verification.objects.exists()
