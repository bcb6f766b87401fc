"""In the browser: a CCER project to its public notice, on to its registration, and its reductions to the registry."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.pressing import approve, do, fill, found, hand_in, read, refused
from tests.journeys.records_ccer import METHOD, NOTICED, OWNER, REPORTED, VALIDATOR, VERIFIER

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visitor = Callable[..., "Page"]
WORDS = {
    "zh": {"running": "正在公示", "registered": "已登记", "issued": "已签发"},
    "en": {"running": "running", "registered": "Registered", "issued": "Issued"},
}
SAID = "同意 / agreed"
READINGS = "1 | 上网 | 343200 | 按期检定合格\n2 | 下网 | 12400 | 按期检定合格"
FUELS = "天然气（万标准立方米） | 412.6"

pytestmark = pytest.mark.journey


def test_a_project_to_its_public_notice(visitor: Visitor, language: str) -> None:
    """Proposed, admitted by two, designed, noticed; the public comments and is answered; the body must wait."""
    owner, officer, public = visitor("ccr_owner"), visitor("officer"), visitor()
    name, asked, answered = f"光热发电项目 {language}", f"请说明用水来源 {language}", f"来自再生水 {language}"
    told = {"owner": OWNER, "region": "990100", "methodology": METHOD, "zh": name, "en": name}
    do(owner, "/ccer/", "ccer.propose", **told)
    case = found(owner, "/ccer/", name)
    do(officer, case, "ccer.admit", batch="1", words=SAID)
    approve(officer, visitor("director"), case)
    _designed(owner, case)
    notice = found(public, "/ccer/notices/", name)
    public.goto(notice)
    expect(public.locator("header.page")).to_contain_text(WORDS[language]["running"])
    fill(public, "who", "附近居民")
    fill(public, "text", asked)
    hand_in(public)
    expect(public.locator("main")).to_contain_text(asked)
    do(owner, case, "ccer.answer_comment", answer=answered)
    refused(visitor("ccr_validator"), case, "ccer.begin_validation", "CCR-07")
    public.goto(notice)
    expect(public.locator("main")).to_contain_text(answered)
    expect(public.locator("main")).not_to_contain_text("附近居民")
    for reader, address in ((public, notice), (public, "/ccer/notices/"), (owner, case)):
        assert not read(reader, address, PHONE)


def _designed(owner: Page, case: str) -> None:
    """Begun before the Measures reach back it is refused; in time it is reckoned and put to the public."""
    told = {"credited_from": "2024-01-01", "credited_to": "2033-12-31", "year": "2024", "elsewhere": "none",
            "covered": "no", "design__grid": "northwest", "design__readings": READINGS,
            "design__fuels": FUELS}  # fmt: skip
    refused(owner, case, "ccer.state_design", "CCR-01", **told, built_from="2010-06-01")
    do(owner, case, "ccer.state_design", **told, built_from="2021-06-01")
    do(owner, case, "ccer.open_notice", body=VALIDATOR, document="paper", commitment="paper")


def test_a_noticed_project_to_registration_and_its_reductions_to_notice(visitor: Visitor, language: str) -> None:
    """Validated by its body, applied for, registered by two; a year's reductions are reported to the public."""
    owner, body, officer = visitor("ccr_owner"), visitor("ccr_validator"), visitor("officer")
    case, today = found(owner, "/ccer/", NOTICED[language]), timezone.localdate().isoformat()
    do(body, case, "ccer.begin_validation")
    do(body, case, "ccer.conclude_validation", outcome="validated", words=SAID, report="paper")
    do(owner, case, "ccer.apply_registration")
    do(officer, case, "ccer.record_registration", code=f"N-{language.upper()}-7", on=today)
    approve(officer, visitor("director"), case)
    owner.goto(case)
    expect(owner.locator("header.page")).to_contain_text(WORDS[language]["registered"])
    do(owner, case, "ccer.open_report", first="2025-01-01", last="2025-12-31")
    owner.goto(case)
    owner.locator("main a[href^='/ccer/reports/']").first.click()
    report = owner.url
    do(owner, report, "ccer.state_monitoring", record__grid="northwest", record__readings=READINGS,
       record__fuels=FUELS)  # fmt: skip
    refused(owner, report, "ccer.report_notice", "CCR-12", body=VALIDATOR, document="paper")
    do(owner, report, "ccer.report_notice", body=VERIFIER, document="paper")
    public = visitor()
    public.goto("/ccer/notices/")
    public.locator("main tbody a", has_text=NOTICED[language]).first.click()
    expect(public.locator("header.page")).to_contain_text(WORDS[language]["running"])
    for reader, address in ((public, public.url), (owner, report)):
        assert not read(reader, address, PHONE)


def test_verified_reductions_are_issued_into_the_owners_account(visitor: Visitor, language: str) -> None:
    """Verified by another body, applied for in full, issued by two; the owner reads it in the registry."""
    owner, body, officer = visitor("ccr_owner"), visitor("ccr_verifier"), visitor("officer")
    case = found(owner, "/ccer/", REPORTED[language])
    owner.goto(case)
    owner.locator("main a[href^='/ccer/reports/']").first.click()
    report, today = owner.url, timezone.localdate().isoformat()
    computed = int(re.sub(r"\D", "", owner.locator("main a[href*='ccer.reduction:']").inner_text()))
    do(body, report, "ccer.begin_verification")
    told = {"outcome": "verified", "words": SAID, "report": "paper"}
    refused(body, report, "ccer.conclude_verification", "CCR-13", amount=str(computed + 1), **told)
    do(body, report, "ccer.conclude_verification", amount=str(computed), **told)
    do(owner, report, "ccer.apply_issuance", amount=str(computed))
    do(officer, report, "ccer.issue", on=today)
    approve(officer, visitor("director"), report)
    owner.goto(report)
    expect(owner.locator("header.page")).to_contain_text(WORDS[language]["issued"])
    owner.goto("/registry/")
    owner.locator("main tbody a").first.click()
    expect(owner.locator("main")).to_contain_text(re.compile(r"\s?".join(f"{computed:,}".split(","))))
    for reader, address in ((owner, report), (owner, owner.url)):
        assert not read(reader, address, PHONE)
