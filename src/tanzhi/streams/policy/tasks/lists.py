"""Tasks as a list: what is urgent stands first."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from tanzhi.actions import clock
from tanzhi.organisations.register.filters import region_filter
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, deadline_tone, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import IN_FORCE, Document
from tanzhi.streams.policy.shared.codes import LIGHTS, TONES

from .model import CLAIMED, RUNNING
from .work import TASK

SOON_DAYS = 30


def due_tone(row: Any) -> str:
    """The colour of a deadline: late, soon, or none."""
    return deadline_tone(row.due_on, SOON_DAYS) if row.state in (RUNNING, CLAIMED) else ""


def urgent_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Running tasks before the others: overdue or red, then yellow, then the rest; each by deadline."""
    running = (RUNNING, CLAIMED)
    rank = Case(
        When(state__in=running, due_on__lt=clock.today(), then=Value(0)),
        When(state__in=running, light="red", then=Value(1)),
        When(state__in=running, light="yellow", then=Value(2)),
        When(state__in=running, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    ranked: QuerySet[Any] = rows.annotate(rank=rank)
    return ranked


TASK_COLUMNS = (
    ListColumn("name", Text("任务", "Task"), value="short", kind="link", link=lambda row: row.get_absolute_url()),
    ListColumn("owner", Text("来源", "From"), value=lambda row: row.owner.title),
    ListColumn("lead", Text("牵头单位", "Lead"), value=lambda row: row.lead.name if row.lead else None),
    ListColumn("region", Text("地区", "Region"), value="region.name", sort="region__path"),
    ListColumn("due_on", Text("时限", "Due"), kind="date", sort="due_on", tone=due_tone),
    ListColumn("light", Text("灯", "Light"), kind="state", sort=("rank", "due_on"), words=LIGHTS, tone=TONES),
    ListColumn("score", Text("得分", "Score"), kind="number"),
    ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=TASK.words, tone=TASK.tones),
)
TASKS = Listing(
    "policy.tasks",
    title=Text("任务", "Tasks"),
    noun=Text("项", "tasks"),
    hint=Text("任务编号或名称", "Number or title"),
    columns=TASK_COLUMNS,
    filters=(
        Filter("light", Text("灯", "Light"), {code: words for code, words in LIGHTS.items() if code}),
        state_filter(TASK.words),
        Filter(
            "document",
            Text("文件", "Document"),
            lambda: {
                str(row.pk): row.title
                for row in Document.objects.filter(tasks__isnull=False, state=IN_FORCE).distinct()
            },
        ),
        region_filter(),
        Filter(
            "late",
            Text("逾期", "Overdue"),
            {"yes": Text("已逾期", "Overdue")},
            lambda rows, _: rows.filter(state__in=(RUNNING, CLAIMED), due_on__lt=clock.today()),
        ),
    ),
    search=("title_zh", "title_en", "number"),
    order="light",
    empty=Text("没有符合条件的任务。", "No task fits."),
    step=FillingStep(
        Text("放宽条件，或下达、导入任务。", "Widen the search, assign or import tasks."), "policy.assign_task"
    ),
)
