"""Two people, by person and not by role: over every action that decides on somebody's work."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tanzhi.actions.actor import Actor, ActorRole, Place
from tanzhi.actions.conflicts import refuse_conflict
from tanzhi.actions.models import Performed, Proposal
from tanzhi.actions.references import reference
from tanzhi.actions.registry import ACTIONS, Refused, decide, perform
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.register.model import Organisation, OrganisationEvent
from tests import factories
from tests.factories import World

DECIDING = re.compile(
    r"approve|confirm|accept|deposit|publish|decide|settle|issue|admit|sign_off|conclude|close|reject|evaluate|archive"
    r"|enter_library|grant|end_grant|disable|enable|offer_reset|register|record_|notify|recommend"
)
# Acts with a deciding word that decide on nobody's work, each with the reason.
ALONE = {
    "ccer.conclude_validation": "the body's own work; two decide on the registration",
    "ccer.conclude_verification": "the body's own work; two decide on the issuance",
    "ccer.record_refusal": "writes down what the ministry answered",
    "filings.record_report": "writes down what a laboratory reported; another deposits the month that rests on it",
    "filings.record_reports": "the same for several",
    "finance.grant_credit": "the bank's own report of its credit",
    "intensity.record_energy": "enters data",
    "intensity.record_gdp": "enters data",
    "intensity.record_index": "enters data",
    "intensity.record_reference": "enters data",
    "organisations.accept_invitation": "a person's own account",
    "organisations.confirm_totp": "a person's own device",
    "organisations.disclose_list": "makes the kept list public; what stands on it was entered with its basis",
    "organisations.own_accept_application": "a head lets somebody into his own organisation, in no role of a head",
    "organisations.own_disable": "a head's own people; the last head stays, person and auditors get word",
    "organisations.own_end_grant": "a head's own people; the last head stays, person and auditors get word",
    "organisations.own_grant": "a head's own people, in roles of their kind; nobody gives himself one",
    "organisations.own_offer_reset": "to the person's own mail, which the head does not see",
    "organisations.close": "keeps the register of organisations",
    "organisations.register": "keeps the register of organisations",
    "policy.close_event": "writes down what took place",
    "policy.close_round": "ends a period of reporting",
    "policy.close_visit": "writes down what took place",
    "policy.notify_audit": "sends a letter",
    "policy.publish_audit_list": "opens audits; each is confirmed by another person",
    "policy.register_document": "enters a document",
    "registry.close_cycle": "says that a cycle has ended; refused while a plant owes or its obligation is not known",
    "registry.accept_transfer": "the receiver's own consent",
    "web.disable_hook": "what ten failures in a row come to; nobody's decision",
    "web.issue_service_key": "the key of an account that two people opened",
    "verification.archive": "gives a shelf mark to what two decided",
    "verification.record_own_disclosure": "writes down what the enterprise disclosed to everybody",
    "verification.record_energy_statistics": "writes down what the statistics say of a region",
    "verification.decide_list_row": "a row of a draft; two decide the whole list",
    "verification.close_penalty": "shuts the file of a fine that is paid",
    "verification.publish_penalty": "makes public what two decided",
    "verification.notify_penalty": "tells the party what is proposed; two decide",
    "verification.issue_list": "the body's own work",
    "verification.publish_list": "makes public what two decided",
    "verification.publish_evaluation": "makes public what two decided",
}
ADMINISTRATION = {"grant_role", "end_grant", "disable_person", "enable_person", "offer_reset", "disable_totp"}


def test_every_action_that_decides_is_for_another_person_or_says_why_not() -> None:
    alone = {
        name
        for name, entry in ACTIONS.items()
        if DECIDING.search(name.partition(".")[2]) and not entry.decides and not name.startswith("t.")
    }
    assert alone == set(ALONE)


def test_an_act_that_is_named_as_made_by_another_exists() -> None:
    named = {act for entry in ACTIONS.values() for acts in entry.other_than for act in acts}
    assert named <= set(ACTIONS)


@pytest.mark.django_db
def test_whoever_did_the_act_before_does_not_decide_on_it_and_another_does() -> None:
    """Every action with `other_than`: the last to do each of those acts is refused, whatever roles he holds."""
    everything = [ActorRole(role, 7, "990000/", frozenset({7})) for role in KNOWN_ROLES if role != "person"]
    made, another = Actor(501, "made it", everything), Actor(502, "another", everything)
    tried = 0
    for entry in ACTIONS.values():
        for number, acts in enumerate(entry.other_than):
            subject = SimpleNamespace(pk=10_000 + tried, _meta=entry.subject._meta)  # type: ignore[union-attr]
            for act, person in ((acts[0], 502), (acts[-1], 501)):
                Performed.objects.create(
                    action=act, subject=reference(subject), actor=person, role="x", digest="", at=timezone.now()
                )  # fmt: skip
            bare = replace(entry, authors=None, other_than=(entry.other_than[number],))
            with pytest.raises(Refused, match="ACT-SELF"):
                refuse_conflict(bare, made, "city_officer", subject, None)
            refuse_conflict(bare, another, "city_officer", subject, None)
            tried += 1
        if entry.authors is not None:
            known = replace(entry, other_than=(), authors=lambda _subject: [None, 0, 501])
            with pytest.raises(Refused, match="ACT-SELF"):
                refuse_conflict(known, made, "city_officer", None, None)
            refuse_conflict(known, another, "city_officer", None, None)
            tried += 1
    assert tried > 20


def test_an_official_does_not_decide_for_an_organisation_of_his_own() -> None:
    both = Actor(
        1, "two offices", [ActorRole("provincial_officer", 7, "990000/"), ActorRole("enterprise_filer", 9, "990000/")]
    )
    for entry in ACTIONS.values():
        # one that is limited says itself whose matter is whose, such as the undoing of an office's own import
        if entry.decides and not entry.other_than and entry.authors is None and entry.limits is None:
            with pytest.raises(Refused, match="ACT-OWN"):
                refuse_conflict(entry, both, "provincial_officer", None, Place(organisation_id=9))
            refuse_conflict(entry, both, "provincial_officer", None, Place(organisation_id=8))


def test_acts_on_rights_are_two_administrators_and_ask_the_password() -> None:
    rights = {f"organisations.{name}" for name in ADMINISTRATION}
    assert {name for name in rights if ACTIONS[name].second_person and ACTIONS[name].sensitive} == rights


@pytest.mark.django_db
def test_one_person_with_both_roles_of_a_plant_does_not_file_check_and_deposit_alone(world: World) -> None:
    """Finding 3.1, as it was tried: the deposit is for another person, whoever holds the role."""
    from tanzhi.organisations.people.roles import actor_of

    roles = (("enterprise_filer", world.plant), ("enterprise_approver", world.plant))
    both, other = actor_of(factories.person("both", *roles)), actor_of(factories.person("other", *roles))
    asked = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2023-06"}
    filing: Filing = perform("filings.open", both, data=asked).result
    entry, place = ACTIONS["filings.deposit"], filing.place
    from tanzhi.filings.months.model import Version

    Version.objects.create(filing=filing, number=1, values="{}", digest="", person_id=both.person_id, at=timezone.now())
    with pytest.raises(Refused, match="ACT-SELF"):
        refuse_conflict(entry, both, "enterprise_approver", filing, place)
    refuse_conflict(entry, other, "enterprise_approver", filing, place)
    line = {"subject": reference(filing), "role": "x", "digest": "", "at": timezone.now()}
    Performed.objects.create(action="filings.check", actor=other.person_id, **line)
    with pytest.raises(Refused, match="ACT-SELF"):
        refuse_conflict(entry, other, "enterprise_approver", filing, place)


@pytest.fixture
def guarded(plant: Organisation) -> None:
    """An action for two whose own rule refuses a second event of a day."""
    fine = ACTIONS["t.fine"].function

    def once(call: object, organisation: Organisation) -> object:
        if OrganisationEvent.objects.filter(organisation=organisation, basis="逾期未清缴").exists():
            raise Refused("T-TWICE", ACTIONS["t.fine"].label, 409)
        return fine(call, organisation)

    ACTIONS["t.fine"] = replace(ACTIONS["t.fine"], function=once)


@pytest.mark.django_db
@pytest.mark.usefixtures("guarded")
def test_what_would_refuse_the_approval_refuses_the_proposal(
    plant: Organisation, officer: Actor, director: Actor
) -> None:
    """Finding 3.6: every proposal is rehearsed, so no refusal waits for the second person."""
    words = {"words": "逾期未清缴", "tonnes": 7}
    first = perform("t.fine", officer, plant, words).proposal
    assert not OrganisationEvent.objects.filter(basis="逾期未清缴").exists()
    second = perform("t.fine", officer, plant, words).proposal
    decide(first, director)
    with pytest.raises(Refused, match="T-TWICE"):
        perform("t.fine", officer, plant, words)
    with pytest.raises(Refused, match="ACT-STALE"):
        decide(second, director)
    assert Proposal.objects.filter(state=Proposal.OPEN).count() == 1
