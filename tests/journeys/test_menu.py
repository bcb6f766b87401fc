"""The menu of a phone, which a script opens and closes; what pages show is read in tests/web/test_accessible.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey


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
