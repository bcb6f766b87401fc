"""Pages of the registry ask the database as often for many plants as for few."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.registry import Actor
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Membership
from tanzhi.streams.market.allocation.model import AllocationLine, AllocationRun, Cycle
from tanzhi.streams.market.compliance.model import CarriedIn, Surrender
from tanzhi.streams.market.compliance.status import books_of, past_of, standings
from tanzhi.streams.market.ledger.accounts import open_account
from tests import factories
from tests.databases import nothing_kept
from tests.factories import World
from tests.streams.market import market
from tests.streams.market.conftest import AT, DAY, Books

RECORD = '{"enterprise":"%s","units":[{"unit":"1"}]}'


@pytest.fixture
def of(world: World, officer: Actor) -> Cycle:
    return market.cycle(world, officer)


@pytest.fixture
def run(of: Cycle) -> AllocationRun:
    return AllocationRun.objects.create(
        cycle=of, year=2021, stage="final", number=1, state="issued", opened_at=AT, issued_on=DAY
    )


@pytest.fixture
def browser(officer: Actor) -> Client:
    client = Client()
    Person.objects.filter(pk=officer.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=officer.person_id), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def more(world: World, books: Books, of: Cycle, run: AllocationRun, codes: list[str]) -> None:
    """Plants with an account, a line of the run, what was carried in and a surrender."""
    command = books.move(books.source, books.plant, 1)
    for code in codes:
        plant = factories.organisation(code, world.city)
        account = open_account(plant, AT)
        CarriedIn.objects.create(cycle=of, organisation=plant, owed=10, surrendered=5, holding=0, source="x")
        AllocationLine.objects.create(
            run=run, organisation=plant, source="filings.version:0", record=RECORD % code, emission=9, to_issue=9
        )
        Surrender.objects.create(
            account=account, cycle=of, allowances=5, credits=0, asked_at=AT, asked_by=1, reserved=command,
            state="confirmed", on=date(2023, 6, 1),
        )  # fmt: skip


@pytest.mark.parametrize("page", ["/registry/compliance/", "/registry/runs/{run}/", "/registry/", "/registry/runs/"])
def test_a_page_asks_as_often_for_thirteen_plants_as_for_three(
    page: str, world: World, books: Books, of: Cycle, run: AllocationRun, browser: Client
) -> None:
    def asked() -> int:
        with nothing_kept(), CaptureQueriesContext(connection) as seen:
            answer = browser.get(page.format(run=run.pk))
        assert answer.status_code == 200
        return len(seen)

    more(world, books, of, run, [f"A{n}" for n in range(3)])
    asked()  # what a process reads once
    few = asked()
    more(world, books, of, run, [f"B{n}" for n in range(10)])
    assert asked() == few


def test_what_is_read_of_one_plant_is_what_stands_in_the_books_of_all(
    world: World, books: Books, of: Cycle, run: AllocationRun
) -> None:
    more(world, books, of, run, ["A0", "A1"])
    member = factories.organisation("A2", world.city)
    Membership.objects.create(
        organisation=member,
        market="power",
        year=2021,
        standing="member",
        document="d",
        source="s",
        decided_on=DAY,
        at=AT,
    )
    AllocationLine.objects.create(run=run, organisation=member, source="filings.version:0", record="{}", obligation=7)
    every = books_of(of, DAY)
    assert [event.tonnes for event in every[member.pk].events] == [7]
    assert len(every) == 4  # the plant of the books too
    assert {key: past_of(of, key, DAY) for key in every} == every
    assert past_of(of, factories.organisation("A3", world.city).pk, DAY) is None
    assert standings(of, DAY, [member]) == [row for row in standings(of, DAY) if row.pk == member.pk]
