"""Clues as a kind of work: received, handed to a city, looked into, put right, closed by two persons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.calendar.days import WORKING
from tanzhi.office.letters.work import write_letter
from tanzhi.organisations.register.choices import organisations
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files

from .cells import CHAIN, DISPATCH, RAISE
from .model import CLOSED, CONFIRMED, DISPATCHED, RECEIVED, RECTIFIED, RECTIFYING, RISKS, SOURCES, UNFOUNDED, Clue

PROVINCE, CITY = {"provincial_officer"}, {"city_officer"}
LongAnswer = Annotated[str, Field(min_length=2, max_length=4000), Long()]


class ClueInput(Input):
    """A clue, also as one row of an imported list."""

    number: Annotated[str, Field(min_length=1, max_length=60), Label("线索编号", "Number")]
    source: Annotated[str, Label("来源", "Source"), Choices(SOURCES.offered)] = "national_inspection"
    organisation: Annotated[str, Label("单位代码", "Organisation code"), Choices(organisations)]
    unit: Annotated[str, Field(max_length=60), Label("机组", "Unit")] = ""
    parameter: Annotated[str, Field(min_length=1, max_length=200), Label("涉及参数", "Parameter")]
    period: Annotated[str, Field(max_length=40), Label("涉及期间", "Period")] = ""
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("问题描述", "Problem"), Long()]
    risk: Annotated[str, Label("风险等级", "Risk"), Choices(RISKS)] = "medium"


class DispatchInput(Input):
    requirement: Annotated[LongAnswer, Label("核实要求", "Requirement")]


CLUE_OUTCOMES = Outcomes(
    {
        "real": Text("属实，责令整改", "Confirmed: to be rectified"),
        "not_real": Text("不属实，报请销号", "Not real: to be closed"),
    }
)


class CheckInput(Input):
    outcome: Annotated[Literal["real", "not_real"], Label("核实结论", "The problem"), CLUE_OUTCOMES]
    result: Annotated[LongAnswer, Label("核实情况", "What was found")]


class RectifyInput(Input):
    measures: Annotated[LongAnswer, Label("整改措施", "Rectification measures")]
    files: Annotated[list[str], Label("证明材料", "Proof"), Attached()] = Field(default_factory=list)


class ClueOpinionInput(Input):
    opinion: Annotated[LongAnswer, Label("意见", "Opinion")]


def place_of_clue(data: ClueInput) -> Place:
    return organisation_by_code(data.organisation).place


def receive(call: Call) -> Clue:
    """Enter a clue under the number of the list that it came with."""
    data: ClueInput = call.data
    if Clue.objects.filter(number=data.number).exists():
        raise Refused("CLU-TWICE", Text("线索编号 {n} 已存在", "clue {n} is there already").format(n=data.number), 409)
    codes = {"source": (data.source, SOURCES.offered), "risk": (data.risk, RISKS)}
    for label, (code, options) in codes.items():
        if code not in options:
            message = Text("{field}不在选项中：{found}", "{field} is none of the options: {found}")
            raise Refused("CLU-OPTION", message.format(field=label, found=code), 422)
    fields = data.model_dump(exclude={"organisation"})
    return Clue(organisation=organisation_by_code(data.organisation), **fields)


def dispatch(call: Call, clue: Clue) -> None:
    """Hand it to the authority of the city that the enterprise lies in, by letter."""
    clue.requirement = call.data.requirement
    clue.check_result = clue.measures = clue.confirmation = clue.closing = ""
    to = authority_of(clue.organisation)
    values = {
        "number": clue.number,
        "name": clue.organisation.name,
        "problem": clue.text,
        "requirement": clue.requirement,
    }
    write_letter(call, "verification.dispatch", clue, to=to, values=values)


def authority_of(organisation: Organisation) -> Organisation:
    """The authority of the enterprise's own region."""
    authority: Organisation | None = Organisation.objects.filter(
        kind="authority", region=organisation.region, state="active"
    ).first()
    if authority is None:
        message = Text("{region}没有登记主管部门", "no authority is registered for {region}")
        raise Refused("CLU-CITY", message.format(region=organisation.region.name), 409)
    return authority


def check(call: Call, clue: Clue) -> None:
    """The city looks on the spot: the problem is real, and the enterprise is told to put it right; or it is not."""
    clue.check_result = call.data.result
    call.enter(RECTIFYING if call.data.outcome == "real" else UNFOUNDED)
    if call.data.outcome == "real":
        values = {"number": clue.number, "problem": clue.text, "result": clue.check_result}
        write_letter(call, "verification.rectify", clue, to=clue.organisation, values=values)


def rectify(call: Call, clue: Clue) -> None:
    """The enterprise says what it did, with proof."""
    clue.measures = call.data.measures
    keep_files(call, clue, call.data.files, clue.reference, "整改证明 / proof")


def return_measures(call: Call, clue: Clue) -> None:
    """What was done does not suffice."""
    clue.confirmation = call.data.opinion


def confirm(call: Call, clue: Clue) -> None:
    """The city confirms that it is put right and asks to close it."""
    clue.confirmation = call.data.opinion


def hand_back(call: Call, clue: Clue) -> None:
    """The province wants the city to look again."""
    clue.closing = call.data.opinion


def close(call: Call, clue: Clue) -> None:
    """Close it (销号): one proposes, another decides."""
    clue.closing = call.data.opinion


CHECK = Limit(
    "check",
    Text("现场核实线索", "Verify the clue on site"),
    days="procedure.clue_check_days",
    unit=WORKING,
    who=CITY,
    escalate=PROVINCE,
    law=CHAIN,
)
RECTIFY = Limit(
    "rectify",
    Text("完成整改", "Complete the rectification"),
    days="procedure.clue_rectification_days",
    unit=WORKING,
    who=PLANT,
    escalate=CITY,
    law=CHAIN,
)
CONFIRM = Limit(
    "confirm",
    Text("确认整改", "Confirm the rectification"),
    days="procedure.clue_confirmation_days",
    unit=WORKING,
    who=CITY,
    escalate=PROVINCE,
    law=CHAIN,
)
CLOSE = Limit(
    "close",
    Text("销号", "Close the clue"),
    days="procedure.clue_closing_days",
    unit=WORKING,
    who=PROVINCE,
    escalate={"provincial_director"},
    law=CHAIN,
)

CLUE = CaseType(
    "verification.clue",
    model=Clue,
    title=Text("问题线索", "Clue"),
    law=CHAIN,
    states=(
        State(RECEIVED, Text("已接收", "Received"), tone="due"),
        State(DISPATCHED, Text("已交办", "Handed to the city"), tone="info"),
        State(RECTIFYING, Text("整改中", "Under rectification"), tone="due"),
        State(RECTIFIED, Text("已整改待确认", "Rectified, to be confirmed"), tone="info"),
        State(UNFOUNDED, Text("不属实待销号", "Unfounded, to be closed"), tone="info", aside=True),
        State(CONFIRMED, Text("待销号", "To be closed"), tone="info"),
        State(CLOSED, Text("已销号", "Closed"), tone="ok", end=True),
    ),
    opening=(
        Opening("verification.receive_clue", Text("登记线索", "Enter a clue"), by=PROVINCE, do=receive,
                place=place_of_clue, input=ClueInput, starts=(DISPATCH,)),
        RAISE,
    ),
    moves=(
        Move("verification.dispatch_clue", Text("交办市局", "Hand to the city"),
             leaves=(RECEIVED,), enters=DISPATCHED, by=PROVINCE, input=DispatchInput, do=dispatch, stops=(DISPATCH,),
             starts=(CHECK,)),
        Move("verification.check_clue", Text("反馈核实情况", "Report the verification on site"), leaves=(DISPATCHED,),
             enters=(RECTIFYING, UNFOUNDED), by=CITY, input=CheckInput, do=check, stops=(CHECK,),
            starts_in={RECTIFYING: (RECTIFY,), UNFOUNDED: (CLOSE,)}),
        Move("verification.rectify_clue", Text("提交整改", "Report the rectification"), leaves=(RECTIFYING,),
             enters=RECTIFIED, by=PLANT, input=RectifyInput, do=rectify, stops=(RECTIFY,), starts=(CONFIRM,)),
        Move("verification.return_measures", Text("退回整改", "Send back"), leaves=(RECTIFIED,), enters=RECTIFYING,
             by=CITY, input=ClueOpinionInput, do=return_measures, stops=(CONFIRM,), starts=(RECTIFY,), forward=False),
        Move("verification.confirm_clue", Text("确认整改", "Confirm"), leaves=(RECTIFIED,), enters=CONFIRMED,
             by=CITY, input=ClueOpinionInput, do=confirm, stops=(CONFIRM,), starts=(CLOSE,),
             other_than=("verification.rectify_clue",)),
        Move("verification.close_clue", Text("销号", "Close"), leaves=(CONFIRMED, UNFOUNDED), enters=CLOSED,
             by=PROVINCE, input=ClueOpinionInput, do=close, second_person=True,
             other_than=("verification.check_clue", "verification.confirm_clue"),
             approvers={"provincial_officer", "provincial_director"}),
        Move("verification.hand_back_clue", Text("退回市局再核", "Return to the city"),
             leaves=(CONFIRMED, UNFOUNDED), enters=DISPATCHED, by=PROVINCE, input=ClueOpinionInput, do=hand_back,
             stops=(CLOSE,), starts=(CHECK,), forward=False),
    ),
)  # fmt: skip
