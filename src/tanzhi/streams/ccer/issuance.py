"""A batch of reductions: monitored, noticed, verified by another body, applied for, issued into the registry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tanzhi.actions.refusal import Refused, before_its_cause, refused
from tanzhi.actions.table import Call
from tanzhi.law.evaluation import count, day, release_of
from tanzhi.rulebook.ccer.claims import Claims, by_year, earliest_day, may_be_claimed, whole_vintages
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.queries import Batch, CreditOrigin, issue_credits
from tanzhi.workflow.dossier.files import keep_files

from .calculation import of_report, read_form, refuse_findings
from .inputs import OpenReportInput
from .models import DRAFT, REGISTERED, VERIFIED, CreditProject, CreditReport
from .registration import body_of, known_amount, notice_end, refuse_before_end, refuse_other_body

_PERIOD = Text("监测期应在 {first} 之后、{today} 之前结束", "a period that ends after {first} and by {today}")


def open_report(call: Call) -> CreditReport:
    """A monitoring period of a registered project; periods of one project do not overlap."""
    data: OpenReportInput = call.data
    project = CreditProject.objects.get(number=data.project)
    if project.state != REGISTERED:
        message = Text(
            "项目现为“{state}”，登记后方可申报减排量", "the project is “{state}”; reductions follow registration"
        )
        raise Refused("CCR-17", message.format(state=project.state_label), 409)
    if data.last < data.first or data.last > call.today:
        raise refused("CCR-18", "last", data.last.isoformat(), _PERIOD.format(first=data.first, today=call.today))
    if project.reports.filter(first__lte=data.last, last__gte=data.first).exists():
        raise refused(
            "CCR-19", "first", data.first.isoformat(), Text("与已有监测期不重叠", "no overlap with another period")
        )
    number = project.reports.count() + 1
    return CreditReport(project=project, batch=number, first=data.first, last=data.last)


def state_monitoring(call: Call, report: CreditReport) -> None:
    """Compute the reduction of what was monitored, by the edition that the project is locked to."""
    report.record = read_form(report.project.methodology, call.data.record, "record")
    node = of_report(report)
    refuse_findings(report.project.methodology, report.record, node, "record")
    report.amount = int(known_amount(node.value("reduction"), "record"))
    report.release = release_of(node)
    call.attach("amount", report.amount)


def was_monitored(call: Call, report: CreditReport) -> None:
    """Something was reduced; the body of verification is not the one that validated (art. 18)."""
    if not report.amount or report.amount < 1:
        raise Refused(
            "CCR-08",
            Text("请先填写监测数据；减排量须为正", "state the monitoring data first; the reduction is positive"),
            409,
        )
    if body_of(call.data.body).pk == report.project.body_id:
        raise refused(
            "CCR-12", "body", call.data.body, Text("与审定机构不同的核查机构", "a body other than that of validation")
        )


def open_notice(call: Call, report: CreditReport) -> None:
    """Twenty working days of public notice, naming the body of verification."""
    report.body = body_of(call.data.body)
    report.notice_first, report.notice_last = call.today, notice_end(call.today)
    keep_files(call, report, [call.data.document], report.reference, Text("减排量核算报告", "Accounting report"))


def may_verify(call: Call, report: CreditReport) -> None:
    refuse_other_body(call, report.body)
    refuse_before_end(call, report.notice_last)


def is_its_body(call: Call, report: CreditReport) -> None:
    refuse_other_body(call, report.body)


def conclude(call: Call, report: CreditReport) -> None:
    """Verified, at most what follows from the monitoring data; or back to its owner."""
    report.words = call.data.words
    if call.data.report:
        keep_files(call, report, [call.data.report], report.reference, Text("核查报告", "Verification report"))
    if call.data.outcome == "not_verified":
        call.enter(DRAFT)
        return
    if not 0 < call.data.amount <= (report.amount or 0):
        expected = Text(
            "不超过核算量 {most} 吨CO₂e 的正整数", "a positive whole number of at most {most} tCO₂e"
        ).format(most=report.amount)
        raise refused("CCR-13", "amount", str(call.data.amount), expected)
    report.verified = call.data.amount
    call.enter(VERIFIED)


_CLAIM = Text(
    "监测期应在计入期内且不早于 {first}（{after} 之后、申请之日前 {months} 个月内）",
    "a period within crediting and not before {first} (after {after}, within {months} months)",
)


def may_be_applied_for(call: Call, report: CreditReport) -> None:
    """What is applied for is what was verified, all of it claimable on this day (art. 17, 21)."""
    if call.data.amount != report.verified:
        expected = Text("与核查量 {verified} 吨CO₂e 一致", "the amount verified, {verified} tCO₂e").format(
            verified=report.verified
        )
        raise refused("CCR-14", "amount", str(call.data.amount), expected)
    crediting = report.project.crediting
    law = Claims(day("procedure.ccer_arises_after", on=call.today), count("procedure.ccer_claim_months", on=call.today))
    if crediting is None or not may_be_claimed(report.first, report.last, call.today, crediting, law):
        first = earliest_day(call.today, crediting, law) if crediting else report.first
        words = {"first": first.isoformat(), "after": law.after.isoformat(), "months": law.months}
        raise refused("CCR-15", "amount", f"{report.first}—{report.last}", _CLAIM.format(**words))


def apply_issuance(call: Call, report: CreditReport) -> None:
    report.applied_on = call.today


def issue(call: Call, report: CreditReport) -> None:
    """Each year's whole tonnes enter the owner's account in the registry, with serial numbers."""
    if report.applied_on is not None and call.data.on < report.applied_on:
        raise before_its_cause(Text("签发", "Issue"), call.data.on.isoformat(), report.applied_on.isoformat())
    project = report.project
    origin = CreditOrigin(project.code, project.name, project.registered_on or call.data.on)
    for year, tonnes in vintages_of(report).items():
        if tonnes:
            issue_credits(call, f"ccer:{report.pk}:{year}", Batch(project.owner, origin, year, tonnes))
            report.vintages[str(year)] = tonnes
    report.issued_on = call.data.on


def vintages_of(report: CreditReport) -> dict[int, int]:
    """The verified amount by the years in which it arose, in whole tonnes; what is cut off goes to the last year."""
    exact = Decimal(report.verified or 0)
    if report.first.year == report.last.year:
        return {report.first.year: int(exact)}
    vintages = whole_vintages(by_year(report.first, report.last, exact))
    vintages[max(vintages)] += int(exact) - sum(vintages.values())
    return vintages


def last_of_notice(call: Call, _report: CreditReport) -> date:
    return notice_end(call.today)
