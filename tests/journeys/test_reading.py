"""Every kind of page against the rules of WCAG 2.2 AA, on a desk and on a phone, in both languages.

A page is opened once and looked at in both widths: what it shows on a phone is decided by its style sheet alone.
Colours are measured in Chinese: tests/web/test_styles.py holds that the style sheets know no language but in fonts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tanzhi.presentation import navigation
from tests.journeys.conftest import PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
BUT_COLOURS = RULES | {"rules": {"color-contrast": {"enabled": False}}}  # which cost more than all others together
PUT_IN = "0"  # a page has axe's whole script from the first look on
# 210 mm less two margins of 16 mm, and 297 mm less two of 18 mm, at 96 pixels an inch
PAPER = {"width": 672, "height": 986}
BEYOND = """width => [...document.querySelectorAll("main *")]
  .filter(node => node.getClientRects().length && node.getBoundingClientRect().right > width + 1)
  .slice(0, 3).map(node => node.outerHTML.slice(0, 120))"""
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
    faults = [fault for address in PAGES[name] for fault in _faults(page, address)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", READERS)
def test_every_page_of_the_menu_can_be_read_by_everybody(visitor: Callable[..., Page], role: str) -> None:
    """Every registered entry once, as the first of the readers for whom it is meant; rooms to come are covered too."""
    mine = [navigation.address_of(entry) for entry in navigation.entries() if _reader(entry) == role]
    page = visitor(READERS[role])
    faults = [fault for address in mine for fault in _faults(page, address)]
    assert not faults, "\n".join(faults)


def test_the_first_record_of_every_list_can_be_read_by_everybody(visitor: Callable[..., Page]) -> None:
    page = visitor("a_provincial_officer")
    faults = []
    for listed, begins in RECORDS.items():
        page.goto(listed)
        record = page.locator(f"main td a[href^='{begins}']").first.get_attribute("href")
        faults += _faults(page, str(record))
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
    faults = [fault for address in addresses for fault in _faults(page, str(address))]
    assert not faults, "\n".join(faults)


def _faults(page: Page, address: str, *views: dict[str, int]) -> list[str]:
    """What axe finds in each width (both, unless views are named), and whether the page is wider than the window."""
    views = views or (WIDE, PHONE)
    page.set_viewport_size(views[0])
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    faults: list[str] = []
    rules = RULES if page.evaluate("document.documentElement.lang").startswith("zh") else BUT_COLOURS
    axe = Axe()
    for viewport in views:
        name = "phone" if viewport == PHONE else "desk"
        page.set_viewport_size(viewport)
        violations = axe.run(page, options=rules).response["violations"]
        axe = Axe(PUT_IN)
        faults += [
            f"{address} ({name}): {one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]
        ]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            faults.append(f"{address} ({name}): {width} px wide")
    return faults + _cut_on_paper(page, address)


def _cut_on_paper(page: Page, address: str) -> list[str]:
    """What a sheet of A4 would cut off: whatever reaches beyond its right edge, as printed."""
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    cut = page.evaluate(BEYOND, PAPER["width"])
    page.emulate_media(media="screen")
    return [f"{address} (A4): {element}" for element in cut]
