"""Who may add to a case: its place by its reference, the roles that its table names, as long as it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import ROLES
from tanzhi.actions.state_record import case_of
from tanzhi.actions.states import Findings, case_type
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Attached, Hidden, Long
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Set

    from tanzhi.actions.actor import Actor
    from tanzhi.actions.state_record import CaseRecord
    from tanzhi.actions.table import Call

WORKERS = frozenset(ROLES) - {"public", "security_administrator"}  # who keeps accounts works on no case
CaseRef = Annotated[str, Label("事项", "Case"), Hidden()]
Words = Annotated[str, Field(min_length=2, max_length=4000), Label("说明", "Notes"), Long()]
Files = Annotated[list[str], Label("附件", "Files"), Attached()]


def place_of_case(data: Any) -> Place | None:
    """Where a case lies that an input names; an unknown one is nowhere, and therefore out of reach."""
    case = case_of(data.case)
    return case.place if case is not None else Place()


def findings_of_type(case: CaseRecord) -> Findings:
    """The part of the case's table that speaks of findings."""
    rules = case_type(case).findings
    if rules is None:
        message = Text("“{title}”不设不符合项", "“{title}” knows no findings").format(title=case_type(case).title)
        raise Refused("CASE-FIND", message, 409)
    return rules


def refuse_closed(case: CaseRecord) -> None:
    if case.state in case_type(case).ends:
        message = Text("事项已办结（{state}）", "the case is closed ({state})").format(state=case.state_label)
        raise Refused("CASE-CLOSED", message, 409)


def reaches(actor: Actor, roles: Set[str], case: CaseRecord) -> bool:
    """Whether somebody has one of the roles where the case lies."""
    return any(actor.reaches(role, case.place) for role in roles)


def refuse_others(call: Call, case: CaseRecord, may: Set[str]) -> None:
    """Findings are for the roles that this kind of work names."""
    if reaches(call.actor, may, case):
        return
    needed = Text(
        "、".join(ROLES[code].label.zh for code in sorted(may)), ", ".join(ROLES[code].label.en for code in sorted(may))
    )
    raise Refused("CASE-ROLE", Text("须由{needed}办理", "this is done by: {needed}").format(needed=needed), 403)
