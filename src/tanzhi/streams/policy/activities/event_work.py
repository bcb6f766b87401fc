"""Events and recommendations as work: meetings, trainings, days of publicity, models from the cities."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Input, action
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import regions
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Hidden, Refers
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import EVENT_KINDS, RECOMMENDED
from tanzhi.streams.policy.shared.inputs import (
    En,
    Files,
    Published,
    RegionCode,
    Words,
    Zh,
    place_of_region,
    require_code,
)
from tanzhi.streams.policy.shared.rules import in_order, not_in_the_future
from tanzhi.workflow.dossier.files import keep_files

from .model import Event, Participation, Recommendation

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

OFFICER = {"provincial_officer"}
AUTHORITIES = {"provincial_officer", "city_officer"}


class EventPlanInput(Input):
    region: RegionCode
    kind: Annotated[str, Label("类别", "Kind"), Choices(EVENT_KINDS.offered)]
    zh: Zh
    en: En
    theme_zh: Annotated[str, Field(max_length=200), Label("主题（中文）", "Theme (Chinese)")] = ""
    theme_en: Annotated[str, Field(max_length=200), Label("主题（英文）", "Theme (English)")] = ""
    on: Annotated[date, Label("日期", "Day")]
    until: Annotated[date | None, Label("至", "Until")] = None
    host: Annotated[str, Field(max_length=12), Label("主会场所在地", "Host"), Choices(regions)] = ""
    venue_zh: Annotated[str, Field(max_length=200), Label("地点（中文）", "Venue (Chinese)")] = ""
    venue_en: Annotated[str, Field(max_length=200), Label("地点（英文）", "Venue (English)")] = ""
    published: Published = False


class HeldInput(Input):
    attended: Annotated[int | None, Field(ge=0), Label("参加人数", "People")] = None
    outcome: Words
    files: Files = Field(default_factory=list)


class PartInput(Input):
    event: Annotated[int, Label("活动", "Event"), Hidden(), Refers(Event)]
    region: RegionCode
    activities: Annotated[int, Field(ge=1, le=9999), Label("活动场次", "Activities")]
    people: Annotated[int | None, Field(ge=0), Label("参与人数", "People")] = None
    text: Words
    files: Files = Field(default_factory=list)


class EventCloseInput(Input):
    text: Words


@Opening(
    "policy.plan_event",
    Text("登记活动", "Enter an event"),
    by=AUTHORITIES,
    place=place_of_region,
    input=EventPlanInput,
)
def plan_event(call: Call) -> Event:
    """An event with its kind, theme, day and place."""
    data: EventPlanInput = call.data
    require_code("kind", data.kind, EVENT_KINDS.offered)
    if data.until is not None:
        in_order(Text("活动结束", "the end of the event"), data.until, data.on)
    if bool(data.theme_zh) != bool(data.theme_en):
        raise refused("POL-TWIN", "theme_en", data.theme_zh or data.theme_en, Text("中英文主题同填", "both languages"))
    fields = {"kind", "theme_zh", "theme_en", "on", "until", "venue_zh", "venue_en", "published"}
    return Event(
        title_zh=data.zh,
        title_en=data.en,
        region=region_by_code(data.region),
        host=region_by_code(data.host) if data.host else None,
        **data.model_dump(include=fields),
    )


@Move(
    "policy.hold_event",
    Text("记录举办情况", "Record the event as held"),
    leaves=("planned",),
    enters="held",
    by=AUTHORITIES,
    input=HeldInput,
)
def hold_event(call: Call, event: Event) -> None:
    """It took place, with how many people and what came of it."""
    not_in_the_future(call, "on", event.on)
    keep_files(call, event, call.data.files, event.reference, event.title)
    event.attended, event.outcome = call.data.attended, call.data.outcome


@action(
    "policy.take_part",
    label=Text("报送参与情况", "Report activities"),
    by=AUTHORITIES,
    place=place_of_region,
    input=PartInput,
)
def take_part(call: Call) -> Participation:
    """What a region did on the occasion of an event; told once for each region, with its files."""
    event = Event.objects.filter(pk=call.data.event).first()
    if event is None:
        raise refused("POL-EVENT", "event", call.data.event, Text("已登记的活动", "a known event"))
    if event.state == "closed":
        raise Refused("POL-CLOSED", Text("活动已归档", "the event is closed"), 409)
    not_in_the_future(call, "event", event.on)
    region = region_by_code(call.data.region)
    if event.participations.filter(region=region).exists():
        raise refused("POL-TWICE", "region", region.name, Text("尚未报送的地区", "a region that has not reported yet"))
    keep_files(call, event, call.data.files, event.reference, region.name)
    participation: Participation = Participation.objects.create(
        event=event, region=region, person_name=call.actor.name, on=call.today,
        **call.data.model_dump(include={"activities", "people", "text"}),
    )  # fmt: skip
    return participation


def _close(call: Call, event: Event) -> None:
    event.outcome = call.data.text


EVENT = CaseType(
    "policy.event",
    model=Event,
    title=Text("活动", "Event"),
    states=(
        State("planned", Text("已安排", "Planned"), tone="due"),
        State("held", Text("已举办", "Held"), tone="ok"),
        State("closed", Text("已归档", "Closed"), end=True),
        State("cancelled", Text("已取消", "Cancelled"), end=True, aside=True),
    ),
    opening=plan_event,
    moves=(
        hold_event,
        Move(
            "policy.close_event",
            Text("归档", "Close"),
            leaves=("held",),
            enters="closed",
            by=AUTHORITIES,
            input=EventCloseInput,
            do=_close,
        ),
        Move(
            "policy.cancel_event",
            Text("取消活动", "Cancel"),
            leaves=("planned",),
            enters="cancelled",
            by=AUTHORITIES,
            input=EventCloseInput,
            do=_close,
            forward=False,
        ),
    ),
)


class NominateInput(Input):
    region: RegionCode
    kind: Annotated[str, Label("类别", "Kind"), Choices(RECOMMENDED.offered)]
    zh: Zh
    en: En
    to_zh: Annotated[str, Field(min_length=2, max_length=200), Label("推荐至（中文）", "Recommended to (Chinese)")]
    to_en: Annotated[str, Field(min_length=2, max_length=200), Label("推荐至（英文）", "Recommended to (English)")]
    grounds: Words
    files: Files = Field(default_factory=list)


class RecommendInput(Input):
    on: Annotated[date, Label("推荐日期", "Recommended on")]


class OutcomeInput(Input):
    text: Reason


@Opening(
    "policy.nominate",
    Text("提名典型", "Nominate"),
    by=AUTHORITIES,
    place=place_of_region,
    input=NominateInput,
)
def nominate(call: Call) -> Recommendation:
    """A model from a region, with what speaks for it."""
    data: NominateInput = call.data
    require_code("kind", data.kind, RECOMMENDED.offered)
    case = Recommendation(
        title_zh=data.zh, title_en=data.en, region=region_by_code(data.region), nominated_by=call.actor.person_id or 0,
        state="nominated", opened_at=call.now, **data.model_dump(include={"kind", "to_zh", "to_en", "grounds"}),
    )  # fmt: skip
    case.save()
    keep_files(call, case, data.files, case.reference, case.title)
    return case


@Move(
    "policy.recommend",
    Text("推荐", "Recommend"),
    leaves=("nominated",),
    enters="recommended",
    by=OFFICER,
    input=RecommendInput,
    authors=lambda case: [case.nominated_by],
)
def recommend(call: Call, case: Recommendation) -> None:
    """The province stands behind it."""
    not_in_the_future(call, "on", call.data.on)
    case.recommended_on = call.data.on


def _outcome(call: Call, case: Recommendation) -> None:
    case.outcome = call.data.text


RECOMMENDATION = CaseType(
    "policy.recommendation",
    model=Recommendation,
    title=Text("典型推荐", "Recommendation"),
    states=(
        State("nominated", Text("市州提名", "Nominated"), tone="due"),
        State("recommended", Text("已推荐", "Recommended"), tone="info"),
        State("chosen", Text("已入选", "Selected"), tone="ok", end=True),
        State("not_chosen", Text("未入选", "Not selected"), end=True, aside=True),
    ),
    opening=nominate,
    moves=(
        recommend,
        Move(
            "policy.note_chosen",
            Text("记录入选", "Record the selection"),
            leaves=("recommended",),
            enters="chosen",
            by=OFFICER,
            input=OutcomeInput,
            do=_outcome,
        ),
        Move(
            "policy.note_not_chosen",
            Text("记录未入选", "Record as not selected"),
            leaves=("nominated", "recommended"),
            enters="not_chosen",
            by=OFFICER,
            input=OutcomeInput,
            do=_outcome,
            forward=False,
        ),
    ),
)
