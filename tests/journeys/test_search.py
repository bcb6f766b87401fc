"""From anywhere to a record: the key /, two signs of a name, Enter, the record."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

NARROW = {"width": 390, "height": 844}


def test_a_record_is_found_in_two_clicks_by_two_signs_of_its_name(visitor: Visitor) -> None:
    officer = visitor("officer")
    officer.goto("/policy/tasks/")
    officer.locator("main input[type=search]").focus()
    officer.keyboard.press("/")
    expect(officer.locator("#find")).not_to_be_focused()  # whoever writes writes
    officer.locator("h1").click()
    officer.keyboard.press("/")
    expect(officer.locator("#find")).to_be_focused()
    officer.keyboard.insert_text("示例")
    clicks = ["Enter"]
    with officer.expect_navigation():
        officer.keyboard.press("Enter")
    hit = officer.locator(".hits a[href^='/organisations/']").first
    name = hit.inner_text()
    hit.click()
    clicks.append(name)
    expect(officer.locator("h1")).to_contain_text(name)
    assert len(clicks) == 2


def test_the_field_stands_in_the_head_on_a_phone_and_the_public_finds_the_law(visitor: Visitor) -> None:
    public = visitor("", NARROW)
    public.goto("/rules/")
    public.locator("#find").fill("pwr-107")
    with public.expect_navigation():
        public.locator("#find").press("Enter")
    public.locator(".hits a[href='/rules/power/#PWR-107']").click()
    expect(public.locator("#PWR-107")).to_be_visible()
    assert public.evaluate("document.documentElement.scrollWidth <= innerWidth")
