"""The head of an organisation and its people: never beyond it, never two duties in one hand, never without a head."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.registry import ACTIONS, Refused, decide, perform
from tanzhi.actions.roles import HEAD, ROLES_OF_KIND
from tanzhi.organisations.people.model import Grant, Person, Token
from tanzhi.organisations.people.roles import ROLES, actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.web.tokens.model import ApiToken
from tanzhi.workflow.notices.model import Notice
from tests import factories
from tests.factories import PASSWORD, World
from tests.organisations.people.test_sign_in import SIGN_IN

pytestmark = pytest.mark.django_db
NEW = {"name": "王芳", "sign_in_name": "wang.fang", "email": "wang.fang@example.com", "role": "enterprise_filer"}
OWN = ("own_invite", "own_grant", "own_end_grant", "own_invite_again", "own_offer_reset", "own_disable")
OWN_PAGE = "/organisations/own-people/"
NOW_WORDS = {"own_disable": {"reason": "调离"}, "own_grant": {"role": "project_owner"}}


@pytest.fixture
def head_person(world: World) -> Person:
    person: Person = factories.person("head", (HEAD, world.plant), password=PASSWORD)
    return person


@pytest.fixture
def head(head_person: Person) -> Actor:
    return actor_of(head_person)


def grant_of(person: Person, organisation: Organisation, role: str = "") -> Grant:
    grants = Grant.objects.filter(person=person, organisation=organisation)
    grant: Grant = (grants.filter(role=role) if role else grants).latest("pk")
    return grant


def invited(head: Actor, plant: Organisation, **other: Any) -> Any:
    return perform("organisations.own_invite", head, plant, {**NEW, **other}).result


def refused(code: str, name: str, actor: Actor, subject: Any, data: Any = None) -> Refused:
    with pytest.raises(Refused) as refusal:
        perform(f"organisations.{name}", actor, subject, data)
    assert refusal.value.code == code
    return refusal.value


# --- inviting ----------------------------------------------------------------------------------------


def test_the_head_invites_somebody_who_comes_in_by_the_link_once_and_acts_in_the_role(
    head: Actor, plant: Organisation
) -> None:
    issued = invited(head, plant)
    address = f"/organisations/invitation/{issued.secret}/"
    set_password = {"password": PASSWORD, "again": PASSWORD}
    assert Client().post(address, set_password).status_code == 302
    again = Client().post(address, set_password)
    assert again.status_code == 410
    person = Person.objects.get(sign_in_name="wang.fang")
    assert (person.state, person.email) == ("active", "wang.fang@example.com")
    month = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    assert perform("filings.open", actor_of(person), data=month).result.organisation_id == plant.pk


@pytest.mark.parametrize("who", ["clerk", "approver", "officer", "verifier", "stranger", "administrator"])
def test_whoever_is_not_the_head_invites_nobody(who: str, plant: Organisation, request: pytest.FixtureRequest) -> None:
    refused("ACT-ROLE", "own_invite", request.getfixturevalue(who), plant, NEW)
    assert not Person.objects.filter(sign_in_name="wang.fang").exists()


def test_a_head_reaches_no_other_organisation(head: Actor, world: World) -> None:
    refused("ACT-SCOPE", "own_invite", head, world.other_plant, NEW)
    stranger = factories.person("elsewhere", ("enterprise_filer", world.other_plant))
    for name in OWN[1:]:
        refused("ACT-SCOPE", name, head, grant_of(stranger, world.other_plant), NOW_WORDS.get(name))


@pytest.mark.parametrize("role", sorted(set(ROLES) - {*ROLES_OF_KIND["enterprise"], "public"}))
def test_no_role_that_an_enterprise_does_not_have_is_given(role: str, head: Actor, plant: Organisation) -> None:
    """Nor that of a head: heads are appointed by two administrators."""
    refusal = refused("ORG-ROLE", "own_invite", head, plant, {**NEW, "role": role})
    assert "企业填报人" in refusal.message.zh
    refused("ORG-ROLE", "own_grant", head, _clerk_grant(plant), {"role": role})


def _clerk_grant(plant: Organisation) -> Grant:
    return grant_of(factories.person("somebody", ("enterprise_filer", plant)), plant)


@pytest.mark.parametrize(
    ("role", "kind"),
    [("verifier", "verifier"), ("bank", "bank"), ("expert", "institute"), ("project_owner", "project_owner")],
)
def test_a_head_of_each_kind_gives_the_role_of_that_kind(role: str, kind: str, world: World) -> None:
    body = factories.organisation("BODY", world.province, kind)
    leader = actor_of(factories.person("leader", (HEAD, body)))
    issued = perform("organisations.own_invite", leader, body, {**NEW, "role": role}).result
    assert [(grant.role, grant.organisation_id) for grant in issued.person.grants.all()] == [(role, body.pk)]
    refused("ORG-ROLE", "own_invite", leader, body, {**NEW, "sign_in_name": "other", "role": "enterprise_filer"})


@pytest.mark.parametrize("kind", ["authority", "auditor"])
def test_officials_have_no_head_of_this_sort(
    kind: str, world: World, security_administrator: Actor, clerk_person: Person
) -> None:
    factories.organisation("OFFICE", world.province, kind)
    data = {"role": HEAD, "organisation": "OFFICE", "since": "2024-01-01"}
    refused("ACT-INPUT", "grant_role", security_administrator, clerk_person, data)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({"name": "王 芳", "email": "second@example.com"}, "姓名"),
        ({"name": "李明", "email": "Wang.Fang@EXAMPLE.com"}, "邮箱"),
    ],
)
def test_nobody_stands_there_twice(other: dict[str, str], alike: str, head: Actor, plant: Organisation) -> None:
    invited(head, plant)
    refusal = refused("ORG-ALIKE", "own_invite", head, plant, {**NEW, "sign_in_name": "second", **other})
    assert alike in refusal.message.zh
    assert not Person.objects.filter(sign_in_name="second").exists()


def test_two_people_without_mail_are_not_alike_and_another_organisation_may_have_the_name(
    head: Actor, plant: Organisation, world: World
) -> None:
    invited(head, plant, email="")
    invited(head, plant, email="", name="李明", sign_in_name="li.ming")
    elsewhere = actor_of(factories.person("head_there", (HEAD, world.other_plant)))
    assert invited(elsewhere, world.other_plant, sign_in_name="wang.fang2").person.name == "王芳"


@pytest.mark.parametrize("email", ["a@b", "no mail", "x@y z", "@example.com", "a@@example.com", "a@example..com"])
def test_an_address_that_is_no_mail_address_is_refused_by_its_field(
    email: str, head: Actor, plant: Organisation
) -> None:
    refusal = refused("ACT-INPUT", "own_invite", head, plant, {**NEW, "email": email})
    assert [finding.field for finding in refusal.findings] == ["email"]


def test_a_sign_in_name_in_other_letters_is_taken(head: Actor, plant: Organisation) -> None:
    invited(head, plant)
    data = {"name": "李明", "email": "", "sign_in_name": "Wang.Fang"}
    refused("ACT-INPUT", "own_invite", head, plant, {**NEW, **data})


def test_a_role_for_no_day_is_refused_and_until_tomorrow_it_is_given(head: Actor, plant: Organisation) -> None:
    today = clock.today()
    for day in (today - timedelta(days=1), today):
        refused("ACT-DATE", "own_invite", head, plant, {**NEW, "until": day.isoformat()})
    grant = invited(head, plant, until=(today + timedelta(days=1)).isoformat()).person.grants.get()
    assert (grant.since, grant.until) == (today, today + timedelta(days=1))


def test_the_head_invites_again_and_the_link_before_ends(head: Actor, plant: Organisation) -> None:
    first = invited(head, plant)
    grant = grant_of(first.person, plant)
    second = perform("organisations.own_invite_again", head, grant).result
    assert Client().get(f"/organisations/invitation/{first.secret}/").status_code == 410
    accept = {"secret": second.secret, "password": PASSWORD}
    perform("organisations.accept_invitation", actor_of(first.person), first.person, accept)
    refused("ACT-STATE", "own_invite_again", head, grant)
    with pytest.raises(Refused, match="ACT-STATE"):
        perform("organisations.accept_invitation", actor_of(first.person), first.person, accept)


# --- roles -------------------------------------------------------------------------------------------


def test_filer_and_approver_are_two_people_whichever_comes_first(
    head: Actor, plant: Organisation, clerk_person: Person, approver: Actor
) -> None:
    """On the day the first role ends the other may be given."""
    clerk_grant = grant_of(clerk_person, plant)
    refused("ORG-BOTH", "own_grant", head, clerk_grant, {"role": "enterprise_approver"})
    checker = Person.objects.get(sign_in_name="approver")
    refused("ORG-BOTH", "own_grant", head, grant_of(checker, plant), {"role": "enterprise_filer"})
    refused("ORG-HOLDS", "own_grant", head, clerk_grant, {"role": "enterprise_filer"})
    perform("organisations.own_end_grant", head, clerk_grant)
    given = perform("organisations.own_grant", head, clerk_grant, {"role": "enterprise_approver"}).result
    assert actor_of(clerk_person).roles == {"person", "enterprise_approver"}
    assert given.since == clock.today()


def test_a_role_that_is_still_to_end_counts_for_the_two_duties(
    head: Actor, plant: Organisation, clerk_person: Person
) -> None:
    grant = grant_of(clerk_person, plant)
    perform("organisations.own_end_grant", head, grant, {"until": clock.today() + timedelta(days=1)})
    refused("ORG-BOTH", "own_grant", head, grant, {"role": "enterprise_approver"})


def test_the_head_gives_himself_nothing_and_does_not_disable_himself(
    head: Actor, head_person: Person, plant: Organisation
) -> None:
    own = grant_of(head_person, plant)
    refused("ACT-OWN", "own_grant", head, own, {"role": "enterprise_approver"})
    refused("ACT-OWN", "own_disable", head, own, {"reason": "调离"})


def test_a_role_ends_today_once_and_not_for_days_past(head: Actor, plant: Organisation, clerk_person: Person) -> None:
    grant = grant_of(clerk_person, plant)
    yesterday = clock.today() - timedelta(days=1)
    refused("ACT-DATE", "own_end_grant", head, grant, {"until": yesterday})
    assert "enterprise_filer" in actor_of(clerk_person).roles
    perform("organisations.own_end_grant", head, grant)
    assert "enterprise_filer" not in actor_of(clerk_person).roles
    refused("ORG-ENDED", "own_end_grant", head, grant)


def test_the_last_head_stays_and_of_two_heads_either_may_go(head: Actor, head_person: Person, world: World) -> None:
    own = grant_of(head_person, world.plant)
    refused("ORG-LAST-HEAD", "own_end_grant", head, own)
    second_person = factories.person("second_head", (HEAD, world.plant))
    refused("ORG-LAST-HEAD", "own_end_grant", head, own)  # the second one has not come in yet
    Person.objects.filter(pk=second_person.pk).update(state="active", is_active=True)
    second = actor_of(second_person)
    perform("organisations.own_end_grant", second, own)
    assert HEAD not in actor_of(head_person).roles
    refused("ORG-LAST-HEAD", "own_end_grant", second, grant_of(second_person, world.plant))


def test_a_head_of_another_organisation_is_no_other_head(head: Actor, head_person: Person, world: World) -> None:
    factories.person("head_there", (HEAD, world.other_plant), password=PASSWORD)
    refused("ORG-LAST-HEAD", "own_end_grant", head, grant_of(head_person, world.plant))


def test_a_head_disables_another_head_but_two_heads_who_end_each_other_leave_one(
    head: Actor, head_person: Person, world: World
) -> None:
    second_person = factories.person("second_head", (HEAD, world.plant), password=PASSWORD)
    second = actor_of(second_person)  # both have opened the form before either acts
    perform("organisations.own_disable", head, grant_of(second_person, world.plant), {"reason": "离职"})
    refused("ORG-LAST-HEAD", "own_disable", second, grant_of(head_person, world.plant), {"reason": "离职"})
    assert Person.objects.get(pk=head_person.pk).state == "active"


# --- accounts ----------------------------------------------------------------------------------------


def test_whoever_is_disabled_is_out_at_once_with_sessions_tokens_roles_and_links(
    head: Actor, plant: Organisation, clerk_person: Person
) -> None:
    browser = Client()
    assert browser.post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 302
    token = perform("web.make_token", actor_of(clerk_person), clerk_person, {"name": "t", "scopes": ["read"]}).result
    session_key = browser.session.session_key
    assert browser.get("/organisations/account/").status_code == 200
    perform("organisations.own_disable", head, grant_of(clerk_person, plant), {"reason": "调离"})
    assert browser.get("/organisations/account/").status_code == 302
    assert not Session.objects.filter(session_key=session_key).exists()
    assert ApiToken.objects.get(pk=token.number).ended_at is not None
    person = Person.objects.get(pk=clerk_person.pk)
    assert (person.state, person.is_active, actor_of(person).roles) == ("disabled", False, {"person"})
    assert Client().post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 422
    for name in ("own_grant", "own_disable", "own_offer_reset", "own_invite_again"):
        refused("ACT-STATE", name, head, grant_of(clerk_person, plant), NOW_WORDS.get(name))


def test_an_invitation_of_somebody_disabled_opens_nothing(head: Actor, plant: Organisation) -> None:
    issued = invited(head, plant)
    perform("organisations.own_disable", head, grant_of(issued.person, plant), {"reason": "未到岗"})
    assert Client().get(f"/organisations/invitation/{issued.secret}/").status_code == 410


def test_an_account_that_serves_another_organisation_is_for_the_administrators(
    head: Actor, world: World, settings: Any
) -> None:
    both = factories.person(
        "both", ("enterprise_filer", world.plant), ("enterprise_filer", world.other_plant), password=PASSWORD
    )
    here = grant_of(both, world.plant)
    refused("ORG-SHARED", "own_disable", head, here, {"reason": "调离"})
    refused("ORG-SHARED", "own_offer_reset", head, here)
    perform("organisations.own_end_grant", head, here)
    there = Grant.objects.get(person=both, organisation=world.other_plant)
    assert there.until is None


def test_a_reset_goes_to_the_persons_own_mail_and_shows_the_head_nothing(
    head: Actor, plant: Organisation, clerk_person: Person, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    grant = grant_of(clerk_person, plant)
    refused("ORG-MAIL", "own_offer_reset", head, grant)
    assert not Token.objects.filter(person=clerk_person, kind="reset").exists()
    settings.TANZHI_ADDRESS = "https://carbon.example.gov.cn"
    settings.EMAIL_BACKEND = "tests.organisations.people.test_rights.Outbox"
    Person.objects.filter(pk=clerk_person.pk).update(email="clerk@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        outcome = perform("organisations.own_offer_reset", head, grant)
    assert outcome.result == "mail"
    links = [message for message in mail.outbox if "/organisations/reset/" in str(message.body)]
    assert [message.to for message in links] == [["clerk@example.org"]]
    assert "/organisations/reset/" not in str(outcome)


@pytest.mark.parametrize("name", OWN)
def test_acts_on_own_people_ask_the_password_and_take_no_token(name: str) -> None:
    entry = ACTIONS[f"organisations.{name}"]
    assert (entry.sensitive, set(entry.by)) == (True, {HEAD})


def test_person_and_auditors_get_word_of_every_change(
    head: Actor, plant: Organisation, clerk_person: Person, world: World
) -> None:
    auditor = factories.person("auditor", ("auditor", world.authority), password=PASSWORD)
    perform("organisations.own_grant", head, grant_of(clerk_person, plant), {"role": "project_owner"})
    perform("organisations.own_end_grant", head, grant_of(clerk_person, plant, "project_owner"))
    for person in (clerk_person, auditor):
        assert Notice.objects.filter(person_id=person.pk).count() == 2, person


def test_a_head_is_appointed_by_two_administrators(
    clerk_person: Person, plant: Organisation, security_administrator: Actor, second_administrator: Actor
) -> None:
    data = {"role": HEAD, "organisation": plant.code, "since": "2024-01-01"}
    proposal = perform("organisations.grant_role", security_administrator, clerk_person, data).proposal
    assert proposal is not None
    assert decide(proposal, second_administrator).result.role == HEAD


# --- pages -------------------------------------------------------------------------------------------


@pytest.fixture
def browser(head_person: Person) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    assert client.post(SIGN_IN, {"username": "head", "password": PASSWORD}).status_code == 302
    return client


def test_the_page_lists_duties_vacancies_and_own_people_alone(
    browser: Client, world: World, clerk_person: Person
) -> None:
    factories.person("elsewhere", ("enterprise_filer", world.other_plant))
    page = browser.get(OWN_PAGE)
    part = page.context["organisations"][0]
    assert {row.person.sign_in_name for row in part["people"]} == {"head", "clerk"}
    duties = {
        duty.role.en: ([person.name for person in duty.people], duty.lacking is not None) for duty in part["duties"]
    }
    assert duties == {
        "Enterprise filer": (["Clerk"], False),
        "Enterprise approver": ([], True),
        "Head of an organisation": (["Head"], False),
    }
    assert "无人可以审批和存证" in page.content.decode()


@pytest.mark.parametrize("who", ["clerk", "officer", "security_administrator"])
def test_whoever_heads_nothing_has_no_such_page(who: str, request: pytest.FixtureRequest, client: Client) -> None:
    request.getfixturevalue(who)
    Person.objects.filter(sign_in_name=who).update(state="active", is_active=True)
    client.force_login(Person.objects.get(sign_in_name=who), "django.contrib.auth.backends.ModelBackend")
    assert client.get(OWN_PAGE).status_code == 404


def test_the_head_invites_by_the_form_and_sees_the_link_once(browser: Client, plant: Organisation) -> None:
    address = f"/presentation/act/organisations.own_invite/{plant.pk}/"
    form = browser.get(address).content.decode()
    assert "企业填报人" in form
    assert "省级经办" not in form
    shown = browser.post(address, NEW)
    secret_of = shown.content.decode().partition("/organisations/invitation/")[2].partition("/")[0]
    assert Client().get(f"/organisations/invitation/{secret_of}/").status_code == 200
    person = Person.objects.get(sign_in_name="wang.fang")
    page = browser.get(f"/organisations/people/{person.pk}/").content.decode()
    assert "organisations.own_invite_again" in page
    assert "organisations.own_offer_reset" not in page
    assert "organisations.grant_role" not in page


def test_roles_elsewhere_stand_on_no_colleagues_page(browser: Client, world: World) -> None:
    both = factories.person("both", ("enterprise_filer", world.plant), ("enterprise_filer", world.other_plant))
    page = browser.get(f"/organisations/people/{both.pk}/").content.decode()
    assert "示例PLANT" in page
    assert "示例OTHER" not in page
