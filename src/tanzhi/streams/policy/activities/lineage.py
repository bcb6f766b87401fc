"""Activities as steps of the walk."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import REPORTER, TEAM, no_parts, records

from .model import Consultation, Event, Participation, Recommendation, Visit

records(
    Consultation,
    lambda consultation: [
        (Text("来文单位", "Requested by"), consultation.asked_by),
        (Text("收文日期", "Received on"), consultation.received_on),
        (Text("反馈时限", "Comments due"), consultation.due_on),
        (Text("反馈日期", "Returned on"), consultation.returned_on),
        (Text("反馈意见条数", "Comments"), consultation.comments),
    ],
    no_parts,
)
records(
    Visit,
    lambda visit: [
        (Text("企业", "Enterprise"), visit.organisation.name),
        (Text("帮扶日期", "Held on"), visit.held_on),
        (TEAM, visit.team),
    ],
    no_parts,
)
records(
    Event,
    lambda event: [
        (Text("类别", "Kind"), event.kind_label),
        (Text("日期", "Day"), event.on),
        (Text("主题", "Theme"), event.theme),
        (Text("主会场", "Main venue"), event.host.name if event.host else None),
        (Text("参加人数", "People"), event.attended),
    ],
    no_parts,
)
records(
    Participation,
    lambda participation: [
        (Text("地区", "Region"), participation.region.name),
        (Text("活动场次", "Activities"), participation.activities),
        (Text("参与人数", "People"), participation.people),
        (REPORTER, participation.person_name),
    ],
    no_parts,
)
records(
    Recommendation,
    lambda recommendation: [
        (Text("地区", "Region"), recommendation.region.name),
        (Text("推荐至", "Recommended to"), recommendation.to),
        (Text("推荐日期", "Recommended on"), recommendation.recommended_on),
    ],
    no_parts,
)
