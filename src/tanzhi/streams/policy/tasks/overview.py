"""How tasks stand: by light, by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from tanzhi.actions import clock
from tanzhi.presentation.charts.chart import Canvas, Chart
from tanzhi.presentation.charts.colours import tokens
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.shared.codes import LIGHTS, TONES, listed_names

from .model import CLAIMED, CO, LEAD, REPORTS, RUNNING, Indicator, Milestone, Task

OPEN = (RUNNING, CLAIMED)
PART_WORDS = {
    LEAD: Text("牵头单位", "Lead"),
    CO: Text("配合单位", "Supporting"),
    REPORTS: Text("报送单位", "Reported by"),
}
PIGMENTS = {"green": "malachite", "yellow": "ochre", "red": "cinnabar", "": "ink-3"}
NUMBER = Text("项", "tasks")


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many running tasks there are, by light, and how many are overdue."""

    running: int
    late: int
    lights: dict[str, int]

    @property
    def cells(self) -> list[tuple[Text, int, str]]:
        return [(LIGHTS[code], self.lights.get(code, 0), TONES[code]) for code in ("red", "yellow", "green", "")]


def standing(tasks: Any) -> TaskCounts:
    running = tasks.filter(state__in=OPEN)
    lights = dict(running.order_by().values_list("light").annotate(Count("pk")))
    return TaskCounts(sum(lights.values()), running.filter(due_on__lt=clock.today()).count(), lights)


_BEHIND = Text("推进中任务 {n} 项，其中 {behind} 项落后于进度", "Running tasks: {n}; behind schedule: {behind}")


def task_charts(tasks: Any) -> list[Chart]:
    """Running tasks by document and light; nothing is drawn where there is nothing."""
    running = tasks.filter(state__in=OPEN).exclude(document=None).order_by()
    counts = running.values_list("document", "light").annotate(Count("pk"))
    counted = {(plan, light): n for plan, light, n in counts}
    titles = {row.pk: row.title for row in Document.objects.filter(pk__in={plan for plan, _ in counted})}
    rows = [
        {"plan": titles[plan], "light": LIGHTS[light], "count": n}
        for (plan, light), n in sorted(counted.items(), key=lambda pair: (pair[0][0], list(LIGHTS).index(pair[0][1])))
    ]
    if not rows:
        return []
    behind = sum(n for (_, light), n in counted.items() if light in ("red", "yellow"))
    title = _BEHIND.format(n=sum(counted.values()), behind=behind)
    return [light_chart("lights", title, ListColumn("plan", Text("文件", "Document")), rows)]


def light_chart(name: str, title: Text, first: ListColumn, rows: Sequence[dict[str, Any]]) -> Chart:
    columns = (
        first,
        ListColumn("light", Text("灯", "Light")),
        ListColumn("count", Text("任务", "Tasks"), kind="number", unit=NUMBER),
    )
    codes = {word: code for code, words in LIGHTS.items() for word in (words.zh, words.en)}

    def draw(canvas: Canvas) -> Any:
        """Bars laid down, stacked by light in the colours of the lights."""
        import altair as alt

        (field, _), (amount, title) = canvas.axis(first.name), canvas.axis("count")
        labels = [label for label in dict.fromkeys(str(row["light"]) for row in canvas.rows) if label]
        pigments = [tokens()[PIGMENTS[codes.get(label, "")]] for label in labels]
        # Ticks at whole numbers: there is no half task.
        sums: Counter[str] = Counter()
        for row in canvas.rows:
            sums[str(row[first.name])] += int(row["count"])
        most = max(sums.values())
        whole = alt.Axis(values=list(range(0, most + 1, most // 10 + 1)), format="d")
        laid, names = canvas.across(first.name, limit=320)
        return laid.encode(
            y=alt.Y(field, sort=None, title=None, **names),
            x=alt.X(amount, title=title, axis=whole),
            color=alt.Color(canvas.axis("light")[0], sort=None, scale=alt.Scale(domain=labels, range=pigments)),
        )

    height = 26 * len({row[first.name] for row in rows}) + 30
    return Chart(name, title, columns, rows, draw, height=height)


def takes_part(task: Task) -> list[tuple[Text, Text]]:
    """Lead, helpers and those who report, each with all its names."""
    named = [
        (label, [organisation.name for organisation in task.organisations(part)]) for part, label in PART_WORDS.items()
    ]
    return [(label, listed_names(names)) for label, names in named if names]


def worded(indicator: Indicator) -> str:
    """An indicator's name with its unit, for a line of a form."""
    from tanzhi.actions.language import say

    return say(Text("{title}（{unit}）", "{title} ({unit})").format(title=indicator.title, unit=indicator.unit))


def step_words(milestone: Milestone) -> Text:
    """A milestone's number, name and day, for a choice."""
    words = Text("{n} {title}（{day}）", "{n} {title} ({day})")
    return words.format(n=milestone.number, title=milestone.title, day=milestone.due_on)
