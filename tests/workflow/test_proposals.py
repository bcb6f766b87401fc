"""The page on which the second person decides: by name, once, and no typed word is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Proposal
from tanzhi.actions.registry import perform
from tanzhi.organisations.register.model import Organisation
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
