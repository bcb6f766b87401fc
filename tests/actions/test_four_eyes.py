"""Four eyes: each rule by its code, and what an approval binds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

import tanzhi
from tanzhi.actions.four_eyes import waiting
from tanzhi.actions.models import Proposal
from tanzhi.actions.registry import Actor, Refused, decide, may_decide, perform, withdraw
from tanzhi.organisations.register.model import Organisation, OrganisationEvent

pytestmark = pytest.mark.django_db
FINE = {"words": "逾期未清缴", "tonnes": 7}


@pytest.fixture
def proposal(plant: Organisation, officer: Actor) -> Proposal:
    proposal = perform("t.fine", officer, plant, FINE).proposal
    assert proposal is not None
    return proposal


def fined() -> int:
    return OrganisationEvent.objects.filter(basis=FINE["words"]).count()


def code_of(proposal: Proposal, actor: Actor, *decision: object) -> str:
    with pytest.raises(Refused) as refusal:
        decide(proposal, actor, *decision)
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.OPEN
    return refusal.value.code


def test_the_first_call_changes_nothing(proposal: Proposal) -> None:
    assert fined() == 0
    assert proposal.state == Proposal.OPEN


def test_another_person_approves_and_it_is_done(proposal: Proposal, director: Actor) -> None:
    outcome = decide(proposal, director)
    assert outcome.result.basis == FINE["words"]
    assert fined() == 1
    assert Proposal.objects.get(pk=proposal.pk).decider == director.person_id


def test_nobody_approves_what_he_proposed(proposal: Proposal, officer: Actor) -> None:
    assert code_of(proposal, officer) == "ACT-SELF"


def test_nobody_approves_what_concerns_his_own_organisation(proposal: Proposal, director: Actor, clerk: Actor) -> None:
    at_home_too = replace(director, grants=director.grants + clerk.grants)
    assert code_of(proposal, at_home_too) == "ACT-OWN"


def test_whoever_has_no_such_role_does_not_decide(proposal: Proposal, clerk: Actor) -> None:
    assert code_of(proposal, clerk) == "ACT-ROLE"


def test_another_provinces_officer_does_not_decide(proposal: Proposal, other_officer: Actor) -> None:
    assert code_of(proposal, other_officer) == "ACT-SCOPE"


def test_a_rejection_needs_a_reason(proposal: Proposal, director: Actor) -> None:
    assert code_of(proposal, director, False, "  ") == "ACT-REASON"


def test_a_rejection_with_its_reason_ends_it(proposal: Proposal, director: Actor) -> None:
    decide(proposal, director, approve=False, reason="依据不足")
    kept = Proposal.objects.get(pk=proposal.pk)
    assert (kept.state, kept.reason, fined()) == (Proposal.REJECTED, "依据不足", 0)
    with pytest.raises(Refused, match="ACT-STATE"):
        decide(proposal, director)


def test_the_proposer_withdraws_and_nobody_else(proposal: Proposal, officer: Actor, director: Actor) -> None:
    with pytest.raises(Refused, match="ACT-SCOPE"):
        withdraw(proposal, director)
    withdraw(proposal, officer)
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.WITHDRAWN


def test_a_proposal_expires(proposal: Proposal, director: Actor, plant: Organisation) -> None:
    assert list(waiting(plant)) == [proposal]
    with time_machine.travel(datetime(2999, 1, 1, tzinfo=UTC), tick=False):
        assert code_of(proposal, director) == "ACT-EXPIRED"
        assert not may_decide(proposal, director)
        assert list(waiting(plant)) == []


@pytest.mark.parametrize("room", ["streams/market", "streams/intensity", "workflow/case", "bulletin"])
def test_what_waits_about_a_record_is_asked_in_one_place(room: str) -> None:
    """So that no page says that a proposal waits whose time is over."""
    modules = (Path(tanzhi.__file__).parent / room).rglob("*.py")
    assert [module.name for module in modules if "state=Proposal.OPEN" in module.read_text("utf-8")] == []


def test_an_approval_binds_the_revision_that_was_proposed_on(
    proposal: Proposal, plant: Organisation, officer: Actor, director: Actor
) -> None:
    perform("t.note", officer, plant, {"words": "其间改动"})
    assert code_of(proposal, director) == "ACT-STALE"


def test_an_approval_binds_the_payload(proposal: Proposal, director: Actor) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(data=FINE | {"tonnes": 8})
    assert code_of(proposal, director) == "ACT-REPEAT"
    assert fined() == 0


def test_the_list_of_what_waits_follows_the_same_rules(
    proposal: Proposal, officer: Actor, director: Actor, clerk: Actor
) -> None:
    assert [may_decide(proposal, actor) for actor in (officer, director, clerk)] == [False, True, False]
