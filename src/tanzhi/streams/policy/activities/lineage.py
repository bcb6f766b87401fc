"""Activities as steps of the walk."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import REPORTER, TEAM, Told, no_parts, records

from .model import Consultation, Event, Participation, Recommendation, Visit


def _of_consultation(one: Consultation) -> Told:
    yield Text("来文单位", "Asked by"), one.asked_by
    yield Text("收文日期", "Received on"), one.received_on
    yield Text("反馈时限", "Comments due"), one.due_on
    yield Text("反馈日期", "Returned on"), one.returned_on
    yield Text("反馈意见条数", "Comments"), one.comments


def _of_visit(one: Visit) -> Told:
    yield Text("企业", "Enterprise"), one.organisation.name
    yield Text("帮扶日期", "Held on"), one.held_on
    yield TEAM, one.team


def _of_event(one: Event) -> Told:
    yield Text("类别", "Kind"), one.kind_label
    yield Text("日期", "Day"), one.on
    yield Text("主题", "Theme"), one.theme
    yield Text("主会场", "Main venue"), one.host.name if one.host else None
    yield Text("参加人数", "People"), one.attended


def _of_participation(one: Participation) -> Told:
    yield Text("地区", "Region"), one.region.name
    yield Text("活动场次", "Activities"), one.activities
    yield Text("参与人数", "People"), one.people
    yield REPORTER, one.person_name


def _of_recommendation(one: Recommendation) -> Told:
    yield Text("地区", "Region"), one.region.name
    yield Text("推荐至", "Recommended to"), one.to
    yield Text("推荐日期", "Recommended on"), one.recommended_on


records(Consultation, _of_consultation, no_parts)
records(Visit, _of_visit, no_parts)
records(Event, _of_event, no_parts)
records(Participation, _of_participation, no_parts)
records(Recommendation, _of_recommendation, no_parts)
