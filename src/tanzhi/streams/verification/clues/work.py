"""Clues as a kind of work: received, handed to a city, looked into, put right, closed by two persons."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Annotated, Literal

from django.utils.timezone import localdate
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
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.photos import MOST_PHOTOS, refuse_no_photo
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files
from tanzhi.workflow.notices.delivery import Directory, NoticeDraft, tell

from .cells import CHAIN, DISPATCH, RAISE
from .model import (
    AT_CITY,
    AT_PROVINCE,
    CLOSED,
    CONFIRMED,
    DISPATCHED,
    LEVELS,
    NATION,
    NOT_REAL,
    REAL,
    RECEIVED,
    RECTIFIED,
    RECTIFYING,
    RISKS,
    SOURCES,
    TO_ANSWER,
    UNFOUNDED,
    Clue,
)

PROVINCE, CITY = {"provincial_officer"}, {"city_officer"}
LongAnswer = Annotated[str, Field(min_length=2, max_length=4000), Long()]


FROM_ABOVE = {code: LEVELS[code] for code in (NATION, AT_PROVINCE)}


class CityClueInput(Input):
    """What a city found at an enterprise of its region."""

    source: Annotated[str, Label("来源", "Source"), Choices(SOURCES.offered)] = "supervision"
    organisation: Annotated[str, Label("单位代码", "Organisation code"), Choices(organisations)]
    unit: Annotated[str, Field(max_length=60), Label("机组", "Unit")] = ""
    parameter: Annotated[str, Field(min_length=1, max_length=200), Label("涉及参数", "Parameter")]
    period: Annotated[str, Field(max_length=40), Label("涉及期间", "Period")] = ""
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("问题描述", "Problem"), Long()]
    risk: Annotated[str, Label("风险等级", "Risk"), Choices(RISKS)] = "medium"


class ClueInput(CityClueInput):
    """A clue of the nation or of the province, also as one row of an imported list."""

    number: Annotated[str, Field(min_length=1, max_length=60), Label("线索编号", "Number")]
    source: Annotated[str, Label("来源", "Source"), Choices(SOURCES.offered)] = "national_inspection"
    level: Annotated[
        str,
        Label("线索层级", "Level"),
        Choices(FROM_ABOVE),
        Help("不填即按来源：国家数据质量检查为国家，其余为省级", "blank: by its source"),
    ] = ""


class DispatchInput(Input):
    requirement: Annotated[LongAnswer, Label("核实要求", "Requirement")]


CLUE_OUTCOMES = Outcomes(
    {
        REAL: Text("属实，责令整改", "Confirmed: to be rectified"),
        NOT_REAL: Text("不属实，报请销号", "Not real: to be closed"),
    }
)


class CheckInput(Input):
    outcome: Annotated[Literal["real", "not_real"], Label("核实结论", "The problem"), CLUE_OUTCOMES]
    result: Annotated[LongAnswer, Label("核实情况", "What was found")]
    photos: Annotated[list[str], Field(max_length=MOST_PHOTOS), Label("照片", "Photos"), Attached(accept="image/*")] = (
        Field(default_factory=list)
    )


class RectifyInput(Input):
    measures: Annotated[LongAnswer, Label("整改措施", "Rectification measures")]
    files: Annotated[list[str], Label("证明材料", "Proof"), Attached()] = Field(default_factory=list)


class ClueOpinionInput(Input):
    opinion: Annotated[LongAnswer, Label("意见", "Opinion")]


class NationAnswerInput(Input):
    """When and by which letter the nation was answered."""

    on: Annotated[date, Label("反馈日期", "Day of the answer")]
    document: Annotated[str, Field(min_length=2, max_length=300), Label("反馈文号", "Letter")]


def place_of_clue(data: CityClueInput) -> Place:
    return organisation_by_code(data.organisation).place


def refuse_other_codes(data: CityClueInput) -> None:
    """A source or a risk that the list of codes does not have."""
    codes = {"source": (data.source, SOURCES.offered), "risk": (data.risk, RISKS)}
    for label, (code, options) in codes.items():
        if code not in options:
            message = Text("{field}不在选项中：{found}", "{field} is none of the options: {found}")
            raise Refused("CLU-OPTION", message.format(field=label, found=code), 422)


def receive(call: Call) -> Clue:
    """Enter a clue under the number of the list that it came with."""
    data: ClueInput = call.data
    if Clue.objects.filter(number=data.number).exists():
        raise Refused("CLU-TWICE", Text("线索编号 {n} 已存在", "clue {n} is there already").format(n=data.number), 409)
    refuse_other_codes(data)
    level = data.level or (NATION if data.source == "national_inspection" else AT_PROVINCE)
    fields = data.model_dump(exclude={"organisation", "level"})
    return Clue(organisation=organisation_by_code(data.organisation), level=level, **fields)


CITY_FOUND = Text("市级线索：{name}", "A clue of the city: {name}")


def report_clue(call: Call) -> Clue:
    """A city's own clue: it begins with the city's check, and the officers of the province are told."""
    data: CityClueInput = call.data
    refuse_other_codes(data)
    organisation = organisation_by_code(data.organisation)
    region = Region.objects.select_for_update().get(pk=organisation.region_id)  # numbers of a region one by one
    numbers = (f"{region.code}-{call.today.year}-{n:03}" for n in count(1))
    clue: Clue = Clue.objects.create(
        number=next(number for number in numbers if not Clue.objects.filter(number=number).exists()),
        organisation=organisation,
        level=AT_CITY,
        state=DISPATCHED,
        raised_by=call.actor.person_id,
        **data.model_dump(exclude={"organisation"}),
    )
    title, address = CITY_FOUND.format(name=clue.name), clue.get_absolute_url()
    officers = Directory(call.today, PROVINCE).who(PROVINCE, clue.place)
    tell([NoticeDraft(person, "clue", f"city_clue:{clue.pk}", title, address) for person in officers], call.now)
    return clue


def dispatch(call: Call, clue: Clue) -> None:
    """Hand it to the authority of the city that the enterprise lies in, by letter."""
    clue.requirement = call.data.requirement
    clue.outcome = clue.check_result = clue.measures = clue.confirmation = clue.closing = ""
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
    clue.outcome, clue.check_result = call.data.outcome, call.data.result
    if call.data.photos:
        keep_files(call, clue, call.data.photos, clue.reference, Text("现场核实照片", "Photo on site"))
        refuse_no_photo(call.data.photos)
    call.enter(RECTIFYING if clue.outcome == REAL else UNFOUNDED)
    if clue.outcome == REAL:
        values = {"number": clue.number, "problem": clue.text, "result": clue.check_result}
        write_letter(call, "verification.rectify", clue, to=clue.organisation, values=values)


def rectify(call: Call, clue: Clue) -> None:
    """The enterprise says what it did, with proof."""
    clue.measures = call.data.measures
    keep_files(call, clue, call.data.files, clue.reference, Text("整改证明", "Proof of rectification"))


def return_measures(call: Call, clue: Clue) -> None:
    """What was done does not suffice."""
    clue.confirmation = call.data.opinion


def confirm(call: Call, clue: Clue) -> None:
    """The city confirms that it is put right and asks to close it."""
    clue.confirmation = call.data.opinion


def hand_back(call: Call, clue: Clue) -> None:
    """The province wants the city to look again."""
    clue.outcome, clue.closing = "", call.data.opinion


def refuse_own(_call: Call, clue: Clue) -> None:
    """What a city found itself it answers for; there is nobody to give it back to."""
    if clue.level == AT_CITY:
        message = Text(
            "市级自行发现的线索不能退回省厅；不属实的，反馈核实情况",
            "the city found this clue itself: it is not given back; where it is not real, report the verification",
        )
        raise Refused("CLU-OWN", message, 409)


def give_back(call: Call, clue: Clue) -> None:
    """The city gives it back: the enterprise is not its own, or it cannot be looked into as it is worded."""
    clue.returned = call.data.opinion


def close(call: Call, clue: Clue) -> None:
    """Close it (销号): one proposes, another decides; a clue of the nation is closed once the nation is answered."""
    clue.closing = call.data.opinion
    call.enter(TO_ANSWER if clue.level == NATION else CLOSED)


NOT_OF_THE_NATION = Text("不是国家级线索：{name}", "no clue of the nation: {name}")


def answer_nation(call: Call, clue: Clue) -> None:
    """The province answered the nation; with it the clue is closed."""
    data: NationAnswerInput = call.data
    since = localdate(clue.opened_at)
    if not since <= data.on <= call.today:
        message = Text(
            "反馈日期 {on} 须在接收日 {since} 至今天之间", "the answer's day {on} lies outside {since} and today"
        )
        raise Refused("CLU-ANSWER-DAY", message.format(on=data.on, since=since), 422)
    clue.answered_on, clue.answer_document = data.on, data.document
    call.attach("answered_on", data.on.isoformat())


def refuse_others(_call: Call, clue: Clue) -> None:
    if clue.level != NATION:
        raise Refused("CLU-LEVEL", NOT_OF_THE_NATION.format(name=clue.name), 409)


def take_back(call: Call, clue: Clue) -> None:
    """The nation is not satisfied with the answer: the province begins again."""
    clue.outcome, clue.returned = "", call.data.opinion
    clue.answered_on, clue.answer_document = None, ""


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
ANSWER = Limit(
    "answer",
    Text("反馈国家", "Answer the nation"),
    days="procedure.clue_answer_days",
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
        State(TO_ANSWER, Text("待反馈国家", "The nation to be answered"), tone="due", aside=True),
        State(CLOSED, Text("已销号", "Closed"), tone="ok", end=True),
    ),
    opening=(
        Opening("verification.receive_clue", Text("登记线索", "Enter a clue"), by=PROVINCE, do=receive,
                place=place_of_clue, input=ClueInput, starts=(DISPATCH,)),
        Opening("verification.report_clue", Text("上报市级线索", "Report a clue of the city"), by=CITY, do=report_clue,
                place=place_of_clue, input=CityClueInput, enters=DISPATCHED, starts=(CHECK,)),
        RAISE,
    ),
    moves=(
        Move("verification.dispatch_clue", Text("交办市局", "Hand to the city"),
             leaves=(RECEIVED,), enters=DISPATCHED, by=PROVINCE, input=DispatchInput, do=dispatch, stops=(DISPATCH,),
             starts=(CHECK,)),
        Move("verification.check_clue", Text("反馈核实情况", "Report the verification on site"), leaves=(DISPATCHED,),
             enters=(RECTIFYING, UNFOUNDED), by=CITY, input=CheckInput, do=check, stops=(CHECK,),
            starts_in={RECTIFYING: (RECTIFY,), UNFOUNDED: (CLOSE,)}),
        Move("verification.give_clue_back", Text("退回省厅", "Give back to the province"), leaves=(DISPATCHED,),
             enters=RECEIVED, by=CITY, input=ClueOpinionInput, guard=refuse_own, do=give_back, stops=(CHECK,),
             starts=(DISPATCH,), forward=False, offered=lambda clue: clue.level != AT_CITY),
        Move("verification.rectify_clue", Text("提交整改", "Report the rectification"), leaves=(RECTIFYING,),
             enters=RECTIFIED, by=PLANT, input=RectifyInput, do=rectify, stops=(RECTIFY,), starts=(CONFIRM,)),
        Move("verification.return_measures", Text("退回整改", "Send back"), leaves=(RECTIFIED,), enters=RECTIFYING,
             by=CITY, input=ClueOpinionInput, do=return_measures, stops=(CONFIRM,), starts=(RECTIFY,), forward=False),
        Move("verification.confirm_clue", Text("确认整改", "Confirm"), leaves=(RECTIFIED,), enters=CONFIRMED,
             by=CITY, input=ClueOpinionInput, do=confirm, stops=(CONFIRM,), starts=(CLOSE,),
             other_than=("verification.rectify_clue",)),
        Move("verification.close_clue", Text("销号", "Close"), leaves=(CONFIRMED, UNFOUNDED),
             enters=(CLOSED, TO_ANSWER), by=PROVINCE, input=ClueOpinionInput, do=close, second_person=True,
             stops=(CLOSE,), starts_in={TO_ANSWER: (ANSWER,)},
             other_than=("verification.check_clue", "verification.confirm_clue"),
             approvers={"provincial_officer", "provincial_director"}),
        Move("verification.hand_back_clue", Text("退回市局再核", "Return to the city"),
             leaves=(CONFIRMED, UNFOUNDED), enters=DISPATCHED, by=PROVINCE, input=ClueOpinionInput, do=hand_back,
             stops=(CLOSE,), starts=(CHECK,), forward=False),
        Move("verification.answer_clue", Text("反馈国家", "Answer the nation"), leaves=(TO_ANSWER,), enters=CLOSED,
             by=PROVINCE, input=NationAnswerInput, do=answer_nation, stops=(ANSWER,)),
        Move("verification.reopen_clue", Text("国家退回", "Returned by the nation"), leaves=(CLOSED,),
             enters=RECEIVED, by=PROVINCE, input=ClueOpinionInput, guard=refuse_others, do=take_back,
             starts=(DISPATCH,), forward=False, offered=lambda clue: clue.level == NATION),
    ),
)  # fmt: skip
