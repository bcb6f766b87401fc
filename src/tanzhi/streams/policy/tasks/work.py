"""Tasks as work: given to a lead and its helpers, measured, claimed to be done, confirmed by somebody else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.calendar.days import WORKING
from tanzhi.law.evaluation import count
from tanzhi.office.letters.work import write_letter
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.policy.documents.inputs import DocumentKey, document_of
from tanzhi.streams.policy.shared.inputs import (
    Authority,
    En,
    Proofs,
    RegionCode,
    Words,
    Zh,
    authorities,
    authority,
    place_of_region,
)
from tanzhi.streams.policy.shared.rules import in_order, refuse_others
from tanzhi.workflow.clocks import clocks
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files

from .model import CANCELLED, CLAIMED, CO, DONE, LEAD, REPORTS, RUNNING, Indicator, Milestone, Task, TaskPart

if TYPE_CHECKING:
    from tanzhi.actions.table import Call
    from tanzhi.streams.policy.documents.model import Document

OFFICER = {"provincial_officer"}
REPORTERS = {"city_officer", "provincial_officer"}
DIRECTIONS = {
    "rise": Text("越高越好", "the higher the better"),
    "fall": Text("越低越好", "the lower the better"),
}


class IndicatorRow(Input):
    number: Annotated[str, Field(min_length=1, max_length=10), Label("编号", "Number")]
    zh: Annotated[str, Field(min_length=2, max_length=200), Label("中文名称", "Chinese name")]
    en: Annotated[str, Field(min_length=2, max_length=200), Label("英文名称", "English name")]
    unit: Annotated[str, Field(min_length=1, max_length=30), Label("单位", "Unit")]
    target: Annotated[Decimal, Label("目标值", "Target")]
    start: Annotated[Decimal | None, Label("起点值", "Start")] = None
    direction: Annotated[Literal["rise", "fall"], Label("方向", "Direction"), Choices(DIRECTIONS)] = "rise"
    weight: Annotated[Decimal | None, Field(gt=0), Label("权重", "Weight")] = None


class MilestoneRow(Input):
    number: Annotated[str, Field(min_length=1, max_length=10), Label("编号", "Number")]
    due_on: Annotated[date, Label("完成时限", "Due")]
    zh: Annotated[str, Field(min_length=2, max_length=200), Label("中文名称", "Chinese name")]
    en: Annotated[str, Field(min_length=2, max_length=200), Label("英文名称", "English name")]


class TaskInput(Input):
    """What a task is told with, whoever owns it."""

    number: Annotated[str, Field(min_length=1, max_length=20), Label("任务编号", "Number")]
    zh: Zh
    en: En
    clause: Annotated[str, Field(max_length=20), Label("对应条款", "Clause")] = ""
    parent: Annotated[str, Field(max_length=20), Label("上级任务编号", "Number of the task above")] = ""
    lead: Authority
    co: Annotated[list[str], Label("配合单位", "Supporting"), Choices(authorities)] = Field(default_factory=list)
    reporters: Annotated[
        list[str],
        Label("报送单位", "Reporting"),
        Choices(authorities),
        Help("不选则由牵头单位报送", "none: the lead reports"),
    ] = Field(default_factory=list)
    starts_on: Annotated[date, Label("起始日期", "Start")]
    due_on: Annotated[date, Label("完成时限", "Due")]
    weight: Annotated[Decimal | None, Field(gt=0), Label("权重", "Weight")] = None
    indicators: Annotated[list[IndicatorRow], Label("指标", "Indicators")] = Field(default_factory=list)
    milestones: Annotated[list[MilestoneRow], Label("节点", "Milestones")] = Field(default_factory=list)


class AssignInput(TaskInput):
    document: DocumentKey
    region: RegionCode


class ClaimInput(Input):
    text: Words
    files: Proofs


class TaskVerdictInput(Input):
    text: Reason


class ExtendInput(Input):
    due_on: Annotated[date, Label("新的完成时限", "New deadline")]
    reason: Reason


class PressInput(Input):
    to: Authority
    text: Words
    days: Annotated[
        int | None,
        Field(ge=1, le=60),
        Label("答复期限（工作日）", "Days to answer (working days)"),
        Help("不填按规定期限", "blank: as the rules have it"),
    ] = None


def _days_to_answer(call: Call) -> int:
    """As the letter has it, else as the law of the day has it."""
    return call.data.days or count("procedure.task_answer_days", on=call.today)


class LetterAnswerInput(Input):
    text: Words
    files: Proofs = Field(default_factory=list)


FINISH = Text("完成任务", "Finish the task")
OF_A_CITY = Limit(
    "deadline",
    FINISH,
    due=lambda _call, task: task.due_on,
    remind=(30, 5),
    who={"city_officer"},
    escalate=OFFICER,
)
OF_THE_PROVINCE = Limit(
    "province_deadline",
    FINISH,
    due=lambda _call, task: task.due_on,
    remind=(30, 5),
    who=OFFICER,
    escalate={"provincial_director"},
)
CONFIRM = Limit(
    "confirm",
    Text("核实完成情况", "Confirm completion"),
    days="procedure.task_confirmation_days",
    unit=WORKING,
    who=OFFICER,
)
ANSWER = Limit(
    "answer",
    Text("答复督办", "Answer the letter"),
    days=lambda call, _task: _days_to_answer(call),
    unit=WORKING,
    who=REPORTERS,
    escalate=OFFICER | {"provincial_director"},
)


@Opening(
    "policy.assign_task",
    Text("下达任务", "Assign a task"),
    by=OFFICER,
    place=place_of_region,
    input=AssignInput,
)
def assign_task(call: Call) -> Task:
    """Give a task to a lead, below a document."""
    document = document_of(call.data.document)
    task = new_task(call, call.data, region=call.data.region, document=document)
    task.save()
    equipped(task, call.data)
    start_deadline(call, task)
    return task


def start_deadline(call: Call, task: Task) -> None:
    """A city's task waits for its officers, a task of the whole province for the province's."""
    limit = OF_THE_PROVINCE if task.region.kind == "province" else OF_A_CITY
    clocks.start(call, TASK, task, (limit,))


def new_task(
    call: Call, data: TaskInput, *, region: str, document: Document | None = None, pilot_id: int | None = None
) -> Task:
    """The task that an input tells of, not saved; it begins before it ends and has its own number."""
    in_order(Text("完成时限", "the deadline"), data.due_on, data.starts_on)
    owned = Task.objects.filter(document=document, pilot=pilot_id)
    if owned.filter(number=data.number).exists():
        raise refused("POL-TASK", "number", data.number, Text("清单中未使用的编号", "a number not used in the list"))
    parent = owned.filter(number=data.parent).first() if data.parent else None
    if data.parent and parent is None:
        raise refused("POL-TASK", "parent", data.parent, Text("清单中已有的任务编号", "a number known in the list"))
    clause = document.clauses.filter(number=data.clause).first() if document and data.clause else None
    if data.clause and clause is None:
        raise refused("POL-CLAUSE", "clause", data.clause, Text("文件中已有的条款号", "a clause of the document"))
    return Task(
        document=document, pilot_id=pilot_id, clause=clause, parent=parent, number=data.number,
        title_zh=data.zh, title_en=data.en, region=region_by_code(region), starts_on=data.starts_on, due_on=data.due_on,
        weight=plain(data.weight) if data.weight is not None else "", opened_at=call.now, state=RUNNING,
    )  # fmt: skip


def equipped(task: Task, data: TaskInput) -> None:
    """Who takes part, what it is measured by, its steps."""
    lead = authority(data.lead, "lead")
    reporters = [authority(code, "reporters") for code in data.reporters] or [lead]
    parts = [
        (LEAD, lead),
        *((CO, authority(code, "co")) for code in data.co),
        *((REPORTS, reporter) for reporter in reporters),
    ]
    TaskPart.objects.bulk_create(
        [
            TaskPart(task=task, organisation=who, part=part)
            for part, who in {(part, who.pk): (part, who) for part, who in parts}.values()
        ]
    )
    Indicator.objects.bulk_create(
        [
            Indicator(
                task=task,
                number=row.number,
                title_zh=row.zh,
                title_en=row.en,
                unit=row.unit,
                direction=row.direction,
                target=plain(row.target),
                start="" if row.start is None else plain(row.start),
                weight="" if row.weight is None else plain(row.weight),
            )
            for row in data.indicators
        ]
    )
    for step in data.milestones:
        in_order(Text("节点", "a milestone"), task.due_on, step.due_on)
    Milestone.objects.bulk_create(
        [
            Milestone(task=task, number=step.number, title_zh=step.zh, title_en=step.en, due_on=step.due_on)
            for step in data.milestones
        ]
    )


def _take_part(call: Call, task: Task) -> None:
    refuse_others(call, [organisation.pk for organisation in task.organisations(LEAD, REPORTS)])


@Move(
    "policy.claim_task",
    Text("申请销号", "Mark complete"),
    leaves=(RUNNING,),
    enters=CLAIMED,
    by=REPORTERS,
    input=ClaimInput,
    guard=_take_part,
    starts=(CONFIRM,),
)
def claim_task(call: Call, task: Task) -> None:
    """Say that the task is done, with what shows it."""
    if not call.data.files:
        raise refused(
            "POL-PROOF", "files", Text("无", "none"), Text("至少一份佐证材料", "at least one piece of evidence")
        )
    keep_files(call, task, call.data.files, task.reference, same(call.data.text))
    task.claimed_by = call.actor.person_id


@Move(
    "policy.confirm_task",
    Text("核实销号", "Confirm completion"),
    leaves=(CLAIMED,),
    enters=DONE,
    by=OFFICER,
    input=TaskVerdictInput,
    authors=lambda task: [task.claimed_by],
    stops=(OF_A_CITY, OF_THE_PROVINCE, CONFIRM),
)
def confirm_task(call: Call, task: Task) -> None:
    """Somebody else found it done."""
    task.done_on, task.light, task.lit_on = call.today, "green", call.today


@Move(
    "policy.return_task",
    Text("退回", "Send back"),
    leaves=(CLAIMED,),
    enters=RUNNING,
    by=OFFICER,
    input=TaskVerdictInput,
    authors=lambda task: [task.claimed_by],
    stops=(CONFIRM,),
    forward=False,
)
def return_task(call: Call, task: Task) -> None:
    task.claimed_by = None


@Move(
    "policy.extend_task",
    Text("调整时限", "Change the deadline"),
    leaves=(RUNNING,),
    enters=None,
    by=OFFICER,
    input=ExtendInput,
    second_person=True,
    approvers={"provincial_director"},
    forward=False,
)
def extend_task(call: Call, task: Task) -> None:
    """A new deadline, by two persons and with its reason; the clock follows it."""
    in_order(Text("新的完成时限", "the new deadline"), call.data.due_on, task.due_on)
    task.due_on = call.data.due_on
    start_deadline(call, task)


@Move(
    "policy.press_task",
    Text("督办", "Follow up"),
    leaves=(RUNNING,),
    enters=None,
    by=OFFICER | {"provincial_director"},
    input=PressInput,
    starts=(ANSWER,),
    forward=False,
)
def press_task(call: Call, task: Task) -> None:
    """A letter to one of those who take part; its answer has a clock of its own."""
    to = authority(call.data.to, "to")
    if to.pk not in {part.organisation_id for part in task.parts.all()}:
        raise refused("POL-WHO", "to", to.name, Text("承担该任务的单位", "an organisation that takes part in it"))
    values = {
        "task": task.name,
        "due": task.due_on,
        "text": call.data.text,
        "days": _days_to_answer(call),
        "light": task.light_label,
    }
    write_letter(call, "policy.press", task, to=to, values=values)


@Move(
    "policy.answer_press",
    Text("答复督办", "Answer the letter"),
    leaves=(RUNNING,),
    enters=None,
    by=REPORTERS,
    input=LetterAnswerInput,
    guard=_take_part,
    stops=(ANSWER,),
)
def answer_press(call: Call, task: Task) -> None:
    """What was done since the letter."""
    keep_files(call, task, call.data.files, task.reference, same(call.data.text))


TASK = CaseType(
    "policy.task",
    model=Task,
    title=Text("任务", "Task"),
    states=(
        State(RUNNING, Text("推进中", "Running"), tone="info"),
        State(CLAIMED, Text("申请销号，待核实", "Completion reported"), tone="due"),
        State(DONE, Text("已完成", "Done"), tone="ok", end=True),
        State(CANCELLED, Text("已取消", "Cancelled"), end=True, aside=True),
    ),
    opening=assign_task,
    moves=(
        claim_task,
        confirm_task,
        return_task,
        extend_task,
        press_task,
        answer_press,
        Move(
            "policy.cancel_task",
            Text("取消任务", "Cancel"),
            leaves=(RUNNING,),
            enters=CANCELLED,
            by=OFFICER,
            input=TaskVerdictInput,
            second_person=True,
            approvers={"provincial_director"},
            forward=False,
        ),
    ),
)
