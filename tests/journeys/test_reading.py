"""Every kind of page against the rules of WCAG 2.2 AA, on a desk and on a phone, in both languages.

A page is opened once and looked at in both widths: what it shows on a phone is decided by its style sheet alone.
Colours are measured in Chinese: tests/web/test_styles.py holds that the style sheets know no language but in fonts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tanzhi.presentation import navigation
from tests.journeys.conftest import PHONE
from tests.journeys.reading import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXPLAIN = "/explain/?ref=figure:verification.reported_emission%3Fperiod%3D2023"
# beside what the menu leads its first reader to
PAGES = {
    "": ("/organisations/sign-in/", "/evidence/verify/", "/rules/power/"),
    "clerk_zh": ("/organisations/account/", "/tokens/"),
    "officer": (
        "/", "/bulletin/2024/", EXPLAIN, "/filings/matrix/?year=2023", "/organisations/", "/verification/",
        "/verification/clues/",
        "/verification/register/?year=2024", "/verification/workload/", "/cases/deadlines/", "/cases/notices/",
        "/cases/import/verification.clues/", "/presentation/act/verification.receive_clue/",
    ),
}  # fmt: skip

# a list of each stream, and how the addresses of its records begin
RECORDS = {
    "/organisations/": "/organisations/",
    "/verification/": "/verification/cases/",
    "/verification/clues/": "/verification/clues/",
    "/registry/": "/registry/accounts/",
    "/policy/": "/policy/documents/",
    "/policy/tasks/": "/policy/tasks/",
    "/policy/rounds/": "/policy/rounds/",
    "/policy/pilots/": "/policy/pilots/",
    "/policy/events/": "/policy/events/",
    "/policy/recommendations/": "/policy/recommendations/",
}

# who opens a page of the menu, and as whom he signs in; the first that an entry is meant for opens it
READERS = {
    "public": "",
    "enterprise_filer": "clerk_zh",
    "provincial_officer": "a_provincial_officer",
    "administrator": "a_administrator",
    "city_officer": "a_city_officer",
    "provincial_director": "a_provincial_director",
    "verifier": "a_verifier",
    "project_owner": "a_project_owner",
    "bank": "a_bank",
    "auditor": "a_auditor",
    "enterprise_approver": "approver_zh",
}

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "public")
def test_pages_can_be_read_by_everybody(visitor: Callable[..., Page], name: str) -> None:
    page = visitor(name)
    faults = [fault for address in PAGES[name] for fault in faults_of(page, address)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", READERS)
def test_every_page_of_the_menu_can_be_read_by_everybody(visitor: Callable[..., Page], role: str) -> None:
    """Every registered entry once, as the first of the readers for whom it is meant; rooms to come are covered too."""
    mine = [navigation.address_of(entry) for entry in navigation.entries() if _reader(entry) == role]
    page = visitor(READERS[role])
    faults = [fault for address in mine for fault in faults_of(page, address)]
    assert not faults, "\n".join(faults)


def test_the_first_record_of_every_list_can_be_read_by_everybody(visitor: Callable[..., Page]) -> None:
    page = visitor("a_provincial_officer")
    faults = []
    for listed, begins in RECORDS.items():
        page.goto(listed)
        record = page.locator(f"main td a[href^='{begins}']").first.get_attribute("href")
        faults += faults_of(page, str(record))
    assert not faults, "\n".join(faults)


def _reader(entry: navigation.NavigationEntry) -> str:
    return next((role for role in READERS if not entry.roles or role in entry.roles), "")


def test_the_menu_of_a_phone_opens_closes_and_leads_on(visitor: Callable[..., Page]) -> None:
    page = visitor("officer", PHONE)
    page.goto("/")
    entries = page.locator("#entries")
    expect(entries).to_be_hidden()
    page.locator("nav .menu").click()
    expect(entries).to_be_visible()
    page.keyboard.press("Escape")
    expect(entries).to_be_hidden()
    page.locator("nav .menu").click()
    with page.expect_navigation():
        entries.locator("a[href='/filings/matrix/']").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_filing_can_be_read_by_everybody(visitor: Callable[..., Page]) -> None:
    page = visitor("clerk_zh")
    page.goto("/filings/")
    addresses = {
        page.get_by_role("link", name=period, exact=True).get_attribute("href") for period in ("2023-01", "2023")
    }
    faults = [fault for address in addresses for fault in faults_of(page, str(address))]
    assert not faults, "\n".join(faults)
