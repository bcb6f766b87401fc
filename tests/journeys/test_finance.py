"""In the browser: a finance project from its application to its disbursement, through eight people's hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.pressing import approve, do, found, read, refused
from tests.journeys.records_finance import BANK, EXPERTS, LIBRARIES, OWNER

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visitor = Callable[..., "Page"]
WORDS = {
    "zh": {"library": "已入库", "paid": "已放款"},
    "en": {"library": "In the library", "paid": "paid"},
}  # fmt: skip
SAID = "同意 / agreed"
# how the platform writes 132 000, 50 000 and 30 000 of ten thousand yuan
INVESTED, GRANTED, PAID = "132 000", "50 000", "30 000"

pytestmark = pytest.mark.journey


def test_a_project_from_application_to_disbursement(visitor: Visitor, language: str) -> None:
    owner, officer, banker = visitor("fin_owner"), visitor("officer"), visitor("fin_banker")
    case = _applied(owner, language)
    do(visitor("city_officer"), case, "finance.city_review", outcome="recommended", words=SAID)
    _judged(visitor, officer, case)
    do(officer, case, "finance.enter_library", words=SAID)
    approve(officer, visitor("director"), case)
    officer.goto(case)
    expect(officer.locator("header.page")).to_contain_text(WORDS[language]["library"])
    do(officer, case, "finance.assign_bank", bank=BANK)
    _lent(banker, case, language)
    _counted(officer, language)
    for reader, address in ((officer, officer.url), (banker, case), (banker, "/finance/bank/"), (owner, "/finance/")):
        assert not read(reader, address, PHONE)


def _applied(owner: Page, language: str) -> str:
    """The owner applies, first in the wrong magnitude, reckons the benefit and hands it in with its papers."""
    name = f"光伏发电项目 {language}"
    told = {"owner": OWNER, "programme": LIBRARIES[language], "region": "990100", "zh": name, "en": name,
            "kind": "renewable", "category": "M2", "negative": "none", "penalised": "no"}  # fmt: skip
    refused(owner, "/finance/", "finance.apply", "FIN-02", **told, investment="13.2", demand="9")
    do(owner, "/finance/", "finance.apply", **told, investment="132000", demand="90000")
    case = found(owner, "/finance/", name)
    do(owner, case, "finance.state_benefit", year="2024", benefit__grid="northwest",
       benefit__electricity_area="nation", benefit__technology="pv", benefit__method="combined_75",
       benefit__capacity="300", benefit__hours="1700", benefit__loss_rate="8")  # fmt: skip
    do(owner, case, "finance.submit", approval="paper", commitment="paper")
    return case


def _judged(visitor: Visitor, officer: Page, case: str) -> None:
    """The province asks three experts; each gives his points."""
    officer.goto(case)
    officer.locator("a.button[href*='/act/finance.formal_review/']").click()
    names = officer.locator("[name=experts] option")
    chosen = [str(names.filter(has_text=one.replace("_", " ").title()).get_attribute("value")) for one in EXPERTS]
    do(officer, case, "finance.formal_review", words=SAID, experts=chosen)
    for name in EXPERTS:
        do(visitor(name), case, "finance.give_opinion", benefit_points="30", policy_points="13",
           technology_points="8", finance_points="15", other_points="7", example_points="7", independent="yes",
           words=SAID)  # fmt: skip


def _lent(banker: Page, case: str, language: str) -> None:
    """The bank finds the project among what was pushed to it, grants credit, pays within it and not beyond."""
    today = timezone.localdate().isoformat()
    assert found(banker, "/finance/bank/", f"光伏发电项目 {language}") == case
    do(banker, case, "finance.grant_credit", amount="50000", on=today, document="SX-1")
    refused(banker, case, "finance.disburse", "FIN-31", amount="50001", on=today, document="FK-1")
    do(banker, case, "finance.disburse", amount="30000", on=today, document="FK-1")
    banker.goto(case)
    expect(banker.locator("main")).to_contain_text("FK-1")
    expect(banker.locator("main")).to_contain_text(WORDS[language]["paid"])


def _counted(officer: Page, language: str) -> None:
    """The officer's statistics of that library show the project, its credit and what was paid."""
    officer.goto(f"/finance/statistics/?programme={LIBRARIES[language]}")
    figures = officer.locator("main .figures")
    for amount in (INVESTED, GRANTED, PAID):
        expect(figures).to_contain_text(amount)
