"""A task as a step of the walk; below it its reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.figures import LineageNode
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import records

from .model import CO, LEAD, Task


def steps_below(rows: Iterable[Any]) -> Iterable[LineageNode]:
    """Records below as steps that can be asked for."""
    return [LineageNode(ref=reference(row), label=row.name, value="1", parts_count=1) for row in rows]


def _names(organisations: Iterable[Organisation]) -> list[Text]:
    return [organisation.name for organisation in organisations]


_TASK_WORDS = {
    "lead": Text("牵头单位", "Lead"),
    "co": Text("配合单位", "Supporting"),
    "due": Text("完成时限", "Due"),
    "light": Text("预警灯", "Light"),
}


records(
    Task,
    lambda task: [
        (Text("所属文件", "Document"), task.document.title if task.document else None),
        (Text("条款", "Clause"), task.clause.name if task.clause else None),
        (_TASK_WORDS["lead"], _names(task.organisations(LEAD))),
        (_TASK_WORDS["co"], _names(task.organisations(CO))),
        (_TASK_WORDS["due"], task.due_on),
        (_TASK_WORDS["light"], task.light_label),
    ],
    lambda task: steps_below(task.reports.select_related("round", "organisation", "task").order_by("-round__as_of")),
)
