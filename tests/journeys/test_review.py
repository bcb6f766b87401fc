"""A month over three levels in the browser: returned at a cell, answered there, deposited again; late ones reminded."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.province import REVIEWED
from tests.journeys.reading import faults_of
from tests.journeys.test_a_month import answer_all
from tests.journeys.walk import Walk

if TYPE_CHECKING:
    from playwright.sync_api import Page

MONTH = "2023-06"
CELL = "units-1.months-2023-06.fuels-bituminous.fuel_consumption"
WORDS = {
    "zh": {
        "deposited": "已存证", "open": "意见未答复", "answered": "意见已答复", "clue": "线索",
        "reminded": "已向 4 家单位催报",
    },
    "en": {
        "deposited": "deposited", "open": "remark to answer", "answered": "remark answered", "clue": "Clue",
        "reminded": "4 plants were reminded",
    },
}  # fmt: skip

pytestmark = pytest.mark.journey


def test_a_month_is_returned_at_a_cell_answered_and_deposited_again_over_three_levels(
    visitor: Callable[..., Page], language: str
) -> None:
    words = WORDS[language]
    clerk, head = visitor(f"review_clerk_{language}"), visitor(f"review_approver_{language}")
    city, province = visitor("city_officer"), visitor("officer")
    # The head returns what the clerk submitted, then deposits what came back.
    _returned(Walk(head), _from_home, "head")
    _amended(Walk(clerk), words, "58012.34")
    _deposited(Walk(head), words)
    # The city returns and passes, the province returns and passes; the plant answers each time.
    for reader, level, amount in ((city, "city", "58013.45"), (province, "province", "58014.56")):
        _returned(Walk(reader), _from_matrix(language), level)
        _amended(Walk(clerk), words, amount)
        _deposited(Walk(head), words)
        _passed(Walk(reader), language, level)
    rounds = clerk.locator("#remarks .finding")
    clerk.reload()
    expect(rounds).to_have_count(6)


def _from_home(walk: Walk) -> None:
    walk.page.goto("/")
    walk.press(walk.page.locator("main a[href*='/filings/']", has_text=MONTH).first)


def _from_matrix(language: str) -> Callable[[Walk], None]:
    def open_month(walk: Walk) -> None:
        walk.page.goto("/filings/matrix/?year=2023")
        row = walk.page.locator("table.matrix tbody tr", has_text=REVIEWED[language])
        walk.press(row.locator("td a").first)

    return open_month


def _returned(walk: Walk, opened: Callable[[Walk], None], level: str) -> None:
    """Open, review, press the cell, write, return: the words typed before the cell was pressed are still there."""
    opened(walk)
    page = walk.page
    walk.press(page.locator("header.page a[href$='/review/']"))
    page.locator("textarea[name=remark]").fill(f"请核对燃煤消耗量（{level}）")
    walk.press(page.locator(f"[id='{CELL}'] button"))
    expect(page.locator("textarea[name=remark]")).to_have_value(f"请核对燃煤消耗量（{level}）")
    page.locator("textarea[name=text-0]").fill("与入炉台账不符 / differs from the log")
    walk.press(page.locator("button[value=return]"))
    expect(page.locator("#remarks")).to_contain_text(level)
    walk.ended(f"{level} returns a month at a cell", 4)


def _amended(walk: Walk, words: dict[str, str], amount: str) -> None:
    """From home to the cell by its mark; the answers, the new value, and the month is handed in again."""
    page = walk.page
    _from_home(walk)
    cell = page.locator(f"[id='{CELL}']")
    expect(cell).to_contain_text(words["open"])
    # By keyboard: from the input of the cell to its mark, and by it to the remark.
    cell.locator("input").focus()
    page.keyboard.press("Tab")
    expect(cell.locator(".marks a")).to_be_focused()
    page.keyboard.press("Enter")
    remark = page.locator(".finding:target")
    expect(remark).to_contain_text("与入炉台账不符")
    expect(remark.locator("textarea")).to_have_count(1)
    for _ in range(2):
        answer = page.locator("#remarks form[action*='/remarks/']").first
        answer.locator("textarea").fill("已按台账更正 / corrected by the log")
        walk.press(answer.locator("button"))
        page.wait_for_load_state()
    expect(cell).to_contain_text(words["answered"])
    cell.locator("input").fill(amount)
    walk.press(page.locator("form[action$='/save/'] button:not([type=button])"))
    page.wait_for_load_state()
    answer_all(page)
    walk.press(page.locator("header.page form[action$='/do/check/'] button"))
    page.wait_for_load_state()
    expect(page.locator("header.page form[action$='/do/check/']")).to_have_count(0)
    walk.ended("clerk answers, amends and hands in", 5)


def _deposited(walk: Walk, words: dict[str, str]) -> None:
    _from_home(walk)
    walk.press(walk.page.locator("form[action$='/do/deposit/'] button"))
    expect(walk.page.locator("header.page")).to_contain_text(words["deposited"])
    walk.ended("head deposits", 2)


def _passed(walk: Walk, language: str, level: str) -> None:
    _from_matrix(language)(walk)
    walk.press(walk.page.locator("header.page a[href$='/review/']"))
    walk.press(walk.page.locator("button[value=pass]"))
    expect(walk.page.locator("main .message").first).to_be_visible()
    walk.ended(f"{level} passes a month", 3)


def test_a_clue_begins_at_a_cell_and_leads_back_to_it(visitor: Callable[..., Page], language: str) -> None:
    """After the month stands: from the matrix to its cell, to the clue, and from the clue back to the cell."""
    words, city, province = WORDS[language], visitor("city_officer"), visitor("officer")
    walk = Walk(city)
    _from_matrix(language)(walk)
    walk.press(city.locator(f"[id='{CELL}'] a").first)
    walk.press(city.locator("#cell a.button"))
    city.locator("textarea[name=text]").fill("与入炉台账不符 / differs from the log")
    walk.press(city.locator("form.action button.primary"))
    expect(city.get_by_role("heading", level=1)).to_contain_text(words["clue"])
    walk.ended("a clue from the matrix to its record", 4)
    clue = city.url
    back = Walk(city)
    back.press(city.locator(f"main dl.facts a[href*='#{CELL}']"))
    expect(city.locator("td:target")).to_have_attribute("id", CELL)
    expect(city.locator("td:target")).to_contain_text(words["clue"])
    back.ended("from the clue back to its cell", 1)
    # The province sees it at the cell; the plant, whom nobody has told, sees nothing there.
    month = re.sub(r"versions/.*", "", city.url)
    mark = f"[id='{CELL}'] a[href*='/verification/clues/']"
    for page, marks in ((province, 1), (visitor(f"review_clerk_{language}"), 0)):
        page.goto(month)
        expect(page.locator(mark)).to_have_count(marks)
    faults = faults_of(city, clue) + faults_of(city, month) + faults_of(city, f"{month}review/")
    assert not faults, "\n".join(faults)


def test_forty_late_months_are_reminded_of_in_three_clicks(visitor: Callable[..., Page], language: str) -> None:
    officer = visitor(f"late_officer_{language}")
    officer.goto("/")
    walk = Walk(officer)
    walk.press(officer.locator("nav a[href='/filings/matrix/']").first)
    walk.press(officer.locator("header.page a[href='/filings/reminders/']"))
    officer.wait_for_url("**/filings/reminders/")
    late = officer.locator("main tbody tr td:nth-child(2)").all_inner_texts()
    assert sum(len(cell.split()) for cell in late) >= 40
    faults = faults_of(officer, officer.url, PHONE)
    assert not faults, "\n".join(faults)
    walk.press(officer.locator("main form button.primary"))
    expect(officer.locator("main .message").first).to_contain_text(WORDS[language]["reminded"])
    walk.ended("forty late months reminded of", 3)
