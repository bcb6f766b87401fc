"""The rarer acts of the books are offered where their records stand, to whoever may do them and as long as they may."""

from __future__ import annotations

import pytest
from django.test import Client

from tanzhi.actions.actor import Actor
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.model import Account, Command
from tanzhi.streams.market.trading.models import Trade
from tests.factories import World
from tests.streams.market import market
from tests.streams.market.conftest import Books
from tests.streams.market.ledger.test_work import issued_command
from tests.streams.market.trading.test_statements import ROW, read

REVERSE, BORROW, CANCEL = "registry.reverse", "registry.borrow", "exchange.cancel_trade"


@pytest.fixture
def of(world: World, officer: Actor, plant: Organisation, unit: Unit) -> Cycle:
    market.account(plant, officer)
    return market.cycle(world, officer)


def offered(actor: Actor, address: str, name: str) -> list[str]:
    """The addresses of an act's forms on a page, as this person sees it."""
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    return [part.partition('"')[0] for part in page.split('href="') if part.startswith(f"/presentation/act/{name}/")]


def test_what_moved_an_account_may_be_reversed_from_its_page_until_it_is(
    books: Books, officer: Actor, director: Actor, approver: Actor
) -> None:
    command = issued_command(books)
    account = Account.objects.get(pk=books.plant.pk)
    [address] = offered(officer, account.get_absolute_url(), REVERSE)
    assert f"/{command.pk}/" in address
    assert offered(approver, account.get_absolute_url(), REVERSE) == []
    market.both(REVERSE, officer, director, command, {"reason": "issued twice"})
    assert offered(officer, account.get_absolute_url(), REVERSE) == []
    assert Command.objects.filter(kind="reverse").exists()


def test_a_line_with_a_large_gap_leads_to_borrowing_until_all_is_drawn(
    of: Cycle, officer: Actor, director: Actor, approver: Actor, plant: Organisation, clerk: Actor
) -> None:
    market.filed(plant, clerk, approver, 2021, unit_obligation_emission="2000000")
    line = market.issued(of, officer, director).lines.get()
    assert len(offered(approver, line.get_absolute_url(), BORROW)) == 1
    assert offered(officer, line.get_absolute_url(), BORROW) == []
    market.both(BORROW, approver, officer, line, {"tonnes": line.borrowable})
    assert offered(approver, line.get_absolute_url(), BORROW) == []


def test_a_trade_is_cancelled_from_its_page_once(
    books: Books, officer: Actor, director: Actor, approver: Actor
) -> None:
    read(officer, ROW)
    trade = Trade.objects.get()
    assert len(offered(officer, trade.get_absolute_url(), CANCEL)) == 1
    assert offered(approver, trade.get_absolute_url(), CANCEL) == []
    market.both(CANCEL, officer, director, trade, {"reason": "wrong statement"})
    assert offered(officer, trade.get_absolute_url(), CANCEL) == []
