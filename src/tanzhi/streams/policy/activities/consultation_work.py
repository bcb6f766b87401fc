"""Consultations and visits as work: comments on drafts of others, guidance to enterprises."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Input, action
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.calendar.days import WORKING
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Hidden, Refers
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import TOPICS
from tanzhi.streams.policy.shared.inputs import (
    Authority,
    En,
    Files,
    Published,
    RegionCode,
    Topic,
    Words,
    Zh,
    authority,
    enterprises,
    place_of_region,
    require_code,
)
from tanzhi.streams.policy.shared.rules import in_order, not_in_the_future, refuse_others
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files

from .model import Consultation, Opinion, Visit

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

OFFICER = {"provincial_officer"}
AUTHORITIES = {"provincial_officer", "city_officer"}


class ReceiveInput(Input):
    region: RegionCode
    zh: Zh
    en: En
    topic: Topic
    asked_by_zh: Annotated[
        str, Field(min_length=2, max_length=200), Label("来文单位（中文）", "Requested by (Chinese)")
    ]
    asked_by_en: Annotated[
        str, Field(min_length=2, max_length=200), Label("来文单位（英文）", "Requested by (English)")
    ]
    received_on: Annotated[date, Label("收文日期", "Received on")]
    due_on: Annotated[date, Label("反馈时限", "Comments due")]
    files: Files = Field(default_factory=list)


class ConsultationOpinionInput(Input):
    consultation: Annotated[int, Label("征求意见", "Consultation"), Hidden(), Refers(Consultation)]
    organisation: Authority
    text: Words


class ConsultationReturnInput(Input):
    comments: Annotated[int, Field(ge=0, le=999), Label("反馈意见条数", "Number of comments")]
    returned_on: Annotated[date, Label("反馈日期", "Returned on")]
    summary: Words
    files: Annotated[list[str], Field(min_length=1), Label("反馈函", "Letter of reply"), Attached()]


BACK_BY = Limit(
    "comments",
    Text("反馈意见", "Return comments"),
    due=lambda _call, case: case.due_on,
    who=OFFICER,
    escalate={"provincial_director"},
)


@Opening(
    "policy.receive_draft",
    Text("登记征求意见稿", "Enter a draft"),
    by=OFFICER,
    place=place_of_region,
    input=ReceiveInput,
    starts=(BACK_BY,),
)
def receive_draft(call: Call) -> Consultation:
    """A draft came in with the day until which comments are asked for."""
    data: ReceiveInput = call.data
    require_code("topic", data.topic, TOPICS.offered)
    in_order(Text("反馈时限", "the day on which comments are due"), data.due_on, data.received_on)
    case = Consultation(
        title_zh=data.zh, title_en=data.en, region=region_by_code(data.region), state="received", opened_at=call.now,
        **data.model_dump(include={"topic", "asked_by_zh", "asked_by_en", "received_on", "due_on"}),
    )  # fmt: skip
    case.save()
    keep_files(call, case, data.files, case.reference, case.title)
    return case


@action(
    "policy.give_opinion",
    label=Text("提出意见", "Give an opinion"),
    by=AUTHORITIES,
    place=lambda data: organisation_by_code(data.organisation).place,
    input=ConsultationOpinionInput,
)
def give_opinion(call: Call) -> Opinion:
    """What an authority says of the draft, while comments are collected."""
    case = Consultation.objects.filter(pk=call.data.consultation).first()
    if case is None:
        raise refused("POL-DRAFT", "consultation", call.data.consultation, Text("已登记的征求意见", "a known draft"))
    if case.state != "received":
        raise Refused("POL-CLOSED", Text("意见已反馈", "comments were returned already"), 409)
    organisation = authority(call.data.organisation, "organisation")
    refuse_others(call, [organisation.pk])
    opinion: Opinion = Opinion.objects.create(
        consultation=case,
        organisation=organisation,
        text=call.data.text,
        on=call.today,
        person_name=call.actor.name,
    )
    return opinion


@Move(
    "policy.return_comments",
    Text("反馈意见", "Return comments"),
    leaves=("received",),
    enters="returned",
    by=OFFICER,
    input=ConsultationReturnInput,
    stops=(BACK_BY,),
    second_person=True,
    approvers={"provincial_officer", "provincial_director"},
)
def return_comments(call: Call, case: Consultation) -> None:
    """Comments go back, decided by two."""
    in_order(Text("反馈", "the reply"), call.data.returned_on, case.received_on)
    not_in_the_future(call, "returned_on", call.data.returned_on)
    keep_files(call, case, call.data.files, case.reference, case.title)
    case.comments, case.returned_on, case.summary = call.data.comments, call.data.returned_on, call.data.summary


CONSULTATION = CaseType(
    "policy.consultation",
    model=Consultation,
    title=Text("征求意见", "Consultation"),
    states=(
        State("received", Text("征集意见中", "Collecting comments"), tone="due"),
        State("returned", Text("已反馈", "Comments returned"), tone="ok", end=True),
    ),
    opening=receive_draft,
    moves=(return_comments,),
)


class PlanVisitInput(Input):
    organisation: Annotated[str, Field(max_length=40), Label("企业", "Enterprise"), Choices(enterprises)]
    zh: Zh
    en: En
    planned_on: Annotated[date, Label("计划日期", "Planned for")]
    team: Annotated[str, Field(max_length=300), Label("帮扶人员", "Team")] = ""
    published: Published = False


class HoldVisitInput(Input):
    held_on: Annotated[date, Label("帮扶日期", "Held on")]
    advice: Words
    files: Files = Field(default_factory=list)


class AnswerVisitInput(Input):
    outcome: Words
    files: Files = Field(default_factory=list)


ACT = Limit(
    "outcome",
    Text("反馈落实情况", "Report the outcome"),
    days="procedure.visit_outcome_days",
    unit=WORKING,
    who=PLANT,
    escalate=AUTHORITIES,
)


@Opening(
    "policy.plan_visit",
    Text("安排帮扶", "Plan a visit"),
    by=AUTHORITIES,
    place=lambda data: organisation_by_code(data.organisation).place,
    input=PlanVisitInput,
)
def plan_visit(call: Call) -> Visit:
    """A visit to one enterprise."""
    data: PlanVisitInput = call.data
    firm = organisation_by_code(data.organisation)
    return Visit(
        title_zh=data.zh, title_en=data.en, organisation=firm, region=firm.region,
        **data.model_dump(include={"planned_on", "team", "published"}),
    )  # fmt: skip


@Move(
    "policy.hold_visit",
    Text("记录帮扶", "Record the visit"),
    leaves=("planned",),
    enters="held",
    by=AUTHORITIES,
    input=HoldVisitInput,
    starts=(ACT,),
)
def hold_visit(call: Call, visit: Visit) -> None:
    """What was advised on the spot."""
    not_in_the_future(call, "held_on", call.data.held_on)
    keep_files(call, visit, call.data.files, visit.reference, visit.title)
    visit.held_on, visit.advice = call.data.held_on, call.data.advice


@Move(
    "policy.close_visit",
    Text("反馈落实情况", "Report the outcome"),
    leaves=("held",),
    enters="closed",
    by=PLANT | {"city_officer"},
    input=AnswerVisitInput,
    stops=(ACT,),
)
def close_visit(call: Call, visit: Visit) -> None:
    """What the enterprise made of the advice."""
    keep_files(call, visit, call.data.files, visit.reference, visit.title)
    visit.outcome = call.data.outcome


VISIT = CaseType(
    "policy.visit",
    model=Visit,
    title=Text("帮扶指导", "Visit of guidance"),
    states=(
        State("planned", Text("已安排", "Planned"), tone="due"),
        State("held", Text("已帮扶，待反馈", "Held, outcome to be reported"), tone="info"),
        State("closed", Text("已反馈", "Closed"), tone="ok", end=True),
    ),
    opening=plan_visit,
    moves=(hold_visit, close_visit),
)
