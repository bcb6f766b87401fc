"""In the browser: data are filed and deposited, compiled by one, refused to him, approved by another, published."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.reading import faults_of
from tests.journeys.records_inventory import INVENTORIES
from tests.journeys.test_verification import _do, _hand_in, _open

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visitor = Callable[..., "Page"]
WORDS = {
    "zh": {
        "begin": "开始填报", "save": "保存", "submit": "提交检查", "deposit": "存证", "deposited": "已存证",
        "published": "已发布", "provisional": "初步结果", "processes": "工业生产过程",
    },
    "en": {
        "begin": "Begin", "save": "Save", "submit": "Submit", "deposit": "Deposit", "deposited": "deposited",
        "published": "published", "provisional": "provisional", "processes": "Industrial processes",
    },
}  # fmt: skip

pytestmark = pytest.mark.journey


def test_an_inventory_is_compiled_reviewed_by_another_and_published(visitor: Visitor, language: str) -> None:
    words = WORDS[language]
    clerk = visitor("inventory_clerk")
    case = _case(clerk, INVENTORIES[language])
    filing = _filed(clerk, words)
    officer, head = visitor("officer"), visitor("inventory_approver")
    _refused(officer, case, "inventory.compile", "INV-11")  # what was handed in is not deposited yet
    _deposited(head, filing, words)
    for act in ("inventory.compile", "inventory.submit"):
        _do(officer, case, act)
    _compiled(officer, case, words)
    _refused(officer, case, "inventory.approve", "ACT-SELF")
    _do(visitor("a_provincial_officer"), case, "inventory.approve", remark="与能源平衡表核对一致 / agrees")
    _do(visitor("a_provincial_director"), case, "inventory.publish")
    _read(visitor, case, words)


def _case(clerk: Page, year: int) -> str:
    clerk.goto("/inventory/")
    clerk.locator("main tbody tr", has_text=str(year)).locator("a").first.click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(str(year))
    return clerk.url


def _filed(clerk: Page, words: dict[str, str]) -> str:
    """The clerk begins the form of industrial processes, states the clinker and hands it in."""
    row = clerk.locator("main tbody tr", has_text=words["processes"]).first
    row.get_by_role("button", name=words["begin"]).click()
    clerk.locator("input[name='region-0-clinker_output']").fill("1000000")
    with clerk.expect_navigation():
        clerk.get_by_role("button", name=words["save"], exact=True).click()
    with clerk.expect_navigation():
        clerk.get_by_role("button", name=words["submit"]).click()
    return clerk.url


def _deposited(head: Page, filing: str, words: dict[str, str]) -> None:
    head.goto(filing)
    with head.expect_navigation():
        head.get_by_role("button", name=words["deposit"], exact=True).click()
    expect(head.locator("header.page")).to_contain_text(words["deposited"])


def _refused(page: Page, case: str, act: str, code: str) -> None:
    """An act that the rules refuse: the code stands on its form, and the inventory stays as it was."""
    page.goto(case)
    before = page.locator("header.page .tag").inner_text()
    _open(page, act)
    _hand_in(page)
    expect(page.locator("[role=alert]").first).to_contain_text(code)
    page.goto(case)
    expect(page.locator("header.page .tag")).to_have_text(before)


def _compiled(officer: Page, case: str, words: dict[str, str]) -> None:
    """What the officer reads before it is published: the total, and that it is provisional."""
    officer.goto(case)
    expect(officer.locator("main .figures")).to_contain_text("53.80")  # 1 Mt of clinker at 0.538 t
    expect(officer.locator("main")).to_contain_text(words["provisional"])


def _read(visitor: Visitor, case: str, words: dict[str, str]) -> None:
    """Everybody reads what is published, at a desk and on a phone, and axe finds nothing."""
    anybody = visitor()
    anybody.goto(case)
    expect(anybody.locator("header.page")).to_contain_text(words["published"])
    for address, *views in ((case,), (f"{case}table/", WIDE), (f"{case}factors/", PHONE), ("/inventory/compare/",)):
        assert faults_of(anybody, address, *views) == []
