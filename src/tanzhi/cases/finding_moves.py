"""Findings as a kind of work of their own: whoever the case's type names raises, answers and closes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.roles import ROLES
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.presentation.fields import Attached, Hidden, Long
from tanzhi.rulebook.kernel.text import Text

from . import clocks
from .dossier import CaseFinding
from .keeping import belongs, keep_files
from .limits import WORKING, Limit
from .records import case_of
from .workflow import CaseType, Findings, Move, Opening, State, case_type

if TYPE_CHECKING:
    from collections.abc import Set

    from tanzhi.actions.table import Call

    from .records import CaseRecord

WORKERS = frozenset(ROLES) - {"public", "security_administrator"}  # who keeps accounts works on no case
CaseRef = Annotated[str, Label("事项", "Case"), Hidden()]
Words = Annotated[str, Field(min_length=2, max_length=4000), Label("说明", "Words"), Long()]
Files = Annotated[list[str], Label("附件", "Files"), Attached()]


class RaiseInput(Input):
    case: CaseRef
    title: Annotated[str, Field(min_length=2, max_length=300), Label("不符合项", "Finding")]
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("事实描述", "What was found"), Long()]
    where: Annotated[str, Field(max_length=300), Label("位置", "Place")] = ""
    law: Annotated[str, Field(max_length=300), Label("依据", "Law")] = ""


class AnswerInput(Input):
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("整改说明", "Answer"), Long()]
    files: Files = Field(default_factory=list)


class VerdictInput(Input):
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("意见", "Opinion"), Long()]


def place_of_case(data: Any) -> Place | None:
    """Where a case lies that an input names; an unknown one is nowhere, and therefore out of reach."""
    found = case_of(data.case)
    return found.place if found is not None else Place()


def findings_of_type(case: CaseRecord) -> Findings:
    """The part of the case's table that speaks of findings."""
    found = case_type(case).findings
    if found is None:
        message = Text("“{title}”不设不符合项", "“{title}” knows no findings").format(title=case_type(case).title)
        raise Refused("CASE-FIND", message, 409)
    return found


def refuse_closed(case: CaseRecord) -> None:
    if case.state in case_type(case).ends:
        message = Text("事项已办结（{state}）", "the case is closed ({state})").format(state=case.state_label)
        raise Refused("CASE-CLOSED", message, 409)


def refuse_others(call: Call, case: CaseRecord, may: Set[str]) -> None:
    """Findings are for the roles that this kind of work names."""
    if any(call.actor.reaches(role, case.place) for role in may):
        return
    needed = Text(
        "、".join(ROLES[code].label.zh for code in sorted(may)), ", ".join(ROLES[code].label.en for code in sorted(may))
    )
    raise Refused("CASE-ROLE", Text("须由{needed}办理", "this is done by: {needed}").format(needed=needed), 403)


def _raise(call: Call) -> CaseFinding:
    """Raise a finding; its answer is due as the case's type says."""
    case = case_of(call.data.case)
    if case is None:
        raise out_of_scope()
    told = findings_of_type(case)
    refuse_closed(case)
    refuse_others(call, case, told.raises)
    fields = {name: getattr(call.data, name) for name in ("title", "text", "where", "law")}
    number = CaseFinding.objects.filter(case=case.reference).count() + 1
    found = CaseFinding(number=number, state="raised", opened_at=call.now, **belongs(case), **fields)
    found.save()
    clocks.started(call, case_type(case), told.answer, case, found)
    return found


def _may_answer(call: Call, found: CaseFinding) -> None:
    refuse_others(call, found.owner, findings_of_type(found.owner).answers)


def _may_close(call: Call, found: CaseFinding) -> None:
    refuse_others(call, found.owner, findings_of_type(found.owner).closes)


def _answer(call: Call, found: CaseFinding) -> None:
    """Say what was put right, with the files that show it."""
    found.answer = call.data.text
    keep_files(call, found.owner, call.data.files, found.reference, found.title)
    clocks.stop_for(call, found)


def _return(call: Call, found: CaseFinding) -> None:
    """The answer does not suffice; the time to answer begins again."""
    found.verdict = call.data.text
    clocks.started(call, found.kind, findings_of_type(found.owner).answer, found.owner, found)


def _close(call: Call, found: CaseFinding) -> None:
    """It is put right, or it stands as it is described."""
    found.verdict = call.data.text
    clocks.stop_for(call, found)


FINDING = CaseType(
    "cases.finding",
    model=CaseFinding,
    title=Text("不符合项", "Finding"),
    states=(
        State("raised", Text("待整改", "To be answered"), tone="due"),
        State("answered", Text("已整改，待确认", "Answered"), tone="info"),
        State("closed", Text("已关闭", "Closed"), tone="ok", end=True),
    ),
    opening=Opening(
        "cases.raise_finding",
        Text("开具不符合项", "Raise a finding"),
        by=WORKERS,
        do=_raise,
        place=place_of_case,
        input=RaiseInput,
    ),
    moves=(
        Move(
            "cases.answer_finding",
            Text("提交整改", "Answer"),
            leaves=("raised",),
            enters="answered",
            by=WORKERS,
            input=AnswerInput,
            do=_answer,
            guard=_may_answer,
        ),
        Move(
            "cases.return_finding",
            Text("退回整改", "Send back"),
            leaves=("answered",),
            enters="raised",
            by=WORKERS,
            input=VerdictInput,
            do=_return,
            guard=_may_close,
        ),
        Move(
            "cases.close_finding",
            Text("关闭不符合项", "Close"),
            leaves=("raised", "answered"),
            enters="closed",
            by=WORKERS,
            input=VerdictInput,
            do=_close,
            guard=_may_close,
            other_than=("cases.answer_finding",),
        ),
    ),
)


def time_to_answer(days: str, who: Set[str], law: str) -> Limit:
    """The time to answer a finding, in working days; `days` names the parameter."""
    return Limit("answer", Text("整改不符合项", "Answer the finding"), days=days, unit=WORKING, who=who, law=law)
