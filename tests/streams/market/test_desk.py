"""A plant's desk: what it will owe by the best word there is, what it has, and what it would hand in."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions.perform import perform
from tanzhi.actions.registry import Actor
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.compliance.proposal import proposal_of
from tanzhi.streams.market.desk.outlook import cycle_outlook
from tanzhi.streams.market.ledger.model import Account
from tests.factories import World
from tests.filings.months.test_history import deposited, record
from tests.streams.market import market
from tests.streams.market.compliance.test_work import LIMIT, OWED, given

ALLOCATED = market.ALLOWANCE[2021]


@pytest.fixture
def of(
    world: World, officer: Actor, director: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit
) -> Cycle:
    """The plant's allocation data of 2021 are deposited, it has an account, and nothing is allocated yet."""
    with market.at(2023, 3, 1):
        market.filed(plant, clerk, approver, 2021)
        market.account(plant, officer)
        return market.cycle(world, officer, 2021, 2021)


@pytest.fixture
def allocated(of: Cycle, officer: Actor, director: Actor) -> Cycle:
    with market.at(2023, 7, 1):
        market.issued(of, officer, director)
    return of


@pytest.fixture
def own(of: Cycle) -> Account:
    return Account.objects.get(organisation__code="PLANT", kind="holding")


DAY = date(2023, 11, 9)


def test_before_anything_is_decided_the_desk_says_what_lacks(of: Cycle, own: Account, plant: Organisation) -> None:
    outlook = cycle_outlook(plant, own, of, DAY)
    year = outlook.years[0]
    assert (year.obligation.tonnes, year.obligation.basis.en) == (None, "no month is deposited yet")
    # E5 of the reference sheet on power, as the deposited allocation data give it
    assert (year.allowance.tonnes, year.gap) == (ALLOCATED, None)
    assert outlook.obligation is None
    assert [words.en for words in outlook.lacking] == ["2021: no month is deposited yet"]


def test_deposited_months_give_an_expected_obligation_and_say_so(
    of: Cycle, own: Account, plant: Organisation, clerk: Actor, approver: Actor
) -> None:
    deposited(clerk, approver, plant, "2021-07", record("2021-07"))
    outlook = cycle_outlook(plant, own, of, DAY)
    expected = outlook.years[0].obligation
    # 57.83 % × (100 − 12.40) ÷ (100 − 4.26) = 0.5291 tC/t; 64 012.55 × 0.5291 × 0.99 × 44/12 = 122 945 t
    assert expected.tonnes == 122_945
    assert expected.basis.en == "months deposited: 1; stated by the plant, not verified"
    assert (outlook.obligation, outlook.is_determined) == (122_945, False)
    assert outlook.years[0].gap == 122_945 - ALLOCATED


def test_what_is_allocated_outweighs_what_was_stated(allocated: Cycle, own: Account, plant: Organisation) -> None:
    outlook = cycle_outlook(plant, own, allocated, DAY)
    year = outlook.years[0]
    assert (year.obligation.tonnes, year.allowance.tonnes) == (OWED, ALLOCATED)
    assert year.gap == OWED - ALLOCATED
    assert year.obligation.ref.startswith("registry.allocation:")
    assert outlook.is_determined
    assert outlook.owed == OWED


def test_what_is_proposed_is_accepted_and_leaves_nothing_owed(
    allocated: Cycle, own: Account, approver: Actor, officer: Actor, plant: Organisation
) -> None:
    given(own, "CCER-GOOD", date(2016, 3, 1), 100_000)
    with market.at(2023, 11, 9):
        proposal = proposal_of(own, allocated, DAY)
        # 5 % of the obligation by CCER (E10 of the reference sheet), the rest by allowances
        assert (proposal.credits, proposal.allowances, proposal.short) == (LIMIT, OWED - LIMIT, 0)
        assert [(row.unit.kind, row.taken) for row in proposal.units] == [("CCER", LIMIT), ("CEA", OWED - LIMIT)]
        data = {"cycle": allocated.pk, "allowances": proposal.allowances, "credits": proposal.credits}
        own.refresh_from_db()
        surrender = perform("registry.surrender", approver, own, data).result
        waiting = proposal_of(own, allocated, DAY)
        assert (waiting.room.left, waiting.room.offset, waiting.allowances, waiting.credits) == (0, 0, 0, 0)
        perform("registry.confirm_surrender", officer, surrender)
        assert cycle_outlook(plant, own, allocated, DAY).owed == 0


def test_what_does_not_pay_is_named_and_what_lacks_is_counted(allocated: Cycle, own: Account) -> None:
    given(own, "CCER-LATE", date(2019, 3, 1), 50_000)
    proposal = proposal_of(own, allocated, date(2026, 11, 9))
    refused = [row for row in proposal.units if row.refused]
    assert {row.unit.code for row in refused} >= {"CCER-LATE"}
    assert all(row.taken == 0 for row in refused)
    assert proposal.short == OWED - proposal.allowances - proposal.credits


def test_a_cycle_in_which_the_plant_is_no_member_is_not_its_business(
    of: Cycle, world: World, officer: Actor, plant: Organisation
) -> None:
    with market.at(2023, 3, 2):
        other = market.cycle(world, officer, 2030, 2030)
    assert cycle_outlook(plant, None, other, DAY) is None


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "企业工作台"), ("en", "Plant desk")])
def test_the_desk_is_the_plants_and_its_officers_and_fills_the_surrender_in(
    allocated: Cycle, own: Account, approver: Actor, officer: Actor, clerk: Actor, stranger: Actor, plant: Organisation,
    language: str, words: str,
) -> None:  # fmt: skip
    def page(actor: Actor, address: str = "") -> str:
        Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active", language=language)
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(Person.objects.get(pk=actor.person_id), "django.contrib.auth.backends.ModelBackend")
        answer = client.get(address or reverse("registry:desk", kwargs={"code": plant.code}), follow=True)
        return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)

    with market.at(2023, 11, 9):
        prefilled = f"cycle={allocated.pk}&amp;allowances={OWED}&amp;credits=0"
        assert prefilled in page(approver)
        assert words in page(clerk)
        assert prefilled not in page(clerk)
        assert words in page(officer)
        assert page(stranger) == "404"
        assert words in page(clerk, reverse("registry:own_desk"))
        form = page(approver, f"/presentation/act/registry.surrender/{own.pk}/?cycle={allocated.pk}&allowances={OWED}")
        assert f'value="{OWED}"' in form


def test_the_desk_begins_the_allocation_data_of_a_year_that_lacks_them(
    world: World, officer: Actor, clerk: Actor, plant: Organisation, unit: Unit
) -> None:
    def page(actor: Actor) -> Client:
        Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
        client = Client()
        client.force_login(Person.objects.get(pk=actor.person_id), "django.contrib.auth.backends.ModelBackend")
        return client

    address, words = reverse("registry:desk", kwargs={"code": plant.code}), "填报 2021 年配额分配数据"
    with market.at(2022, 3, 9):
        market.account(plant, officer)
        market.cycle(world, officer, 2021, 2021)
        browser = page(clerk)
        browser.cookies["django_language"] = "zh-hans"
        assert words in browser.get(address).content.decode()
        assert words not in page(officer).get(address).content.decode()
        begun = {"organisation": plant.pk, "guideline": "power_allocation", "period": "2021"}
        answer = browser.post(reverse("filings:open"), begun)
        filing = Filing.objects.get(organisation=plant, form_code="power_allocation.year", period="2021")
        assert answer.headers["Location"] == reverse("filings:filing", args=[filing.pk])
        assert browser.get(answer.headers["Location"]).status_code == 200
        assert words not in browser.get(address).content.decode()
