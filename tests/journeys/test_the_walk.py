"""From the bulletin down to the cell: the public as far as it may, the province's officer all the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tanzhi.examples.generate import Plant, unit_year
from tests.journeys.province import PLANTS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

BULLETIN = "/bulletin/2024/"  # its row 19 tells the emission reported for the year before
ROW = "#row-19"
DEEPEST = 12
WORDS = {"zh": {"cell": "单元格", "file": "文件"}, "en": {"cell": "Cell", "file": "File"}}

pytestmark = pytest.mark.journey


def test_the_public_is_refused_a_figure_before_it_is_published(visitor: Callable[..., Page]) -> None:
    """Of a year that no edition has; once one has it, `test_bulletin` walks it."""
    public = visitor()
    public.goto("/explain/?ref=figure:verification.reported_emission%3Fperiod%3D2022")
    expect(public.locator("main")).to_contain_text("FIG-UNPUBLISHED")
    public.goto("/bulletin/2023/")
    expect(public.locator("main")).to_contain_text("BUL-03")


def test_an_officer_walks_from_the_bulletin_down_to_the_cell_and_its_receipt(
    visitor: Callable[..., Page], language: str
) -> None:
    officer = visitor("officer")
    _opened_from_the_bulletin(officer)
    _walk_down(officer)
    told = officer.locator(".headline").inner_text()
    assert _number(officer.locator(".headline b")) == _burned_in_january()
    assert WORDS[language]["cell"] in told
    assert "!D5" in told  # first row below the heads; unit, month and fuel stand before the consumption
    assert "2023-01.xlsx" in told
    receipt = officer.locator(".node .value").last.inner_text().strip()
    officer.locator(".node a[href*='/evidence/receipts/']").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text(receipt)


def _opened_from_the_bulletin(page: Page) -> str:
    """Open row 19's explanation; its figure is the one printed in full beside the rounded one."""
    page.goto(BULLETIN)
    printed = _number(page.locator(f"{ROW} .headline .full").first)
    with page.expect_navigation():
        page.locator(f"{ROW} a[href*='/explain/']").first.click()
    assert _number(page.locator(".headline b")) == printed
    return printed


def _walk_down(page: Page) -> None:
    """The first branch at each step, until nothing lies below; a part's value is the next page's headline."""
    for _ in range(DEEPEST):
        step = page.locator(".tree .node").first
        down = step.locator(".law a")
        if not down.count():
            return
        value = _number(step.locator(".value").first)
        with page.expect_navigation():
            down.first.click()
        assert _number(page.locator(".headline b")) == value
    pytest.fail("the walk does not end")


def _burned_in_january() -> str:
    """The coal that the province's loader filed, from the example's seeded generator."""
    plant = Plant(PLANTS["zh"], "990100", "", "", (350,), heat=False)
    january = unit_year(plant, 1, [f"2023-{number:02d}" for number in range(1, 13)], 1)["months"][0]
    return str(january["fuels"][0]["fuel_consumption"])


def _number(shown: Locator) -> str:
    """The digits of a value as printed, without its thin spaces, commas and unit."""
    found = re.match(r"−?\d[\d.]*", re.sub(r"[\s,]", "", shown.inner_text()))
    assert found, shown
    return found[0]
