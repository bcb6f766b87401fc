"""A document's clauses out of a spreadsheet: far more rows than the form has, one of them wrong, mended and saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.pressing import paste
from tests.journeys.province import BARE

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS, WRONG = 1_500, 1_204
PATIENCE = 120_000
WORDS = {
    "zh": {"yes": "是", "row": f"第 {WRONG} 行", "remove": "删去第 2 行", "add": "增加一行"},
    "en": {"yes": "Yes", "row": f"Row {WRONG}", "remove": "Take row 2 away", "add": "Add a row"},
}

pytestmark = pytest.mark.journey


def test_rows_are_pasted_told_mended_and_saved(visitor: Callable[..., Page], language: str) -> None:
    words = WORDS[language]
    officer = visitor("a_provincial_officer")
    officer.goto(f"/policy/?q={BARE[language]}")
    officer.locator("main tbody a").first.click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text(BARE[language])
    document = officer.url
    officer.locator("main a.button[href*='policy.add_clauses']").click()
    officer.wait_for_load_state()
    rows = officer.locator("table.sheet tbody tr")
    lines = [[str(n), f"第 {n} 条", f"Clause {n}", words["yes"]] for n in range(1, ROWS + 1)]
    lines[WRONG - 1][3] = "也许"
    paste(officer.locator("[name=clauses-0-number]"), lines)
    assert rows.count() == ROWS
    # A row taken away and one added come back as they were.
    officer.get_by_role("button", name=words["remove"], exact=True).click()
    officer.get_by_role("button", name=words["add"], exact=True).click()
    assert rows.count() == ROWS
    officer.keyboard.press("Control+z")
    officer.keyboard.press("Control+z")
    assert rows.count() == ROWS
    assert officer.locator("[name=clauses-1-number]").input_value() == "2"
    _hand_in(officer)
    told = officer.locator("ul.told li")
    expect(told).to_have_count(1)
    expect(told).to_contain_text(words["row"])
    expect(told).to_contain_text("VAL-YES")
    wrong = officer.locator("table.sheet [aria-invalid=true]")
    expect(wrong).to_have_count(1)
    assert wrong.input_value() == "也许"
    assert wrong.get_attribute("name") == f"clauses-{WRONG - 1}-assigns"
    assert officer.locator(f"[name=clauses-{ROWS - 1}-zh]").input_value() == f"第 {ROWS} 条"
    wrong.select_option(label=words["yes"])
    _hand_in(officer)
    expect(officer.locator("[role=alert]")).to_have_count(0)
    officer.goto(document)
    expect(officer.locator("ul.tree > li")).to_have_count(ROWS)


def _hand_in(page: Page) -> None:
    with page.expect_navigation(timeout=PATIENCE):
        page.locator("form.action button.primary:visible").click(timeout=PATIENCE)
