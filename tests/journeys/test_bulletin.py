"""In the browser: an edition is drafted, proposed, signed by another; the public reads it and takes it away."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.journeys.province import PROVINCE
from tests.journeys.reading import faults_of
from tests.journeys.test_the_walk import _number
from tests.journeys.test_verification import _do, _hand_in, _open
from tests.pdf_text import text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visitor = Callable[..., "Page"]
# each language publishes a period of its own; row 19 of both tells the emissions reported for 2023
PERIODS = {"zh": "2024H1", "en": "2024H2"}
ROW = "#row-19"
WORDS = {
    "zh": {
        "edition": "2024年上半年发布稿，第1版", "waiting": "待另一人审批", "draft": "草稿：未经签发，不得引用",
        "published": "已发布，第 1 版", "state": "已发布", "signed": "第1版",
        "alone": "上期未发布，不作比较",
    },
    "en": {
        "edition": "2024 H2, edition 1", "waiting": "Waiting for a second person",
        "draft": "draft: not signed, not to be quoted", "published": "published, edition 1", "state": "Published",
        "signed": "Edition 1, signed", "alone": "there is nothing to compare with",
    },
}  # fmt: skip

pytestmark = pytest.mark.journey


def test_an_edition_is_signed_by_another_and_read_by_the_public(
    visitor: Visitor, language: str, tmp_path: Path
) -> None:
    words, address = WORDS[language], f"/bulletin/{PERIODS[language]}/"
    officer, director, public = visitor("officer"), visitor("director"), visitor()
    edition = _drafted(officer, PERIODS[language], words)
    public.goto(address)
    expect(public.locator("main")).to_contain_text("BUL-03")  # nothing before it is signed
    proposal = _proposed(officer, director, edition, words)
    _not_by_oneself(officer, proposal)
    _signed(director, edition, words)
    value = _read(public, address, words)
    _taken_away(public, address, value, words, tmp_path)
    archived = _found_again(public, address, words)
    pages = (address, f"{address}compare/", archived)  # the menu leads to the rest: tests/web/test_accessible.py
    faults = [fault for page in pages for fault in faults_of(public, page)]
    assert not faults, "\n".join(faults)


def _drafted(officer: Page, period: str, words: dict[str, str]) -> str:
    """From the archive; a second draft beside it is refused."""
    for again in (False, True):
        officer.goto("/bulletin/archive/")
        _open(officer, "bulletin.draft")
        _hand_in(officer, period=period, region=PROVINCE)
        expect(officer.locator("[role=alert]")).to_have_count(int(again))
    expect(officer.locator("[role=alert]")).to_contain_text("BUL-01")
    officer.goto("/bulletin/archive/")
    officer.locator("main tbody a", has_text=words["edition"]).click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text(words["edition"])
    return officer.url


def _proposed(officer: Page, director: Page, edition: str, words: dict[str, str]) -> str:
    """The officer proposes; the director finds where to decide."""
    _do(officer, edition, "bulletin.publish", remark="各项数据已核对 / every figure was checked")
    officer.goto(edition)
    expect(officer.locator("main")).to_contain_text(words["waiting"])
    director.goto(edition)
    return str(director.locator("main .message a[href*='/cases/proposals/']").get_attribute("href"))


def _not_by_oneself(officer: Page, proposal: str) -> None:
    """Who proposed is offered no approval; sending one all the same is refused, and the proposal stands."""
    officer.goto(proposal)
    expect(officer.locator("button[value=approve]")).to_have_count(0)
    officer.locator("button[value=withdraw]").evaluate("button => { button.value = 'approve' }")
    with officer.expect_navigation():
        officer.locator("main form button[name=decision]").click()
    expect(officer.locator("[role=alert]")).to_contain_text(re.compile("ACT-(SELF|ROLE)"))
    expect(officer.locator("button[value=withdraw]")).to_have_count(1)


def _signed(director: Page, edition: str, words: dict[str, str]) -> None:
    director.locator("main .message a[href*='/cases/proposals/']").click()
    with director.expect_navigation():
        director.locator("button[value=approve]").click()
    director.goto(edition)
    expect(director.locator("header.page")).to_contain_text(words["state"])


def _read(public: Page, address: str, words: dict[str, str]) -> str:
    """The published page; row 19 leads to its explanation, which says the same, and further down. Gives the value."""
    public.goto(address)
    expect(public.locator("header.page")).to_contain_text(words["published"])
    value = _number(public.locator(f"{ROW} .headline .full").first)
    public.locator(f"{ROW} a[href*='/explain/']").first.click()
    assert _number(public.locator(".headline b")) == value
    expect(public.locator(".tree .node").first).to_be_visible()
    return value


def _taken_away(public: Page, address: str, value: str, words: dict[str, str], folder: Path) -> None:
    """Word and PDF open and hold the value to the last digit and the signature; JSON says which edition it is."""
    grouped = f"{int(value):,}"
    files = {form: _downloaded(public, address, form, folder) for form in ("docx", "pdf")}
    book = Document(io.BytesIO(files["docx"]))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    assert any(cell.startswith(grouped) for cell in cells)
    assert any(words["signed"] in paragraph.text for paragraph in book.paragraphs)
    printed = text_of(files["pdf"])
    assert grouped in printed
    assert words["signed"] in printed
    public.goto(address)
    public.locator("main header a[href*='.json'], header.page a[href*='.json']").first.click()
    told = json.loads(public.locator("body").inner_text())
    assert (told["draft"], told["edition"]["number"]) == (False, 1)
    assert value in {figure["value"] for row in told["rows"] if row["row"] == 19 for figure in row["figures"]}


def _downloaded(public: Page, address: str, form: str, folder: Path) -> bytes:
    public.goto(address)
    with public.expect_download() as download:
        public.locator(f"header.page a[href*='.{form}']").click()
    assert download.value.suggested_filename.endswith(f".{form}")
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target.read_bytes()


def _found_again(public: Page, address: str, words: dict[str, str]) -> str:
    """Alone beside a period that was never published, and in the archive. Gives the edition's own address."""
    public.goto(address)
    public.locator("header.page a[href*='/compare/']").click()
    expect(public.locator("main")).to_contain_text(words["alone"])  # the period before was never published
    public.goto("/bulletin/archive/")
    row = public.locator("main tbody tr", has_text=words["edition"])
    expect(row).to_contain_text(words["state"])
    row.locator("a").first.click()
    expect(public.get_by_role("heading", level=1)).to_contain_text(words["edition"])
    return public.url
