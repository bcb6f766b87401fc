"""How a round stands, city by city; measures and milestones of a task by what was reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.law.evaluation import evaluate, parameter
from tanzhi.presentation.charts.chart import Chart
from tanzhi.presentation.charts.tile_map import TileMap, tile_map
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.tasks import tasks as guideline
from tanzhi.streams.policy.shared.codes import LIGHTS, TONES
from tanzhi.streams.policy.tasks.model import Indicator, Milestone, Task
from tanzhi.streams.policy.tasks.overview import OPEN, light_chart

from .model import Report
from .queries import lights_by_region
from .scores import TOLD, time_gone

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region


_TOLD = Text("应报 {asked} 份，已报 {told} 份，红灯 {red} 份", "{told} of {asked} reports handed in, {red} red")


def round_charts(review: Any, reports: Iterable[Report]) -> list[Chart]:
    """How the reports of a round stand, by authority."""
    rows = list(reports)
    counted = Counter(
        (report.organisation, report.light) for report in rows if report.state in ("reported", "confirmed")
    )
    counts = [
        {"who": who.name, "light": LIGHTS[light], "count": n}
        for (who, light), n in sorted(counted.items(), key=lambda pair: (pair[0][0].code, pair[0][1]))
    ]
    if not counts:
        return []
    red = sum(n for (_, light), n in counted.items() if light == "red")
    title = _TOLD.format(asked=len(rows), told=sum(counted.values()), red=red)
    return [light_chart(f"round-{review.pk}", title, ListColumn("who", Text("报送单位", "Reported by")), counts)]


_CITIES = Text(
    "{n} 个地区已有核实报送，{behind} 个有落后任务", "Regions with confirmed reports: {n}; with tasks behind: {behind}"
)


def city_map(tasks: Any) -> TileMap | None:
    """Running tasks that are behind, city by city, by the newest confirmed reports."""
    from tanzhi.organisations.register.model import Region

    lights = lights_by_region(tasks.filter(state__in=OPEN))
    places: list[Region] = list(Region.objects.exclude(row=None))
    regions = [region for region in places if region.code in lights]
    if not regions:
        return None
    behind = sum(bool(lights[region.code].behind) for region in regions)
    return tile_map(
        _CITIES.format(n=len(regions), behind=behind),
        Text("项落后任务", "tasks behind"),
        places,
        {region.code: lights[region.code].behind for region in regions},
        light=lambda code: TONES[lights[code].worst] if code in lights else "",
        address=lambda code: f"{reverse('policy:tasks')}?region={code}",
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of a task with what is expected today, and what was told last."""

    indicator: Indicator
    expected: Decimal | None
    reported: str
    reported_by: Text | None
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


def measures(task: Task, reports: Sequence[Report]) -> list[Measure]:
    """Each indicator with the newest value of every authority; the reports come with the newest first."""
    newest: dict[tuple[str, int], Report] = {}
    for report in reports:
        if report.state in TOLD:
            for number in report.actuals:
                newest.setdefault((number, report.organisation_id), report)
    rows: list[tuple[Indicator, Report | None]] = []
    for indicator in task.indicators.all():
        latest: list[Report | None] = [report for (number, _), report in newest.items() if number == indicator.number]
        rows += [(indicator, report) for report in latest or [None]]
    measured = []
    for indicator, last in rows:
        as_of = last.round.as_of if last else clock.today()
        row = {
            "indicator": indicator.number,
            "direction": indicator.direction,
            "start_value": indicator.start,
            "target": indicator.target,
            "time_gone": time_gone(task, as_of),
            "actual": last.actuals[indicator.number] if last else "",
        }
        node = evaluate(guideline, as_of, {"tasks": [{"task": task.number, "indicators": [row]}]}).at("indicator")[0]
        expected, done = node.value("expected_value").number, node.value("completion").number
        measured.append(
            Measure(
                indicator,
                expected.quantize(Decimal("0.01")) if isinstance(expected, Decimal) else None,
                row["actual"],
                last.organisation.name if last else None,
                done if isinstance(done, Decimal) else None,
                parameter("tasks.yellow_from", on=as_of),
            )
        )
    return measured


@dataclass(frozen=True, slots=True)
class MilestoneStatus:
    """A milestone, whether it was reached by what was told, whether it is late."""

    milestone: Milestone
    reached: bool

    @property
    def late(self) -> bool:
        return not self.reached and self.milestone.due_on < clock.today()


def milestones(task: Task, reports: Sequence[Report]) -> list[MilestoneStatus]:
    """Each milestone with whether a confirmed or told report says that it was reached."""
    done = {number for report in reports if report.state in TOLD for number in report.reached}
    return [MilestoneStatus(milestone, milestone.number in done) for milestone in task.milestones.all()]
