"""The only writers of data quality control plans: open, draft, submit, approve, send back, revise."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from pydantic import Field

from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.filings.intake.records import bytes_of
from tanzhi.filings.shared.inputs import place_of_organisation
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Refers
from tanzhi.presentation.intake.cells import readable_record
from tanzhi.rulebook.kernel import Text
from tanzhi.workflow.clocks.limit import Limit

from .form import LAW, due_on, planned_guidelines
from .model import APPROVED, IN_REVISION, PLAN_DRAFT, SUBMITTED, Plan, PlanEvent, PlanVersion
from .status import findings_of_plan, form_of_plan, shapeless

OFFICERS = {"city_officer", "provincial_officer"}
BASIS = LAW


class OpenPlanInput(Input):
    organisation_id: Annotated[int, Label("单位", "Organisation"), Refers(Organisation)]
    guideline: Annotated[str, Label("指南", "Guideline")]
    year: Annotated[int, Field(ge=2019, le=2100), Label("年度", "Year")]


class DraftPlanInput(Input):
    record: Annotated[dict[str, Any], Label("方案内容", "Content")]
    reason: Annotated[str, Field(max_length=2000), Label("说明", "Note")] = ""


class PlanReasonInput(Input):
    reason: Reason


class PlanNoteInput(Input):
    reason: Annotated[str, Field(max_length=2000), Label("意见", "Remark")] = ""


def open_plan(call: Call) -> Plan:
    """The plan of an organisation for a year."""
    data: OpenPlanInput = call.data
    if data.guideline not in planned_guidelines(data.year):
        raise Refused("FIL-FORM", Text("没有指南 {g}", "there is no guideline {g}").format(g=data.guideline), 422)
    organisation = Organisation.objects.get(pk=data.organisation_id)
    return Plan(organisation=organisation, guideline=data.guideline, year=data.year, due_on=due_on(data.year))


def opened_before(call: Call) -> Plan | None:
    """The one that is there already."""
    data: OpenPlanInput = call.data
    same = Plan.objects.filter(organisation=data.organisation_id, guideline=data.guideline, year=data.year)
    return same.first()


def draft_plan(call: Call, plan: Plan) -> None:
    """Keep the plan as its next version; the same content again is told."""
    if odd := shapeless(plan, call.data.record):
        raise Refused("FIL-SHAPE", Text("内容不是这张表的数据", "this is not the content of the plan's form"), 422, odd)
    data = bytes_of(readable_record(form_of_plan(plan), call.data.record))
    digest = hashlib.sha256(data).hexdigest()
    latest = plan.latest
    if latest and latest.digest == digest:
        message = Text("内容与第 {n} 版完全相同，未另存", "This is version {n} again; nothing was saved")
        raise Refused("FIL-SAME", message.format(n=latest.number), 409)
    version = PlanVersion.objects.create(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        values=data.decode(),
        digest=digest,
        reason=call.data.reason or plan.revision_reason,
        person_id=call.actor.person_id or 0,
        person_name=call.actor.name,
        at=call.now,
    )
    _log(call, plan, "draft", version.reason)


def _log(call: Call, plan: Plan, kind: str, reason: str = "") -> PlanVersion | None:
    """A line of the change log, and the version's digest in the evidence."""
    version = plan.latest
    PlanEvent.objects.create(
        plan=plan,
        version=version,
        kind=kind,
        reason=reason,
        person_id=call.actor.person_id or 0,
        person_name=call.actor.name,
        at=call.now,
    )
    if version:
        call.attach("version", version.number)
        call.attach("values", version.digest)
    return version


def submit_plan(call: Call, plan: Plan) -> None:
    """Hand the plan in; refused while a required parameter has no row or a row is not complete."""
    version = plan.latest
    findings = findings_of_plan(plan, version.record) if version else []
    if version is None or findings:
        message = Text("方案还有 {n} 处须补充", "{n} places of the plan must be filled in")
        raise Refused("FIL-PLAN", message.format(n=len(findings) or 1), 422, findings)
    if plan.submitted_at is None:
        plan.submitted_at = call.now
    _log(call, plan, "submit")


def approve_plan(call: Call, plan: Plan) -> None:
    """The authority's approval of the version that was handed in; from then on it is in force."""
    version = _log(call, plan, "approve", call.data.reason)
    if version:
        version.approved = True
        version.save(update_fields=["approved"])
    plan.revision_reason = ""


def return_plan(call: Call, plan: Plan) -> None:
    """Back to the plant with what must be changed."""
    _log(call, plan, "return", call.data.reason)
    call.enter(IN_REVISION if plan.approved_version else PLAN_DRAFT)


def revise_plan(call: Call, plan: Plan) -> None:
    """Open an approved plan again, with the reason; the approved version stays in force until the next approval."""
    plan.revision_reason = call.data.reason
    _log(call, plan, "revise", call.data.reason)


HAND_IN = Limit(
    "submit",
    Text("提交数据质量控制方案", "Hand in the quality control plan"),
    due=lambda _call, plan: plan.due_on,
    who=PLANT,
    law=BASIS,
)
OPEN_STATES = (PLAN_DRAFT, IN_REVISION)
PLAN = CaseType(
    "filings.plan",
    model=Plan,
    title=Text("数据质量控制方案", "Data quality control plan"),
    law=BASIS,
    start=PLAN_DRAFT,
    comments=frozenset(),
    rows_to_do=lambda rows, _actor: rows.select_related("organisation__region"),
    states=(
        State(PLAN_DRAFT, Text("编制中", "draft"), tone="due"),
        State(SUBMITTED, Text("待审定", "submitted"), tone="info"),
        State(APPROVED, Text("已审定", "approved"), tone="ok", end=True),
        State(IN_REVISION, Text("修订中", "in revision"), tone="due", aside=True),
    ),
    opening=Opening(
        "filings.open_plan",
        Text("编制数据质量控制方案", "Open a quality control plan"),
        by=PLANT,
        do=open_plan,
        again=opened_before,
        place=place_of_organisation,
        input=OpenPlanInput,
        starts=(HAND_IN,),
    ),
    moves=(
        Move(
            "filings.draft_plan",
            Text("保存方案", "Save the plan"),
            leaves=OPEN_STATES,
            enters=None,
            by=PLANT,
            input=DraftPlanInput,
            do=draft_plan,
            on_page=True,
        ),
        Move(
            "filings.submit_plan",
            Text("提交审定", "Submit for approval"),
            leaves=OPEN_STATES,
            enters=SUBMITTED,
            by=PLANT,
            do=submit_plan,
            stops=(HAND_IN,),
            todo=Text("编制并提交：{name}", "Complete and submit: {name}"),
        ),
        Move(
            "filings.approve_plan",
            Text("审定通过", "Approve the plan"),
            leaves=(SUBMITTED,),
            enters=APPROVED,
            by=OFFICERS,
            other_than=("filings.draft_plan", "filings.submit_plan"),
            input=PlanNoteInput,
            do=approve_plan,
            todo=Text("审定：{name}", "Approve: {name}"),
        ),
        Move(
            "filings.return_plan",
            Text("退回修改", "Send the plan back"),
            leaves=(SUBMITTED,),
            enters=(PLAN_DRAFT, IN_REVISION),
            by=OFFICERS,
            input=PlanReasonInput,
            do=return_plan,
            forward=False,
        ),
        Move(
            "filings.revise_plan",
            Text("发起修订", "Revise the plan"),
            leaves=(APPROVED,),
            enters=IN_REVISION,
            by=PLANT,
            input=PlanReasonInput,
            do=revise_plan,
            forward=False,
        ),
    ),
)
