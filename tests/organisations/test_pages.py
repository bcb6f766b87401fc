"""Pages of organisations and people, for the four actors and in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tanzhi.actions.models import Proposal
from tanzhi.actions.registry import Actor
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.requests import CONFIRMED_AT
from tanzhi.organisations.register.model import Organisation, OrganisationName, Unit
from tests.factories import World

pytestmark = pytest.mark.django_db
ORGANISATIONS = "/organisations/"


@pytest.fixture
def as_(request: pytest.FixtureRequest) -> Callable[[str], Client]:
    """A browser in which the named actor has signed in."""

    def signed_in(who: str) -> Client:
        actor: Actor = request.getfixturevalue(who)
        Person.objects.filter(pk=actor.person_id).update(state="active", is_active=True)
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(Person.objects.get(pk=actor.person_id), "django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[CONFIRMED_AT] = timezone.now().timestamp()
        session.save()
        return client

    return signed_in


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "found"),
    [("clerk", {"PLANT"}), ("verifier", {"PLANT", "VER"}), ("stranger", {"OTHER"}), ("city_officer", {"PLANT", "C99"})],
)
def test_everybody_lists_what_he_reaches(who: str, found: set[str], as_: Callable[[str], Client]) -> None:
    page = as_(who).get(ORGANISATIONS)
    assert {row.record.code for row in page.context["listing"].rows} == found


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 200), ("verifier", 200), ("officer", 200), ("stranger", 404), ("other_officer", 404)]
)
def test_one_organisation_is_shown_or_is_not_there(
    who: str, status: int, plant: Organisation, unit: Unit, as_: Callable[[str], Client]
) -> None:
    client = as_(who)
    assert client.get(f"{ORGANISATIONS}{plant.pk}/").status_code == status
    assert client.get(f"{ORGANISATIONS}units/{unit.pk}/").status_code == status


def test_whoever_has_not_signed_in_is_sent_to_sign_in(client: Client, plant: Organisation) -> None:
    for address in ("", f"{plant.pk}/", "people/", "regions/", "account/"):
        response = client.get(f"{ORGANISATIONS}{address}")
        assert response.headers["Location"].startswith("/organisations/sign-in/"), address


def test_a_former_name_finds_the_organisation(plant: Organisation, as_: Callable[[str], Client]) -> None:
    OrganisationName.objects.filter(organisation=plant).update(until="2023-01-01")
    OrganisationName.objects.create(organisation=plant, zh="新名", en="New", since="2023-01-01")
    page = as_("officer").get(ORGANISATIONS, {"q": "示例PLANT"})
    assert [row.record.called.zh for row in page.context["listing"].rows] == ["新名"]


def test_the_officer_renames_by_the_form(plant: Organisation, as_: Callable[[str], Client]) -> None:
    client = as_("officer")
    address = f"/presentation/act/organisations.rename/{plant.pk}/"
    form = text_of(client.get(address))
    assert "中文名称" in form
    seen = re.search(r'name="seen" value="(\d+)"', form)
    assert seen is not None
    data = {"zh": "新名", "en": "New", "since": "2023-01-01", "seen": seen.group(1)}
    assert client.post(address, data).headers["Location"] == f"{ORGANISATIONS}{plant.pk}/"
    again = client.post(address, data | {"since": "2024-01-01"})
    assert again.status_code == 409
    assert "ACT-STALE" in text_of(again)


def test_a_field_that_does_not_fit_is_named_on_the_form(plant: Organisation, as_: Callable[[str], Client]) -> None:
    response = as_("officer").post(
        f"/presentation/act/organisations.rename/{plant.pk}/", {"zh": "", "en": "N", "since": "maybe"}
    )
    assert response.status_code == 422
    assert "中文名称：必填，现为空白" in text_of(response)
    assert "起始日期" in text_of(response)


def test_the_clerk_is_offered_nothing_he_may_not(plant: Organisation, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    assert "/presentation/act/" not in text_of(client.get(f"{ORGANISATIONS}{plant.pk}/"))
    refused = client.post(
        f"/presentation/act/organisations.rename/{plant.pk}/", {"zh": "新", "en": "N", "since": "2023-01-01"}
    )
    assert refused.status_code == 403
    assert "ACT-ROLE" in text_of(refused)


def test_the_administrator_invites_and_sees_the_link_once(as_: Callable[[str], Client]) -> None:
    client = as_("security_administrator")
    shown = client.post("/presentation/act/organisations.invite_person/", {"sign_in_name": "newcomer", "name": "新人"})
    link = re.search(r"http://testserver(/organisations/invitation/\S+?/)<", text_of(shown))
    assert link is not None
    assert Client().get(link.group(1)).status_code == 200


def test_two_administrators_grant_a_role_by_the_form(
    plant: Organisation, clerk: Actor, as_: Callable[[str], Client]
) -> None:
    client = as_("security_administrator")
    address = f"/presentation/act/organisations.grant_role/{clerk.person_id}/"
    assert "企业审批人" in text_of(client.get(address))
    data = {"role": "enterprise_approver", "organisation": "PLANT", "since": "2024-01-01"}
    assert client.post(address, data).status_code == 302
    person = f"{ORGANISATIONS}people/{clerk.person_id}/"
    assert "企业审批人" not in text_of(client.get(person))
    waiting = f"/cases/proposals/{Proposal.objects.get().pk}/"
    assert as_("second_administrator").post(waiting, {"decision": "approve"}).status_code == 302
    assert "企业审批人" in text_of(client.get(person))


def test_a_role_in_no_organisation_is_refused_by_field(clerk: Actor, as_: Callable[[str], Client]) -> None:
    data = {"role": "enterprise_approver", "since": "2024-01-01"}
    response = as_("security_administrator").post(
        f"/presentation/act/organisations.grant_role/{clerk.person_id}/", data
    )
    assert response.status_code == 422
    assert "单位代码" in text_of(response)


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "地区"), ("en", "Regions")])
def test_the_region_tree_speaks_both_languages(
    language: str, word: str, world: World, as_: Callable[[str], Client]
) -> None:
    page = as_("administrator").get(f"{ORGANISATIONS}regions/", headers={"accept-language": language})
    assert word in text_of(page)
    assert "990100" in text_of(page)


def test_people_are_seen_by_those_who_reach_them(
    clerk: Actor, approver: Actor, stranger: Actor, as_: Callable[[str], Client]
) -> None:
    client = as_("clerk")
    assert client.get(f"{ORGANISATIONS}people/{approver.person_id}/").status_code == 200
    assert client.get(f"{ORGANISATIONS}people/{stranger.person_id}/").status_code == 404
