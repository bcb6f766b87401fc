"""A clerk's month in the browser: template, a wrong cell, its correction, deposit, receipt, a stranger's check."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import spelled
from tests.journeys.walk import Walk
from tests.journeys.workbook import fill

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = {
    "zh": {
        "list": "月度数据", "open": "开始填报", "template": "下载模板", "upload": "上传并保存", "back": "回到填报",
        "submit": "提交检查", "deposit": "存证", "receipt": "下载回执",
        "deposited": "已存证", "verify": "验证", "valid": "有效", "where": "1号机组，2024年6月，烟煤",
        "verifier": "离线验证脚本",
    },
    "en": {
        "list": "Monthly data", "open": "Open", "template": "Template", "upload": "Upload and save",
        "back": "Back to the filing", "submit": "Submit",
        "deposit": "Deposit", "receipt": "Download", "deposited": "deposited", "verify": "Verify", "valid": "Valid",
        "where": "Unit 1, June 2024, Bituminous coal",
        "verifier": "Offline verifier",
    },
}  # fmt: skip

MARKED = {"zh": "下载批注工作簿", "en": "Download it with marks"}
STORED = {"zh": "第 1 版", "en": "version 1"}
CHECKED = {"zh": "已检查，待存证", "en": "checked, to be deposited"}
QUESTIONS, ANSWER = "textarea[form=answers]", "form[action$='/do/answer/'] button"
EXPLAINED = "已核对化验单 / checked against the laboratory's report"
MOST_CLICKS = 6
TRIES = 40  # the worker seals every second

pytestmark = pytest.mark.journey


def test_a_month_goes_from_a_wrong_cell_to_a_receipt_that_a_stranger_verifies(
    visitor: Callable[..., Page], language: str, tmp_path: Path
) -> None:
    words = WORDS[language]
    clerk = visitor(f"clerk_{language}")
    _open_june(clerk, words)
    template = _downloaded(clerk, words["template"], tmp_path)
    _correct_a_wrong_cell(clerk, words, template)
    _answer_and_submit(clerk, words)
    receipt = _deposit(visitor(f"approver_{language}"), clerk.url, words, tmp_path)
    _verify(visitor(), words, receipt, tmp_path)


def test_a_wrong_cell_comes_back_marked_and_mended_it_is_stored_within_six_clicks(
    visitor: Callable[..., Page], language: str, tmp_path: Path
) -> None:
    """From the page of the month on: choose and hand in, take the marked file, mend it, choose and hand in again."""
    words, clerk = WORDS[language], visitor(f"clerk_{language}")
    _open_june(clerk, words, "2024-05")
    template = _downloaded(clerk, words["template"], tmp_path)
    wrong = template.with_name("may.xlsx")
    sheet, cell = fill(template, wrong, month="2024-05", carbon_air_dried="57,83 %%")
    clicks = 0
    _upload(clerk, words, wrong)
    clicks += 2
    expect(clerk.locator("main table.stacked tbody")).to_contain_text(f"{sheet}!{cell}")
    with clerk.expect_download() as started:
        clerk.get_by_role("link", name=MARKED[language]).click()
    clicks += 1
    marked = tmp_path / "marked.xlsx"
    started.value.save_as(marked)
    book = openpyxl.load_workbook(marked)
    assert "57,83 %%" in book[sheet][cell].comment.text
    book[sheet][cell].value = 57.83
    book.save(marked)
    _upload(clerk, words, marked)
    clicks += 2
    expect(clerk.locator("header.page")).to_contain_text(STORED[language])
    assert clicks == 5 <= MOST_CLICKS  # the file is chosen once, and its mended successor once


def test_a_wrong_cell_is_mended_on_the_page_and_the_month_handed_in_within_six_clicks(
    visitor: Callable[..., Page], language: str, tmp_path: Path
) -> None:
    """From home: the month, the workbook chosen once, the cell mended where it is told, all answered, handed in."""
    words, clerk = WORDS[language], visitor(f"clerk_{language}")
    _open_june(clerk, words, "2024-11")
    template, wrong = _downloaded(clerk, words["template"], tmp_path), tmp_path / "november.xlsx"
    fill(template, wrong, month="2024-11", carbon_air_dried="57,83 %%")
    clerk.goto("/")
    walk = Walk(clerk)
    walk.press(clerk.locator("main a[href*='/filings/']", has_text="2024-11").first)
    clerk.locator("input[name=file]").first.set_input_files(wrong)
    walk.press(clerk.get_by_role("button", name=words["upload"]))
    cell = clerk.locator("form[action$='/save/'] input[name$=carbon_air_dried]").first
    expect(cell).to_have_value("57,83 %%")
    cell.fill("57.83")
    walk.press(clerk.locator("form[action$='/save/'] button.primary"))
    expect(clerk.locator("header.page")).to_contain_text(STORED[language])
    expect(clerk.locator("main aside")).to_contain_text("november.xlsx")
    questions = clerk.locator(QUESTIONS)
    for number in range(questions.count()):
        questions.nth(number).fill(EXPLAINED)
    walk.press(clerk.locator(ANSWER))
    expect(questions).to_have_count(0)
    walk.press(clerk.locator("header.page form[action$='/do/check/'] button"))
    expect(clerk.locator("header.page")).to_contain_text(CHECKED[language])
    walk.ended("clerk's month with a wrong cell, one file chosen", MOST_CLICKS)


def _open_june(clerk: Page, words: dict[str, str], month: str = "2024-06") -> None:
    clerk.get_by_role("link", name=words["list"]).first.click()
    clerk.locator("input[name=period]").fill(month)
    clerk.get_by_role("button", name=words["open"], exact=True).click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(spelled(month))


def _downloaded(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.locator("main").get_by_role("link", name=link, exact=True).click()
    kept = folder / started.value.suggested_filename
    started.value.save_as(kept)
    return kept


def _correct_a_wrong_cell(clerk: Page, words: dict[str, str], template: Path) -> None:
    """A wrong magnitude is told by the check that knows it, with place in words, sheet, cell and what to do."""
    filing, filled = clerk.url, template.with_name("june.xlsx")
    wrong = {"carbon_air_dried": (0.5783, "PWR-107"), "fuel_consumption": (64012550, "PWR-108")}
    for field, (value, code) in wrong.items():
        sheet, cell = fill(template, filled, **{field: value})
        _upload(clerk, words, filled)
        told = clerk.locator("main table.stacked tbody tr").first.inner_text()
        assert code in told
        assert words["where"] in told
        assert f"{sheet}!{cell}" in told
        clerk.goto(filing)
    fill(template, filled)
    _upload(clerk, words, filled)
    assert "PWR-107" not in clerk.locator("main").inner_text()


def _upload(clerk: Page, words: dict[str, str], workbook: Path) -> None:
    clerk.locator("input[name=file]").first.set_input_files(workbook)
    with clerk.expect_navigation():
        clerk.get_by_role("button", name=words["upload"]).click()


def answer_all(page: Page) -> None:
    """An explanation to each question, and one click for all of them."""
    questions = page.locator(QUESTIONS)
    for number in range(questions.count()):
        questions.nth(number).fill(EXPLAINED)
    if questions.count():
        page.locator(ANSWER).click()
        expect(questions).to_have_count(0)


def _answer_and_submit(clerk: Page, words: dict[str, str]) -> None:
    answer_all(clerk)
    with clerk.expect_navigation():
        clerk.get_by_role("button", name=words["submit"]).click()


def _deposit(approver: Page, filing: str, words: dict[str, str], folder: Path) -> Path:
    approver.goto(filing)
    approver.get_by_role("button", name=words["deposit"], exact=True).click()
    expect(approver.locator("header.page")).to_contain_text(words["deposited"])
    sealed = approver.locator("aside p a[href*='/evidence/receipts/']")
    for _ in range(TRIES):
        if sealed.count():
            break
        approver.wait_for_timeout(500)
        approver.reload()
    number = sealed.inner_text()
    sealed.click()
    expect(approver.get_by_role("heading", level=1)).to_contain_text(number)
    return _downloaded(approver, words["receipt"], folder)


def _verify(public: Page, words: dict[str, str], receipt: Path, folder: Path) -> None:
    public.goto("/evidence/verify/")
    public.locator("input[name=receipt]").set_input_files(receipt)
    public.get_by_role("button", name=words["verify"], exact=True).click()
    expect(public.locator(".message .tag.ok")).to_have_text(words["valid"])
    public.goto("/evidence/")
    script = _downloaded(public, words["verifier"], folder)
    key = public.request.get("/evidence/public-key.txt").text().strip()
    command = [sys.executable, script, receipt, "--key", key]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
