"""`python -m tests.journeys.pictures ADDRESS`: the pictures of both READMEs, of an example served there on its day.

Three pages in two languages: a figure of the bulletin walked down, a plant's month with a wrong cell, an officer's day.
Debian's `pngquant` then writes each with a palette of its colours, a third of the size.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1400, "height": 800}
ROW, STEPS = "#row-19", 3  # how far it is walked down: figure, enterprise, unit, month
DRAFT = "2024-06"
WRONG = "57,83 %%"
PASSWORD = "tanzhi-example-2024"  # of invented people, as the demonstration prints it


def walk(page: Page) -> None:
    """A figure of the latest edition, opened to its formula, parameters and parts."""
    page.get_by_role("link", name=re.compile("^(发布稿|Bulletin)$")).first.click()
    for link in (f"{ROW} a[href*='/explain/']", *[".tree .node .law a"] * STEPS):
        with page.expect_navigation():
            page.locator(link).first.click()


def month(page: Page) -> None:
    """A month in draft with a value that is no number, as it comes back when it is saved."""
    page.get_by_role("link", name=re.compile("^(月度数据|Monthly data)$")).first.click()
    page.locator("main tbody tr").filter(has_text=DRAFT).get_by_role("link").first.click()
    page.wait_for_load_state()
    page.locator("input[name=fuel-0-carbon_air_dried]").fill(WRONG)
    with page.expect_navigation():
        page.locator("form[action$='/save/'] button").last.click()


def day(page: Page) -> None:
    """What an officer has to decide, to do and to watch: where a sign-in leads, once the first hints are put away."""
    hints = page.get_by_role("button", name=re.compile("^(知道了|Got it)"))
    if hints.count():
        with page.expect_navigation():
            hints.click()


PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "walk": ("officer", walk),
    "month": ("p02.clerk", month),
    "day": ("officer", day),
}
"""Of whom each picture is, and how its page is reached from home."""


def take(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser:
        for language in ("zh", "en"):
            for name, (who, reach) in PICTURES.items():
                context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
                page = context.new_page()
                _begin(page, address, who, language)
                reach(page)
                picture = FOLDER / f"{name}.{language}.png"
                page.screenshot(path=picture)
                subprocess.run(["pngquant", "--force", "--strip", "--output", picture, "256", picture], check=True)
                context.close()


def _begin(page: Page, address: str, who: str, language: str) -> None:
    """Sign somebody in, or nobody, and have the pages in a language."""
    page.goto(f"{address}/organisations/sign-in/")
    if who:
        page.locator("input[name=username]").fill(who)
        page.locator("input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("input[name=password]").press("Enter")
    if not str(page.locator("html").get_attribute("lang")).startswith(language):
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("^(English|中文)$")).first.click()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
