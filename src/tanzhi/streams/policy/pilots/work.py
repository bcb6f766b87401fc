"""Pilots as work: named, task list handed in and approved, implementation plan handed in and approved, evaluated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Input
from tanzhi.actions.transitions import CaseType, begin
from tanzhi.actions.validation import Label
from tanzhi.law.evaluation import count
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Refers
from tanzhi.rulebook.clocks import add_months
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.policy.documents.inputs import document_of, documents
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.shared.codes import PILOT_KINDS, TOPICS
from tanzhi.streams.policy.shared.inputs import (
    Authority,
    En,
    Published,
    RegionCode,
    Topic,
    Words,
    Zh,
    authority,
    place_of_region,
    require_code,
)
from tanzhi.streams.policy.shared.rules import in_order, refuse_others
from tanzhi.streams.policy.tasks.work import TASK, TaskInput, equipped, new_task, start_deadline
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files

from .model import Pilot

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

OFFICER = {"provincial_officer"}
CITY = {"city_officer", "provincial_officer"}


class NameInput(Input):
    region: RegionCode
    zh: Zh
    en: En
    kind: Annotated[str, Label("类别", "Kind"), Choices(PILOT_KINDS.offered)]
    topic: Topic
    programme_zh: Annotated[str, Field(min_length=2, max_length=200), Label("试点名称（中文）", "Programme (Chinese)")]
    programme_en: Annotated[str, Field(min_length=2, max_length=200), Label("试点名称（英文）", "Programme (English)")]
    document: Annotated[
        int | None, Label("公布名单的文件", "Document that names it"), Choices(documents), Refers(Document)
    ] = None
    organisation: Authority
    named_on: Annotated[date, Label("公布日期", "Named on")]
    published: Published = False


class PilotTask(Input):
    number: Annotated[str, Field(min_length=1, max_length=20), Label("编号", "Number")]
    due_on: Annotated[date, Label("完成时限", "Due")]
    zh: Annotated[str, Field(min_length=2, max_length=300), Label("中文名称", "Chinese title")]
    en: Annotated[str, Field(min_length=2, max_length=300), Label("英文名称", "English title")]


class ListInput(Input):
    tasks: Annotated[list[PilotTask], Field(min_length=1), Label("任务清单", "Task list")]
    files: Annotated[list[str], Label("任务清单文件", "File of the list"), Attached()] = Field(default_factory=list)


class PilotPlanInput(Input):
    title: Annotated[str, Field(min_length=2, max_length=300), Label("实施方案名称", "Title of the plan")]
    files: Annotated[list[str], Field(min_length=1), Label("实施方案文件", "File of the plan"), Attached()]


class PilotVerdictInput(Input):
    text: Reason


class PlanIssueInput(Input):
    issued_on: Annotated[date, Label("印发日期", "Issued on")]


class ProgressInput(Input):
    text: Words
    files: Annotated[list[str], Label("佐证材料", "Evidence"), Attached()] = Field(default_factory=list)


LIST_BY = Limit(
    "task_list",
    Text("报送试点任务清单", "Hand in the task list"),
    due=lambda _call, pilot: add_months(pilot.named_on, count("procedure.pilot_list_months", on=pilot.named_on)),
    who={"city_officer"},
    escalate=OFFICER,
    law="平台设计建议：公布名单后两个月内",
)
PLAN_BY = Limit(
    "plan",
    Text("印发试点实施方案", "Issue the implementation plan"),
    due=lambda call, _pilot: add_months(call.today, count("procedure.pilot_plan_months", on=call.today)),
    who={"city_officer"},
    escalate=OFFICER,
    law="平台设计建议：任务清单审定后三个月内",
)


@Opening(
    "policy.name_pilot",
    Text("登记试点", "Enter a pilot"),
    by=OFFICER,
    place=place_of_region,
    input=NameInput,
    starts=(LIST_BY,),
)
def name_pilot(call: Call) -> Pilot:
    """Enter a city or a park that was named."""
    data: NameInput = call.data
    require_code("kind", data.kind, PILOT_KINDS.offered)
    require_code("topic", data.topic, TOPICS.offered)
    fields = data.model_dump(include={"kind", "topic", "programme_zh", "programme_en", "named_on", "published"})
    return Pilot(
        title_zh=data.zh,
        title_en=data.en,
        region=region_by_code(data.region),
        document=document_of(data.document),
        organisation=authority(data.organisation, "organisation"),
        **fields,
    )


def _own(call: Call, pilot: Pilot) -> None:
    refuse_others(call, [pilot.organisation_id])


@Move(
    "policy.submit_task_list",
    Text("报送任务清单", "Hand in the task list"),
    leaves=("named",),
    enters="list_told",
    by=CITY,
    input=ListInput,
    guard=_own,
    stops=(LIST_BY,),
)
def submit_task_list(call: Call, pilot: Pilot) -> None:
    """The list waits for approval; only then do its rows become tasks."""
    numbers = [row.number for row in call.data.tasks]
    for row in call.data.tasks:
        if numbers.count(row.number) > 1:
            raise refused("POL-TASK", "tasks", row.number, Text("清单中不重复的编号", "a number that stands once"))
        in_order(Text("完成时限", "the deadline"), row.due_on, pilot.named_on)
    pilot.told_tasks = [row.model_dump(mode="json") for row in call.data.tasks]
    keep_files(call, pilot, call.data.files, pilot.reference, pilot.title)
    pilot.submitted_by = call.actor.person_id
    call.attach("tasks", len(pilot.told_tasks))


@Move(
    "policy.approve_task_list",
    Text("审定任务清单", "Approve the task list"),
    leaves=("list_told",),
    enters="listed",
    by=OFFICER,
    authors=lambda pilot: [pilot.submitted_by],
    starts=(PLAN_BY,),
)
def approve_task_list(call: Call, pilot: Pilot) -> None:
    """The rows become tasks, led by whoever answers for the pilot, each with its clock."""
    pilot.list_approved_on = call.today
    for row in pilot.told_tasks:
        data = TaskInput(lead=pilot.organisation.code, starts_on=pilot.named_on, **row)
        task = new_task(call, data, region=pilot.region.code, pilot_id=pilot.pk)
        begin(call, TASK, task)
        equipped(task, data)
        start_deadline(call, task)


def _verdict(call: Call, pilot: Pilot) -> None:
    pilot.verdict = call.data.text


@Move(
    "policy.submit_pilot_plan",
    Text("报送实施方案", "Hand in the plan"),
    leaves=("listed",),
    enters="plan_told",
    by=CITY,
    input=PilotPlanInput,
    guard=_own,
    stops=(PLAN_BY,),
)
def submit_pilot_plan(call: Call, pilot: Pilot) -> None:
    """The plan as a file."""
    keep_files(call, pilot, call.data.files, pilot.reference, same(call.data.title))
    pilot.plan_title, pilot.submitted_by = call.data.title, call.actor.person_id


@Move(
    "policy.approve_pilot_plan",
    Text("审定实施方案", "Approve the plan"),
    leaves=("plan_told",),
    enters="running",
    by=OFFICER,
    input=PlanIssueInput,
    authors=lambda pilot: [pilot.submitted_by],
)
def approve_pilot_plan(call: Call, pilot: Pilot) -> None:
    """The plan was found sound and is issued; never before its list was approved."""
    if pilot.list_approved_on is None:
        raise refused("POL-LIST", "issued_on", Text("未审定", "not approved"), Text("先审定任务清单", "the list first"))
    in_order(Text("实施方案", "the plan"), call.data.issued_on, pilot.list_approved_on)
    pilot.plan_issued_on = call.data.issued_on


@Move(
    "policy.report_pilot",
    Text("报送试点进展", "Report on the pilot"),
    leaves=("running",),
    enters=None,
    by=CITY,
    input=ProgressInput,
    guard=_own,
)
def report_pilot(call: Call, pilot: Pilot) -> None:
    """What was done; files show it."""
    keep_files(call, pilot, call.data.files, pilot.reference, same(call.data.text))
    pilot.progress = call.data.text


PILOT = CaseType(
    "policy.pilot",
    model=Pilot,
    title=Text("试点", "Pilot"),
    states=(
        State("named", Text("已公布名单", "Named"), tone="due"),
        State("list_told", Text("任务清单待审定", "Task list handed in"), tone="info"),
        State("listed", Text("任务清单已审定", "Task list approved"), tone="due"),
        State("plan_told", Text("实施方案待审定", "Plan handed in"), tone="info"),
        State("running", Text("实施中", "Running"), tone="ok"),
        State("evaluated", Text("已评估", "Evaluated"), tone="ok", end=True),
    ),
    opening=name_pilot,
    moves=(
        submit_task_list,
        approve_task_list,
        Move(
            "policy.return_task_list",
            Text("退回任务清单", "Send the list back"),
            leaves=("list_told",),
            enters="named",
            by=OFFICER,
            input=PilotVerdictInput,
            authors=lambda pilot: [pilot.submitted_by],
            do=_verdict,
            starts=(LIST_BY,),
            forward=False,
        ),
        submit_pilot_plan,
        approve_pilot_plan,
        Move(
            "policy.return_pilot_plan",
            Text("退回实施方案", "Send the plan back"),
            leaves=("plan_told",),
            enters="listed",
            by=OFFICER,
            input=PilotVerdictInput,
            authors=lambda pilot: [pilot.submitted_by],
            do=_verdict,
            starts=(PLAN_BY,),
            forward=False,
        ),
        report_pilot,
        Move(
            "policy.evaluate_pilot",
            Text("评估试点", "Evaluate the pilot"),
            leaves=("running",),
            enters="evaluated",
            by=OFFICER,
            input=PilotVerdictInput,
            do=_verdict,
            second_person=True,
            approvers={"provincial_director"},
        ),
    ),
)
