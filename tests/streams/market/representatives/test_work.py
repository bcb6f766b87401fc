"""Representatives: appointed with papers, accepted by two of the authority; from then on they alone act."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.streams.market.ledger.model import Account
from tanzhi.streams.market.representatives.model import Representative
from tanzhi.workflow.dossier.model import Attachment
from tests import factories
from tests.factories import World
from tests.streams.market import market
from tests.streams.market.conftest import Books

APPOINT, ACCEPT, REFUSE, END = (f"registry.{act}_representative" for act in ("appoint", "accept", "refuse", "end"))


@pytest.fixture
def account(books: Books) -> Account:
    books.move(books.source, books.plant, 1_000)
    return books.plant


@pytest.fixture
def agent(world: World) -> Person:
    return factories.person("agent", ("enterprise_approver", world.plant), password=factories.PASSWORD)


def appointed(account: Account, clerk: Actor, person: Person, since: date | None = None) -> Representative:
    paper = receive(io.BytesIO(b"authority"), "authority.pdf", "application/pdf", clerk.person_id or 0).file.sha256
    data = {"person": person.pk, "since": since, "files": [paper]}
    representative: Representative = perform(APPOINT, clerk, account, data).result
    return representative


def code_of(name: str, actor: Actor, subject: Any, **data: Any) -> str:
    with pytest.raises(Refused) as refused:
        perform(name, actor, subject, data)
    return refused.value.code


def pledge(account: Account, actor: Actor, tonnes: int = 10) -> Any:
    return perform("registry.pledge", actor, account, {"unit": "CEA21", "tonnes": tonnes, "reason": "contract 9"})


def test_an_appointment_holds_once_two_of_the_authority_accept_it(
    account: Account, clerk: Actor, approver: Actor, officer: Actor, director: Actor, agent: Person
) -> None:
    representative = appointed(account, clerk, agent)
    assert list(Attachment.objects.filter(case=representative.reference).values_list("name", flat=True)) == [
        "authority.pdf"
    ]
    pledge(account, approver)  # nothing changes before it is accepted
    proposal = perform(ACCEPT, officer, representative).proposal
    representative.refresh_from_db()
    assert (representative.state, proposal is not None) == ("appointed", True)
    market.both(REFUSE, officer, director, appointed(account, clerk, _second(account)), {"reason": "no letter"})
    decide(proposal, director, True, "")
    representative.refresh_from_db()
    assert (representative.state, representative.since) == ("in_force", clock.today())
    assert code_of("registry.pledge", approver, account, unit="CEA21", tonnes=1, reason="contract 9") == (
        "REG-REPRESENTATIVE"
    )
    market.both("registry.pledge", actor_of(agent), officer, account, {
        "unit": "CEA21", "tonnes": 5, "reason": "contract 9",
    })  # fmt: skip


def _second(account: Account) -> Person:
    return factories.person("second_agent", ("enterprise_approver", account.organisation), password=factories.PASSWORD)


def test_a_proposal_of_somebody_who_was_no_representative_is_not_carried_out(
    account: Account, clerk: Actor, approver: Actor, officer: Actor, director: Actor, agent: Person
) -> None:
    representative = appointed(account, clerk, agent)
    waiting = pledge(account, approver).proposal
    market.both(ACCEPT, officer, director, representative)
    with pytest.raises(Refused) as refused:
        decide(waiting, officer, True, "")
    assert refused.value.code == "REG-REPRESENTATIVE"


def test_an_end_gives_the_account_back_to_whoever_has_the_role(
    account: Account, clerk: Actor, approver: Actor, officer: Actor, director: Actor, agent: Person
) -> None:
    representative = appointed(account, clerk, agent)
    market.both(ACCEPT, officer, director, representative)
    perform(END, approver, representative.pk, {"reason": "left the works"})
    representative.refresh_from_db()
    assert (representative.state, representative.until) == ("ended", clock.today())
    pledge(account, approver)


@pytest.mark.parametrize(("days", "acts_alone"), [(-1, True), (0, True), (1, False)])
def test_a_representative_acts_from_the_stated_day_on_and_not_before_the_decision(
    account: Account, clerk: Actor, approver: Actor, officer: Actor, director: Actor, agent: Person,
    days: int, acts_alone: bool,
) -> None:  # fmt: skip
    stated = clock.today() + timedelta(days=days)
    representative = appointed(account, clerk, agent, stated)
    market.both(ACCEPT, officer, director, representative)
    representative.refresh_from_db()
    assert representative.since == max(stated, clock.today())
    if acts_alone:
        assert code_of("registry.pledge", approver, account, unit="CEA21", tonnes=1, reason="contract 9") == (
            "REG-REPRESENTATIVE"
        )
    else:
        pledge(account, approver)


def test_who_may_not_be_appointed_and_who_may_not_appoint(
    account: Account, clerk: Actor, approver: Actor, officer: Actor, stranger: Actor, agent: Person, world: World
) -> None:
    elsewhere = factories.person("elsewhere", ("enterprise_approver", world.other_plant))
    filer = factories.person("filer_two", ("enterprise_filer", world.plant))
    for actor, person, code in (
        (clerk, elsewhere, "REG-REPRESENTATIVE"),
        (clerk, filer, "REG-REPRESENTATIVE"),
        (approver, Person.objects.get(pk=approver.person_id), "ACT-OWN"),
        (stranger, agent, "ACT-SCOPE"),
        (officer, agent, "ACT-ROLE"),
    ):
        with pytest.raises(Refused) as refused:
            appointed(account, actor, person)
        assert refused.value.code == code, person.sign_in_name
    assert code_of(APPOINT, clerk, account, person=agent.pk, files=[]) == "ACT-INPUT"
    assert code_of(APPOINT, clerk, account, person=agent.pk, files=["0" * 64]) == "CASE-FILE"
    appointed(account, clerk, agent)
    with pytest.raises(Refused) as refused:
        appointed(account, clerk, agent)
    assert (refused.value.code, Representative.objects.count()) == ("REG-REPRESENTATIVE", 1)


def test_whoever_left_meanwhile_is_not_accepted(account: Account, clerk: Actor, officer: Actor, agent: Person) -> None:
    representative = appointed(account, clerk, agent)
    Grant.objects.filter(person=agent).update(until=clock.today())
    assert code_of(ACCEPT, officer, representative) == "REG-REPRESENTATIVE"


def test_the_pages_show_them_to_whoever_sees_the_account(
    account: Account, clerk: Actor, agent: Person, world: World, client: Client
) -> None:
    representative = appointed(account, clerk, agent)
    stranger = factories.person("elsewhere", ("enterprise_approver", world.other_plant), password=factories.PASSWORD)
    addresses = (reverse("registry:representatives", args=[account.pk]), representative.get_absolute_url())
    for person, status in ((agent, 200), (stranger, 404)):
        client.force_login(person)
        pages = [client.get(address) for address in addresses]
        assert [page.status_code for page in pages] == [status, status]
        if status == 200:
            assert all(agent.name in page.content.decode() for page in pages)
            assert "registry.appoint_representative" in pages[0].content.decode()
