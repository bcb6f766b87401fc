"""Verified emissions made public: prepared, circulated to the enterprises, claimed secrets, two people, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, Refused, decide, perform, withdraw
from tanzhi.evidence.models import Entry
from tanzhi.organisations.people.roles import actor_of, public_actor
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.presentation.open_data.data_set import data_set_of
from tanzhi.streams.verification.cases.model import Conclusion, Verification
from tanzhi.streams.verification.disclosure.model import DisclosedEmission, EmissionDisclosure, public_rows
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.notices.model import Notice
from tanzhi.workflow.todos.todo import todos
from tests.factories import World, organisation, person
from tests.refusing import refused
from tests.streams.verification.conftest import day
from tests.streams.verification.key_list.conftest import verified

DRAFT = {"region": "990000", "year": 2023, "sector": "power"}
BY = {"document": "环气候〔2024〕12号"}
WHY = {"reason": "the results are to be checked once more"}
PUBLISH = ["verification.publish_disclosure"]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with day(10, 8):
        yield


@pytest.fixture
def case(world: World) -> Verification:
    """A verification whose result is final."""
    case = verified(world.plant, 2023, "30000")
    Conclusion.objects.filter(case=case).update(at=clock.now())
    return case


@pytest.fixture
def prepared(case: Verification, officer: Actor) -> EmissionDisclosure:
    result: EmissionDisclosure = perform("verification.prepare_disclosure", officer, data=DRAFT).result
    return result


def circulate(disclosure: EmissionDisclosure, officer: Actor) -> EmissionDisclosure:
    perform("verification.circulate_disclosure", officer, disclosure)
    disclosure.refresh_from_db()
    return disclosure


@pytest.fixture
def circulated(prepared: EmissionDisclosure, officer: Actor) -> EmissionDisclosure:
    return circulate(prepared, officer)


def row_of(disclosure: EmissionDisclosure) -> DisclosedEmission:
    row: DisclosedEmission = disclosure.rows.get()
    return row


def publish(disclosure: EmissionDisclosure, officer: Actor, director: Actor) -> EmissionDisclosure:
    """After the days in which the enterprises may claim."""
    with day(10, 16):
        proposal = perform("verification.publish_disclosure", officer, disclosure, BY).proposal
        assert proposal is not None
        decide(proposal, director)
    disclosure.refresh_from_db()
    return disclosure


def correct(case: Verification, tonnes: str) -> None:
    """The result as it stands after a decision on it."""
    Conclusion.objects.create(
        case=case, number=2, report_number="C-2", conforms=False, opinion="", reported="30000", verified=tonnes,
        release="", person_name="verifier", at=clock.now(),
    )  # fmt: skip


def test_nothing_is_public_before_two_people_decided(
    circulated: EmissionDisclosure, officer: Actor, director: Actor, client: Client
) -> None:
    public = reverse("verification:public_emissions")
    assert circulated.place.published is False
    assert not DisclosedEmission.objects.visible_to(public_actor()).exists()
    assert client.get(row_of(circulated).get_absolute_url()).status_code == 404
    assert "30000" not in client.get(public).content.decode().replace(",", "").replace("\u2009", "")
    publish(circulated, officer, director)
    row = row_of(circulated)
    assert (row.emission, row.conforms, row.organisation.code) == (
        "30000",
        True,
        circulated.rows.get().organisation.code,
    )
    assert row.seen_by(public_actor())
    assert client.get(row.get_absolute_url()).status_code == 200
    assert row.get_absolute_url() in client.get(public).content.decode()
    entry = Entry.objects.filter(kind="verification.publish_disclosure").latest("pk")
    assert entry.subject == circulated.reference


def test_emission_and_conclusion_stand_beside_the_enterprise_where_a_phone_shows_them(
    circulated: EmissionDisclosure, officer: Actor, director: Actor, client: Client
) -> None:
    publish(circulated, officer, director)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("verification:public_emissions")).content.decode()
    heads = re.findall(r"<th[^>]*>(.*?)</th>", page, re.DOTALL)
    words = [re.sub(r"<[^>]+>|\s+", " ", head).split()[0] for head in heads]
    assert words[:4] == ["Enterprise", "Verified", "Conclusion", "Year"]


def test_an_enterprise_sees_its_row_once_it_is_shown_and_another_one_never(
    prepared: EmissionDisclosure, officer: Actor, approver: Actor, stranger: Actor
) -> None:
    row = row_of(prepared)
    assert not row.seen_by(approver)
    perform("verification.circulate_disclosure", officer, prepared)
    assert row.seen_by(approver)
    assert not row.seen_by(stranger)


def test_a_secret_is_claimed_answered_and_withheld(
    circulated: EmissionDisclosure, officer: Actor, director: Actor, approver: Actor
) -> None:
    row = row_of(circulated)
    claim = {"parts": ["facilities"], "reason": "机组构成属商业秘密"}
    perform("verification.claim_secret", approver, row, claim)
    with day(10, 16), refused("DIS-WAITS"):
        perform("verification.publish_disclosure", officer, circulated, BY)
    perform("verification.answer_secret", officer, row_of(circulated), {"outcome": "accepted", "reason": "理由成立"})
    row = row_of(publish(circulated, officer, director))
    assert (row.withheld, row.public_facilities, row.public_method) == (["facilities"], None, "power")
    (told,) = data_set_of("verified_emissions").rows()
    assert (told.values["facilities"], told.values["method"], str(told.values["emission"])) == ("", "power", "30000")


def test_a_claim_that_is_rejected_is_public_all_the_same(
    circulated: EmissionDisclosure, officer: Actor, approver: Actor
) -> None:
    claim = {"parts": ["facilities", "method"], "reason": "方法属商业秘密"}
    perform("verification.claim_secret", approver, row_of(circulated), claim)
    perform(
        "verification.answer_secret", officer, row_of(circulated), {"outcome": "rejected", "reason": "依法应当公开"}
    )
    row = row_of(circulated)
    assert (row.withheld, row.public_method, row.waits) == ([], "power", False)


def test_claims_are_made_while_it_is_shown_and_by_the_enterprise(
    prepared: EmissionDisclosure, officer: Actor, approver: Actor, director: Actor, world: World
) -> None:
    claim = {"parts": ["method"], "reason": "属商业秘密"}
    another = actor_of(person("another_head", ("enterprise_approver", world.other_plant)))
    with refused("DIS-CLOSED"):
        perform("verification.claim_secret", approver, row_of(prepared), claim)
    with refused("ACT-SCOPE"):
        perform("verification.claim_secret", another, row_of(prepared), claim)
    perform("verification.circulate_disclosure", officer, prepared)
    with refused("DIS-NO-CLAIM"):
        perform("verification.answer_secret", officer, row_of(prepared), {"outcome": "accepted", "reason": "没有主张"})
    publish(prepared, officer, director)
    with refused("DIS-CLOSED"):
        perform("verification.claim_secret", approver, row_of(prepared), claim)


def test_what_was_verified_otherwise_meanwhile_is_prepared_anew(
    circulated: EmissionDisclosure, case: Verification, officer: Actor, director: Actor
) -> None:
    with day(10, 16):
        proposal = perform("verification.publish_disclosure", officer, circulated, BY).proposal
        assert proposal is not None
        correct(case, "31000")
        with pytest.raises(Refused) as fault:
            decide(proposal, director)
    assert fault.value.code == "DIS-STALE"
    assert "PLANT" in str(fault.value.message.zh)
    perform("verification.prepare_anew", officer, circulated)
    row = row_of(circulated)
    assert (row.emission, row.version) == ("31000", 1)


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    circulated: EmissionDisclosure, case: Verification, officer: Actor, director: Actor, client: Client
) -> None:
    publish(circulated, officer, director)
    with refused("DIS-NONE"):  # public as it stands
        perform("verification.prepare_disclosure", officer, None, DRAFT)
    correct(case, "31000")
    with refused("DIS-WHY"):
        perform("verification.prepare_disclosure", officer, None, DRAFT)
    data = {**DRAFT, "correction": "复核后重新核定"}
    second: EmissionDisclosure = perform("verification.prepare_disclosure", officer, data=data).result
    with refused("DIS-OPEN"):
        perform("verification.prepare_disclosure", officer, None, data)
    publish(circulate(second, officer), officer, director)
    versions = public_rows().order_by("version").values_list("version", "emission", "stands")
    assert list(versions) == [(1, "30000", False), (2, "31000", True)]
    page = client.get(row_of(circulated).get_absolute_url()).content.decode()
    assert row_of(second).get_absolute_url() in page
    assert "复核后重新核定" in client.get(row_of(second).get_absolute_url()).content.decode()


def test_what_is_verified_later_is_a_disclosure_of_its_own_and_corrects_nothing(
    circulated: EmissionDisclosure, world: World, officer: Actor, director: Actor
) -> None:
    publish(circulated, officer, director)
    verified(organisation("LATER", world.city), 2023, "40000")
    second: EmissionDisclosure = perform("verification.prepare_disclosure", officer, data=DRAFT).result
    assert (second.number, row_of(second).organisation.code, row_of(second).version) == (2, "LATER", 1)


def test_an_answer_stays_with_the_next_version(
    circulated: EmissionDisclosure, case: Verification, officer: Actor, approver: Actor, director: Actor
) -> None:
    perform("verification.claim_secret", approver, row_of(circulated), {"parts": ["method"], "reason": "属商业秘密"})
    perform("verification.answer_secret", officer, row_of(circulated), {"outcome": "accepted", "reason": "理由成立"})
    publish(circulated, officer, director)
    correct(case, "31000")
    second = perform("verification.prepare_disclosure", officer, data={**DRAFT, "correction": "重新核定"}).result
    assert (row_of(second).withheld, row_of(second).waits) == (["method"], False)


def test_a_secret_is_claimed_until_the_fifth_working_day_and_nothing_is_public_before(
    circulated: EmissionDisclosure, officer: Actor, approver: Actor
) -> None:
    # Shown on Tuesday 8 October 2024: 9, 10, 11, Saturday 12 (worked), Monday 14 the fifth.
    assert circulated.claims_until == date(2024, 10, 14)
    claim = {"parts": ["method"], "reason": "属商业秘密"}
    with day(10, 14):
        with refused("DIS-EARLY"):
            perform("verification.publish_disclosure", officer, circulated, BY)
        perform("verification.claim_secret", approver, row_of(circulated), claim)
    with day(10, 15), refused("DIS-LATE"):
        perform("verification.claim_secret", approver, row_of(circulated), claim)


def test_a_page_offers_what_would_not_be_refused(
    circulated: EmissionDisclosure, officer: Actor, director: Actor, approver: Actor
) -> None:
    """While enterprises may claim nothing is published, where nothing is claimed nothing is answered."""

    def offered(actor: Actor) -> list[str]:
        names = ("verification.claim_secret", "verification.answer_secret")
        acts = [*buttons(actor, names, row_of(circulated)), *buttons(actor, PUBLISH, circulated)]
        return [button.name.removeprefix("verification.") for button in acts]

    assert (offered(approver), offered(officer)) == (["claim_secret"], [])
    perform("verification.claim_secret", approver, row_of(circulated), {"parts": ["method"], "reason": "属商业秘密"})
    assert offered(officer) == ["answer_secret"]
    perform("verification.answer_secret", officer, row_of(circulated), {"outcome": "accepted", "reason": "理由成立"})
    with day(10, 16):
        assert (offered(approver), offered(officer)) == ([], ["answer_secret", "publish_disclosure"])
    publish(circulated, officer, director)
    assert (offered(approver), offered(officer)) == ([], [])


def test_an_answer_that_changed_since_it_was_proposed_publishes_nothing(
    circulated: EmissionDisclosure, officer: Actor, director: Actor, approver: Actor
) -> None:
    """The director saw that a secret is withheld: what was decided otherwise meanwhile is for a new proposal."""
    perform("verification.claim_secret", approver, row_of(circulated), {"parts": ["method"], "reason": "属商业秘密"})
    perform("verification.answer_secret", officer, row_of(circulated), {"outcome": "accepted", "reason": "理由成立"})
    circulated.refresh_from_db()
    with day(10, 16):
        proposal = perform("verification.publish_disclosure", officer, circulated, BY).proposal
        assert proposal is not None
        otherwise = {"outcome": "rejected", "reason": "依法应当公开"}
        perform("verification.answer_secret", officer, row_of(circulated), otherwise)
        with refused("ACT-STALE"):
            decide(proposal, director)
    assert not DisclosedEmission.objects.visible_to(public_actor()).exists()


def notices(actor: Actor) -> list[str]:
    return list(Notice.objects.filter(person_id=actor.person_id).order_by("pk").values_list("title_en", flat=True))


def test_what_is_not_public_yet_is_withdrawn_with_a_reason_and_may_be_prepared_again(
    circulated: EmissionDisclosure, officer: Actor, director: Actor, approver: Actor, stranger: Actor, client: Client
) -> None:
    row = row_of(circulated)
    perform("verification.claim_secret", approver, row, {"parts": ["facilities"], "reason": "layout of the plant"})
    perform("verification.withdraw_disclosure", officer, circulated, WHY)
    circulated.refresh_from_db()
    row.refresh_from_db()
    assert (circulated.state, circulated.withdrawal, row.withdrawn) == ("withdrawn", WHY["reason"], True)
    assert row.claim == "layout of the plant"  # what was claimed stays to be read
    assert row.seen_by(approver)
    assert not row.seen_by(stranger)
    assert not row.seen_by(public_actor())
    assert client.get(row.get_absolute_url()).status_code == 404
    assert Clock.objects.get(subject=circulated.reference, limit="disclose").state == Clock.STOPPED
    again: EmissionDisclosure = perform("verification.prepare_disclosure", officer, data=DRAFT).result
    assert (again.number, row_of(again).conclusion, row_of(again).version) == (2, row.conclusion, 1)
    publish(circulate(again, officer), officer, director)
    assert row_of(again).seen_by(public_actor())
    assert not row.seen_by(public_actor())


def test_the_enterprises_that_were_asked_are_told_of_a_withdrawal_and_others_not(
    prepared: EmissionDisclosure, officer: Actor, approver: Actor, clerk: Actor
) -> None:
    perform("verification.withdraw_disclosure", officer, prepared, WHY)
    assert notices(clerk) == []
    assert not row_of(prepared).seen_by(approver)
    shown = circulate(perform("verification.prepare_disclosure", officer, data=DRAFT).result, officer)
    perform("verification.prepare_anew", officer, shown)  # asked before it was prepared anew
    shown.refresh_from_db()
    with day(10, 9):
        perform("verification.withdraw_disclosure", officer, shown, WHY)
    shown_first, withdrawn = notices(clerk)
    assert shown_first.endswith("look at what will be made public")
    assert withdrawn.endswith("withdrawn, it is not made public now")


def test_a_withdrawal_needs_a_reason_an_officer_and_a_disclosure_that_is_not_public(
    circulated: EmissionDisclosure, officer: Actor, director: Actor, approver: Actor
) -> None:
    with refused("ACT-INPUT"):
        perform("verification.withdraw_disclosure", officer, circulated, {"reason": ""})
    for other in (approver, director):
        with pytest.raises(Refused):
            perform("verification.withdraw_disclosure", other, circulated, WHY)
    publish(circulated, officer, director)
    with pytest.raises(Refused):
        perform("verification.withdraw_disclosure", officer, circulated, WHY)
    circulated.refresh_from_db()
    assert circulated.state == "published"


def test_what_was_withdrawn_is_to_be_made_public_again_by_its_first_day(
    circulated: EmissionDisclosure, officer: Actor
) -> None:
    to_do = ("2023 年发电：1 家核查结果待公开", date(2024, 11, 4))
    assert to_do not in words(officer)
    perform("verification.withdraw_disclosure", officer, circulated, WHY)
    assert to_do in words(officer)


def test_it_is_published_once(circulated: EmissionDisclosure, officer: Actor, director: Actor) -> None:
    with day(10, 16):
        first, second = (perform("verification.publish_disclosure", officer, circulated, BY).proposal for _ in range(2))
        assert first is not None
        assert second is not None
        decide(first, director)
        with pytest.raises(Refused):
            decide(second, director)
        circulated.refresh_from_db()
        with refused("ACT-STATE"):
            perform("verification.publish_disclosure", officer, circulated, BY)
    assert Entry.objects.filter(kind="verification.publish_disclosure").count() == 1


def test_whoever_proposed_takes_it_back_and_does_not_decide(
    circulated: EmissionDisclosure, director: Actor, world: World
) -> None:
    offices = [(role, world.authority) for role in ("provincial_officer", "provincial_director")]
    both = actor_of(person("both_offices", *offices))
    with day(10, 16):
        proposal = perform("verification.publish_disclosure", both, circulated, BY).proposal
        assert proposal is not None
        with pytest.raises(Refused) as own:
            decide(proposal, both)
        withdraw(proposal, both)
        with pytest.raises(Refused) as taken_back:
            decide(proposal, director)
    circulated.refresh_from_db()
    assert (own.value.code, taken_back.value.code, circulated.state) == ("ACT-SELF", "ACT-STATE", "circulated")


def test_a_city_publishes_nothing(case: Verification, officer: Actor) -> None:
    with refused("DIS-REGION"):
        perform("verification.prepare_disclosure", officer, None, {**DRAFT, "region": "990100"})


def words(actor: Actor) -> list[tuple[str, date | None]]:
    return [(todo.title.zh, todo.due) for todo in todos(actor)]


def test_the_officer_is_asked_to_publish_from_the_day_a_result_is_final(case: Verification, officer: Actor) -> None:
    Conclusion.objects.filter(case=case).update(at=datetime(2024, 9, 24, 4, tzinfo=UTC))
    # From Tuesday 24 September 2024: 25 to 27, Sunday 29 (worked), 30; 8 to 12 October, 14 to 18, 21 to 25: the
    # twentieth is the 25th.
    assert ("2023 年发电：1 家核查结果待公开", date(2024, 10, 25)) in words(officer)


def test_the_enterprise_is_asked_to_look_and_the_officer_to_answer(
    circulated: EmissionDisclosure, officer: Actor, approver: Actor
) -> None:
    look, answer = (f"{text}：{row_of(circulated).name.zh}" for text in ("核对拟公开的排放量", "答复商业秘密主张"))
    assert (look, date(2024, 10, 14)) in words(approver)
    assert not [word for word, _ in words(officer) if "待公开" in word or word.startswith("公开：")]
    perform("verification.claim_secret", approver, row_of(circulated), {"parts": ["method"], "reason": "属商业秘密"})
    assert look not in dict(words(approver))
    assert (answer, None) in words(officer)
    with day(10, 15):
        assert f"公开：{circulated.name.zh}" in dict(words(officer))


@pytest.mark.parametrize("state", ["arranged", "concluded", "notified", "objected"])
def test_what_may_still_change_is_not_prepared(state: str, case: Verification, officer: Actor) -> None:
    Verification.objects.filter(pk=case.pk).update(state=state)
    with refused("DIS-NONE"):
        perform("verification.prepare_disclosure", officer, None, DRAFT)


def test_the_deadline_counts_twenty_working_days_from_the_first_final_result(prepared: EmissionDisclosure) -> None:
    # Concluded on Tuesday 8 October 2024: 9 to 12 (a Saturday that is worked), three whole weeks, and 4 November.
    row = Clock.objects.get(subject=prepared.reference, limit="disclose")
    assert row.due_on == date(2024, 11, 4)
