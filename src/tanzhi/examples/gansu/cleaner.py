"""The year's list of cleaner-production audits of the example province, with audits in every state."""

from __future__ import annotations

import random
from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.policy.audits.model import Audit, AuditList

from .crew import acting, city_officer, home
from .policy import on, paper

LISTED = date(2024, 1, 15)
COMPLETED, LATER, HANDED_IN, FINISHED, AUDITING, NOTIFIED, WAITING = 32, 2, 3, 3, 14, 4, 2
"""How many enterprises stand where on the day of the demonstration; the first finished by the end of June."""
STEPS = (COMPLETED, LATER, HANDED_IN, FINISHED, AUDITING, NOTIFIED, WAITING)
GROUNDS = (["toxic"], ["over_standard"], ["high_energy"], ["toxic", "high_energy"])


def load() -> None:
    """The list, then every enterprise as far as it got."""
    officer, draw = acting("officer"), random.Random(27)
    with on(LISTED):
        data = {
            "region": home().code,
            "year": LISTED.year,
            "zh": "2024年度强制性清洁生产审核企业名单（示例）",
            "en": "Mandatory cleaner-production audits 2024 (example)",
            "published_on": LISTED,
        }
        audit_list: AuditList = perform("policy.publish_audit_list", officer, data=data).result
        # Enterprises of all sectors but power, one after the other.
        enterprises = Organisation.objects.filter(kind="enterprise").exclude(sector="power").select_related("region")
        audits: list[Audit] = []
        for firm in enterprises.order_by("code")[: sum(STEPS)]:
            data = {"audit_list": audit_list.pk, "organisation": firm.code, "grounds": draw.choice(GROUNDS)}
            audits.append(perform("policy.enlist_for_audit", officer, data=data).result)
    for number, audit in enumerate(audits):
        # Notified, started, finished, reported, confirmed: as far as the group got.
        group = bisect_right(list(accumulate(STEPS)), number)  # 0 the furthest
        city = city_officer(audit.organisation.region.code)
        if group < 6:
            _step("notify_audit", city, audit, LISTED + timedelta(days=draw.randrange(8, 26)), "notified_on")
        if group < 5:
            _step("start_audit", city, audit, LISTED + timedelta(days=draw.randrange(30, 58)), "started_on")
        if group < 4:
            late = date(2024, 7, 2) if group == 1 else date(2024, 6, 25) if group > 1 else None
            finished = late or date(2024, 4, 8) + timedelta(days=draw.randrange(0, 72))
            _step("finish_audit", city, audit, finished, "finished_on")
            if group < 3:
                _report(audit, city, finished + timedelta(days=6), draw)
            if group < 2:
                _confirm(audit, finished + timedelta(days=10), number)


def _step(act: str, actor: Actor, audit: Audit, day: date, field: str) -> None:
    with on(day):
        perform(f"policy.{act}", actor, audit, {field: day})


def _report(audit: Audit, city: Actor, day: date, draw: random.Random) -> None:
    rows: list[dict[str, Any]] = [
        {"option": "1", "option_class": "low", "option_count": draw.randrange(8, 20),
         "investment": f"{draw.randrange(200, 900) / 10}", "yearly_benefit": f"{draw.randrange(300, 1200) / 10}",
         "energy_saved": f"{draw.randrange(50, 400)}"},
        {"option": "2", "option_class": "high", "option_count": draw.randrange(1, 5),
         "investment": f"{draw.randrange(3000, 20000) / 10}", "yearly_benefit": f"{draw.randrange(800, 4000) / 10}",
         "energy_saved": f"{draw.randrange(400, 5000)}", "service_years": 10},
    ]  # fmt: skip
    with on(day):
        files = [paper(f"{audit.organisation.code} 清洁生产审核报告（示例）")]
        perform("policy.report_audit", city, audit, {"options": rows, "files": files})


def _confirm(audit: Audit, day: date, number: int) -> None:
    """The province confirms; some audits were assessed and accepted as well."""
    officer = acting("officer")
    with on(day):
        perform("policy.confirm_audit", officer, audit, {"text": "报告完整，予以确认（示例）"})
    if number % 4 == 0 and day < date(2024, 6, 20):
        assessed = day + timedelta(days=12)
        with on(assessed):
            agreed = {"experts": 5, "outcome": "passed", "text": "专家组同意通过评估（示例）"}
            perform("policy.assess_audit", officer, audit, {"assessed_on": assessed, **agreed})
