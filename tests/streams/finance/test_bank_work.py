"""Banks see what is pushed to them, grant and pay: amounts within their cause, days after it, entries that stay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.streams.finance.bank_models import BankLink, Credit, Disbursement
from tanzhi.streams.finance.bank_work import total
from tanzhi.streams.finance.models import Project
from tanzhi.streams.finance.queries import attributed, money_of
from tests.refusing import refused
from tests.streams.finance.conftest import SAID, Library, day


def grant(library: Library, link: BankLink, amount: str = "50000", on: str = "2024-03-04", **more: Any) -> Credit:
    told = {"amount": amount, "on": on, "document": "SX-1"} | more
    found: Credit = perform("finance.grant_credit", library.bank, link, told).result
    return found


def pay(library: Library, link: BankLink, amount: str = "30000", on: str = "2024-03-05", **more: Any) -> Disbursement:
    told = {"amount": amount, "on": on, "document": "FK-1"} | more
    found: Disbursement = perform("finance.disburse", library.bank, link, told).result
    return found


@pytest.fixture
def link(library: Library) -> BankLink:
    with day(2, 20):
        return library.pushed()


@pytest.fixture(autouse=True)
def in_march() -> Any:
    with day(3, 20):
        yield


def test_credit_and_payments_add_up_to_their_rows(library: Library, link: BankLink) -> None:
    grant(library, link, "50000")
    pay(library, link, "20000")
    pay(library, link, "10000", document="FK-2")
    money = money_of([link.project], date(2024, 3, 31))[link.project_id]
    assert (money.credit, money.disbursed) == (50_000 * 10**6, 30_000 * 10**6)
    assert str(attributed(link.project, money.disbursed)) == "83104.38"  # 365 659.29 × 30 000 / 132 000


def test_a_bank_sees_only_what_was_pushed_to_it(library: Library, link: BankLink) -> None:
    assert list(Project.objects.visible_to(library.bank)) == [link.project]
    assert list(Project.objects.visible_to(library.other_bank)) == []
    assert not link.project.seen_by(library.other_bank)
    with refused("ACT-SCOPE"):
        perform(
            "finance.grant_credit", library.other_bank, link, {"amount": "1000", "on": "2024-03-04", "document": "X1"}
        )


def test_money_is_paid_only_after_credit_and_within_it(library: Library, link: BankLink) -> None:
    with refused("FIN-35"):
        pay(library, link)
    grant(library, link, "50000", on="2024-03-10")
    with refused("ACT-DATE"):
        pay(library, link, on="2024-03-09")
    with refused("FIN-31", "amount"):
        pay(library, link, "50000.000001", on="2024-03-11")
    pay(library, link, "50000", on="2024-03-11")
    with refused("FIN-31", "amount"):
        pay(library, link, "100", on="2024-03-12")


def test_all_banks_together_stay_within_the_investment(library: Library, link: BankLink) -> None:
    other = library.pushed(link.project, "BANK2")
    grant(library, link, "100000")
    with refused("FIN-32", "amount"):
        told = {"amount": "32000.01", "on": "2024-03-21", "document": "SX-9"}
        with day(3, 22):
            perform("finance.grant_credit", library.other_bank, other, told)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"on": "2024-03-21"}, "FIN-37"),
        ({"on": "2024-02-19"}, "ACT-DATE"),
        ({"amount": "5.2"}, "FIN-02"),
        ({"amount": "5000.1234567"}, "FIN-19"),
    ],
)
def test_an_amount_is_dated_and_of_a_likely_magnitude(
    library: Library, link: BankLink, more: dict[str, str], code: str
) -> None:
    with refused(code):
        grant(library, link, **more)


def test_a_bank_is_a_bank_and_is_asked_once(library: Library, link: BankLink) -> None:
    with refused("FIN-36"):
        library.pushed(link.project)
    with refused("FIN-34", "bank"):
        perform("finance.assign_bank", library.officer, link.project, {"bank": "INS"})


def test_a_project_is_not_pushed_before_it_entered(library: Library, link: BankLink) -> None:
    with day(2, 19), refused("ACT-DATE"):
        perform("finance.assign_bank", library.officer, link.project, {"bank": "BANK2"})


def test_nothing_is_lent_to_a_project_that_left(library: Library, link: BankLink) -> None:
    proposal = perform("finance.veto", library.officer, link.project, SAID).proposal
    assert proposal is not None
    decide(proposal, library.director, True, "ok")
    with refused("FIN-33"):
        grant(library, link)


def test_a_wrong_payment_is_cancelled_by_bank_and_authority_and_stays_as_a_row(
    library: Library, link: BankLink
) -> None:
    grant(library, link)
    paid = pay(library, link)
    proposal = perform("finance.cancel_disbursement", library.bank, paid, {"reason": "金额录错 / wrong"}).proposal
    assert proposal is not None
    with pytest.raises(Refused) as own:
        decide(proposal, library.bank, True)
    assert own.value.code == "ACT-ROLE"
    decide(proposal, library.officer, True, "ok")
    assert Disbursement.objects.count() == 1
    assert total(link.disbursements.all()) == 0
    with refused("FIN-38"):
        perform("finance.cancel_disbursement", library.bank, paid, {"reason": "再次冲销 / again"})


def test_a_repeated_request_records_once(library: Library, link: BankLink) -> None:
    told = {"amount": "1000", "on": "2024-03-04", "document": "SX-1"}
    for _ in range(2):
        perform("finance.grant_credit", library.bank, link, told, idempotency_key="k1")
    assert Credit.objects.count() == 1
