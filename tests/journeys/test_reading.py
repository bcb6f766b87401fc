"""Every kind of page against the rules of WCAG 2.2 AA, on a desk and on a phone, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
EXPLAIN = "/explain/?ref=figure:verification.reported_emission%3Fperiod%3D2023"
PAGES = {
    "": (
        "/organisations/sign-in/", "/bulletin/2024/", EXPLAIN,
        "/evidence/", "/evidence/verify/", "/rules/", "/about/",
    ),
    "clerk_zh": ("/", "/filings/", "/organisations/account/"),
    "officer": (
        "/", "/filings/matrix/?year=2023", "/organisations/", "/verification/", "/verification/clues/",
        "/verification/register/?year=2024", "/verification/workload/", "/cases/deadlines/", "/cases/notices/",
        "/cases/import/verification.clues/", "/presentation/act/verification.receive_clue/",
    ),
}  # fmt: skip

pytestmark = pytest.mark.journey


@pytest.fixture(params=[WIDE, PHONE], ids=["desk", "phone"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    return dict(request.param)


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "public")
def test_pages_can_be_read_by_everybody(visitor: Callable[..., Page], name: str, viewport: dict[str, int]) -> None:
    page = visitor(name, viewport)
    faults = [fault for address in PAGES[name] for fault in _faults(page, address, viewport)]
    assert not faults, "\n".join(faults)


def test_a_filing_can_be_read_by_everybody(visitor: Callable[..., Page], viewport: dict[str, int]) -> None:
    page = visitor("clerk_zh", viewport)
    page.goto("/filings/")
    addresses = {
        page.get_by_role("link", name=period, exact=True).get_attribute("href") for period in ("2023-01", "2023")
    }
    faults = [fault for address in addresses for fault in _faults(page, str(address), viewport)]
    assert not faults, "\n".join(faults)


def _faults(page: Page, address: str, viewport: dict[str, int]) -> list[str]:
    """What axe finds, and whether the page is wider than the window."""
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{address}: {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    return told + ([f"{address}: {width} px wide"] if width > viewport["width"] else [])
