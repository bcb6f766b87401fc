"""In the browser: a round is opened, a city reports on its task with evidence, another confirms, the light turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.province import TASK_LISTS
from tests.journeys.reading import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visitor = Callable[..., "Page"]
WORDS = {
    "zh": {
        "red": "红灯", "green": "绿灯", "number": "任务中已有的编号", "told": "已报送，待核实",
        "confirmed": "已核实",
    },
    "en": {
        "red": "Red", "green": "Green", "number": "a number of the task", "told": "Reported, to be confirmed",
        "confirmed": "Confirmed",
    },
}  # fmt: skip

pytestmark = pytest.mark.journey


def test_a_city_reports_on_a_task_and_the_province_turns_its_light(
    visitor: Visitor, language: str, tmp_path: Path
) -> None:
    words = WORDS[language]
    officer, city = visitor("officer"), visitor("city_officer")
    document, task = _found(officer, language)
    officer.goto(task)
    expect(officer.locator("header.page")).to_contain_text(words["red"])
    report = _asked(officer, document, city)
    _told(city, report, words, tmp_path)
    assert officer.goto(report) is not None
    _confirmed(officer, words)
    officer.goto(task)
    expect(officer.locator("header.page")).to_contain_text(words["green"])
    addresses = (document, task, report, officer.url)
    faults = [fault for address in addresses for fault in faults_of(officer, address)]
    assert not faults, "\n".join(faults)


def _found(officer: Page, language: str) -> tuple[str, str]:
    """The document in the library and its task, by their links."""
    officer.goto(f"/policy/?q={TASK_LISTS[language]}")
    officer.locator("main tbody a").first.click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text(TASK_LISTS[language])
    document = officer.url
    officer.locator("ul.tree a").first.click()
    expect(officer.locator("header.page")).to_contain_text(f"1 {TASK_LISTS[language]}")
    return document, officer.url


def _asked(officer: Page, document: str, city: Page) -> str:
    """A round is opened from the document; the city finds what it is asked among its things to do."""
    officer.goto(document)
    number = document.rstrip("/").rpartition("/")[2]
    officer.locator("main a.button[href*='policy.open_round']").click()
    today = timezone.localdate().isoformat()
    officer.locator("#field-document").select_option(number)
    officer.locator("#field-as_of").fill(today)
    officer.locator("#field-due_on").fill(today)
    with officer.expect_navigation():
        officer.locator("form.action button.primary").click()
    expect(officer.locator("[role=alert]")).to_have_count(0)
    city.goto(document.replace("/documents/", "/rounds/"))  # the round itself is the province's
    city.goto("/")
    city.locator("main a[href*='/policy/reports/']").first.click()
    expect(city.locator("#field-actuals")).to_be_visible()
    return city.url


def _told(city: Page, report: str, words: dict[str, str], folder: Path) -> None:
    """A number that the task does not have is refused beside its field; the right one waits for another person."""
    proof = folder / "ledger.txt"
    proof.write_text("台账 / ledger", encoding="utf-8")
    assert city.locator("[name=actuals-0-number]").input_value() == "1"
    expect(city.locator("#field-files:required")).to_have_count(1)
    for number in ("7", "1"):
        city.locator("[name=actuals-0-number]").fill(number)
        city.locator("[name=actuals-0-value]").fill("10")
        city.locator("#field-progress").fill("已完成 / done")
        city.locator("#field-files").set_input_files(proof)
        with city.expect_navigation():
            city.locator("form.action:has(#field-actuals) button.primary").click()
        if number == "7":
            expect(city.locator("form.action").first).to_contain_text(words["number"])
    assert city.url == report
    expect(city.locator("header.page")).to_contain_text(words["told"])
    expect(city.locator("main a[href*='policy.confirm_report']")).to_have_count(0)


def _confirmed(officer: Page, words: dict[str, str]) -> None:
    officer.locator("main a.button[href*='policy.confirm_report']").click()
    officer.locator("#field-text").fill("与台账一致 / as in the ledger")
    with officer.expect_navigation():
        officer.locator("form.action button.primary").click()
    expect(officer.locator("header.page")).to_contain_text(words["confirmed"])
    expect(officer.locator("header.page")).to_contain_text(words["green"])
