"""A pilot as a step of the walk; below it its tasks."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import records
from tanzhi.streams.policy.tasks.lineage import steps_below

from .model import Pilot

records(
    Pilot,
    lambda pilot: [
        (Text("试点", "Programme"), pilot.programme),
        (Text("公布日期", "Named on"), pilot.named_on),
        (Text("公布文件", "Named by"), pilot.document.title if pilot.document else None),
        (Text("任务清单审定", "Task list approved"), pilot.list_approved_on),
        (Text("实施方案", "Plan"), pilot.plan_title),
        (Text("实施方案印发", "Plan issued"), pilot.plan_issued_on),
    ],
    lambda pilot: steps_below(pilot.tasks.select_related("region")),
)
