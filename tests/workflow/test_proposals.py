"""The page on which the second person decides: by name, once, and no typed word is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed, Proposal
from tanzhi.actions.registry import perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.todos.own import name_of, proposals
from tests.factories import PASSWORD, World, person
from tests.workflow.test_cases import ask
from tests.workflow.vacation import Vacation


@pytest.fixture
def waiting(clerk: Actor, officer: Actor, plant: Organisation) -> Proposal:
    case: Vacation = ask(clerk, plant)
    perform("cases.vacation_decide", officer, case, {"outcome": "granted"})
    proposal = perform("cases.vacation_withdraw", officer, case).proposal
    assert proposal is not None
    return proposal


@pytest.fixture
def second(client: Client, world: World) -> Client:
    client.force_login(person("second", ("provincial_officer", world.authority), password=PASSWORD))
    return client


@pytest.mark.parametrize("decision", [None, "", "on", "true", "批准"])
def test_a_decision_that_names_no_outcome_is_refused_and_decides_nothing(
    second: Client, waiting: Proposal, decision: str | None
) -> None:
    typed = "机组仍在检修 <b>"
    sent = {"reason": typed} | ({"decision": decision} if decision is not None else {})
    answer = second.post(f"/cases/proposals/{waiting.pk}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ACT-OUTCOME" in page
    assert "批准或退回" in page
    assert "机组仍在检修 &lt;b&gt;</textarea>" in page
    waiting.refresh_from_db()
    assert waiting.state == Proposal.OPEN


def test_sending_back_without_a_reason_is_refused_and_with_one_it_is_done(second: Client, waiting: Proposal) -> None:
    address = f"/cases/proposals/{waiting.pk}/"
    assert "ACT-REASON" in second.post(address, {"decision": "reject"}).content.decode()
    second.post(address, {"decision": "reject", "reason": "机组仍在检修"})
    waiting.refresh_from_db()
    assert waiting.state == Proposal.REJECTED
    assert Vacation.objects.get().state == "granted"


def test_what_refuses_the_act_stands_on_its_page_before_anything_is_typed(
    second: Client, clerk: Actor, plant: Organisation
) -> None:
    case = ask(clerk, plant, days=31)
    page = second.get(f"/presentation/act/cases.vacation_decide/{case.pk}/").content.decode()
    assert page.count("VAC-LONG") == 2  # under each outcome
    assert page.count("停运 31 天") >= 2  # in the title and in what it concerns


# --- a page of like proposals ---------------------------------------------------------------------

LIKE = "/cases/proposals/like/cases.vacation_withdraw/"


@pytest.fixture
def three(clerk: Actor, officer: Actor, plant: Organisation) -> list[Proposal]:
    """Three of one kind; the case of the second changed after it was proposed."""
    rows = []
    for _ in range(3):
        case: Vacation = ask(clerk, plant)
        perform("cases.vacation_decide", officer, case, {"outcome": "granted"})
        proposal = perform("cases.vacation_withdraw", officer, case).proposal
        assert proposal is not None
        rows.append(proposal)
    Vacation.objects.filter(pk=rows[1].subject.split(":")[1]).update(revision=9)
    return rows


def states(rows: list[Proposal]) -> list[str]:
    return [Proposal.objects.get(pk=row.pk).state for row in rows]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_like_proposals_are_approved_together_and_one_refusal_stops_none_of_the_others(
    second: Client, three: list[Proposal], language: str
) -> None:
    second.cookies["django_language"] = language
    assert LIKE in second.get(f"/cases/proposals/{three[0].pk}/").content.decode()
    page = second.get(LIKE).content.decode()
    # Nothing is ticked beforehand; what changed since it was proposed says so before anybody decides.
    assert page.count('name="proposal"') == 3
    assert "checked" not in page.split("<main")[1].split("</main")[0]
    assert page.count("ACT-STALE") == 1
    sent = {"proposal": [row.pk for row in three], "decision": "approve"}
    proposed = Performed.objects.count()
    answer = second.post(LIKE, sent).content.decode()
    assert states(three) == [Proposal.APPROVED, Proposal.OPEN, Proposal.APPROVED]
    words = {"zh-hans": "已办理 2 项，被拒 1 项", "en": "2 done, 1 refused"}
    assert words[language] in answer
    assert "ACT-STALE" in answer.split('class="batch"')[1].split("</table>")[0]
    # Each is an act of its own with an entry of its own.
    assert Performed.objects.count() - proposed == 2


def test_those_sent_back_need_a_reason_which_stays_typed(second: Client, three: list[Proposal]) -> None:
    sent = {"proposal": [three[0].pk, three[2].pk], "decision": "reject"}
    answer = second.post(LIKE, sent).content.decode()
    assert answer.count("ACT-REASON") == 2
    assert states(three) == [Proposal.OPEN] * 3
    second.post(LIKE, sent | {"reason": "机组仍在检修"})
    assert states(three) == [Proposal.REJECTED, Proposal.OPEN, Proposal.REJECTED]


@pytest.mark.parametrize(("proposals", "decision"), [([], "approve"), ([0], ""), ([0], "on")])
def test_without_a_tick_or_without_an_outcome_nothing_is_decided(
    second: Client, three: list[Proposal], proposals: list[int], decision: str
) -> None:
    sent = {"proposal": [three[at].pk for at in proposals], "decision": decision, "reason": "逐项核对后再定"}
    answer = second.post(LIKE, sent)
    assert answer.status_code == 422
    assert "ACT-OUTCOME" in answer.content.decode()
    assert "逐项核对后再定</textarea>" in answer.content.decode()
    assert states(three) == [Proposal.OPEN] * 3


def test_nobody_decides_there_on_what_is_not_his_to_decide(
    client: Client, three: list[Proposal], world: World, officer: Actor
) -> None:
    """Neither a plant's person nor who proposed it, though they send the numbers."""
    for reader in (
        person("outside", ("enterprise_approver", world.plant), password=PASSWORD),
        Person.objects.get(pk=officer.person_id),
    ):
        Person.objects.filter(pk=reader.pk).update(is_active=True, state="active")
        client.force_login(Person.objects.get(pk=reader.pk), backend="django.contrib.auth.backends.ModelBackend")
        assert 'name="proposal"' not in client.get(LIKE).content.decode()
        assert client.post(LIKE, {"proposal": [three[0].pk], "decision": "approve"}).status_code == 422
    assert states(three) == [Proposal.OPEN] * 3
    assert client.get("/cases/proposals/like/no.such_act/").status_code == 404


# --- a proposal that makes records -------------------------------------------------------------------


def members_proposed(officer: Actor, *rows: dict[str, str], year: int = 2022) -> Proposal:
    data = {"region": "990000", "market": "power", "year": year, "document": "notice 7", "source": "the web"}
    data |= {"decided_on": "2022-03-01", "whole_list": not rows, "rows": list(rows)}
    proposal = perform("organisations.decide_membership", officer, data=data).proposal
    assert proposal is not None
    return proposal


@pytest.fixture
def director_at_work(client: Client, world: World) -> Client:
    client.force_login(person("head", ("provincial_director", world.authority), password=PASSWORD))
    return client


def test_rows_of_a_proposal_stand_in_a_table_by_their_names(
    director_at_work: Client, officer: Actor, world: World
) -> None:
    row = {"organisation": "PLANT", "standing": "left", "reason": "ceased"}
    waiting = members_proposed(officer, row)
    alike = members_proposed(officer, row)
    for address in (f"/cases/proposals/{waiting.pk}/", "/cases/proposals/like/organisations.decide_membership/"):
        page = director_at_work.get(address).content.decode().split("<main")[1]
        heads = [f'<th scope="col">{head}</th>' for head in ("单位", "状态", "原因")]
        assert "".join(heads) in page
        assert f"<td>{world.plant.name.zh}" in page
        assert "ceased" not in page
        assert "standing" not in page
    assert alike.pk != waiting.pk


def test_proposals_of_one_act_without_a_record_are_told_apart_in_the_decider_s_list(
    officer: Actor, director: Actor, world: World
) -> None:
    members_proposed(officer, {"organisation": "PLANT", "standing": "left", "reason": "ceased"})
    waiting = members_proposed(officer, {"organisation": "PLANT", "standing": "left", "reason": "ceased"}, year=2021)
    titles = {todo.title.zh for todo in proposals(director)}
    assert len(titles) == 2
    assert name_of(waiting, None, director).zh.endswith("，2021）")
    assert world.province.name.zh in name_of(waiting, None, director).zh


@pytest.mark.parametrize(("onward", "ends_at"), [("", "/cases/proposals/{}/"), ("/organisations/", "/organisations/")])
def test_whoever_hands_one_in_gets_the_way_to_it(client: Client, world: World, onward: str, ends_at: str) -> None:
    client.force_login(person("proposer", ("provincial_officer", world.authority), password=PASSWORD))
    sent = {"region": "990000", "market": "power", "year": "2022", "document": "notice 7", "source": "the web"}
    sent |= {"decided_on": "2022-03-01", "rows-0-organisation": "PLANT", "rows-0-standing": "left", "next": onward}
    sent |= {"rows-0-reason": "ceased"}
    answer = client.post("/presentation/act/organisations.decide_membership/", sent)
    proposal = Proposal.objects.get()
    assert answer.headers["Location"] == ends_at.format(proposal.pk)
    assert f'<a href="/cases/proposals/{proposal.pk}/">查看提议</a>' in client.get("/").content.decode()
