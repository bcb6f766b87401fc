"""A program prepares and checks for plants that agreed; it deposits, decides, approves and answers nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from tanzhi.actions import clock
from tanzhi.actions.four_eyes import decide, withdraw
from tanzhi.actions.models import Performed, Proposal
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.roles import SERVICE
from tanzhi.actions.visibility import NOBODY, audience_of, sees
from tanzhi.evidence.log import particulars
from tanzhi.evidence.models import Entry, Payload, Upload
from tanzhi.evidence.tracking import unrecorded
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.queries import person_names
from tanzhi.organisations.people.roles import actor_of, public_actor
from tanzhi.web.services.access import READ, actor_of_account, digest
from tanzhi.web.services.model import ServiceAccount, ServiceConsent
from tests import factories
from tests.actions.spots import spots

from .conftest import PREPARING, Program, agree, in_days

if TYPE_CHECKING:
    from collections.abc import Callable

    from tanzhi.actions.actor import Actor
    from tests.factories import World

PREPARES = {
    "filings.open", "filings.save", "filings.upload", "filings.attach", "filings.take_reports", "filings.compose",
    "filings.check", "filings.record_report", "filings.record_reports",
}  # fmt: skip
"""By the brief of integration: save, upload, attach, check, read. Written down a second time, by hand."""


def month(world: World, number: int = 6) -> dict[str, Any]:
    return {"form_code": "power.month", "organisation_id": world.plant.pk, "period": f"2023-{number:02d}"}


def test_what_a_program_may_do_is_this_and_nothing_that_decides() -> None:
    marked = {name for name, entry in ACTIONS.items() if entry.prepares}
    assert marked == PREPARES
    assert [name for name in marked if ACTIONS[name].decides or ACTIONS[name].sensitive] == []
    assert {name for name, entry in ACTIONS.items() if SERVICE.code in entry.by} == PREPARES
    assert [name for name, entry in ACTIONS.items() if SERVICE.code in entry.approvers] == []


def test_whatever_is_not_marked_is_refused_to_a_program_at_every_door(
    world: World, approver: Actor, account: ServiceAccount, program: Program
) -> None:
    """One table over all actions: by its own request, in a batch, and at the action itself."""
    agree(world, approver, account)
    actor = actor_of_account(account)
    others = [name for name in ACTIONS if name not in PREPARES and not name.startswith("t.")]
    assert len(others) > 200
    for name in others:
        with pytest.raises(Refused, match="ACT-SERVICE"):
            perform(name, actor, 1 if ACTIONS[name].subject else None, {})
    batch = program.post("/api/batch", {"acts": [{"action": name, "subject": 1} for name in others]})
    assert {answer["refusal"]["code"] for answer in batch.json()["answers"]} == {"ACT-SERVICE"}
    named = program.act("filings.deposit", subject=1)
    assert (named.status_code, named.json()["code"]) == (403, "ACT-SERVICE")
    assert {"zh", "en"} <= named.json()["message"].keys()


def test_a_program_neither_approves_nor_takes_back(
    world: World, director: Actor, account: ServiceAccount, program: Program
) -> None:
    data = {
        "organisation": world.authority.code, "code": "P2", "name": "x", "scopes": [READ], "ends_on": in_days(1)
    }  # fmt: skip
    proposal = perform("web.open_service", director, data=data).proposal
    assert proposal is not None
    actor = actor_of_account(account)
    with pytest.raises(Refused, match="ACT-SERVICE"):
        decide(proposal, actor)
    with pytest.raises(Refused, match="ACT-SERVICE"):
        withdraw(proposal, actor)
    answer = program.post(f"/api/proposals/{proposal.pk}/decide", {"decision": "approve"})
    assert (answer.status_code, answer.json()["code"]) == (403, "ACT-SERVICE")
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.OPEN


def test_with_consent_a_program_opens_a_month_and_the_log_names_it_and_its_organisation(
    world: World, approver: Actor, account: ServiceAccount, program: Program
) -> None:
    refused = program.act("filings.open", month(world))
    assert (refused.status_code, refused.json()["code"]) == (403, "ACT-CONSENT")
    assert not Filing.objects.exists()
    agree(world, approver, account)
    answer = program.act("filings.open", month(world))
    assert answer.status_code == 200, answer.json()
    entry = Entry.objects.get(pk=answer.json()["entry"])
    body = particulars(entry) or {}
    assert (body["role"], body["program"], body["program_of"]) == ("service", account.pk, world.authority.pk)
    personal = json.loads(bytes(Payload.objects.get(entry=entry, part=Payload.PERSONAL).content or b""))
    assert account.name in str(personal)
    assert world.authority.name.zh in str(personal)
    line = Performed.objects.get(action="filings.open")
    assert line.actor == -account.pk
    assert person_names([line.actor]) == {-account.pk: f"{account.name}（{world.authority.name.zh}）"}


def test_what_a_program_saved_a_person_deposits_and_no_program(
    world: World, approver: Actor, account: ServiceAccount, program: Program
) -> None:
    agree(world, approver, account)
    code = program.act("filings.open", month(world)).json()["result"]["code"]
    saved = program.act("filings.save", {"record": {"units": []}, "reason": "nightly"}, code=code)
    assert saved.status_code == 200, saved.json()
    version = Filing.objects.get().latest
    assert version is not None
    assert (version.person_id, version.person_name) == (-account.pk, f"{account.name}（{world.authority.name.zh}）")
    assert program.act("filings.deposit", code=code).json()["code"] == "ACT-SERVICE"
    read = program.get(f"/api/filings/{Filing.objects.get().pk}").json()
    assert read["record"] == {"units": []}
    assert isinstance(read["findings"], list)


def test_a_program_is_told_the_same_of_what_is_there_and_of_what_is_not(
    world: World, clerk: Actor, account: ServiceAccount, program: Program
) -> None:
    perform("filings.open", clerk, data=month(world))
    there, nowhere = f"power.month:{world.plant.code}:2023-06", f"power.month:{world.plant.code}:2023-07"
    answers = [program.act("filings.check", code=code) for code in (there, nowhere)]
    answers += [program.act("filings.check", subject=number) for number in (Filing.objects.get().pk, 987654321)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(403, answers[0].content)}
    assert answers[0].json()["code"] == "ACT-CONSENT"


@pytest.mark.parametrize(
    ("of_account", "of_consent", "may"),
    [
        (PREPARING, PREPARING, True),
        (PREPARING, ["read", "filings.open"], True),
        (["read", "filings.open"], PREPARING, True),
        (["read", "filings.save"], PREPARING, False),
        (PREPARING, ["read", "filings.save"], False),
        (PREPARING, ["read"], False),
    ],
)
def test_both_the_key_and_the_consent_must_be_for_the_act(
    of_account: list[str], of_consent: list[str], may: bool,
    world: World, approver: Actor, account: ServiceAccount, program: Program,
) -> None:  # fmt: skip
    agree(world, approver, account, scopes=of_consent)
    with unrecorded():
        ServiceAccount.objects.update(scopes=of_account)
    answer = program.act("filings.open", month(world))
    allowed = answer.status_code == 200
    assert allowed is may
    assert allowed or answer.json()["code"] in ("ACT-CONSENT", "API-SCOPE")


def test_a_consent_holds_on_its_last_day_and_not_after_it_and_ends_when_it_is_withdrawn(
    world: World, approver: Actor, account: ServiceAccount, program: Program
) -> None:
    consent = agree(world, approver, account, until=in_days(1))
    with clock.at(clock.now() + timedelta(days=1)):
        assert program.act("filings.open", month(world, 1)).status_code == 200
    with clock.at(clock.now() + timedelta(days=2)):
        assert program.act("filings.open", month(world, 2)).json()["code"] == "ACT-CONSENT"
    filing = Filing.objects.get()
    assert program.get(f"/api/filings/{filing.pk}").status_code == 200
    perform("web.withdraw_consent", approver, consent)
    assert program.act("filings.open", month(world, 2)).json()["code"] == "ACT-CONSENT"
    assert program.get(f"/api/filings/{filing.pk}").status_code == 404
    with pytest.raises(Refused, match="ACT-STATE"):
        perform("web.withdraw_consent", approver, consent)


def test_agreeing_again_replaces_what_was_agreed(world: World, approver: Actor, account: ServiceAccount) -> None:
    agree(world, approver, account)
    agree(world, approver, account, scopes=[READ])
    rows = ServiceConsent.objects.order_by("pk").values_list("state", "scopes")
    assert list(rows) == [("withdrawn", ["filings", "read"]), ("agreed", ["read"])]


@pytest.fixture
def everything(world: World) -> dict[str, Any]:
    """A record of every kind of ours that an action is done to, at the plant."""
    here = spots(world)[0]
    kinds = {entry.subject for entry in ACTIONS.values() if entry.subject}
    return {model._meta.label: here.of(model) for model in kinds}


def test_a_program_sees_what_the_consent_covers_and_besides_what_everybody_sees(
    world: World, approver: Actor, account: ServiceAccount, everything: dict[str, Any]
) -> None:
    def beyond() -> set[str]:
        reader = actor_of_account(account)
        return {label for label, row in everything.items() if sees(reader, row) and not sees(public_actor(), row)}

    assert beyond() == set()
    consent = agree(world, approver, account)
    assert beyond() == {
        "organisations.Organisation", "organisations.Facility", "organisations.Unit",
        "filings.Filing", "filings.LaboratoryReport", "filings.Plan", "verification.CheckHit",
    }  # fmt: skip
    perform("web.withdraw_consent", approver, consent)
    agree(world, approver, account, scopes=["filings"])
    assert beyond() == set(), "to prepare is not to read"


def test_no_list_of_any_model_offers_a_program_more_than_the_plants_own_people_see(
    world: World, approver: Actor, clerk: Actor, account: ServiceAccount, everything: dict[str, Any]
) -> None:
    agree(world, approver, account)
    reader = actor_of_account(account)
    tried = 0
    for model in apps.get_models():
        if not model.__module__.startswith("tanzhi.") or audience_of(model) == NOBODY:
            continue
        rows: Any = model if hasattr(model, "visible_to") else model._default_manager
        if not hasattr(rows, "visible_to") or model in (ServiceAccount, ServiceConsent, Performed):
            continue
        mine = set(rows.visible_to(reader).values_list("pk", flat=True))
        plants = set(rows.visible_to(clerk).values_list("pk", flat=True))
        anybodys = set(rows.visible_to(public_actor()).values_list("pk", flat=True))
        assert mine <= plants | anybodys, model._meta.label
        tried += 1
    assert tried > 20


def test_two_people_open_an_account_and_one_person_is_not_two(world: World, director: Actor, officer: Actor) -> None:
    data = {
        "organisation": world.authority.code, "code": "PROV-2", "name": "系统", "scopes": ["read"],
        "ends_on": in_days(366),
    }  # fmt: skip
    proposal = perform("web.open_service", director, data=data).proposal
    assert proposal is not None
    assert not ServiceAccount.objects.exists()
    with pytest.raises(Refused, match="ACT-SELF"):
        decide(proposal, director)
    assert decide(proposal, officer).result == ServiceAccount.objects.get(code="PROV-2", state="active")


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"code": "x"}, "ACT-INPUT", "code"),
        ({"code": "a b"}, "ACT-INPUT", "code"),
        ({"code": "PROV-1"}, "ACT-INPUT", "code"),
        ({"scopes": []}, "ACT-INPUT", "scopes"),
        ({"scopes": ["filings.deposit"]}, "ACT-INPUT", "scopes"),
        ({"scopes": ["registry"]}, "ACT-INPUT", "scopes"),
        ({"ends_on": "yesterday"}, "ACT-INPUT", "ends_on"),
        ({"ends_on": in_days(-1)}, "ACT-INPUT", "ends_on"),
        ({"ends_on": in_days(367)}, "ACT-INPUT", "ends_on"),
        ({"organisation": "NOBODY"}, "ACT-SCOPE", ""),
        ({"organisation": "OTHER"}, "ACT-SCOPE", ""),
    ],
)
def test_bad_input_is_refused_by_its_field_and_nothing_is_proposed(
    changed: dict[str, Any], code: str, field: str, world: World, director: Actor, account: ServiceAccount
) -> None:
    data = {
        "organisation": world.authority.code, "code": "PROV-3", "name": "系统", "scopes": ["read"],
        "ends_on": in_days(9),
    }  # fmt: skip
    before = Proposal.objects.count()
    with pytest.raises(Refused) as refused:
        perform("web.open_service", director, data=data | changed)
    assert refused.value.code == code
    assert [finding.field for finding in refused.value.findings] == ([field] if field else [])
    assert Proposal.objects.count() == before


@pytest.mark.parametrize("who", ["clerk", "officer", "verifier", "stranger"])
def test_nobody_agrees_for_a_plant_but_its_approver(
    who: str, world: World, account: ServiceAccount, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused) as refused:
        agree(world, request.getfixturevalue(who), account)
    assert refused.value.code in ("ACT-ROLE", "ACT-SCOPE")
    assert not ServiceConsent.objects.exists()


def test_the_approver_of_another_plant_agrees_for_his_own_alone(world: World, account: ServiceAccount) -> None:
    other = actor_of(factories.person("of_other", ("enterprise_approver", world.other_plant)))
    with pytest.raises(Refused, match="ACT-SCOPE"):
        agree(world, other, account)
    consent = agree(world, other, account, organisation=world.other_plant.code)
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform(
            "web.withdraw_consent", actor_of(factories.person("here2", ("enterprise_approver", world.plant))), consent
        )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"service": "NONE"}, "service"),
        ({"scopes": ["filings.deposit"]}, "scopes"),
        ({"until": in_days(-1)}, "until"),
        ({"until": in_days(367)}, "until"),
    ],
)
def test_a_consent_to_nothing_or_for_ever_is_refused(
    changed: dict[str, Any], field: str, world: World, approver: Actor, account: ServiceAccount
) -> None:
    with pytest.raises(Refused) as refused:
        agree(world, approver, account, **changed)
    assert (refused.value.code, [each.field for each in refused.value.findings]) == ("ACT-INPUT", [field])
    assert not ServiceConsent.objects.exists()


def test_a_key_is_stored_as_a_digest_replaced_and_ended(
    account: ServiceAccount, director: Actor, key_of: Callable[[ServiceAccount], str]
) -> None:
    first = key_of(account)
    assert ServiceAccount.objects.get().digest == digest(first)
    assert Program(first).get("/api/me").json() == {
        "name": f"{account.name}（{account.organisation.name.zh}）",
        "roles": ["service"],
    }
    second = key_of(account)
    codes = [Program(key).get("/api/me").status_code for key in (first, second, "tzs_made-up", "tzs_")]
    assert codes == [401, 200, 401, 401]
    perform("web.end_service", director, account)
    ended = Program(second).get("/api/me")
    assert (ended.status_code, ended.json()["code"]) == (401, "API-TOKEN")
    with pytest.raises(Refused, match="ACT-STATE"):
        key_of(account)


def test_a_key_ends_with_the_last_day_of_its_account(account: ServiceAccount, program: Program) -> None:
    for days, status in ((90, 200), (91, 401)):
        with clock.at(clock.now() + timedelta(days=days)):
            assert program.get("/api/me").status_code == status


def test_that_a_key_was_used_is_noted(account: ServiceAccount, program: Program) -> None:
    assert ServiceAccount.objects.get().last_used_at is None
    program.get("/api/me")
    used = ServiceAccount.objects.get().last_used_at
    assert used is not None
    program.get("/api/me")
    assert ServiceAccount.objects.get().last_used_at == used, "within five minutes nothing is written"


def test_a_key_opens_no_page(account: ServiceAccount, program: Program) -> None:
    assert program.get("/services/").status_code == 302
    assert program.get("/audit/").status_code == 302


def test_a_program_stores_files_of_its_own(
    world: World, approver: Actor, account: ServiceAccount, program: Program
) -> None:
    agree(world, approver, account)
    file = SimpleUploadedFile("a.txt", b"meter readings", "text/plain")
    answer = program.client.post("/api/files", {"file": file}, headers=program.headers)
    assert answer.status_code == 200, answer.content
    assert Upload.objects.get(file__sha256=answer.json()["sha256"]).person_id == -account.pk
    with unrecorded():
        ServiceAccount.objects.update(scopes=[READ])
    again = program.client.post("/api/files", {"file": SimpleUploadedFile("b", b"b")}, headers=program.headers)
    assert again.json()["code"] == "API-SCOPE"


# --- the page, for both sides -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees_program", "withdraws"),
    [("enterprise_approver", True, True), ("provincial_director", True, False), ("stranger", False, False)],
)
def test_the_page_says_who_has_access_to_what_and_lets_the_plant_withdraw(
    role: str, sees_program: bool, withdraws: bool,
    world: World, approver: Actor, account: ServiceAccount, enter: Any,
) -> None:  # fmt: skip
    consent = agree(world, approver, account)
    page = enter(role).get("/services/").content.decode()
    assert ("省级对接系统" in page) is sees_program
    assert (f"web.withdraw_consent/{consent.pk}/" in page) is withdraws


def test_a_key_is_shown_once_to_whoever_gave_his_password_a_moment_ago(account: ServiceAccount, enter: Any) -> None:
    client = enter("provincial_director")
    address = f"/services/{account.pk}/key/"
    shown = client.post(address).content.decode()
    assert "tzs_" in shown
    assert "tzs_" not in client.get(address).content.decode()
    session = client.session
    session["password_at"] = 0
    session.save()
    assert client.post(address).status_code == 302
