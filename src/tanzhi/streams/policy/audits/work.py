"""Cleaner-production audits as work, with the law's clocks counted from the publication of the list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Input, action
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.evaluation import count, in_force
from tanzhi.office.letters.work import write_letter
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Refers
from tanzhi.rulebook.cleaner import cleaner, dates
from tanzhi.rulebook.cleaner.criteria import GROUNDS, criteria_on, penalty_on
from tanzhi.rulebook.cleaner.measure import CLASSES
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.inputs import RegionCode, enterprises, place_of_region
from tanzhi.streams.policy.shared.rules import in_order, not_in_the_future
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files

from .model import Audit, AuditList

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.actions.table import Call

OFFICER = {"provincial_officer"}
AUTHORITIES = {"provincial_officer", "city_officer"}
TELLS = PLANT | {"city_officer"}
LAW = "清洁生产审核办法（令第38号）；2026-08-15 起生态环境法典第九百六十七条"


def audit_lists(actor: Actor) -> list[tuple[str, Text]]:
    return [(str(audit_list.pk), audit_list.name) for audit_list in AuditList.objects.visible_to(actor)]


class AuditListPublishInput(Input):
    region: RegionCode
    year: Annotated[int, Field(ge=2003, le=2100), Label("年度", "Year")]
    zh: Annotated[str, Field(min_length=2, max_length=300), Label("名单名称（中文）", "Title (Chinese)")]
    en: Annotated[str, Field(min_length=2, max_length=300), Label("名单名称（英文）", "Title (English)")]
    published_on: Annotated[date, Label("公布日期", "Published on")]


class EnlistInput(Input):
    audit_list: Annotated[int, Label("名单", "List"), Choices(audit_lists), Refers(AuditList)]
    organisation: Annotated[str, Field(max_length=40), Label("企业", "Enterprise"), Choices(enterprises)]
    grounds: Annotated[list[str], Field(min_length=1), Label("列入情形", "Grounds"), Choices(GROUNDS)]


class NotifyInput(Input):
    notified_on: Annotated[date, Label("书面通知日期", "Notified on")]


class StartInput(Input):
    started_on: Annotated[date, Label("启动日期", "Started on")]


class FinishInput(Input):
    finished_on: Annotated[date, Label("完成日期", "Finished on")]


class OptionRow(Input):
    option: Annotated[str, Field(min_length=1, max_length=10), Label("编号", "Number")]
    option_class: Annotated[str, Label("类别", "Class"), Choices(CLASSES)]
    option_count: Annotated[int, Field(ge=1), Label("方案数", "Options")]
    investment: Annotated[Decimal, Field(ge=0), Label("投资（万元）", "Investment (10⁴ yuan)")]
    yearly_benefit: Annotated[Decimal, Label("年效益（万元）", "Benefit a year (10⁴ yuan)")]
    energy_saved: Annotated[Decimal | None, Label("年节能量（tce）", "Energy saved (tce)")] = None
    water_saved: Annotated[Decimal | None, Label("年节水量（m³）", "Water saved (m³)")] = None
    service_years: Annotated[int | None, Field(ge=1, le=60), Label("使用年限", "Years of use")] = None


class AuditReportInput(Input):
    options: Annotated[
        list[OptionRow],
        Field(min_length=1),
        Label("清洁生产方案", "Options"),
    ]
    files: Annotated[list[str], Field(min_length=1), Label("审核报告", "Audit report"), Attached()]


class AuditVerdictInput(Input):
    text: Reason


ASSESSMENT = Outcomes(
    {
        "passed": Text("通过评估", "Passed"),
        "returned": Text("不通过，退回补充报告", "Not passed: the report is to be completed"),
    }
)


class AssessInput(Input):
    assessed_on: Annotated[date, Label("评估日期", "Assessed on")]
    experts: Annotated[int, Field(ge=1, le=50), Label("专家人数", "Experts")]
    outcome: Annotated[Literal["passed", "returned"], Label("评估结论", "Assessment"), ASSESSMENT]
    text: Reason


class AcceptInput(Input):
    accepted_on: Annotated[date, Label("验收日期", "Accepted on")]
    text: Reason


def _from_list(deadline: Any) -> Any:
    return lambda _call, audit: deadline(audit.audit_list.published_on, in_force(cleaner).parameters).on


NOTIFY = Limit(
    "publicise",
    Text("公布名单并书面通知", "Publicise and notify"),
    due=_from_list(dates.publicise_by),
    who={"city_officer"},
    escalate=OFFICER,
    law=LAW,
)
START = Limit(
    "start",
    Text("启动审核", "Start the audit"),
    due=_from_list(dates.start_by),
    who=TELLS,
    escalate=OFFICER,
    law=LAW,
)
FINISH = Limit(
    "finish",
    Text("完成审核", "Finish the audit"),
    due=_from_list(dates.finish_by),
    remind=(60, 15),
    who=TELLS,
    escalate=OFFICER,
    law=LAW,
)
HAND_IN = Limit(
    "report",
    Text("报送审核报告", "Hand in the report"),
    due=lambda _call, audit: dates.report_by(audit.finished_on, in_force(cleaner).parameters).on,
    who=TELLS,
    escalate=AUTHORITIES,
    law=LAW,
)


@action(
    "policy.publish_audit_list",
    label=Text("公布审核名单", "Publish a list"),
    by=OFFICER,
    place=place_of_region,
    input=AuditListPublishInput,
    law=LAW,
)
def publish_list(call: Call) -> AuditList:
    """A year's list; the enterprises are entered one by one or imported."""
    data: AuditListPublishInput = call.data
    not_in_the_future(call, "published_on", data.published_on)
    if not criteria_on(data.published_on):
        raise refused(
            "CPA-LAW", "published_on", data.published_on, Text("清洁生产审核办法施行之后", "a day under the law")
        )
    audit_list: AuditList = AuditList.objects.create(
        region=region_by_code(data.region), year=data.year, title_zh=data.zh, title_en=data.en,
        published_on=data.published_on,
    )  # fmt: skip
    return audit_list


def list_of(pk: int) -> AuditList:
    audit_list: AuditList | None = AuditList.objects.filter(pk=pk).select_related("region").first()
    if audit_list is None:
        raise refused("CPA-LIST", "audit_list", pk, Text("已公布的名单", "a published list"))
    return audit_list


@Opening(
    "policy.enlist_for_audit",
    Text("列入审核名单", "Add to the list"),
    by=OFFICER,
    place=lambda data: list_of(data.audit_list).place,
    input=EnlistInput,
    starts=(NOTIFY, START, FINISH),
)
def enlist_for_audit(call: Call) -> Audit:
    """One enterprise on the list, on grounds of the law of the day of publication."""
    return audit_of(call, list_of(call.data.audit_list), call.data.organisation, call.data.grounds)


def audit_of(call: Call, audit_list: AuditList, code: str, grounds: list[str]) -> Audit:
    """An enterprise on a list, once, on grounds of the law under which the list was published."""
    criteria = criteria_on(audit_list.published_on)
    for ground in grounds:
        if ground not in criteria:
            expected = Text(
                "、".join(c.label.zh for c in criteria.values()), "; ".join(c.label.en for c in criteria.values())
            )
            raise refused("CPA-01", "grounds", GROUNDS.get(ground, ground), expected)
    firm = organisation_by_code(code)
    call.require(firm.place)
    if firm.kind != "enterprise":
        raise refused("CPA-02", "organisation", firm.name, Text("企业", "an enterprise"))
    if audit_list.audits.filter(organisation=firm).exists():
        raise refused("CPA-03", "organisation", firm.name, Text("名单中尚无的企业", "one not on the list yet"))
    return Audit(audit_list=audit_list, organisation=firm, grounds=sorted(set(grounds)))


@Move(
    "policy.notify_audit",
    Text("公布并书面通知", "Publicise and notify"),
    leaves=("listed",),
    enters="notified",
    by=AUTHORITIES,
    input=NotifyInput,
    stops=(NOTIFY,),
)
def notify_audit(call: Call, audit: Audit) -> None:
    """The list is made public in the city and the enterprise is told in writing."""
    in_order(Text("书面通知", "the notice"), call.data.notified_on, audit.audit_list.published_on)
    not_in_the_future(call, "notified_on", call.data.notified_on)
    audit.notified_on = call.data.notified_on
    listed, law = audit.audit_list.published_on, in_force(cleaner).parameters
    values = {
        "year": audit.audit_list.year,
        "firm": audit.organisation.name,
        "start": dates.start_by(listed, law).on,
        "finish": dates.finish_by(listed, law).on,
        "penalty": penalty_on(listed),
    }
    write_letter(call, "policy.audit", audit, to=audit.organisation, values=values)


@Move(
    "policy.start_audit",
    Text("启动审核", "Start the audit"),
    leaves=("notified",),
    enters="auditing",
    by=TELLS,
    input=StartInput,
    stops=(START,),
)
def start_audit(call: Call, audit: Audit) -> None:
    in_order(Text("启动审核", "the start"), call.data.started_on, audit.audit_list.published_on)
    not_in_the_future(call, "started_on", call.data.started_on)
    audit.started_on = call.data.started_on


@Move(
    "policy.finish_audit",
    Text("完成审核", "Finish the audit"),
    leaves=("auditing",),
    enters="finished",
    by=TELLS,
    input=FinishInput,
    stops=(FINISH,),
    starts=(HAND_IN,),
)
def finish_audit(call: Call, audit: Audit) -> None:
    """The day from which the report is due within a month."""
    if audit.started_on is not None:
        in_order(Text("完成审核", "the end of the audit"), call.data.finished_on, audit.started_on)
    not_in_the_future(call, "finished_on", call.data.finished_on)
    audit.finished_on = call.data.finished_on


@Move(
    "policy.report_audit",
    Text("报送审核报告", "Hand in the report"),
    leaves=("finished",),
    enters="reported",
    by=TELLS,
    input=AuditReportInput,
    stops=(HAND_IN,),
)
def report_audit(call: Call, audit: Audit) -> None:
    """Options with cost and benefit, and the report as a file."""
    rows = [row.model_dump(exclude_none=True) for row in call.data.options]
    audit.options = [
        {name: plain(value) if isinstance(value, Decimal) else str(value) for name, value in row.items()}
        for row in rows
    ]
    keep_files(call, audit, call.data.files, audit.reference, audit.name)
    audit.reported_by = call.actor.person_id


@Move(
    "policy.confirm_audit",
    Text("确认完成审核", "Confirm the audit"),
    leaves=("reported",),
    enters="completed",
    by=AUTHORITIES,
    input=AuditVerdictInput,
    authors=lambda audit: [audit.reported_by],
)
def confirm_audit(call: Call, audit: Audit) -> None:
    """The report was found complete by the authority: the audit counts as finished (完成审核)."""
    audit.confirmed_on, audit.verdict = call.today, call.data.text


def _send_back(call: Call, audit: Audit) -> None:
    audit.verdict = call.data.text


@Move(
    "policy.assess_audit",
    Text("评估", "Assess"),
    leaves=("completed",),
    enters=("assessed", "finished"),
    by=OFFICER,
    input=AssessInput,
    law="环办科技〔2018〕5号",
)
def assess_audit(call: Call, audit: Audit) -> None:
    """Experts look before medium- and high-cost options are built (评估)."""
    data: AssessInput = call.data
    least = count("procedure.audit_experts", on=call.today)
    if data.experts < least:
        expected = Text("不少于 {n} 名专家", "at least {n} experts").format(n=least)
        raise refused("CPA-05", "experts", data.experts, expected)
    not_in_the_future(call, "assessed_on", data.assessed_on)
    audit.assessed_on, audit.verdict = data.assessed_on, data.text
    call.enter("assessed" if data.outcome == "passed" else "finished")


@Move(
    "policy.accept_audit",
    Text("验收", "Accept"),
    leaves=("assessed",),
    enters="accepted",
    by=OFFICER,
    input=AcceptInput,
    other_than=("policy.assess_audit",),
    law="环办科技〔2018〕5号；生态环境法典第九百六十七条：验收不收费",
)
def accept_audit(call: Call, audit: Audit) -> None:
    """The options are built and their effect is proven (验收)."""
    if audit.assessed_on is not None:
        in_order(Text("验收", "the acceptance"), call.data.accepted_on, audit.assessed_on)
    not_in_the_future(call, "accepted_on", call.data.accepted_on)
    audit.accepted_on, audit.verdict = call.data.accepted_on, call.data.text


AUDIT = CaseType(
    "policy.audit",
    model=Audit,
    title=Text("清洁生产审核", "Cleaner-production audit"),
    law=LAW,
    states=(
        State("listed", Text("已列入名单", "On the list"), tone="due"),
        State("notified", Text("已书面通知", "Notified"), tone="due"),
        State("auditing", Text("审核中", "Audit under way"), tone="info"),
        State("finished", Text("审核完成，待报送", "Finished, report to be handed in"), tone="info"),
        State("reported", Text("报告待确认", "Report handed in"), tone="info"),
        State("completed", Text("已完成审核", "Audit completed"), tone="ok"),
        State("assessed", Text("已通过评估", "Assessed"), tone="ok"),
        State("accepted", Text("已通过验收", "Accepted"), tone="ok", end=True),
        State("dropped", Text("不再审核", "Dropped"), end=True, aside=True),
    ),
    opening=enlist_for_audit,
    moves=(
        notify_audit,
        start_audit,
        finish_audit,
        report_audit,
        confirm_audit,
        Move(
            "policy.return_audit",
            Text("退回审核报告", "Send the report back"),
            leaves=("reported",),
            enters="finished",
            by=AUTHORITIES,
            input=AuditVerdictInput,
            authors=lambda audit: [audit.reported_by],
            do=_send_back,
            starts=(HAND_IN,),
            forward=False,
        ),
        assess_audit,
        accept_audit,
        Move(
            "policy.drop_audit",
            Text("移出名单", "Remove from the list"),
            leaves=("listed", "notified", "auditing"),
            enters="dropped",
            by=OFFICER,
            input=AuditVerdictInput,
            do=_send_back,
            second_person=True,
            approvers={"provincial_director"},
            forward=False,
        ),
    ),
)
