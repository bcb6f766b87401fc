"""A program in the browser: opened by two, keyed, agreed to by a plant, told of events, withdrawn and ended."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.pressing import do, found, refused
from tests.journeys.province import PLANTS
from tests.journeys.reading import faults_of

if TYPE_CHECKING:
    from tests.journeys.conftest import Visitor

OPENED = re.compile("开立程序账户|Open a service account")
SERVICES = "/services/"
KINDS = ["publication"]  # of which none happens before it is stopped, so that nothing is sent

pytestmark = pytest.mark.journey


def test_a_program_is_opened_keyed_agreed_to_hooked_and_ended(visitor: Visitor, language: str) -> None:
    director, officer, approver = visitor("director"), visitor("officer"), visitor(f"approver_{language}")
    code, system, until = f"SYS-{language.upper()}", f"对接系统 {language}", (timezone.localdate() + timedelta(days=30))
    asked = {"organisation": "P99", "code": code, "name": system, "ends_on": until.isoformat()}
    do(director, SERVICES, "web.open_service", **asked)
    officer.goto("/")
    officer.locator("main a[href*='/cases/proposals/']").filter(has_text=OPENED).first.click()
    with officer.expect_navigation():
        officer.locator("button[value=approve]").click()

    account = found(director, SERVICES, code)
    director.goto(f"{account}key/")
    with director.expect_navigation():
        director.locator("form.action button.primary").click()
    secret = director.locator(".message code").first.inner_text()
    director.goto(account)
    expect(director.locator("main")).not_to_contain_text(secret)  # shown once

    agreement = {"organisation": PLANTS[language], "service": code, "until": until.isoformat()}
    do(approver, SERVICES, "web.agree_to_service", **agreement)
    approver.goto(SERVICES)
    expect(approver.locator("main tbody tr").filter(has_text=system).first).to_be_visible()

    refused(director, account, "web.add_hook", "HOOK-ADDRESS", url="https://127.0.0.1/events")
    do(director, account, "web.add_hook", url="https://93.184.216.34/events", kinds=KINDS)
    director.goto(account)
    hook = str(director.locator("a[href^='/hooks/']").first.get_attribute("href"))
    pages = (SERVICES, account, hook, f"{hook}secret/")
    assert [fault for address in pages for fault in faults_of(director, address)] == []
    assert faults_of(approver, SERVICES) == []
    do(director, hook, "web.stop_hook")

    approver.set_viewport_size({"width": 1440, "height": 900})
    do(approver, SERVICES, "web.withdraw_consent")
    director.set_viewport_size({"width": 1440, "height": 900})
    do(director, account, "web.end_service")
    director.goto(account)
    expect(director.locator("a[href*='/act/web.']")).to_have_count(0)
