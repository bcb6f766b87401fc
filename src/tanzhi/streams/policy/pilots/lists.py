"""Pilots as a list."""

from __future__ import annotations

from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import PILOT_KINDS, TOPICS
from tanzhi.streams.policy.shared.columns import REGION, STATE, name_column

from .work import PILOT

PILOTS = Listing(
    "policy.pilots",
    title=Text("试点", "Pilots"),
    noun=Text("个", "pilots"),
    columns=(
        name_column(Text("试点", "Pilot")),
        ListColumn("kind", Text("类别", "Kind"), sort="kind", words=PILOT_KINDS),
        ListColumn("programme", Text("试点工作", "Programme")),
        ListColumn("region", REGION, value="region.name", sort="region__path"),
        ListColumn("named_on", Text("公布", "Named"), kind="date", sort="named_on"),
        ListColumn("task_count", Text("任务", "Tasks"), kind="number", sort="task_count"),
        ListColumn("list_approved_on", Text("清单审定", "List approved"), kind="date", sort="list_approved_on"),
        ListColumn("plan_issued_on", Text("方案印发", "Plan issued"), kind="date", sort="plan_issued_on"),
        ListColumn("state", STATE, kind="state", sort="state", words=PILOT.words, tone=PILOT.tones),
    ),
    filters=(
        Filter("topic", Text("专题", "Topic"), TOPICS),
        Filter("kind", Text("类别", "Kind"), PILOT_KINDS),
        state_filter(PILOT.words),
    ),
    search=("title_zh", "title_en"),
    empty=Text("没有符合条件的试点。", "No pilot fits."),
    step=FillingStep(Text("公布名单后在此登记。", "Enter those that were named."), "policy.name_pilot"),
)
