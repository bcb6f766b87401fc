"""Roles that the provider states: by mappings that two decided on, never wider, never silent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.organisations.people.alerts import WAYS, Alert
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.single_sign_on.mapping import RoleMapping
from tanzhi.organisations.single_sign_on.model import SignOnBinding
from tanzhi.organisations.single_sign_on.statement import IdentityStatement, proof_of
from tanzhi.web.deployment import read_sign_on
from tests import factories
from tests.factories import World
from tests.identity_provider import IdentityProvider
from tests.organisations.single_sign_on.conftest import VERIFIED, SignsOn
from tests.organisations.single_sign_on.test_signing_on import is_in, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads_roles(provider: IdentityProvider, settings: Any) -> IdentityProvider:
    settings.SIGN_ON = read_sign_on(provider.environment(ROLES="roles"))
    return provider


@pytest.fixture
def newcomer(world: World) -> Person:
    """Somebody with an account and no role."""
    person = factories.person("newcomer", password=factories.PASSWORD)
    Person.objects.filter(pk=person.pk).update(email=VERIFIED["email"])
    return Person.objects.get(pk=person.pk)


def map_role(claim: str, role: str, where: str, admin: Actor, second: Actor) -> RoleMapping:
    data = {"claim": claim, "role": role, "organisation": where}
    decide(perform("organisations.map_role", admin, data=data).proposal, second)
    return RoleMapping.objects.get(claim=claim, role=role, until=None)


def roles_of(person: Person) -> set[str]:
    return {grant.role for grant in actor_of(person).grants}


@pytest.fixture
def filer(
    reads_roles: IdentityProvider, security_administrator: Actor, second_administrator: Actor, world: World
) -> RoleMapping:
    return map_role("carbon-filer", "enterprise_filer", "PLANT", security_administrator, second_administrator)


def test_a_mapped_role_is_taken_over_told_and_ends_with_the_claim(
    signs_on: SignsOn, client: Client, newcomer: Person, filer: RoleMapping, provider: IdentityProvider,
    monkeypatch: pytest.MonkeyPatch, world: World,
) -> None:  # fmt: skip
    told: list[Alert] = []
    monkeypatch.setattr("tanzhi.organisations.people.alerts.WAYS", [*WAYS, told.append])
    provider.says("lin", **VERIFIED, roles=["carbon-filer", "librarian"])
    signs_on()
    assert roles_of(newcomer) == {"enterprise_filer"}
    assert Grant.objects.get(person=newcomer).organisation == world.plant
    assert any("企业填报人" in alert.title.zh and newcomer in alert.people for alert in told)
    home = client.get("/organisations/account/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "librarian" in home  # what gives nothing is said
    signs_on()
    assert Performed.objects.filter(action="organisations.take_over_roles").count() == 1  # nothing changed since
    client.logout()
    provider.says("lin", **VERIFIED, roles=["librarian"])
    assert refused(client, signs_on()) == "SSO-ROLE"
    assert roles_of(newcomer) == set()


def test_an_unmapped_role_gives_no_access_and_an_unstated_one_changes_nothing(
    signs_on: SignsOn, client: Client, newcomer: Person, filer: RoleMapping, provider: IdentityProvider
) -> None:
    for claims, code in (({"roles": ["carbon-Filer"]}, "SSO-ROLE"), ({"roles": []}, "SSO-ROLE"), ({}, "SSO-CLAIM"),
                         ({"roles": {"a": 1}}, "SSO-CLAIM"), ({"roles": ["x"] * 201}, "SSO-CLAIM")):  # fmt: skip
        provider.says("lin", **VERIFIED, **claims)
        assert refused(client, signs_on()) == code
    assert roles_of(newcomer) == set()


def test_roles_given_here_stay_whatever_the_provider_states(
    signs_on: SignsOn, client: Client, clerk_person: Person, filer: RoleMapping, provider: IdentityProvider
) -> None:
    Person.objects.filter(pk=clerk_person.pk).update(email=VERIFIED["email"])
    provider.says("lin", **VERIFIED, roles=[])
    signs_on()
    assert is_in(client)
    assert roles_of(clerk_person) == {"enterprise_filer"}


def test_filer_and_approver_stay_two_people(
    signs_on: SignsOn, client: Client, newcomer: Person, filer: RoleMapping, provider: IdentityProvider,
    security_administrator: Actor, second_administrator: Actor,
) -> None:  # fmt: skip
    map_role("carbon-approver", "enterprise_approver", "PLANT", security_administrator, second_administrator)
    provider.says("lin", **VERIFIED, roles=["carbon-filer", "carbon-approver"])
    signs_on()
    assert len(roles_of(newcomer)) == 1


def test_an_ended_mapping_ends_what_is_held_by_it(
    signs_on: SignsOn, client: Client, newcomer: Person, filer: RoleMapping, provider: IdentityProvider,
    security_administrator: Actor, second_administrator: Actor,
) -> None:  # fmt: skip
    provider.says("lin", **VERIFIED, roles=["carbon-filer"])
    signs_on()
    decide(perform("organisations.end_role_mapping", security_administrator, filer).proposal, second_administrator)
    assert roles_of(newcomer) == set()
    with pytest.raises(Refused, match="SSO-ENDED"):
        perform("organisations.end_role_mapping", security_administrator, filer)


def test_an_ended_binding_ends_the_roles_that_it_brought_and_none_that_were_given_here(
    signs_on: SignsOn, newcomer: Person, filer: RoleMapping, provider: IdentityProvider, security_administrator: Actor
) -> None:
    given = {"role": "expert", "organisation": "P99", "since": factories.SINCE}
    perform("organisations.grant_role", factories.PLATFORM, newcomer, given)
    provider.says("lin", **VERIFIED, roles=["carbon-filer"])
    signs_on()
    assert roles_of(newcomer) == {"enterprise_filer", "expert"}
    perform("organisations.end_binding", security_administrator, SignOnBinding.objects.get(person=newcomer))
    assert roles_of(newcomer) == {"expert"}


def test_two_decide_on_a_mapping_and_no_duty_is_mapped(
    filer: RoleMapping, security_administrator: Actor, officer: Actor, clerk: Actor
) -> None:
    duty = {"claim": "root", "role": "administrator"}
    with pytest.raises(Refused, match="ACT-INPUT"):
        perform("organisations.map_role", security_administrator, data=duty)
    again = {"claim": "carbon-filer", "role": "enterprise_filer", "organisation": "PLANT"}
    with pytest.raises(Refused, match="SSO-MAPPED"):
        perform("organisations.map_role", security_administrator, data=again)
    for actor in (officer, clerk):
        with pytest.raises(Refused, match="ACT-ROLE"):
            perform("organisations.map_role", actor, data=again)
    official = {"claim": "desk", "role": "provincial_officer", "organisation": "PROV"}
    with pytest.raises(Refused, match="ACT-INPUT"):
        perform("organisations.map_role", security_administrator, data=official | {"organisation": ""})
    assert RoleMapping.objects.count() == 1


def test_nobody_takes_roles_over_by_the_statement_of_another(
    newcomer: Person, filer: RoleMapping, clerk_person: Person, provider: IdentityProvider
) -> None:
    stated = IdentityStatement(provider.issuer, "u-2207", "", False, ("carbon-filer",), None)
    with pytest.raises(Refused, match="SSO-PROOF"):
        perform("organisations.take_over_roles", actor_of(newcomer), newcomer, {"proof": proof_of(stated)})
    assert not SignOnBinding.objects.exists()


def test_the_page_of_mappings_is_of_the_three_duties(
    filer: RoleMapping, security_administrator: Actor, clerk: Actor, client: Client
) -> None:
    for actor, status in ((security_administrator, 200), (clerk, 404)):
        Person.objects.filter(pk=actor.person_id).update(state="active", is_active=True)
        client.force_login(Person.objects.get(pk=actor.person_id), "django.contrib.auth.backends.ModelBackend")
        page = client.get("/organisations/sign-on/roles/")
        assert page.status_code == status
        assert ("carbon-filer" in page.content.decode()) == (status == 200)
