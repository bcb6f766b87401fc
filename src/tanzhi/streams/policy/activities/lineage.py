"""Activities as steps of the walk."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import REPORTER, TEAM, Details, no_parts, records

from .model import Consultation, Event, Participation, Recommendation, Visit


def _of_consultation(consultation: Consultation) -> Details:
    yield Text("来文单位", "Asked by"), consultation.asked_by
    yield Text("收文日期", "Received on"), consultation.received_on
    yield Text("反馈时限", "Comments due"), consultation.due_on
    yield Text("反馈日期", "Returned on"), consultation.returned_on
    yield Text("反馈意见条数", "Comments"), consultation.comments


def _of_visit(visit: Visit) -> Details:
    yield Text("企业", "Enterprise"), visit.organisation.name
    yield Text("帮扶日期", "Held on"), visit.held_on
    yield TEAM, visit.team


def _of_event(event: Event) -> Details:
    yield Text("类别", "Kind"), event.kind_label
    yield Text("日期", "Day"), event.on
    yield Text("主题", "Theme"), event.theme
    yield Text("主会场", "Main venue"), event.host.name if event.host else None
    yield Text("参加人数", "People"), event.attended


def _of_participation(participation: Participation) -> Details:
    yield Text("地区", "Region"), participation.region.name
    yield Text("活动场次", "Activities"), participation.activities
    yield Text("参与人数", "People"), participation.people
    yield REPORTER, participation.person_name


def _of_recommendation(recommendation: Recommendation) -> Details:
    yield Text("地区", "Region"), recommendation.region.name
    yield Text("推荐至", "Recommended to"), recommendation.to
    yield Text("推荐日期", "Recommended on"), recommendation.recommended_on


records(Consultation, _of_consultation, no_parts)
records(Visit, _of_visit, no_parts)
records(Event, _of_event, no_parts)
records(Participation, _of_participation, no_parts)
records(Recommendation, _of_recommendation, no_parts)
