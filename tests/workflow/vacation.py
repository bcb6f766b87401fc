"""A kind of work made up for the tests: a table of moves, a form, nothing else."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.db import models
from pydantic import Field

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import REGISTER
from tanzhi.actions.state_record import CaseRecord
from tanzhi.actions.states import CASE_TYPES, Findings, Move, Opening, State
from tanzhi.actions.table import ACTIONS, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.evidence.answered import EXEMPT
from tanzhi.law.calendar.days import NATURAL, WORKING
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.findings.work import time_to_answer

EXEMPT["cases.Vacation"] = "a model of these tests alone: no migration makes its table"


class VacationQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REGISTER)


class Vacation(CaseRecord):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    days = models.PositiveIntegerField()
    objects = VacationQuerySet.as_manager()

    class Meta:
        app_label = "cases"

    @property
    def place(self) -> Place:
        return Place(self.organisation_id, self.organisation.region.path, room=REGISTER)

    @property
    def name(self) -> Text:
        return Text(f"停运 {self.days} 天", f"{self.days} days out of service")

    def get_absolute_url(self) -> str:
        return f"/made-up/{self.pk}/"


class Asked(Input):
    organisation: Annotated[int, Label("单位", "Organisation")]
    days: Annotated[int, Field(ge=1), Label("天数", "Days")]


ANSWERS = Outcomes({"granted": Text("同意停运", "Granted"), "refused": Text("不同意停运", "Refused")})


class Decided(Input):
    outcome: Annotated[Literal["granted", "refused"], Label("决定", "Decision"), ANSWERS]


def where(data: Any) -> Place:
    return Organisation.objects.get(pk=data.organisation).place


def ask(call: Any) -> Vacation:
    """Ask for days out of service."""
    return Vacation(organisation_id=call.data.organisation, days=call.data.days)


def decide(call: Any, _case: Vacation) -> None:
    """Grant or refuse it."""
    call.enter(call.data.outcome)


def not_too_long(_call: Any, case: Vacation) -> None:
    if case.days > 30:
        raise Refused("VAC-LONG", Text("超过 30 天", "more than 30 days"), 422)


DECIDE = Limit("decide", Text("作出决定", "Decide"), days=5, unit=WORKING, who={"provincial_officer"}, law="made up, 1")
LAST = Limit(
    "last",
    Text("最后期限", "The very last day"),
    due=lambda call, case: date(call.today.year, 12, 31),
    who={"enterprise_filer"},
    escalate={"provincial_director"},
    unit=NATURAL,
)
OFFICER = {"provincial_officer"}
FILERS = {"enterprise_filer"}
VACATION = CaseType(
    "cases.vacation",
    model=Vacation,
    title=Text("停运申请", "Request to stop"),
    states=(
        State("asked", Text("已申请", "Asked"), tone="due"),
        State("waiting", Text("待补正", "Waiting for more"), tone="info", aside=True),
        State("granted", Text("已同意", "Granted"), tone="ok", end=True),
        State("refused", Text("未同意", "Refused"), tone="late", end=True, aside=True),
    ),
    findings=Findings(
        {"verifier"}, FILERS, {"verifier"}, time_to_answer("procedure.verification_answer_days", FILERS, "made up, 2")
    ),
    opening=Opening(
        "cases.vacation_ask",
        Text("申请停运", "Ask to stop"),
        by={"enterprise_filer"},
        do=ask,
        place=where,
        input=Asked,
        starts=(DECIDE, LAST),
    ),
    moves=(
        Move(
            "cases.vacation_send_back",
            Text("要求补正", "Send back"),
            leaves=("asked",),
            enters="waiting",
            by=OFFICER,
            pauses=(DECIDE,),
            forward=False,
        ),
        Move(
            "cases.vacation_decide",
            Text("作出决定", "Decide"),
            leaves=("asked",),
            enters=("granted", "refused"),
            by=OFFICER,
            input=Decided,
            do=decide,
            guard=not_too_long,
            stops=(DECIDE,),
        ),
        Move(
            "cases.vacation_complete",
            Text("补正", "Complete it"),
            leaves=("waiting",),
            enters="asked",
            by={"enterprise_filer"},
            resumes=(DECIDE,),
        ),
        Move(
            "cases.vacation_withdraw",
            Text("撤回同意", "Take the grant back"),
            leaves=("granted",),
            enters="refused",
            by=OFFICER,
            second_person=True,
            forward=False,
        ),
    ),
)
# Other tests see only what the rooms declare; the fixtures of this folder put these back.
del CASE_TYPES[VACATION.name]
ACTS = {name: ACTIONS.pop(name) for name in [one.name for one in (*VACATION.openings, *VACATION.moves)]}
