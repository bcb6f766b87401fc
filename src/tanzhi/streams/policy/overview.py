"""What pages show beside their lists: the tree of clauses, lights by plan and city, measures of a task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.law.evaluation import evaluate, parameter
from tanzhi.presentation.charts import Canvas, Chart, bars
from tanzhi.presentation.colours import tokens
from tanzhi.presentation.listing import Column
from tanzhi.presentation.tilemap import TileMap, tile_map
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.tasks import tasks as guideline

from .document_models import listed_names
from .queries import COVERAGE, coverage_of, lights_by_region
from .scoring import TOLD, time_gone
from .task_models import CLAIMED, CO, LEAD, REPORTS, RUNNING, Indicator, Milestone, Report, Task
from .words import LIGHTS, TONES, worst

if TYPE_CHECKING:
    from tanzhi.organisations.models import Region

    from .document_models import Clause, Document

OPEN = (RUNNING, CLAIMED)
PART_WORDS = {
    LEAD: Text("牵头单位", "Lead"),
    CO: Text("配合单位", "Supporting"),
    REPORTS: Text("报送单位", "Told by"),
}
PIGMENTS = {"green": "malachite", "yellow": "ochre", "red": "cinnabar", "": "ink-3"}
NUMBER = Text("项", "tasks")


@dataclass(frozen=True, slots=True)
class Branch:
    """A clause with its tasks and what stands below it."""

    clause: Clause
    tasks: list[Task]
    below: list[Branch]

    @property
    def bare(self) -> bool:
        """Whether it asks for a task and has none."""
        return self.clause.assigns and not self.tasks

    @property
    def light(self) -> str:
        return worst([one.light for one in self.tasks if one.light])


def clause_tree(document: Document, tasks: Iterable[Task]) -> list[Branch]:
    """The clauses of a document as a tree, each with its tasks."""
    by_clause: dict[int, list[Task]] = {}
    for one in tasks:
        if one.clause_id is not None:
            by_clause.setdefault(one.clause_id, []).append(one)
    below: dict[int | None, list[Clause]] = {}
    for clause in document.clauses.all():
        below.setdefault(clause.parent_id, []).append(clause)

    def branches(parent: int | None) -> list[Branch]:
        return [Branch(one, by_clause.get(one.pk, []), branches(one.pk)) for one in below.get(parent, [])]

    return branches(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many running tasks there are, by light, and how many are overdue."""

    running: int
    late: int
    lights: dict[str, int]

    @property
    def cells(self) -> list[tuple[Text, int, str]]:
        return [(LIGHTS[code], self.lights.get(code, 0), TONES[code]) for code in ("red", "yellow", "green", "")]


def standing(tasks: Any) -> Standing:
    running = tasks.filter(state__in=OPEN)
    lights = Counter(running.values_list("light", flat=True))
    return Standing(sum(lights.values()), running.filter(due_on__lt=clock.today()).count(), dict(lights))


def task_charts(tasks: Any) -> list[Chart]:
    """Running tasks by document and light; nothing is drawn where there is nothing."""
    found = tasks.filter(state__in=OPEN).exclude(document=None)
    counted = Counter((one.document_id, one.light) for one in found)
    titles = {one.document_id: one.document.title for one in found}
    rows = [
        {"plan": titles[plan], "light": LIGHTS[light], "count": n}
        for (plan, light), n in sorted(counted.items(), key=lambda pair: (pair[0][0], list(LIGHTS).index(pair[0][1])))
    ]
    if not rows:
        return []
    behind = sum(n for (_, light), n in counted.items() if light in ("red", "yellow"))
    title = _BEHIND.format(n=sum(counted.values()), behind=behind)
    return [_light_chart("lights", title, Column("plan", Text("文件", "Document")), rows)]


def round_charts(found: Any, reports: Iterable[Report]) -> list[Chart]:
    """How the reports of a round stand, by authority."""
    rows = list(reports)
    counted = Counter((one.organisation, one.light) for one in rows if one.state in ("reported", "confirmed"))
    told = [
        {"who": who.name, "light": LIGHTS[light], "count": n}
        for (who, light), n in sorted(counted.items(), key=lambda pair: (pair[0][0].code, pair[0][1]))
    ]
    if not told:
        return []
    red = sum(n for (_, light), n in counted.items() if light == "red")
    title = _TOLD.format(asked=len(rows), told=sum(counted.values()), red=red)
    return [_light_chart(f"round-{found.pk}", title, Column("who", Text("报送单位", "Told by")), told)]


def _light_chart(name: str, title: Text, first: Column, rows: Sequence[dict[str, Any]]) -> Chart:
    columns = (
        first,
        Column("light", Text("灯", "Light")),
        Column("count", Text("任务", "Tasks"), kind="number", unit=NUMBER),
    )
    height = 26 * len({row[first.name] for row in rows}) + 30
    return Chart(name, title, columns, rows, _lit(first.name), height=height)


def _lit(name: str) -> Any:
    """Bars laid down, stacked by light in the colours of the lights."""

    def draw(canvas: Canvas) -> Any:
        import altair as alt

        (field, _), (amount, title) = canvas.axis(name), canvas.axis("count")
        shown = [said for said in _said(canvas) if said]
        colours = alt.Scale(domain=shown, range=[_colour(said) for said in shown])
        return (
            canvas.base()
            .mark_bar()
            .encode(
                y=alt.Y(field, sort=None, title=None, axis=alt.Axis(labelLimit=320)),
                x=alt.X(amount, title=title, axis=_whole(canvas, name)),
                color=alt.Color(canvas.axis("light")[0], sort=None, scale=colours),
            )
        )

    return draw


def _whole(canvas: Canvas, name: str) -> Any:
    """Ticks at whole numbers: there is no half task."""
    import altair as alt

    sums: Counter[str] = Counter()
    for row in canvas.rows:
        sums[str(row[name])] += int(row["count"])
    most = max(sums.values())
    return alt.Axis(values=list(range(0, most + 1, most // 10 + 1)), format="d")


def _said(canvas: Canvas) -> list[str]:
    return list(dict.fromkeys(str(row["light"]) for row in canvas.rows))


def _colour(said: str) -> str:
    code = next((code for code, words in LIGHTS.items() if said in (words.zh, words.en)), "")
    return tokens()[PIGMENTS[code]]


def coverage_charts(rows: Sequence[Any]) -> list[Chart]:
    """Clauses by document and by what became of them."""
    if not rows:
        return []
    counted = Counter((one.document_id, coverage_of(one)) for one in rows)
    titles = {one.document_id: one.document.title for one in rows}
    told = [
        {"document": titles[pk], "coverage": COVERAGE[code], "count": counted[pk, code]}
        for pk in titles
        for code in ("told", "untold", "none")
        if counted[pk, code]
    ]
    bare = sum(n for (_, code), n in counted.items() if code == "none")
    untold = sum(n for (_, code), n in counted.items() if code == "untold")
    columns = (
        Column("document", Text("文件", "Document")),
        Column("coverage", Text("落实情况", "Coverage")),
        Column("count", Text("条款", "Clauses"), kind="number", unit=Text("条", "clauses")),
    )
    title = _COVERED.format(n=len(rows), bare=bare, untold=untold)
    height = 26 * len(titles) + 30
    return [
        Chart("coverage", title, columns, told, bars("document", "count", by="coverage", across=True), height=height)
    ]


def city_map(tasks: Any) -> TileMap | None:
    """Running tasks that are behind, city by city, by the newest confirmed reports."""
    from tanzhi.organisations.models import Region

    found = lights_by_region(tasks.filter(state__in=OPEN))
    places: list[Region] = list(Region.objects.exclude(row=None))
    shown = [one for one in places if one.code in found]
    if not shown:
        return None
    behind = sum(bool(found[one.code].behind) for one in shown)
    return tile_map(
        _CITIES.format(n=len(shown), behind=behind),
        Text("项落后任务", "tasks behind"),
        places,
        {one.code: found[one.code].behind for one in shown},
        light=lambda code: TONES[found[code].worst] if code in found else "",
        address=lambda code: f"{reverse('policy:tasks')}?region={code}",
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of a task with what is expected today, and what was told last."""

    indicator: Indicator
    expected: Decimal | None
    told: str
    told_by: Text | None
    completion: Decimal | None
    yellow_from: Decimal

    @property
    def light(self) -> str:
        if self.completion is None:
            return ""
        return "green" if self.completion >= 1 else "yellow" if self.completion >= self.yellow_from else "red"

    @property
    def light_label(self) -> Text:
        return LIGHTS[self.light]

    @property
    def tone(self) -> str:
        return TONES[self.light]

    @property
    def percent(self) -> Decimal | None:
        return None if self.completion is None else (self.completion * 100).quantize(Decimal("0.1"))


def takes_part(task: Task) -> list[tuple[Text, Text]]:
    """Lead, helpers and those who report, each with all its names."""
    named = [(label, [one.name for one in task.organisations(part)]) for part, label in PART_WORDS.items()]
    return [(label, listed_names(names)) for label, names in named if names]


def measures(task: Task, reports: Sequence[Report]) -> list[Measure]:
    """Each indicator with the newest value of every authority; the reports come with the newest first."""
    newest: dict[tuple[str, int], Report] = {}
    for one in reports:
        if one.state in TOLD:
            for number in one.actuals:
                newest.setdefault((number, one.organisation_id), one)
    found = []
    for indicator in task.indicators.all():
        told: list[Report | None] = [one for (number, _), one in newest.items() if number == indicator.number]
        found += [_measure(task, indicator, one) for one in told or [None]]
    return found


def _measure(task: Task, indicator: Indicator, newest: Report | None) -> Measure:
    as_of = newest.round.as_of if newest else clock.today()
    actual = newest.actuals[indicator.number] if newest else ""
    row = {
        "indicator": indicator.number,
        "direction": indicator.direction,
        "start_value": indicator.start,
        "target": indicator.target,
        "time_gone": time_gone(task, as_of),
        "actual": actual,
    }
    node = evaluate(guideline, as_of.year, {"tasks": [{"task": task.number, "indicators": [row]}]}).at("indicator")[0]
    expected, done = node.value("expected_value").number, node.value("completion").number
    return Measure(
        indicator,
        expected.quantize(Decimal("0.01")) if isinstance(expected, Decimal) else None,
        actual,
        newest.organisation.name if newest else None,
        done if isinstance(done, Decimal) else None,
        parameter("tasks.yellow_from", on=as_of),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone, whether it was reached by what was told, whether it is late."""

    milestone: Milestone
    reached: bool

    @property
    def late(self) -> bool:
        return not self.reached and self.milestone.due_on < clock.today()


def milestones(task: Task, reports: Sequence[Report]) -> list[Step]:
    """Each milestone with whether a confirmed or told report says that it was reached."""
    done = {number for one in reports if one.state in TOLD for number in one.reached}
    return [Step(one, one.number in done) for one in task.milestones.all()]


def worded(indicator: Indicator) -> str:
    """An indicator's name with its unit, for a line of a form."""
    from tanzhi.actions.language import say

    return f"{say(indicator.title)}（{indicator.unit}）"


def step_words(milestone: Milestone) -> Text:
    """A milestone's number, name and day, for a choice."""
    told = Text("{n} {title}（{day}）", "{n} {title} ({day})")
    return told.format(n=milestone.number, title=milestone.title, day=milestone.due_on)


_BEHIND = Text("推进中任务 {n} 项，其中 {behind} 项落后于进度", "running tasks: {n}; behind schedule: {behind}")
_TOLD = Text("应报 {asked} 份，已报 {told} 份，红灯 {red} 份", "{told} of {asked} reports told, {red} red")
_COVERED = Text(
    "应落实条款 {n} 条：{bare} 条无任务，{untold} 条尚无核实进展",
    "{n} clauses ask for tasks: {bare} have none, {untold} no confirmed progress",
)
_CITIES = Text(
    "{n} 个地区已有核实报送，{behind} 个有落后任务", "regions with confirmed reports: {n}; with tasks behind: {behind}"
)
