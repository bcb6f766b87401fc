"""What every action has in common."""

from __future__ import annotations

import json

import pytest

from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Actor, Refused, action, anywhere, perform
from tanzhi.evidence.log import particulars
from tanzhi.evidence.models import Entry
from tanzhi.organisations.register.model import Organisation, OrganisationEvent
from tanzhi.rulebook.kernel.text import Text
from tests.factories import World

pytestmark = pytest.mark.django_db
NOTE = {"words": "六月数据已核", "tonnes": 3}


def noted() -> int:
    return OrganisationEvent.objects.filter(basis=NOTE["words"]).count()


def refused(name: str, actor: Actor, subject: object, data: object = None, **more: object) -> Refused:
    """The refusal of this call, after proof that it left nothing."""
    kept = Entry.objects.count(), Performed.objects.count(), OrganisationEvent.objects.count()
    with pytest.raises(Refused) as found:
        perform(name, actor, subject, data, **more)
    assert kept == (Entry.objects.count(), Performed.objects.count(), OrganisationEvent.objects.count())
    return found.value


def test_the_plants_clerk_may(plant: Organisation, clerk: Actor) -> None:
    outcome = perform("t.note", clerk, plant, NOTE)
    assert outcome.result.basis == NOTE["words"]


def test_the_provinces_officer_may(plant: Organisation, officer: Actor) -> None:
    perform("t.note", officer, plant, NOTE)
    assert noted() == 1


def test_a_verifier_may_not_what_his_role_may_not(plant: Organisation, verifier: Actor) -> None:
    refusal = refused("t.note", verifier, plant, NOTE)
    assert (refusal.code, refusal.status) == ("ACT-ROLE", 403)


def test_a_stranger_does_not_learn_that_the_record_exists(plant: Organisation, stranger: Actor) -> None:
    there = refused("t.note", stranger, plant, NOTE)
    nowhere = refused("t.note", stranger, 999_999, NOTE)
    assert (there.code, there.status, there.message) == (nowhere.code, nowhere.status, nowhere.message)
    assert there.status == 404


def test_another_provinces_officer_reaches_nothing_here(plant: Organisation, other_officer: Actor) -> None:
    assert refused("t.note", other_officer, plant, NOTE).code == "ACT-SCOPE"


def test_a_state_that_the_action_does_not_leave_is_named(plant: Organisation, officer: Actor) -> None:
    perform("t.suspend", officer, plant)
    refusal = refused("t.note", officer, plant, NOTE)
    assert refusal.code == "ACT-STATE"
    assert "suspended" in refusal.message.en
    assert "active" in refusal.message.zh


def test_the_action_enters_its_state_and_counts_a_revision(plant: Organisation, officer: Actor) -> None:
    perform("t.suspend", officer, plant)
    after = Organisation.objects.get(pk=plant.pk)
    assert (after.state, after.revision - Organisation.objects.get(pk=plant.pk - 1).revision > 0) == ("suspended", True)


def test_a_page_that_showed_an_older_revision_is_told_what_changed(plant: Organisation, officer: Actor) -> None:
    seen = Organisation.objects.get(pk=plant.pk).revision
    perform("t.note", officer, plant, NOTE, seen=seen)
    refusal = refused("t.note", officer, plant, {"words": "第二页"}, seen=seen)
    assert refusal.code == "ACT-STALE"
    assert "记事" in refusal.message.zh
    assert "Note" in refusal.message.en


def test_every_field_that_does_not_fit_is_named_in_both_languages(plant: Organisation, officer: Actor) -> None:
    refusal = refused("t.note", officer, plant, {"words": "x", "tonnes": "many", "extra": 1})
    assert refusal.code == "ACT-INPUT"
    assert [finding.field for finding in refusal.findings] == ["words", "tonnes", "extra"]
    tonnes = refusal.findings[1]
    assert "吨数" in tonnes.message.zh
    assert "整数" in tonnes.message.zh
    assert "Tonnes" in tonnes.message.en
    assert "a whole number" in tonnes.message.en


def test_a_blank_is_told_as_blank(plant: Organisation, officer: Actor) -> None:
    finding = refused("t.note", officer, plant, {}).findings[0]
    assert (finding.field, finding.expected) == ("words", Text("必填", "required"))


def test_an_error_half_way_leaves_nothing(plant: Organisation, officer: Actor) -> None:
    with pytest.raises(RuntimeError):
        perform("t.break", officer, plant)
    assert not OrganisationEvent.objects.filter(basis="half").exists()
    assert not Performed.objects.filter(action="t.break").exists()


def test_the_evidence_says_who_what_and_from_which_state_to_which(plant: Organisation, officer: Actor) -> None:
    entry = perform("t.suspend", officer, plant).entry
    body = particulars(entry)
    assert body
    assert (entry.kind, entry.subject) == ("t.suspend", f"organisations.organisation:{plant.pk}")
    assert (body["role"], body["from"], body["to"]) == ("provincial_officer", "active", "suspended")
    personal = json.loads(bytes(entry.parts.get(part="personal").content))
    assert (personal["actor"], personal["actor_name"]) == (officer.person_id, officer.name)


def test_what_the_action_attached_stands_in_the_evidence(plant: Organisation, clerk: Actor) -> None:
    entry = perform("t.note", clerk, plant, NOTE).entry
    assert (particulars(entry) or {})["words"] == NOTE["words"]


def test_the_same_key_gives_the_first_outcome(plant: Organisation, clerk: Actor) -> None:
    first = perform("t.note", clerk, plant, NOTE, idempotency_key="a")
    again = perform("t.note", clerk, plant, NOTE, idempotency_key="a")
    assert (again.result, again.entry) == (first.result, first.entry)
    assert noted() == 1


def test_the_same_key_with_another_payload_is_refused(plant: Organisation, clerk: Actor) -> None:
    perform("t.note", clerk, plant, NOTE, idempotency_key="a")
    refusal = refused("t.note", clerk, plant, {"words": "别的"}, idempotency_key="a")
    assert (refusal.code, refusal.status) == ("ACT-REPEAT", 409)


def test_two_people_may_use_the_same_key(plant: Organisation, clerk: Actor, officer: Actor) -> None:
    perform("t.note", clerk, plant, NOTE, idempotency_key="a")
    perform("t.note", officer, plant, NOTE, idempotency_key="a")
    assert noted() == 2


def test_a_refused_call_does_not_use_its_key_up(plant: Organisation, clerk: Actor) -> None:
    refused("t.note", clerk, plant, {"words": "x"}, idempotency_key="a")
    perform("t.note", clerk, plant, NOTE, idempotency_key="a")
    assert noted() == 1


def test_an_unknown_action_is_told_as_such(clerk: Actor) -> None:
    assert refused("t.nothing", clerk, None).code == "ACT-UNKNOWN"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"by": {"emperor"}, "place": anywhere}, "unknown roles"),
        ({"by": set(), "place": anywhere}, "nobody may"),
        ({"by": {"bank"}}, "say subject=Model"),
        ({"by": {"bank"}, "place": anywhere, "label": "no twin"}, "label must be"),
    ],
    ids=["unknown role", "nobody", "no place", "label in one language"],
)
def test_a_wrong_registration_fails_at_once(options: dict[str, object], error: str) -> None:
    with pytest.raises((ValueError, TypeError), match=error):
        action("t.wrong", **({"label": Text("误", "Wrong")} | options))(lambda call: None)


def test_a_role_that_reaches_is_chosen_before_one_that_does_not(world: World, clerk: Actor, stranger: Actor) -> None:
    both = Actor(clerk.person_id, clerk.name, stranger.grants + clerk.grants)
    perform("t.note", both, world.plant, NOTE)
    assert noted() == 1
