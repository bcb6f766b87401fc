"""Activities as lists."""

from __future__ import annotations

from tanzhi.actions import clock
from tanzhi.actions.typed import whole
from tanzhi.organisations.register.filters import region_filter
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, deadline_tone, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import EVENT_KINDS, RECOMMENDED, TOPICS
from tanzhi.streams.policy.shared.columns import REGION, STATE, name_column

from .consultation_work import CONSULTATION, VISIT
from .event_work import EVENT, RECOMMENDATION

EVENTS = Listing(
    "policy.events",
    title=Text("活动", "Events"),
    noun=Text("项", "events"),
    columns=(
        ListColumn("on", Text("日期", "Day"), kind="date", sort="on"),
        name_column(Text("活动", "Event")),
        ListColumn("kind", Text("类别", "Kind"), sort="kind", words=EVENT_KINDS),
        ListColumn("theme", Text("主题", "Theme")),
        ListColumn("host", Text("主会场", "Main venue"), value="host.name"),
        ListColumn("part_count", Text("报送地区", "Regions"), kind="number", sort="part_count"),
        ListColumn("attended", Text("参加人数", "People"), kind="number", sort="attended"),
        ListColumn("state", STATE, kind="state", sort="state", words=EVENT.words, tone=EVENT.tones),
    ),
    filters=(
        Filter("kind", Text("类别", "Kind"), EVENT_KINDS),
        Filter(
            "year",
            Text("年份", "Year"),
            lambda: {
                str(year): Text(f"{year}年", str(year))
                for year in range(clock.today().year, clock.today().year - 6, -1)
            },
            lambda rows, selected: rows.filter(on__year=year) if (year := whole(selected, 9999)) else rows,
        ),
        state_filter(EVENT.words),
    ),
    search=("title_zh", "title_en", "theme_zh", "theme_en"),
    order="-on",
    empty=Text("没有符合条件的活动。", "No event fits."),
    step=FillingStep(Text("登记会议、培训或宣传活动。", "Enter a meeting, a training or a day."), "policy.plan_event"),
)
PARTICIPATIONS = Listing(
    "policy.participations",
    title=Text("各地报送", "Reports of the regions"),
    noun=Text("个地区", "regions"),
    columns=(
        ListColumn("region", REGION, value="region.name", sort="region__path"),
        ListColumn("activities", Text("活动场次", "Activities"), kind="number", sort="activities"),
        ListColumn("people", Text("参与人数", "People"), kind="number", sort="people"),
        ListColumn("text", Text("说明", "Notes")),
        ListColumn("on", Text("报送日期", "Reported on"), kind="date", sort="on"),
        ListColumn("counted", Text("计入合计", "Counted"), value="region.counted"),
    ),
    order="region",
    empty=Text(
        "尚无地区报送。由市州经办在本页报送参与情况。", "No region has reported yet: city officers report on this page."
    ),
)
CONSULTATIONS = Listing(
    "policy.consultations",
    title=Text("征求意见", "Consultations"),
    noun=Text("件", "drafts"),
    columns=(
        name_column(Text("征求意见稿", "Draft")),
        ListColumn("asked_by", Text("来文单位", "Requested by")),
        ListColumn("topic", Text("专题", "Topic"), sort="topic", words=TOPICS),
        ListColumn("received_on", Text("收文", "Received"), kind="date", sort="received_on"),
        ListColumn(
            "due_on",
            Text("时限", "Due"),
            kind="date",
            sort="due_on",
            tone=lambda row: deadline_tone(row.due_on, soon=7) if row.state == "received" else "",
        ),
        ListColumn("opinion_count", Text("征集意见", "Opinions"), kind="number", sort="opinion_count"),
        ListColumn("comments", Text("反馈条数", "Comments returned"), kind="number", sort="comments"),
        ListColumn("returned_on", Text("反馈", "Returned"), kind="date", sort="returned_on"),
        ListColumn("state", STATE, kind="state", sort="state", words=CONSULTATION.words, tone=CONSULTATION.tones),
    ),
    filters=(state_filter(CONSULTATION.words), Filter("topic", Text("专题", "Topic"), TOPICS)),
    search=("title_zh", "title_en"),
    order="-due_on",
    empty=Text("没有符合条件的征求意见稿。", "No draft fits."),
    step=FillingStep(Text("收到来文后在此登记。", "Enter those that came in."), "policy.receive_draft"),
)


VISITS = Listing(
    "policy.visits",
    title=Text("帮扶指导", "Visits of guidance"),
    noun=Text("次", "visits"),
    columns=(
        name_column(Text("帮扶", "Visit")),
        ListColumn("organisation", Text("企业", "Enterprise"), value="organisation.name", sort="organisation__code"),
        ListColumn("region", REGION, value="region.name", sort="region__path"),
        ListColumn("planned_on", Text("计划", "Planned"), kind="date", sort="planned_on"),
        ListColumn("held_on", Text("帮扶日期", "Held"), kind="date", sort="held_on"),
        ListColumn("team", Text("帮扶人员", "Team")),
        ListColumn("state", STATE, kind="state", sort="state", words=VISIT.words, tone=VISIT.tones),
    ),
    filters=(state_filter(VISIT.words), region_filter()),
    search=("title_zh", "title_en"),
    order="-planned_on",
    empty=Text("没有符合条件的帮扶。", "No visit fits."),
    step=FillingStep(Text("安排一次帮扶指导。", "Plan one."), "policy.plan_visit"),
)
RECOMMENDATIONS = Listing(
    "policy.recommendations",
    title=Text("典型推荐", "Recommendations"),
    noun=Text("项", "recommendations"),
    columns=(
        name_column(Text("典型", "Model")),
        ListColumn("kind", Text("类别", "Kind"), sort="kind", words=RECOMMENDED),
        ListColumn("region", REGION, value="region.name", sort="region__path"),
        ListColumn("to", Text("推荐至", "Recommended to")),
        ListColumn("recommended_on", Text("推荐日期", "Recommended"), kind="date", sort="recommended_on"),
        ListColumn("state", STATE, kind="state", sort="state", words=RECOMMENDATION.words, tone=RECOMMENDATION.tones),
    ),
    filters=(Filter("kind", Text("类别", "Kind"), RECOMMENDED), state_filter(RECOMMENDATION.words)),
    search=("title_zh", "title_en"),
    empty=Text("没有符合条件的推荐。由市州提名典型。", "No recommendation fits. Cities nominate models."),
)
