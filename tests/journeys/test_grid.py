"""A month typed into the grid: a block copied out of a spreadsheet goes into the cells, as many rows as it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import spelled
from tests.journeys.pressing import paste

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WORDS = {
    "zh": {
        "list": "月度数据",
        "open": "开始填报",
        "save": "保存",
        "coal": ("烟煤", "柴油", "天然气", "燃料油"),
        "head": "燃料品种",
    },
    "en": {
        "list": "Monthly data",
        "open": "Open",
        "save": "Save",
        "coal": ("Bituminous coal", "Diesel", "Natural gas", "Fuel oil"),
    },
}
AMOUNTS = ("64012.55", "12.30", "1.20", "0.80")

pytestmark = pytest.mark.journey


def test_a_block_out_of_a_spreadsheet_fills_the_cells_and_rows_are_added(
    visitor: Callable[..., Page], language: str
) -> None:
    words = WORDS[language]
    clerk = visitor(f"clerk_{language}")
    _begin(clerk, words, "2024-08")
    rows = clerk.locator("table.sheet").filter(has=clerk.locator("[name^=fuel-]")).locator("tbody tr")
    offered = rows.count()
    heads = [wanted(rows.first, name) for name in ("unit", "month", "fuel", "fuel_consumption")]
    first = rows.first.locator("[name$='-unit']")
    lines = [["1", "2024-08", fuel, amount] for fuel, amount in zip(words["coal"], AMOUNTS, strict=True)]
    paste(first, [heads, *lines])
    assert offered < len(lines)
    expect(rows).to_have_count(len(lines))
    with clerk.expect_navigation():
        clerk.get_by_role("button", name=words["save"], exact=True).click()
    saved = clerk.locator("[name$='-fuel_consumption']")
    assert [saved.nth(at).input_value() for at in range(len(AMOUNTS))] == list(AMOUNTS)


def test_keys_move_and_store_nothing_and_the_next_month_begins_with_this_one(
    visitor: Callable[..., Page], language: str
) -> None:
    words = WORDS[language]
    clerk = visitor(f"clerk_{language}")
    _begin(clerk, words, "2024-02")
    address = clerk.url
    generation = clerk.locator("[name=month-0-generation]")
    generation.click()
    clerk.keyboard.type("146203")
    clerk.keyboard.press("Enter")
    assert clerk.evaluate("document.activeElement.name") == "month-1-generation"
    clerk.keyboard.press("ArrowUp")
    clerk.keyboard.press("ArrowRight")
    assert clerk.evaluate("document.activeElement.name") == "month-0-running_hours"
    clerk.keyboard.press("ArrowLeft")
    assert clerk.evaluate("document.activeElement.name") == "month-0-generation"
    expect(clerk.locator("[data-unsaved]")).to_be_visible()
    clerk.keyboard.press("Control+z")
    expect(generation).to_have_value("")
    expect(clerk.locator("[data-unsaved]")).to_be_hidden()
    clerk.keyboard.press("Control+y")
    expect(generation).to_have_value("146203")
    # Whoever leaves is asked, and stays with what was typed.
    clerk.once("dialog", lambda dialog: dialog.dismiss())
    with clerk.expect_event("dialog") as asked:  # a click ends before the question comes
        clerk.locator("nav.streams a").nth(2).click()
    assert asked.value.type == "beforeunload"
    assert clerk.url == address
    expect(generation).to_have_value("146203")
    clerk.locator("[name=month-0-running_hours]").fill("600")
    fuel = clerk.locator("[name^=fuel-][name$='-fuel']").first
    clerk.locator("section.filed").filter(has=fuel).locator("label.all input").check()
    fuel.select_option(label=words["coal"][0])
    row = fuel.get_attribute("name") or ""
    values = {"unit": "1", "month": "2024-02", "fuel_consumption": "64012.55", "closing_stock": "30500"}
    for name, value in values.items():
        clerk.locator(f"[name={row.removesuffix('fuel')}{name}]").fill(value)
    with clerk.expect_navigation():
        clerk.get_by_role("button", name=words["save"], exact=True).click()
    _begin(clerk, words, "2024-03")
    expect(clerk.locator("td.carried")).to_have_count(2)
    assert clerk.locator("[name=fuel-0-opening_stock]").input_value() == "30500.00"
    assert clerk.locator("[name=fuel-0-fuel_consumption]").input_value() == ""


def _begin(clerk: Page, words: dict[str, Any], month: str) -> None:
    """A month opened from the list."""
    clerk.goto("/")
    clerk.get_by_role("link", name=words["list"]).first.click()
    clerk.locator("input[name=period]").fill(month)
    clerk.get_by_role("button", name=words["open"], exact=True).click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(spelled(month))
    expect(clerk.locator("table.sheet th.row button").first).to_be_visible()  # the script makes it, and listens then


def wanted(row: Locator, name: str) -> str:
    """What a column is called."""
    return row.locator(f"td:has([name$='-{name}'])").get_attribute("data-label") or ""
