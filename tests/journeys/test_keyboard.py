"""A clerk who has no mouse: signs in, goes past the menu, opens a month, states a number, saves, signs out.

That every other page can be gone through in the same way hold the looks of tests/journeys/reading.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.conftest import Visitor, spelled
from tests.journeys.reading import BY_MOUSE_ALONE
from tests.journeys.test_grid import WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MONTH = "2024-09"
OUT = {"zh": "退出", "en": "Sign out"}
STOPS = 200  # of a page, before it is said that the keyboard does not get there
MADE_UP = """<main style="outline:none"><a href="#" tabindex="3">third</a><div id="d" style="cursor:pointer">open</div>
<button style="outline:none !important">pale</button><button style="position:fixed;left:-900px">far</button></main>"""

pytestmark = pytest.mark.journey


def test_a_month_is_stated_without_a_mouse(visitor: Visitor, language: str) -> None:
    words, clerk = WORDS[language], visitor()
    clerk.goto("/organisations/sign-in/")
    _reach(clerk, clerk.locator("#username"))
    clerk.keyboard.type(f"clerk_{language}")
    clerk.keyboard.press("Tab")
    clerk.keyboard.type(PASSWORD)
    _enter(clerk)
    if language == "en":  # which this account does not prefer
        _reach(clerk, clerk.get_by_role("button", name="English"))
        _enter(clerk)
    clerk.keyboard.press("Tab")
    expect(clerk.locator(".skip")).to_be_focused()
    clerk.keyboard.press("Enter")
    _reach(clerk, clerk.locator("main a").first, most=2)
    clerk.goto("/filings/")
    _reach(clerk, clerk.locator("input[name=period]"))
    clerk.keyboard.press("Control+a")
    clerk.keyboard.type(MONTH)
    _reach(clerk, clerk.get_by_role("button", name=words["open"], exact=True))
    _enter(clerk)
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(spelled(MONTH))
    expect(clerk.locator("table.sheet th.row button").first).to_be_visible()  # the script makes it, and listens then
    _reach(clerk, clerk.locator("[name=month-0-generation]"))
    clerk.keyboard.type("146203")
    _reach(clerk, clerk.get_by_role("button", name=words["save"], exact=True))
    _enter(clerk)
    expect(clerk.locator("[name=month-0-generation]")).to_have_value("146203.000")
    _reach(clerk, clerk.get_by_role("button", name=OUT[language], exact=True))
    _enter(clerk)
    expect(clerk.locator("a[href*='sign-in']").first).to_be_visible()


def test_what_a_keyboard_does_not_reach_or_show_is_found(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/about/")
    page.evaluate("html => document.body.innerHTML = html", MADE_UP)
    found = [fault.partition(":")[0] for fault in page.evaluate(BY_MOUSE_ALONE)]
    assert found == [
        "out of the order of the page", "does not show its focus", "is out of sight with the focus on it",
        "only by the mouse",
    ]  # fmt: skip


def _reach(page: Page, target: Locator, most: int = STOPS) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
