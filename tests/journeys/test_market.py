"""In the browser: allowances are allocated, approved and issued; the plant surrenders, an officer confirms: met."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.province import MARKET
from tests.journeys.reading import faults_of
from tests.journeys.test_verification import _approve, _do, _hand_in, _open

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visitor = Callable[..., "Page"]
OWED = 1_567_180
ALLOWANCES = {"zh": 1_708_158, "en": 1_699_477}  # E5 of the reference sheet on power
ISSUED = {"zh": r"1\D?708\D?158", "en": r"1\D?699\D?477"}
WORDS = {
    "zh": {
        "waiting": "等待另一人审批", "approved": "已审定", "issued": "已发放", "over": "超过尚欠",
        "todo": "确认清缴", "desk": "企业工作台", "confirmed": "已清缴", "met": "按时足额清缴",
        "open": "2 项差异待说明", "explained": "差异均已说明",
    },
    "en": {
        "waiting": "waits for a second person", "approved": "approved, to be issued", "issued": "· issued",
        "over": "still owed", "todo": "Confirm a surrender", "desk": "Plant desk",
        "confirmed": "surrendered", "met": "Met in time", "open": "2 differences to explain",
        "explained": "differences explained",
    },
}  # fmt: skip

pytestmark = pytest.mark.journey


def test_allowances_are_issued_and_surrendered(visitor: Visitor, language: str) -> None:
    words = WORDS[language]
    officer, director = visitor("officer"), visitor("director")
    run = _computed(officer, MARKET[language][1])
    for act, state in (("registry.approve_run", "approved"), ("registry.issue_run", "issued")):
        _do(officer, run, act)
        expect(officer.locator("main")).to_contain_text(words["waiting"])
        _approve(director, run)
        officer.goto(run)
        expect(officer.locator("header.page")).to_contain_text(words[state])
    plant = visitor(f"market_approver_{language}")
    account = _surrendered(plant, language)
    surrender = _confirmed(officer, MARKET[language][0], words)
    cycle = _met(plant, words)
    statement = _reconciled(plant, language)
    addresses = (run, account, surrender, cycle, statement)
    faults = [fault for address in addresses for fault in faults_of(officer, address)]
    assert not faults, "\n".join(faults)


def _computed(officer: Page, year: int) -> str:
    """A run of the year's allowances, computed from what the plant deposited."""
    officer.goto("/registry/runs/")
    _open(officer, "registry.open_run")
    options = officer.locator("#field-cycle option")
    value = options.filter(has_text=str(year)).get_attribute("value")
    _hand_in(officer, cycle=str(value), year=str(year), stage="final")
    expect(officer.locator("[role=alert]")).to_have_count(0)
    officer.goto("/registry/runs/")
    officer.locator("main tbody a", has_text=str(year)).first.click()
    run = officer.url
    _do(officer, run, "registry.compute_run")
    return run


def _surrendered(plant: Page, language: str) -> str:
    """First a tonne too much, which is told; then from the plant's desk, filled in with all that it owes."""
    plant.goto("/registry/")
    plant.locator("main tbody a").first.click()
    account = plant.url
    expect(plant.locator("main")).to_contain_text(re.compile(ISSUED[language]))
    _open(plant, "registry.surrender")
    options = plant.locator("#field-cycle option")
    value = options.filter(has_text=str(MARKET[language][1])).get_attribute("value")
    _hand_in(plant, cycle=str(value), allowances=str(OWED + 1), credits="0")
    expect(plant.locator("[role=alert]")).to_contain_text(WORDS[language]["over"])
    plant.goto("/")
    clicks = [plant.locator("nav.streams").get_by_role("link", name=WORDS[language]["desk"])]
    clicks[-1].click()
    expect(plant.locator(".figures")).to_contain_text(re.compile(rf"{OWED:,}".replace(",", r"\D?")))
    # the number walks down to the run and its formula, and back
    walk = plant.locator("#years a.explain").first
    walk.click()
    expect(plant.locator("main")).to_contain_text(re.compile(rf"{OWED:,}".replace(",", r"\D?")))
    plant.go_back()
    faults = faults_of(plant, plant.url)
    assert not faults, "\n".join(faults)
    clicks.append(plant.locator("header.page a[href*='registry.surrender']"))
    clicks[-1].click()
    assert plant.locator("#field-allowances").input_value() == str(OWED)
    assert plant.locator("#field-credits").input_value() == "0"
    assert plant.locator("#field-cycle").input_value() == value
    clicks.append(plant.locator("form.action button.primary:visible"))
    with plant.expect_navigation():
        clicks[-1].click()
    expect(plant.locator("[role=alert]")).to_have_count(0)
    sys.stdout.write(f"a plant from its total to the surrender, filled in: {len(clicks)} clicks\n")
    assert len(clicks) == 3
    return account


def _confirmed(officer: Page, code: str, words: dict[str, str]) -> str:
    """The officer finds it among his things to do."""
    officer.goto("/")
    told = officer.locator("main a[href*='/registry/surrenders/']", has_text=code)
    expect(told).to_contain_text(words["todo"])
    told.click()
    surrender = officer.url
    _do(officer, surrender, "registry.confirm_surrender")
    officer.goto(surrender)
    expect(officer.locator("header.page")).to_contain_text(words["confirmed"])
    return surrender


def _met(plant: Page, words: dict[str, str]) -> str:
    """The plant reads in the cycle that it has met what it owed."""
    plant.goto("/registry/compliance/")
    expect(plant.locator("main table").first).to_contain_text(words["met"])
    return plant.url


def _reconciled(plant: Page, language: str) -> str:
    """The registry's statement has the surrender a day later, and a transfer that is not here: each is explained."""
    words, issued, unit = WORDS[language], ALLOWANCES[language], f"CEA{MARKET[language][1] % 100}"
    first = timezone.localdate()
    later = first + timedelta(days=1)
    rows = (
        ("对账单编号", "产品与年度", "业务类型", "日期", "数量", "余额"),
        ("2024-1", unit, "配额发放", first, issued, issued),
        ("2024-1", unit, "配额清缴", later, OWED, issued - OWED),
        ("2024-1", unit, "划转转入", later, 500, issued - OWED + 500),
    )
    content = "\n".join(",".join(map(str, row)) for row in rows)
    plant.goto("/registry/reconciliations/")
    plant.locator("main a[href*='registry.statements']").first.click()
    written = content.encode("utf-8-sig")
    plant.locator("#file").set_input_files([{"name": "statement.csv", "mimeType": "text/csv", "buffer": written}])
    with plant.expect_navigation():
        plant.locator("form.action button.primary").click()
    faults = faults_of(plant, plant.url)
    assert not faults, "\n".join(faults)
    with plant.expect_navigation():
        plant.locator("button[name=commit]").click()
    plant.locator("main section a[href*='/registry/reconciliations/']").click()
    statement = plant.url
    header = plant.locator("header.page")
    expect(header).to_contain_text(words["open"])
    for reason in ("登记系统次日入账 / booked a day later", "对方尚未在平台登记 / not entered here yet"):
        plant.locator("main a[href*='registry.explain_difference']").first.click()
        _hand_in(plant, words=reason)
        expect(plant.locator("main")).to_contain_text(reason)
    assert plant.url.partition("?")[0] == statement
    expect(header).to_contain_text(words["explained"])
    expect(plant.locator("main a[href*='registry.explain_difference']")).to_have_count(0)
    return statement
