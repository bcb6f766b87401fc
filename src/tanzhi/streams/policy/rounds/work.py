"""Rounds of dispatching: every authority reports, somebody else confirms, lights and scores follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Input
from tanzhi.actions.transitions import CaseType, begin
from tanzhi.actions.validation import Label
from tanzhi.law.calendar.days import WORKING
from tanzhi.law.evaluation import release_of
from tanzhi.presentation.forms.fields import Help, Hidden, Long, Refers
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.policy.documents.inputs import DocumentKey, document_of
from tanzhi.streams.policy.shared.codes import worst
from tanzhi.streams.policy.shared.inputs import Authority, Proofs, authority
from tanzhi.streams.policy.shared.rules import in_order, refuse_others
from tanzhi.streams.policy.tasks.model import REPORTS, RUNNING, Task
from tanzhi.workflow.clocks import clocks
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files

from .model import Report, Round
from .scores import evaluated, judge

if TYPE_CHECKING:
    from tanzhi.actions.table import Call
    from tanzhi.organisations.register.model import Organisation

OFFICER = {"provincial_officer"}
REPORTERS = {"city_officer", "provincial_officer"}
OPEN, CLOSED = "open", "closed"
DUE, REPORTED, CONFIRMED, MISSING = "due", "reported", "confirmed", "missing"


class RoundInput(Input):
    document: DocumentKey
    as_of: Annotated[date, Label("统计截至", "As of")]
    due_on: Annotated[date, Label("报送时限", "Reports due")]


class ReportAskInput(Input):
    round: Annotated[int, Label("调度", "Round"), Hidden(), Refers(Round)]
    task: Annotated[str, Field(min_length=1, max_length=20), Label("任务编号", "Number of the task")]
    organisation: Authority


class RoundCloseInput(Input):
    text: Annotated[
        str,
        Field(max_length=2000),
        Label("通报说明", "Explanation"),
        Long(),
        Help("仍有未报送或未核实的，须说明理由", "say why, where reports are missing or not confirmed"),
    ] = ""


class ActualRow(Input):
    number: Annotated[str, Field(min_length=1, max_length=10), Label("编号", "Number")]
    title: Annotated[str, Label("指标", "Indicator")] = ""
    value: Annotated[Decimal, Label("完成值", "Reached")]


class ProgressReportInput(Input):
    actuals: Annotated[list[ActualRow], Label("指标完成值", "Values reached")] = Field(default_factory=list)
    reached: Annotated[
        list[str],
        Label("已完成节点", "Milestones reached"),
        Help("任务未设节点的不填", "leave it blank if the task has no milestones"),
    ] = Field(default_factory=list)
    progress: Annotated[str, Field(min_length=2, max_length=4000), Label("进展说明", "Progress"), Long()]
    files: Proofs


class ConfirmInput(Input):
    text: Annotated[str, Field(max_length=2000), Label("核实意见", "Opinion"), Long()] = ""


class SendBackInput(Input):
    text: Reason


CITY_TELLS = Limit(
    "report",
    Text("报送进展", "Report"),
    due=lambda _call, report: report.round.due_on,
    who={"city_officer"},
    escalate=OFFICER,
)
PROVINCE_TELLS = Limit(
    "province_report",
    Text("报送进展", "Report"),
    due=lambda _call, report: report.round.due_on,
    who=OFFICER,
    escalate={"provincial_director"},
)
CHECK = Limit(
    "check", Text("核实报送", "Confirm the report"), days="procedure.round_check_days", unit=WORKING, who=OFFICER
)
AGAIN = Limit(
    "again",
    Text("重新报送", "Report again"),
    days="procedure.round_again_days",
    unit=WORKING,
    who=REPORTERS,
    escalate=OFFICER,
)


def _round_of(pk: int) -> Round:
    review: Round | None = Round.objects.filter(pk=pk).select_related("document", "region").first()
    if review is None:
        raise refused("POL-ROUND", "round", pk, Text("已有的调度", "a round that there is"))
    return review


def place_of_asked(data: ReportAskInput) -> Place:
    """Whoever reaches the round may ask one more."""
    return _round_of(data.round).place


def place_of_round(data: RoundInput) -> Place:
    """A round lies where its document does."""
    document = document_of(data.document)
    return document.place if document else Place()


_WITH_TASKS = Text("有推进中任务的文件", "a document with running tasks")


@Opening(
    "policy.open_round",
    Text("发起调度", "Open a round"),
    by=OFFICER,
    place=place_of_round,
    input=RoundInput,
)
def open_round(call: Call) -> Round:
    """Ask every authority that reports on a running task of the plan, once."""
    document = document_of(call.data.document)
    if document is None:
        raise LookupError("a round has a document")
    in_order(Text("报送时限", "the day on which reports are due"), call.data.due_on, call.data.as_of)
    running = document.tasks.filter(state=RUNNING).select_related("region")
    tasks = list(running.prefetch_related("parts__organisation__region", "parts__organisation__names"))
    if not tasks:
        raise refused("POL-EMPTY", "document", document.title, _WITH_TASKS)
    review = Round(
        document=document,
        region=document.region,
        as_of=call.data.as_of,
        due_on=call.data.due_on,
        title_zh=f"{document.title_zh}：截至 {call.data.as_of:%Y-%m-%d} 调度",
        title_en=f"{document.title_en}: round as of {call.data.as_of:%Y-%m-%d}",
    )
    begin(call, ROUND, review)
    for task in tasks:
        for organisation in task.organisations(REPORTS):
            begin(call, REPORT, _asked_of(call, review, task, organisation))
    return review


def _asked_of(call: Call, review: Round, task: Task, organisation: Organisation) -> Report:
    """A report that an authority owes; it waits for the officers of its own level."""
    report: Report = Report.objects.create(round=review, task=task, organisation=organisation, state=DUE)
    limit = PROVINCE_TELLS if organisation.region.kind == "province" else CITY_TELLS
    clocks.start(call, REPORT, report, (limit,))
    return report


_IS_CLOSED = Text("本轮调度已结束", "the round is closed")


@Opening(
    "policy.ask_report",
    Text("增加报送单位", "Add a reporting authority"),
    by=OFFICER,
    place=place_of_asked,
    input=ReportAskInput,
)
def ask_report(call: Call) -> Report:
    """Ask an authority that was not asked when the round was opened."""
    review = _round_of(call.data.round)
    if review.state == CLOSED:
        raise Refused("POL-CLOSED", _IS_CLOSED, 409)
    task = review.document.tasks.filter(number=call.data.task).first()
    if task is None:
        raise refused("POL-TASK", "task", call.data.task, Text("清单中已有的任务编号", "a number known in the list"))
    organisation = authority(call.data.organisation, "organisation")
    if review.reports.filter(task=task, organisation=organisation).exists():
        raise refused(
            "POL-TWICE",
            "organisation",
            organisation.name,
            Text("尚未要求报送的单位", "one that was not requested to report yet"),
        )
    return _asked_of(call, review, task, organisation)


@Move(
    "policy.close_round",
    Text("结束调度并通报", "Close the round"),
    leaves=(OPEN,),
    enters=CLOSED,
    by=OFFICER,
    input=RoundCloseInput,
)
def close_round(call: Call, review: Round) -> None:
    """Keep the score; what nobody told stays not reported and is named."""
    waiting = [report for report in review.reports.select_related("task", "organisation") if report.state != CONFIRMED]
    if waiting and not call.data.text:
        expected = Text("说明理由（尚有 {n} 份未报送或未核实）", "a reason ({n} reports are missing or not confirmed)")
        raise refused("POL-OPEN", "text", Text("空白", "blank"), expected.format(n=len(waiting)))
    for report in waiting:
        if report.state == DUE:
            report.state, report.closed_at = MISSING, call.now
            report.save(update_fields=["state", "closed_at"])
        clocks.ended(call, report)
    node = evaluated(review)
    score = node.value("score").number
    review.score = plain(score) if isinstance(score, Decimal) else ""
    review.release = release_of(node)
    review.closing_words = call.data.text
    call.attach("score", review.score or "not reported")


@Move(
    "policy.report_task",
    Text("报送进展", "Report"),
    leaves=(DUE,),
    enters=REPORTED,
    by=REPORTERS,
    input=ProgressReportInput,
    stops=(CITY_TELLS, PROVINCE_TELLS, AGAIN),
    starts=(CHECK,),
)
def report_task(call: Call, report: Report) -> None:
    """Values, steps, words and evidence; without evidence nothing is reported."""
    data: ProgressReportInput = call.data
    refuse_others(call, [report.organisation_id])
    if report.round.state == CLOSED:
        raise Refused("POL-CLOSED", _IS_CLOSED, 409)
    indicators = {indicator.number for indicator in report.task.indicators.all()}
    _refuse_unknown("actuals", [row.number for row in data.actuals], indicators)
    _refuse_unknown("reached", data.reached, {milestone.number for milestone in report.task.milestones.all()})
    if not data.files:
        raise refused(
            "POL-PROOF", "files", Text("无", "none"), Text("至少一份佐证材料", "at least one piece of evidence")
        )
    keep_files(call, report, data.files, report.reference, same(data.progress))
    report.actuals = {row.number: plain(row.value) for row in data.actuals}
    report.reached, report.text = sorted(set(data.reached)), data.progress
    report.reported_by, report.reported_at = call.actor.person_id, call.now
    report.state = REPORTED
    _judge(report)


def _refuse_unknown(field: str, numbers: list[str], allowed: set[str]) -> None:
    for number in numbers:
        if number not in allowed:
            expected = Text("任务中已有的编号：{known}", "a number of the task: {known}")
            raise refused("POL-NUMBER", field, number, expected.format(known="、".join(sorted(allowed)) or "—"))


def _judge(report: Report) -> None:
    """What the report alone says of the task, by the rulebook."""
    judgement = judge(report.task, [report], report.round.as_of)
    report.light, report.score, report.release = judgement.light, judgement.score, judgement.release


@Move(
    "policy.confirm_report",
    Text("核实", "Confirm"),
    leaves=(REPORTED,),
    enters=CONFIRMED,
    by=OFFICER,
    input=ConfirmInput,
    authors=lambda report: [report.reported_by],
    stops=(CHECK,),
)
def confirm_report(call: Call, report: Report) -> None:
    """Confirmed by another: the value counts in full, and the task's light follows the worst of the round."""
    report.verdict, report.state = call.data.text, CONFIRMED
    _judge(report)
    report.save()
    light_task(report.task, report.round)
    call.attach("light", report.light or "none")


def light_task(task: Task, review: Round) -> None:
    """The task's light and score by the confirmed reports of its newest round."""
    if task.lit_on is not None and task.lit_on > review.as_of:
        return
    confirmed = list(task.reports.filter(round=review, state=CONFIRMED).select_related("organisation", "round"))
    task.light, task.lit_on = worst([report.light for report in confirmed]), review.as_of
    task.score = judge(task, confirmed, review.as_of).score
    task.save(update_fields=["light", "lit_on", "score"])


@Move(
    "policy.return_report",
    Text("退回重报", "Send back"),
    leaves=(REPORTED,),
    enters=DUE,
    by=OFFICER,
    input=SendBackInput,
    authors=lambda report: [report.reported_by],
    stops=(CHECK,),
    starts=(AGAIN,),
    forward=False,
)
def return_report(call: Call, report: Report) -> None:
    """Not confirmed: it has to be told again."""
    report.verdict, report.light, report.score = call.data.text, "", ""
    report.release = ""


ROUND = CaseType(
    "policy.round",
    model=Round,
    title=Text("调度", "Progress review"),
    states=(
        State(OPEN, Text("报送中", "Open"), tone="info"),
        State(CLOSED, Text("已通报", "Closed"), tone="ok", end=True),
    ),
    opening=open_round,
    moves=(close_round,),
)

REPORT = CaseType(
    "policy.report",
    model=Report,
    title=Text("任务进展报送", "Report on a task"),
    states=(
        State(DUE, Text("待报送", "To be reported"), tone="due"),
        State(REPORTED, Text("已报送，待核实", "Reported, to be confirmed"), tone="info"),
        State(CONFIRMED, Text("已核实", "Confirmed"), tone="ok", end=True),
        State(MISSING, Text("未报送", "Not reported"), tone="late", end=True, aside=True),
    ),
    opening=ask_report,
    moves=(
        report_task,
        confirm_report,
        return_report,
        Move(
            "policy.note_missing",
            Text("记为未报送", "Record as not reported"),
            leaves=(DUE,),
            enters=MISSING,
            by=OFFICER,
            input=SendBackInput,
            forward=False,
        ),
    ),
)
