"""Published figures of activities: rows 23, 25, 26 and 38."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.actions.references import reference
from tanzhi.figures import FigureAnswer, Part, Question, count_of, figure
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.states import BLANK
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.policy.shared.codes import listed_names
from tanzhi.streams.policy.shared.figure_parts import (
    ACTIVITIES,
    COUNT,
    NONE_YET,
    POLICY,
    counted_records,
    quoted_titles,
)

from .queries import consultations, events, recommendations, visits


@figure(
    "policy.visits",
    title=Text("帮扶指导企业", "Visits of guidance to enterprises"),
    unit="visits",
    stream=POLICY,
    row=23,
)
def guidance(question: Question) -> FigureAnswer:
    """Visits held in the period, each to a named enterprise (帮扶指导)."""
    span = question.span
    rows = visits(region_of(question), span.first, span.last)
    names = [visit.organisation.name for visit in rows]
    scope = listed_names(names) if names else None
    return counted_records(rows, "visits", Text("帮扶", "visits held"), scope)


@figure(
    "policy.consultations",
    title=Text("反馈意见的国家征求意见稿", "National drafts on which comments were returned"),
    unit="drafts",
    stream=POLICY,
    row=23,
)
def returned_comments(question: Question) -> FigureAnswer:
    """Drafts on which comments were returned in the period, signed off by two (反馈意见)."""
    span = question.span
    drafts = consultations(region_of(question), span.first, span.last)
    return counted_records(
        drafts, "drafts", Text("已反馈意见的征求意见稿", "drafts with comments returned"), quoted_titles(drafts)
    )


@figure(
    "activities.low_carbon_day",
    title=Text("全国低碳日活动日期", "Day of the National Low-Carbon Day"),
    unit="date",
    stream=ACTIVITIES,
    row=25,
)
def low_carbon_day(question: Question) -> FigureAnswer:
    """The day on which the province held it, with theme and host (全国低碳日活动)."""
    return _day_of(question, "low_carbon_day")


@figure(
    "activities.day_regions",
    title=Text("举办低碳日活动的市州", "Cities and prefectures that held activities"),
    unit="regions",
    stream=ACTIVITIES,
    row=25,
)
def day_regions(question: Question) -> FigureAnswer:
    """Cities and prefectures that told of activities on the day, areas inside a city not counted."""
    return _participations(question, counted=True)


@figure(
    "activities.day_areas",
    title=Text("举办低碳日活动的功能区", "Areas inside a city that held activities"),
    unit="areas",
    stream=ACTIVITIES,
    row=25,
)
def day_areas(question: Question) -> FigureAnswer:
    """Areas that report by themselves and lie inside a city (功能区), never added to the cities."""
    return _participations(question, counted=False)


_ACTIVITIES = Text("{n} 场", "{n} activities")


def _participations(question: Question, counted: bool) -> FigureAnswer:
    span, unit = question.span, "regions" if counted else "areas"
    rows = [
        row
        for event in events(region_of(question), span.first, span.last, "low_carbon_day")
        for row in event.participations.select_related("region", "event")
        if row.region.counted is counted
    ]
    names = [row.region.name for row in rows]
    parts = [
        Part(row.region.name, Decimal(1), unit, ref=reference(row), detail=_ACTIVITIES.format(n=row.activities))
        for row in rows
    ]
    what = Text("报送活动的地区", "regions that reported activities")
    return count_of(parts, COUNT.format(what=what), listed_names(names) if names else None)


@figure(
    "activities.individuals",
    title=Text("推荐的低碳典型个人", "Model individuals recommended"),
    unit="people",
    stream=ACTIVITIES,
    row=26,
)
def individuals(question: Question) -> FigureAnswer:
    """Model individuals that the province recommended in the period (低碳典型个人); no name is told."""
    span = question.span
    rows = recommendations(region_of(question), span.first, span.last, "individual")
    names = [row.region.name for row in rows]
    scope = listed_names(names) if names else None
    return counted_records(rows, "people", Text("推荐的典型个人", "individuals recommended"), scope)


@figure(
    "activities.conferences",
    title=Text("全省工作会议", "Provincial work conferences"),
    unit="meetings",
    stream=ACTIVITIES,
    row=26,
)
def conferences(question: Question) -> FigureAnswer:
    """Work conferences held in the period (工作会议)."""
    return _events(question, "conference", "meetings")


@figure(
    "activities.trainings",
    title=Text("培训", "Training courses"),
    unit="courses",
    stream=ACTIVITIES,
    row=26,
)
def trainings(question: Question) -> FigureAnswer:
    """Trainings held in the period (培训)."""
    return _events(question, "training", "courses")


def _events(question: Question, kind: str, unit: str) -> FigureAnswer:
    span = question.span
    rows = events(region_of(question), span.first, span.last, kind)
    names = [event.title for event in rows]  # meetings and trainings are no documents: their names stand without 《》
    return counted_records(rows, unit, Text("已举办的活动", "events held"), listed_names(names) if names else None)


@figure(
    "ccer.deployment_meeting",
    title=Text("全省自愿减排工作部署会日期", "Day of the provincial deployment meeting"),
    unit="date",
    stream="ccer",
    row=38,
)
def deployment_meeting(question: Question) -> FigureAnswer:
    """The day of the newest deployment meeting in the period (工作部署会)."""
    return _day_of(question, "deployment")


_DAY = Text("活动记录的日期", "the day of the event")


_THEME = Text("主题“{found}”", "theme “{found}”")
_HOST = Text("主会场设在{found}", "main venue in {found}")


def _day_of(question: Question, kind: str) -> FigureAnswer:
    """The day of the newest event of a kind as the answer; theme and host in its scope."""
    span = question.span
    rows = events(region_of(question), span.first, span.last, kind)
    if not rows:
        return FigureAnswer(None, BLANK, formula=_DAY, reason=NONE_YET)
    newest = rows[-1]
    # Title, theme and host, as far as they are known.
    facts = [(_THEME, newest.theme), (_HOST, newest.host.name if newest.host else None)]
    parts = [words.format(found=fact) for words, fact in facts if fact is not None]
    parts = parts or [newest.title]
    return FigureAnswer(
        newest.on,
        formula=_DAY,
        parts=(Part(newest.title, None, "", ref=reference(newest), detail=same(newest.on.isoformat())),),
        scope=Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts)),
    )
