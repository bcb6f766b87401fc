"""A pilot as a step of the walk; below it its tasks."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import Told, records
from tanzhi.streams.policy.tasks.lineage import steps_below

from .model import Pilot


def _of_pilot(one: Pilot) -> Told:
    yield Text("试点", "Programme"), one.programme
    yield Text("公布日期", "Named on"), one.named_on
    yield Text("公布文件", "Named by"), one.document.title if one.document else None
    yield Text("任务清单审定", "Task list approved"), one.list_approved_on
    yield Text("实施方案", "Plan"), one.plan_title
    yield Text("实施方案印发", "Plan issued"), one.plan_issued_on


records(Pilot, _of_pilot, lambda one: steps_below(one.tasks.select_related("region")))
