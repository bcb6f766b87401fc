"""Verification as a kind of work: arranged, reviewed, visited, put right, concluded, told, objected to, filed away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.refusal import Refused, before_its_cause
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Findings, Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.filings.months.model import Filing
from tanzhi.filings.shared.forms import ANNUAL_FORM
from tanzhi.law.calendar.days import NATURAL, WORKING
from tanzhi.law.evaluation import codes, count, day_in
from tanzhi.office.letters.work import write_letter
from tanzhi.office.paper.paper import Table
from tanzhi.organisations.register.choices import organisations
from tanzhi.organisations.register.membership import market_of
from tanzhi.organisations.register.queries import organisation_by_code, reporting
from tanzhi.organisations.sectors import accounting
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.findings.model import CaseFinding
from tanzhi.workflow.findings.work import time_to_answer

from .conclusion import VerificationConcludeInput, changes_table, conclude, results_table
from .group import GroupInput, form_group, refuse_outsiders
from .model import Verification
from .redetermination import RedetermineInput, WithdrawInput, redetermine, withdraw

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Organisation

GUIDE = "企业温室气体排放报告核查指南（试行），环办气候函〔2021〕130号"
REGULATION = "碳排放权交易管理暂行条例；碳排放权交易管理办法（试行）"
DONE_BY, OTHER_SECTORS = "procedure.verification_done", "other"
OFFICER, GROUP = {"provincial_officer"}, {"verifier"}
Words = Annotated[str, Field(min_length=2, max_length=4000), Label("说明", "Notes"), Long()]


class ArrangeInput(Input):
    organisation: Annotated[str, Label("单位", "Organisation"), Choices(organisations)]
    year: Annotated[int, Field(ge=2013, le=2100), Label("报告年度", "Report year")]


class VerificationReviewInput(Input):
    review: Annotated[str, Field(min_length=2, max_length=4000), Label("文件评审意见", "Document review"), Long()]
    site_list: Annotated[
        str, Field(min_length=2, max_length=4000), Label("现场核查清单", "What to look at on site"), Long()
    ]


class VisitInput(Input):
    on: Annotated[date, Label("现场核查日期", "Day of the visit")]
    present: Annotated[int, Label("到场核查组人数", "Members present"), Help("至少两人", "two or more")]
    visit: Annotated[str, Field(min_length=2, max_length=4000), Label("查、问、看、验情况", "What was seen"), Long()]


class VerificationReasonInput(Input):
    reason: Annotated[str, Field(min_length=2, max_length=4000), Label("理由", "Reason"), Long()]


OBJECTION = Outcomes(
    {
        "upheld": Text("采纳异议，重新核查", "it is right, and the report is verified again"),
        "dismissed": Text("异议不成立，维持核查结果", "it is not right, and the result stands"),
    }
)


class DecideInput(Input):
    outcome: Annotated[Literal["upheld", "dismissed"], Label("复核结论", "The objection"), OBJECTION]
    reason: Annotated[str, Field(min_length=2, max_length=4000), Label("复核意见", "Decision"), Long()]


class ArchiveInput(Input):
    archive_number: Annotated[str, Field(min_length=1, max_length=100), Label("档案号", "Archive number")]


def place_of_organisation(data: Any) -> Place:
    return organisation_by_code(data.organisation).place


def report_of(organisation: Organisation, year: int) -> Filing:
    """The annual report that was deposited, by the guideline of the enterprise's industry."""
    own = accounting(organisation)
    form = f"{own.name}.{ANNUAL_FORM}" if own else ""
    filed = Filing.objects.filter(organisation=organisation, form_code=form, period=str(year), versions__deposited=True)
    report: Filing | None = filed.order_by("pk").first()
    if report is None:
        message = Text("{name}尚未提交 {year} 年度报告", "{name} has not submitted its report of {year}")
        raise Refused("VER-REPORT", message.format(name=organisation.name, year=year), 409)
    return report


def refuse_outside(organisation: Organisation, year: int, on: date) -> None:
    """Only who reports for a year is verified for it: by the decision on the year, before it by the list of the day."""
    if not reporting(year, organisation.sector, on).filter(pk=organisation.pk).exists():
        message = Text(
            "{name} {year} 年度不在名录内，不安排核查", "{name} is not on the list of {year}: nothing is verified"
        )
        raise Refused("VER-LIST", message.format(name=organisation.name, year=year), 409)


def arrange(call: Call) -> Verification:
    """Arrange the verification of a deposited report; its version is kept, also if it is corrected later."""
    organisation = organisation_by_code(call.data.organisation)
    if Verification.objects.filter(organisation=organisation, year=call.data.year).exists():
        message = Text("{name} {year} 年度核查已安排", "the verification of {name} for {year} is arranged already")
        raise Refused("VER-TWICE", message.format(name=organisation.name, year=call.data.year), 409)
    refuse_outside(organisation, call.data.year, call.today)
    filing = report_of(organisation, call.data.year)
    return Verification(organisation=organisation, year=call.data.year, filing=filing, version=filing.deposited_version)


def review(call: Call, case: Verification) -> None:
    """Document review (文件评审) and what to look at on site (现场核查清单)."""
    refuse_outsiders(call, case)
    case.review, case.site_list = call.data.review, call.data.site_list


def visit(call: Call, case: Verification) -> None:
    """The visit (现场核查): checking papers, asking, seeing, recomputing."""
    refuse_outsiders(call, case)
    if call.data.present < (least := count("procedure.verification_group", on=call.today)):
        message = Text("现场核查至少 {n} 人，现为 {found} 人", "a visit needs {n} members, found {found}")
        raise Refused("VER-GROUP", message.format(n=least, found=call.data.present), 422)
    if not case.opened_at.date() <= call.data.on <= call.today:
        cause = f"{case.opened_at.date().isoformat()} … {call.today.isoformat()}"
        raise before_its_cause(Text("现场核查", "The visit"), call.data.on.isoformat(), cause)
    case.visited_on, case.visit = call.data.on, call.data.visit


def waive_visit(call: Call, case: Verification) -> None:
    """No visit, where the years before had no non-conformity and the review shows no doubt."""
    quiet = count("procedure.verification_quiet_years", on=call.today)
    years = range(case.year - quiet, case.year)
    before = Verification.objects.filter(organisation=case.organisation, year__in=years, state="archived")
    refs = [case_before.reference for case_before in before]
    if len(refs) < quiet or CaseFinding.objects.filter(case__in=refs).exists():
        message = Text(
            "须前 {n} 个年度均无不符合项方可免于现场核查", "a visit is waived only after {n} years without a finding"
        )
        raise Refused("VER-VISIT", message.format(n=quiet), 409)
    case.waived = call.data.reason


def issue_list(call: Call, case: Verification) -> None:
    """Send the enterprise the list of non-conformities (不符合项清单)."""
    refuse_outsiders(call, case)
    findings = CaseFinding.objects.filter(case=case.reference).exclude(state="closed")
    if not findings:
        raise Refused("VER-NONE", Text("没有可下发的不符合项", "there is no finding to send"), 409)
    rows = tuple(
        (str(finding.number), same(finding.title), same(finding.text), same(finding.law or "–")) for finding in findings
    )
    heads = (Text("序号", "No."), Text("不符合项", "Finding"), Text("事实", "What was found"), Text("依据", "Law"))
    values = {"year": case.year, "count": len(rows)}
    table = Table(heads, rows, Text("不符合项清单", "List of non-conformities"))
    write_letter(
        call, "verification.nonconformities", case, to=case.organisation, values=values, tables={"findings": table}
    )


def notify(call: Call, case: Verification) -> None:
    """Tell the enterprise the result, with what was reported and what stands now."""
    conclusion = case.latest
    if conclusion is None:
        raise LookupError("a concluded case has a conclusion")
    tables = {"results": results_table(case), "changes": changes_table(case)}
    values = {
        "year": case.year,
        "report": conclusion.report_number,
        "reported": conclusion.reported,
        "verified": conclusion.verified,
    }
    write_letter(call, "verification.notice", case, to=case.organisation, values=values, tables=tables)


def send_back(call: Call, case: Verification) -> None:
    """The province does not accept the conclusion as it is."""
    call.attach_private("reason", call.data.reason)
    case.decision = call.data.reason


def object_to(call: Call, case: Verification) -> None:
    """The enterprise objects (异议), within its time."""
    if _objection_over(call, case):
        raise Refused("VER-LATE", Text("异议期限已过", "the time to object is over"), 409)
    case.objection = call.data.reason


OBJECT = Limit(
    "object",
    Text("提出异议或确认", "Object or agree"),
    days="procedure.verification_objection_days",
    unit=WORKING,
    who={"enterprise_approver"},
    law="碳排放权交易管理办法（试行）第二十七条",
)


def _objection_over(call: Call, case: Verification) -> bool:
    running = Clock.objects.filter(subject=case.reference, limit=OBJECT.code, state=Clock.RUNNING).first()
    return running is None or running.due_on < call.today


def decide_objection(call: Call, case: Verification) -> None:
    """Decide on the objection: verify again, or the result stands."""
    case.decision = call.data.reason
    values = {"year": case.year, "decision": OBJECTION.words(call.data.outcome), "reason": call.data.reason}
    write_letter(call, "verification.decision", case, to=case.organisation, values=values)
    call.enter("rectifying" if call.data.outcome == "upheld" else "final")


def settle(call: Call, case: Verification) -> None:
    """The enterprise agrees, or its time to object is over."""
    if not call.actor.belongs_to(case.organisation_id) and not _objection_over(call, case):
        message = Text("异议期内须由企业确认", "while it may object, only the enterprise agrees")
        raise Refused("VER-EARLY", message, 409)


def reopen(call: Call, case: Verification) -> None:
    """A report that turns out wrong after its verification is corrected in the case, not beside it."""
    call.attach_private("reason", call.data.reason)
    case.decision = call.data.reason


def archive(call: Call, case: Verification) -> None:
    """File everything away for the years that province and body keep it."""
    case.archive_number = call.data.archive_number
    for keeper in ("province", "body"):
        years = count("procedure.verification_archive_years", on=call.today, keeper=keeper)
        call.attach(f"kept_until_{keeper}", call.today.year + years)


def verified_by(call: Call, case: Verification) -> date:
    """The day of the following year until which the market's reports are verified, by the law of the act's day.

    By the market and not by the industry: of building materials cement alone is in it, of non-ferrous metals aluminium.
    """
    market = market_of(case.organisation, case.year)
    sector = market if market in codes(DONE_BY, "sector") else OTHER_SECTORS
    return day_in(case.year + 1, DONE_BY, on=call.today, sector=sector)


DONE = Limit(
    "done",
    Text("完成核查", "Verification done"),
    due=verified_by,
    unit=NATURAL,
    who=GROUP | OFFICER,
    remind=(15, 5),
    escalate={"provincial_director"},
    law="环办气候函〔2025〕140号",
)
ISSUE = Limit(
    "issue",
    Text("下发不符合项清单", "Send the list of findings"),
    days="procedure.verification_list_days",
    unit=WORKING,
    who=GROUP,
    law=GUIDE,
)
CONCLUDE = Limit(
    "conclude",
    Text("出具核查结论", "Conclude"),
    days="procedure.verification_conclusion_days",
    unit=WORKING,
    who=GROUP,
    law=GUIDE,
)
AFTER_ANSWER = Limit(
    "conclude_after_answers",
    Text("整改后出具核查结论", "Conclude after the answers"),
    days="procedure.verification_conclusion_after_answers_days",
    unit=WORKING,
    who=GROUP,
    law=f"{GUIDE}：整改 5 日、结论 5 日",
)
NOTIFY = Limit(
    "notify",
    Text("告知核查结果", "Notify the result"),
    days="procedure.verification_notice_days",
    unit=WORKING,
    who=OFFICER,
    escalate={"provincial_director"},
    law="碳排放权交易管理暂行条例",
)
DECIDE = Limit(
    "decide",
    Text("作出复核决定", "Decide on the objection"),
    days="procedure.verification_decision_days",
    unit=WORKING,
    who=OFFICER,
    escalate={"provincial_director"},
    law="碳排放权交易管理办法（试行）第二十七条",
)

ARRANGE = Opening(
    "verification.arrange",
    Text("安排核查", "Arrange a verification"),
    by=OFFICER,
    do=arrange,
    place=place_of_organisation,
    input=ArrangeInput,
    starts=(DONE,),
    law=GUIDE,
)
LOOKING = ("visited", "rectifying")

VERIFICATION = CaseType(
    "verification.verification",
    model=Verification,
    title=Text("核查", "Verification"),
    law=GUIDE,
    states=(
        State("arranged", Text("已安排", "Arranged"), tone="due"),
        State("formed", Text("核查组已组成", "Group formed"), tone="info"),
        State("reviewed", Text("文件评审完成", "Papers reviewed"), tone="info"),
        State("visited", Text("现场核查完成", "Visited"), tone="info"),
        State("rectifying", Text("不符合项整改", "Findings being answered"), tone="due", aside=True),
        State("concluded", Text("已出结论", "Concluded"), tone="info"),
        State("notified", Text("已告知", "Notified"), tone="info"),
        State("objected", Text("异议复核", "Objected to"), tone="due", aside=True),
        State("final", Text("结果确定", "Final"), tone="ok"),
        State("archived", Text("已归档", "Archived"), tone="ok", end=True),
    ),
    opening=ARRANGE,
    findings=Findings(
        GROUP, PLANT, GROUP, time_to_answer("procedure.verification_answer_days", PLANT, GUIDE)
    ),
    moves=(
        Move("verification.form_group", Text("组成核查组", "Form the group"), leaves=("arranged", "formed"),
             enters="formed", by=OFFICER, input=GroupInput, do=form_group),
        Move("verification.change_group", Text("调整核查组", "Change the group"),
             leaves=("reviewed", "visited", "rectifying"), enters=None, by=OFFICER, input=GroupInput, do=form_group,
             forward=False),
        Move("verification.review", Text("完成文件评审", "Review the papers"), leaves=("formed",), enters="reviewed",
             by=GROUP, input=VerificationReviewInput, do=review),
        Move("verification.visit", Text("完成现场核查", "Visit"), leaves=("reviewed",), enters="visited",
             by=GROUP, input=VisitInput, do=visit, starts=(ISSUE, CONCLUDE)),
        Move("verification.waive_visit", Text("免于现场核查", "Waive the visit"), leaves=("reviewed",),
             enters="visited", by=OFFICER, input=VerificationReasonInput, do=waive_visit, starts=(CONCLUDE,),
             forward=False),
        Move("verification.issue_list", Text("下发不符合项清单", "Send the list of findings"), leaves=("visited",),
             enters="rectifying", by=GROUP, do=issue_list, stops=(ISSUE, CONCLUDE), starts=(AFTER_ANSWER,)),
        Move("verification.redetermine", Text("重新核定数据", "Redetermine values"), leaves=LOOKING, enters=None,
             by=GROUP, input=RedetermineInput, do=redetermine, page="verification:redetermine",
             law="CETS-VG-01.01-V02-2026"),
        Move("verification.withdraw_value", Text("撤回重新核定", "Withdraw a value"), leaves=LOOKING, enters=None,
             by=GROUP, input=WithdrawInput, do=withdraw, page="verification:withdraw_value", forward=False),
        Move("verification.conclude", Text("出具核查结论", "Conclude"), leaves=LOOKING, enters="concluded",
             by=GROUP, input=VerificationConcludeInput, do=conclude,
             stops=(ISSUE, CONCLUDE, AFTER_ANSWER), starts=(NOTIFY,), other_than=("verification.redetermine",)),
        Move("verification.send_back", Text("退回核查组", "Send back to the group"), leaves=("concluded",),
             enters="rectifying", by=OFFICER, input=VerificationReasonInput, do=send_back,
             stops=(NOTIFY,), starts=(CONCLUDE,), forward=False),
        Move("verification.notify", Text("告知核查结果", "Notify the result"), leaves=("concluded",), enters="notified",
             by=OFFICER, do=notify, stops=(NOTIFY, DONE), starts=(OBJECT,), second_person=True,
             approvers={"provincial_director"}, law=REGULATION,
             other_than=("verification.conclude",)),
        Move("verification.object", Text("提出异议", "Object"), leaves=("notified",), enters="objected",
             by={"enterprise_approver"}, input=VerificationReasonInput, do=object_to, stops=(OBJECT,), starts=(DECIDE,),
             law=REGULATION, forward=False),
        Move("verification.decide", Text("复核决定", "Decide on the objection"), leaves=("objected",),
             enters=("final", "rectifying"), by=OFFICER, input=DecideInput, do=decide_objection, stops=(DECIDE,),
             starts_in={"rectifying": (CONCLUDE,)},
             second_person=True, approvers={"provincial_director"}, law=REGULATION,
             other_than=("verification.conclude",)),
        Move("verification.settle", Text("确认核查结果", "Agree with the result"), leaves=("notified",),
             enters="final", by={"enterprise_approver", *OFFICER}, do=settle, stops=(OBJECT,), law=REGULATION,
             other_than=("verification.conclude",)),
        Move("verification.reopen", Text("重启核查", "Reopen"), leaves=("final", "archived"), enters="rectifying",
             by=OFFICER, input=VerificationReasonInput, do=reopen, starts=(CONCLUDE,), second_person=True,
             approvers={"provincial_director"}, law=REGULATION, forward=False),
        Move("verification.archive", Text("归档", "Archive"), leaves=("final",), enters="archived", by=OFFICER,
             input=ArchiveInput, do=archive),
    ),
)  # fmt: skip
