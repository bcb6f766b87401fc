"""A pilot as a step of the walk; below it its tasks."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import Details, records
from tanzhi.streams.policy.tasks.lineage import steps_below

from .model import Pilot


def _of_pilot(pilot: Pilot) -> Details:
    yield Text("试点", "Programme"), pilot.programme
    yield Text("公布日期", "Named on"), pilot.named_on
    yield Text("公布文件", "Named by"), pilot.document.title if pilot.document else None
    yield Text("任务清单审定", "Task list approved"), pilot.list_approved_on
    yield Text("实施方案", "Plan"), pilot.plan_title
    yield Text("实施方案印发", "Plan issued"), pilot.plan_issued_on


records(Pilot, _of_pilot, lambda pilot: steps_below(pilot.tasks.select_related("region")))
