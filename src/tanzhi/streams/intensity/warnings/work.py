"""Early warning (预警): a region behind its schedule gets a formal letter and answers it with measures."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.calendar.days import WORKING
from tanzhi.law.evaluation import release_of
from tanzhi.office.letters.work import write_letter
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.inputs import place_of_region
from tanzhi.streams.intensity.ledger.ledger import ledger_of
from tanzhi.streams.intensity.ledger.lists import tenth
from tanzhi.streams.intensity.targets.overview import standing
from tanzhi.streams.intensity.targets.queries import targets_of
from tanzhi.workflow.clocks.limit import Limit

from .model import EarlyWarning

PROVINCE, CITY = {"provincial_officer"}, {"city_officer"}
GREEN = "green"


def cities(actor: Actor) -> list[tuple[str, Text]]:
    """Cities and areas that the actor's province answers for."""
    below = Region.objects.exclude(kind="province")
    return [(city.code, city.name) for city in below if actor.reaches("provincial_officer", city.place)]


class WarnInput(Input):
    region: Annotated[str, Label("地区", "Region"), Choices(cities)]
    request: Annotated[
        str,
        Field(min_length=4, max_length=2000),
        Label("工作要求", "Requirement"),
        Help("写入提醒函", "goes into the letter"),
        Long(),
    ]


class MeasuresInput(Input):
    measures: Annotated[str, Field(min_length=10, max_length=4000), Label("整改措施", "Measures"), Long()]


class WarningRemarkInput(Input):
    remark: Annotated[str, Field(min_length=4, max_length=2000), Label("意见", "Remark"), Long()]


_NOTHING = Text("{region}：没有目标或没有可比年份的数据", "{region}: no target, or no year that can be compared")


_FLASH = Text(
    "{region}：{year} 年为快报数据，不得据以预警，待年报后办理",
    "{region}: {year} rests on flash data; a warning waits for the annual data",
)
_GREEN = Text("{region}：{year} 年已达到时序进度，无须预警", "{region}: {year} is on schedule; nothing to warn of")
_TWICE = Text("{region}：{year} 年的预警尚未销号", "{region}: the warning for {year} is still open")
_NOBODY = Text("{region}没有登记主管部门，提醒函无处送达", "{region} has no authority to write to")


def warn(call: Call) -> EarlyWarning:
    """The warning with the numbers of the day, and its letter to the region's authority."""
    region = region_by_code(call.data.region)
    now = standing(ledger_of(region), targets_of([region])[region.pk], call.today.year)
    if now.target is None or now.progress is None:
        raise Refused("INT-03", _NOTHING.format(region=region.name), 422)
    # Not on flash data (INT-15), not where the schedule is met, not twice for the same year.
    if now.flash:
        raise Refused("INT-15", _FLASH.format(region=now.region.name, year=now.progress.year), 422)
    if now.light == GREEN:
        raise Refused("INT-18", _GREEN.format(region=now.region.name, year=now.progress.year), 422)
    warnings = EarlyWarning.objects.filter(region=now.region, target=now.target, year=now.progress.year)
    if warnings.exclude(state="closed").exists():
        raise Refused("INT-19", _TWICE.format(region=now.region.name, year=now.progress.year), 409)
    # To the region's own authority; an area inside a city is written to through that city's.
    places = (region,) if region.counted else (region, region.parent)
    authorities = Organisation.objects.filter(kind="authority", state="active").order_by("pk")
    to = next((authority for place in places for authority in authorities.filter(region=place)[:1]), None)
    if to is None:
        raise Refused("INT-20", _NOBODY.format(region=region.name), 422)
    progress = now.progress
    case: EarlyWarning = EarlyWarning.objects.create(
        state="reminded",
        region=region,
        target=now.target,
        year=progress.year,
        light=progress.light,
        change=plain(tenth(progress.change.exact)),
        due=plain(tenth(progress.due)),
        completion=plain(tenth(progress.completion)),
        release=release_of(progress.change.node),
        request=call.data.request,
        opened_at=call.now,
    )
    write_letter(call, "intensity.reminder", case, to=to, values=_values(case))
    return case


def _values(case: EarlyWarning) -> dict[str, Any]:
    change = Decimal(case.change)
    moved = Text("下降 {n}%", "down {n} %") if change <= 0 else Text("上升 {n}%", "up {n} %")
    return {
        "region": case.region.name,
        "year": case.year,
        "base": case.target.base_year,
        "end": case.target.end_year,
        "target": case.target.decline,
        "moved": moved.format(n=abs(change)),
        "due": case.due,
        "completion": case.completion,
        "light": case.light_label,
        "request": case.request,
    }


def answer(call: Call, case: EarlyWarning) -> None:
    """The region says what it will do."""
    case.measures = call.data.measures


def remark(call: Call, case: EarlyWarning) -> None:
    """The province says what is still missing, or why the case may be closed."""
    case.remark = call.data.remark


ANSWER = Limit(
    "answer",
    Text("报送整改措施", "Hand in measures"),
    days="procedure.warning_answer_days",
    unit=WORKING,
    who=CITY,
    escalate={"provincial_officer", "provincial_director"},
    law="省级预警提醒办法（期限由省级规定） / the province's own rule",
)
REVIEW = Limit(
    "review",
    Text("审阅整改措施", "Review the measures"),
    days="procedure.warning_review_days",
    unit=WORKING,
    who=PROVINCE,
    law="省级预警提醒办法（期限由省级规定） / the province's own rule",
)
WARNING = CaseType(
    "intensity.warning",
    model=EarlyWarning,
    title=Text("碳强度预警", "Early warning"),
    start="reminded",
    states=(
        State("reminded", Text("已发提醒函", "Letter sent"), tone="due"),
        State("answered", Text("已报措施", "Measures handed in"), tone="info"),
        State("closed", Text("已销号", "Closed"), tone="ok", end=True),
    ),
    opening=Opening(
        "intensity.warn",
        Text("发出预警提醒函", "Send an early warning"),
        by=PROVINCE,
        approvers={"provincial_director"},
        second_person=True,
        input=WarnInput,
        place=place_of_region,
        do=warn,
        starts=(ANSWER,),
    ),
    moves=(
        Move(
            "intensity.answer_warning",
            Text("报送整改措施", "Hand in measures"),
            leaves=("reminded",),
            enters="answered",
            by=CITY,
            input=MeasuresInput,
            do=answer,
            starts=(REVIEW,),
            stops=(ANSWER,),
        ),
        Move(
            "intensity.return_warning",
            Text("退回补充", "Send back"),
            leaves=("answered",),
            enters="reminded",
            by=PROVINCE,
            input=WarningRemarkInput,
            do=remark,
            starts=(ANSWER,),
            stops=(REVIEW,),
            forward=False,
        ),
        Move(
            "intensity.close_warning",
            Text("销号", "Close"),
            leaves=("answered",),
            enters="closed",
            by=PROVINCE,
            input=WarningRemarkInput,
            do=remark,
            stops=(REVIEW,),
            other_than=("intensity.answer_warning",),
        ),
    ),
)
