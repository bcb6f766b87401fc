"""Rights: two administrators, three duties apart, time codes for those who decide, word to whoever is concerned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference
from tanzhi.actions.registry import ACTIONS, Refused, decide, perform
from tanzhi.actions.roles import DUTIES, TIME_CODE_ROLES
from tanzhi.actions.witness import witnessed
from tanzhi.evidence.models import Entry
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people import second_factor
from tanzhi.organisations.people.links import digest_of
from tanzhi.organisations.people.model import Assignment, Founding, Grant, Person, Token
from tanzhi.organisations.people.roles import ROLES, actor_of
from tanzhi.web.tokens.model import ApiToken
from tanzhi.workflow.notices.model import Notice
from tests import factories
from tests.factories import PASSWORD, PLATFORM
from tests.organisations.people.test_sign_in import ACCOUNT, NEW_PASSWORD, SIGN_IN, code_of

pytestmark = pytest.mark.django_db
GRANT = {"role": "enterprise_approver", "organisation": "PLANT", "since": "2024-01-01"}
ON_A_PERSON = {
    "organisations.grant_role": GRANT,
    "organisations.offer_reset": {},
    "organisations.disable_totp": {"reason": "遗失手机"},
    "organisations.disable_person": {"reason": "调离"},
}


@pytest.fixture
def auditor(world: factories.World) -> Actor:
    return actor_of(factories.person("auditor", ("auditor", world.authority), password=PASSWORD))


@pytest.mark.parametrize("name", ON_A_PERSON)
def test_one_administrator_asks_another_decides_and_person_and_auditor_are_told(
    name: str, clerk_person: Person, auditor: Actor, security_administrator: Actor, second_administrator: Actor
) -> None:
    proposal = perform(name, security_administrator, clerk_person, ON_A_PERSON[name]).proposal
    assert proposal is not None
    assert not Notice.objects.exists()
    with pytest.raises(Refused, match="ACT-SELF"):
        decide(proposal, security_administrator)
    decide(proposal, second_administrator)
    assert set(Notice.objects.values_list("person_id", flat=True)) == {clerk_person.pk, auditor.person_id}


@pytest.mark.parametrize("name", [name for name in ON_A_PERSON if name != "organisations.disable_totp"])
def test_no_administrator_asks_for_himself_nor_decides_on_himself(
    name: str, security_administrator: Actor, second_administrator: Actor
) -> None:
    me = Person.objects.get(pk=security_administrator.person_id)
    Person.objects.filter(pk=me.pk).update(state="active", is_active=True)
    data = {"role": "provincial_director", "organisation": "", "since": "2024-01-01"} if "grant" in name else {}
    with pytest.raises(Refused, match="ACT-OWN"):
        perform(name, security_administrator, me, {**ON_A_PERSON[name], **data})
    if "grant" not in name:
        proposal = perform(name, second_administrator, me, ON_A_PERSON[name]).proposal
        with pytest.raises(Refused, match="ACT-OWN"):
            decide(proposal, security_administrator)


def test_the_system_administrator_gives_no_rights_but_may_be_the_second_person(
    clerk_person: Person, administrator: Actor, security_administrator: Actor
) -> None:
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform("organisations.grant_role", administrator, clerk_person, GRANT)
    proposal = perform("organisations.grant_role", security_administrator, clerk_person, GRANT).proposal
    assert decide(proposal, administrator).result.role == "enterprise_approver"


@pytest.mark.parametrize("held", sorted(DUTIES))
@pytest.mark.parametrize("asked", sorted(DUTIES))
def test_nobody_holds_two_of_the_three_duties(
    held: str, asked: str, world: factories.World, security_administrator: Actor
) -> None:
    """System, security and audit in three hands: refused when it is proposed."""
    where = world.authority if ROLES[held].reach == "region" else None
    person = factories.person("somebody", (held, where))
    data = {"role": asked, "organisation": "P99" if ROLES[asked].reach == "region" else "", "since": "2024-01-01"}
    if held == asked:
        assert perform("organisations.grant_role", security_administrator, person, data).proposal is not None
        return
    with pytest.raises(Refused, match="ORG-DUTIES"):
        perform("organisations.grant_role", security_administrator, person, data)


def test_a_reset_gives_no_administrator_a_secret(
    clerk_person: Person, security_administrator: Actor, second_administrator: Actor, settings: Any
) -> None:
    settings.TANZHI_ADDRESS = "https://carbon.example.gov.cn"
    settings.EMAIL_BACKEND = "tests.organisations.people.test_rights.Outbox"
    Person.objects.filter(pk=clerk_person.pk).update(email="clerk@example.org")
    proposal = perform("organisations.offer_reset", security_administrator, clerk_person).proposal
    decided = decide(proposal, second_administrator)
    assert decided.result == "mail"
    assert not Token.objects.filter(kind="letter").exists()


class Outbox:
    """A mail server of a test: it keeps what it is given."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def send_messages(self, messages: list[Any]) -> int:
        mail.outbox.extend(messages)
        return len(messages)


def test_without_mail_a_reset_waits_to_be_printed_on_the_server_and_by_nobody_else(
    clerk_person: Person, administrator: Actor, security_administrator: Actor, second_administrator: Actor
) -> None:
    with pytest.raises(Refused, match="ORG-LETTER"):
        perform("organisations.print_letter", PLATFORM, clerk_person)
    proposal = perform("organisations.offer_reset", security_administrator, clerk_person).proposal
    assert decide(proposal, second_administrator).result == "letter"
    with pytest.raises(Refused, match="ORG-LETTER"):
        perform("organisations.print_letter", administrator, clerk_person)
    issued = perform("organisations.print_letter", PLATFORM, clerk_person).result
    assert Token.objects.get(kind="reset").digest == digest_of(issued.secret)
    with pytest.raises(Refused, match="ORG-LETTER"):
        perform("organisations.print_letter", PLATFORM, clerk_person)


FIRST = {"name": "甲", "sign_in_name": "first", "second_name": "乙", "second_sign_in_name": "second"}


def test_until_both_first_administrators_have_signed_in_no_right_is_granted(world: factories.World) -> None:
    clerk = factories.person("clerk", ("enterprise_filer", world.plant), password=PASSWORD)
    issued = perform("organisations.appoint_first", PLATFORM, data=FIRST).result
    roles = [actor_of(one.person).roles - {"person"} for one in issued]
    assert roles == [{"administrator"}, {"security_administrator"}]
    for one in issued:
        accept = {"secret": one.secret, "password": NEW_PASSWORD}
        perform("organisations.accept_invitation", actor_of(one.person), one.person, accept)
    first, second = (Person.objects.get(pk=one.person.pk) for one in issued)
    for person in (None, second):
        if person is not None:
            assert Client().post(SIGN_IN, {"username": "second", "password": NEW_PASSWORD}).status_code == 302
        for name, data in ON_A_PERSON.items():
            with pytest.raises(Refused, match="ORG-FOUNDING"):
                perform(name, actor_of(second), clerk, data)
    assert Client().post(SIGN_IN, {"username": "first", "password": NEW_PASSWORD}).status_code == 302
    proposal = perform("organisations.grant_role", actor_of(second), clerk, GRANT).proposal
    assert decide(proposal, actor_of(first)).result.role == "enterprise_approver"


def test_once_there_are_administrators_the_platform_appoints_nobody(world: factories.World) -> None:
    clerk = factories.person("clerk", ("enterprise_filer", world.plant), password=PASSWORD)
    perform("organisations.appoint_first", PLATFORM, data=FIRST)
    for name, data in ON_A_PERSON.items():
        with pytest.raises(Refused, match="ORG-PLATFORM"):
            perform(name, PLATFORM, clerk, data)
    with pytest.raises(Refused, match="ORG-FOUNDED"):
        perform("organisations.appoint_first", PLATFORM, data={**FIRST, "sign_in_name": "x12", "name": "丙"})
    assert Founding.objects.count() == 1


def test_the_first_two_are_two_people(administrator: Actor) -> None:
    with pytest.raises(Refused, match="ORG-FOUNDED"):
        perform("organisations.appoint_first", PLATFORM, data=FIRST)
    with pytest.raises(Refused, match="ORG-FOUNDED"):
        perform("organisations.appoint_first", administrator, data=FIRST)


def test_the_first_two_have_two_names(db: None) -> None:
    with pytest.raises(Refused, match="ACT-INPUT"):
        perform("organisations.appoint_first", PLATFORM, data={**FIRST, "second_name": "甲"})


# --- time codes ---------------------------------------------------------------------------------------


def _employed(world: factories.World, role: str) -> Person:
    where = None if ROLES[role].reach in ("platform", "people") else world.authority
    return factories.person("clerk", (role, where), password=PASSWORD)


@pytest.mark.parametrize("role", sorted(TIME_CODE_ROLES))
def test_without_a_time_code_only_the_page_that_sets_it_up_is_reachable(
    role: str, world: factories.World, client: Client, settings: Any
) -> None:
    settings.TANZHI_TIME_CODES = ""
    person = _employed(world, role)
    client.post(SIGN_IN, {"username": "clerk", "password": PASSWORD})
    for address in ("/", ACCOUNT, "/organisations/people/", "/bulletin/", "/rules/", "/presentation/act/x/"):
        assert client.get(address).headers["Location"] == f"{ACCOUNT}one-time-codes/", address
    assert client.get("/api/me").json()["code"] == "ORG-TOTP"
    client.post(f"{ACCOUNT}one-time-codes/")
    client.post(f"{ACCOUNT}one-time-codes/", {"code": code_of(second_factor.waiting(person))})
    assert client.get(ACCOUNT).status_code == 200
    fresh = Client()
    fresh.force_login(person, "django.contrib.auth.backends.ModelBackend")  # a session that gave no code
    assert fresh.get(ACCOUNT).headers["Location"] == f"{SIGN_IN}code/"


@pytest.mark.parametrize("role", ["enterprise_filer", "auditor", "provincial_officer"])
def test_others_may_do_without(role: str, world: factories.World, client: Client, settings: Any) -> None:
    settings.TANZHI_TIME_CODES = ""
    place = world.plant if role.startswith("enterprise") else world.authority
    factories.person("clerk", (role, place), password=PASSWORD)
    client.post(SIGN_IN, {"username": "clerk", "password": PASSWORD})
    assert client.get(ACCOUNT).status_code == 200


def test_nobody_switches_his_time_codes_off_by_himself(clerk_person: Person, second_administrator: Actor) -> None:
    actor = actor_of(clerk_person)
    perform("organisations.start_totp", actor, clerk_person)
    code = {"code": code_of(second_factor.waiting(clerk_person))}
    perform("organisations.confirm_totp", actor, clerk_person, code)
    proposal = perform("organisations.disable_totp", actor, clerk_person, {"reason": "换手机"}).proposal
    assert second_factor.is_enabled(clerk_person)
    decide(proposal, second_administrator)
    assert not second_factor.is_enabled(clerk_person)


# --- sensitive acts, tokens ---------------------------------------------------------------------------


def test_every_sensitive_act_is_for_no_token_and_asks_a_session_for_the_password(clerk_person: Person) -> None:
    from dataclasses import replace

    from tanzhi.actions.perform import refuse_unconfirmed

    sensitive = [entry for entry in ACTIONS.values() if entry.sensitive]
    expected = {"web.make_token", "organisations.change_password", "organisations.change_mail"}
    expected |= {"organisations.start_totp", "organisations.confirm_totp", *ON_A_PERSON}
    assert expected <= {entry.name for entry in sensitive}
    for entry in sensitive:
        for way, code in (("token", "ACT-TOKEN"), ("session", "ACT-PASSWORD")):
            with pytest.raises(Refused, match=code):
                refuse_unconfirmed(entry, replace(actor_of(clerk_person), way=way))
        refuse_unconfirmed(entry, replace(actor_of(clerk_person), way="fresh"))


def token(person: Person, *scopes: str) -> str:
    data = {"name": "夜间同步", "scopes": list(scopes)}
    return str(perform("web.make_token", actor_of(person), person, data).result.secret)


def _asked(secret: str, address: str, method: str = "get") -> Any:
    call = getattr(Client(raise_request_exception=False), method)
    return call(address, headers={"Authorization": f"Bearer {secret}"}, content_type="application/json")


def test_a_token_reaches_what_it_is_for_and_nothing_else(clerk_person: Person) -> None:
    reading, naming = token(clerk_person, "read"), token(clerk_person, "organisations.choose_language")
    filing = token(clerk_person, "filings")
    assert _asked(reading, "/api/me").status_code == 200
    assert _asked(naming, "/api/me").json()["code"] == "API-SCOPE"
    for name in ACTIONS:
        for secret, room in ((reading, "read"), (filing, "filings")):
            if name.partition(".")[0] != room and name in {
                "cases.read_notices",
                "organisations.rename",
                "web.end_token",
            }:
                answer = _asked(secret, f"/api/actions/{name}?subject=1", "post")
                assert (answer.status_code, answer.json()["code"]) == (403, "API-SCOPE"), name


@pytest.mark.parametrize("secret", ["nobody's", ""])
@pytest.mark.parametrize(("address", "method"), [("/api/me", "get"), ("/api/actions/filings.open", "post")])
def test_an_unknown_token_is_answered_401_in_the_shape_of_the_api(
    db: None, secret: str, address: str, method: str
) -> None:
    answer = _asked(secret, address, method)
    assert answer.status_code == 401
    assert set(answer.json()) >= {"code", "message", "findings"}


def test_an_expired_token_is_answered_401(clerk_person: Person) -> None:
    secret = token(clerk_person, "read", "cases")
    ApiToken.objects.update(ends_at=timezone.now())
    answer = _asked(secret, "/api/actions/cases.read_notices", "post")
    assert (answer.status_code, answer.json()["code"]) == (401, "API-TOKEN")


def _change(person: Person, _second: Actor) -> None:
    perform("organisations.change_password", actor_of(person), person, {"password": NEW_PASSWORD})


def _reset(person: Person, second: Actor) -> None:
    asking = actor_of(factories.person("asking", ("security_administrator", None)))
    decide(perform("organisations.offer_reset", asking, person).proposal, second)
    issued = perform("organisations.print_letter", PLATFORM, person).result
    data = {"secret": issued.secret, "password": NEW_PASSWORD}
    perform("organisations.reset_password", actor_of(person), person, data)


def _disable(person: Person, second: Actor) -> None:
    asking = actor_of(factories.person("asking", ("security_administrator", None)))
    decide(perform("organisations.disable_person", asking, person, {"reason": "调离"}).proposal, second)


@pytest.mark.parametrize("end", [_change, _reset, _disable])
def test_tokens_and_sessions_end_with_the_password(
    end: Any, client: Client, clerk_person: Person, second_administrator: Actor
) -> None:
    secret = token(clerk_person, "read")
    client.post(SIGN_IN, {"username": "clerk", "password": PASSWORD})
    end(clerk_person, second_administrator)
    assert _asked(secret, "/api/me").status_code == 401
    assert client.get(ACCOUNT).status_code == 302
    assert Notice.objects.filter(person=clerk_person, kind="security").exists()


def test_a_stale_session_is_asked_for_the_password_and_wrong_guesses_lock(
    client: Client, clerk_person: Person, settings: Any
) -> None:
    client.force_login(clerk_person, "django.contrib.auth.backends.ModelBackend")
    answer = client.post("/tokens/", {"name": "x", "days": "1", "scopes": "read"})
    assert answer.headers["Location"].startswith(f"{ACCOUNT}confirm/")
    assert not ApiToken.objects.exists()
    codes = [client.post(f"{ACCOUNT}confirm/", {"password": f"guess {n}"}).status_code for n in range(8)]
    assert codes[-1] == 429
    assert client.post(f"{ACCOUNT}confirm/", {"password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("page", ["confirm/", "password/"])
def test_every_door_that_asks_the_present_password_counts_wrong_guesses(
    page: str, client: Client, clerk_person: Person, settings: Any
) -> None:
    client.post(SIGN_IN, {"username": "clerk", "password": PASSWORD})
    field = "password" if page == "confirm/" else "present"
    posted = {"password": NEW_PASSWORD, field: "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(f"{ACCOUNT}{page}", posted)
    assert answer.status_code == 429
    assert Client().post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 429


def test_a_request_for_a_reset_is_nobodys_act(
    client: Client, clerk_person: Person, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    Person.objects.filter(pk=clerk_person.pk).update(email="clerk@example.org")
    before = Entry.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        codes = [client.post("/organisations/reset/", {"username": "clerk"}).status_code for _ in range(30)]
    assert codes == [200] * 5 + [429] * 25
    lines = Performed.objects.filter(action="organisations.request_reset")
    assert set(lines.values_list("actor", "role")) == {(0, "public")}
    assert lines.count() == Entry.objects.count() - before == 3


def test_a_known_and_an_unknown_name_cost_the_page_the_same(client: Client, clerk_person: Person) -> None:
    """What tells them apart happens in the worker: the page asks the same of the database for both."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Person.objects.filter(pk=clerk_person.pk).update(email="clerk@example.org")
    client.post("/organisations/reset/", {"username": "warm"})
    counts = []
    for name in ("clerk", "nobody"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post("/organisations/reset/", {"username": name})
        counts.append([query["sql"].split(" ")[0] for query in queries])
    assert counts[0] == counts[1]


def test_one_password_over_many_names_is_stopped(client: Client, clerk_person: Person) -> None:
    names = [f"name{n}" for n in range(28)]
    for name in names:
        client.post(SIGN_IN, {"username": name, "password": PASSWORD})
    assert client.post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 302


def test_a_stranger_elsewhere_locks_nobody_out(client: Client, clerk_person: Person, settings: Any) -> None:
    stranger = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(settings.AXES_FAILURE_LIMIT + 3):
        stranger.post(SIGN_IN, {"username": "clerk", "password": "wrong"})
    assert client.post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 302


def test_the_right_password_forgets_the_wrong_ones(client: Client, clerk_person: Person, settings: Any) -> None:
    wrong = ["wrong"] * (settings.AXES_FAILURE_LIMIT - 1)
    for password in (*wrong, PASSWORD, "wrong"):
        answer = client.post(SIGN_IN, {"username": "clerk", "password": password})
    assert answer.status_code == 422
    assert client.post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("what", ["reset", "comment"])
def test_anonymous_acts_are_limited_by_address_and_for_everybody_together(db: None, what: str, rf: Any) -> None:
    from tanzhi.organisations.people.limits import ANONYMOUS, refuse_flood

    mine, everybody = ANONYMOUS[what]
    for _ in range(mine):
        refuse_flood(rf.post("/", REMOTE_ADDR="192.0.2.1"), what)
    with pytest.raises(Refused, match="ACT-OFTEN"):
        refuse_flood(rf.post("/", REMOTE_ADDR="192.0.2.1"), what)
    for n in range(everybody - mine):
        refuse_flood(rf.post("/", REMOTE_ADDR=f"198.51.100.{n}"), what)
    with pytest.raises(Refused, match="ACT-OFTEN"):
        refuse_flood(rf.post("/", REMOTE_ADDR="203.0.113.1"), what)


def test_check_deploy_names_time_codes_that_are_off_and_missing_administrators(db: None, settings: Any) -> None:
    from tanzhi.organisations.people.checks import rights

    assert [one.id for one in rights()] == ["tanzhi.W001", "tanzhi.W002"]
    settings.TANZHI_TIME_CODES = ""
    perform("organisations.appoint_first", PLATFORM, data=FIRST)
    assert rights() == []


@pytest.mark.parametrize("until", [None, date(2024, 6, 30)])
@pytest.mark.parametrize(
    "day", [date(2024, 2, 29), date(2024, 3, 1), date(2024, 6, 29), date(2024, 6, 30), date(2024, 7, 1)]
)
def test_who_somebody_is_on_a_day_is_what_the_rule_of_days_says(
    world: factories.World, day: date, until: date | None
) -> None:
    """`actor_of` asks the database in its own words: they mean what `in_force` means, on both edges."""
    person = factories.person("somebody", ("verifier", world.verifier_firm))
    days = {"since": date(2024, 3, 1), "until": until}
    with witnessed("tests.rights", reference(person)):
        Grant.objects.filter(person=person).update(**days)
        Assignment.objects.create(holder=world.verifier_firm, organisation=world.other_plant, **days)
    granted = Grant.objects.filter(in_force(day), person=person).exists()
    looked_after = set(
        Assignment.objects.filter(in_force(day), holder=world.verifier_firm).values_list("organisation", flat=True)
    )
    grants = actor_of(person, day).grants
    assert [grant.role for grant in grants] == (["verifier"] if granted else [])
    assert [grant.assigned for grant in grants] == ([frozenset(looked_after)] if granted else [])
