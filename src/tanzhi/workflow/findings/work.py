"""Findings as a kind of work of their own: whoever the case's type names raises, answers and closes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.refusal import out_of_scope
from tanzhi.actions.state_record import case_of
from tanzhi.actions.states import Move, Opening, State, case_type
from tanzhi.actions.table import Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.calendar.days import WORKING
from tanzhi.presentation.forms.fields import Long
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.clocks import clocks
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.access import (
    WORKERS,
    CaseRef,
    Files,
    findings_of_type,
    place_of_case,
    refuse_closed,
    refuse_others,
)
from tanzhi.workflow.dossier.files import belongs, keep_files

from .model import CaseFinding

if TYPE_CHECKING:
    from collections.abc import Set

    from tanzhi.actions.table import Call


class RaiseInput(Input):
    case: CaseRef
    title: Annotated[str, Field(min_length=2, max_length=300), Label("不符合项", "Finding")]
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("事实描述", "What was found"), Long()]
    where: Annotated[str, Field(max_length=300), Label("位置", "Place")] = ""
    law: Annotated[str, Field(max_length=300), Label("依据", "Law")] = ""


class FindingAnswerInput(Input):
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("整改说明", "Answer"), Long()]
    files: Files = Field(default_factory=list)


class FindingVerdictInput(Input):
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("意见", "Opinion"), Long()]


@Opening(
    "cases.raise_finding",
    Text("开具不符合项", "Raise a finding"),
    by=WORKERS,
    place=place_of_case,
    input=RaiseInput,
)
def raise_finding(call: Call) -> CaseFinding:
    """Raise a finding; its answer is due as the case's type says."""
    case = case_of(call.data.case)
    if case is None:
        raise out_of_scope()
    rules = findings_of_type(case)
    refuse_closed(case)
    refuse_others(call, case, rules.raises)
    fields = {name: getattr(call.data, name) for name in ("title", "text", "where", "law")}
    number = CaseFinding.objects.filter(case=case.reference).count() + 1
    finding = CaseFinding(number=number, state="raised", opened_at=call.now, **belongs(case), **fields)
    finding.save()
    clocks.started(call, case_type(case), rules.answer, case, finding)
    return finding


def _may_close(call: Call, finding: CaseFinding) -> None:
    refuse_others(call, finding.owner, findings_of_type(finding.owner).closes)


@Move(
    "cases.answer_finding",
    Text("提交整改", "Answer"),
    leaves=("raised",),
    enters="answered",
    by=WORKERS,
    input=FindingAnswerInput,
)
def answer_finding(call: Call, finding: CaseFinding) -> None:
    """Say what was put right, with the files that show it."""
    refuse_others(call, finding.owner, findings_of_type(finding.owner).answers)
    finding.answer = call.data.text
    keep_files(call, finding.owner, call.data.files, finding.reference, same(finding.title))
    clocks.stop_for(call, finding)


@Move(
    "cases.return_finding",
    Text("退回整改", "Send back"),
    leaves=("answered",),
    enters="raised",
    by=WORKERS,
    input=FindingVerdictInput,
    guard=_may_close,
    forward=False,
)
def return_finding(call: Call, finding: CaseFinding) -> None:
    """The answer does not suffice; the time to answer begins again."""
    finding.verdict = call.data.text
    clocks.started(call, finding.kind, findings_of_type(finding.owner).answer, finding.owner, finding)


@Move(
    "cases.close_finding",
    Text("关闭不符合项", "Close"),
    leaves=("raised", "answered"),
    enters="closed",
    by=WORKERS,
    input=FindingVerdictInput,
    guard=_may_close,
    other_than=("cases.answer_finding",),
)
def close_finding(call: Call, finding: CaseFinding) -> None:
    """It is put right, or it stands as it is described."""
    finding.verdict = call.data.text
    clocks.stop_for(call, finding)


FINDING = CaseType(
    "cases.finding",
    model=CaseFinding,
    title=Text("不符合项", "Finding"),
    states=(
        State("raised", Text("待整改", "To be answered"), tone="due"),
        State("answered", Text("已整改，待确认", "Answered"), tone="info"),
        State("closed", Text("已关闭", "Closed"), tone="ok", end=True),
    ),
    opening=raise_finding,
    moves=(answer_finding, return_finding, close_finding),
)


def time_to_answer(days: str, who: Set[str], law: str) -> Limit:
    """The time to answer a finding, in working days; `days` names the parameter."""
    return Limit("answer", Text("整改不符合项", "Answer the finding"), days=days, unit=WORKING, who=who, law=law)
