"""How a region and its cities stand: what the pages show, each title a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tanzhi.figures.calculated import calculation_ref
from tanzhi.law.evaluation import InForce, in_force
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.charts.chart import Chart, lines
from tanzhi.presentation.charts.tile_map import TileMap, tile_map
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.intensity import intensity, schedule
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.change import change
from tanzhi.streams.intensity.ledger.ledger import EnergyGdpLedger, ledgers_of
from tanzhi.streams.intensity.ledger.lineage import KIND
from tanzhi.streams.intensity.ledger.lists import PERCENT, tenth
from tanzhi.streams.intensity.ledger.model import FLASH, ReferencePoint

from .model import Target
from .queries import Progress, assessed, of_plan, progress, targets_of

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Region

TONES = {"red": "late", "orange": "due", "green": "ok"}


_INSIDE = Text("{name}（已含在所在市）", "{name} (within its city)")


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """One region against its five-year target; without a target or without data there is nothing to show."""

    region: Region
    target: Target | None
    progress: Progress | None
    opens: bool = True  # whether its page has something for the reader

    @property
    def name(self) -> Text:
        """What the list calls it: an area inside a city says that it is counted there."""
        return self.region.name if self.region.counted else _INSIDE.format(name=self.region.name)

    @property
    def light(self) -> str:
        return self.progress.light if self.progress else ""

    @property
    def light_words(self) -> Text | None:
        return schedule.LIGHTS.get(self.light)

    @property
    def tone(self) -> str:
        return TONES.get(self.light, "")

    @property
    def flash(self) -> bool:
        return bool(self.progress and self.progress.change.flash)

    @property
    def remaining(self) -> Decimal | None:
        return tenth(self.progress.remaining) if self.progress else None

    @property
    def remaining_a_year(self) -> Decimal | None:
        remaining = self.progress.remaining_a_year if self.progress else None
        return None if remaining is None else tenth(remaining)


def standings(regions: Sequence[Region], until: int, viewer: Actor) -> list[TargetProgress]:
    """How each region stands, with a number of queries that does not grow with the regions."""
    ledgers, targets, law = ledgers_of(regions, viewer), targets_of(regions, viewer), in_force(intensity)
    rows = [standing(ledgers[region.pk], targets[region.pk], until, law) for region in regions]
    return [replace(row, opens=opens(ledgers[row.region.pk], viewer)) for row in rows]


def opens(ledger: EnergyGdpLedger, viewer: Actor) -> bool:
    """Whether a region's page shows something to a reader: what of its ledger he may see, or that he keeps it."""
    place = ledger.region.place
    return bool(ledger.levels or ledger.balances) or any(viewer.reaches(role, place) for role in AUTHORITY)


def standing(ledger: EnergyGdpLedger, targets: list[Target], until: int, law: InForce | None = None) -> TargetProgress:
    """Against the target of the plan under way; in the year after a plan ended, against that which is then assessed,
    for as long as the new plan has no year that can be compared."""
    target = of_plan(targets, until)
    now = progress(ledger, target, until, law) if target else None
    ended = assessed(targets, until) if now is None else None
    if ended is None:
        return TargetProgress(ledger.region, target, now)
    return TargetProgress(ledger.region, ended, progress(ledger, ended, until, law))


def explanation(progress: Progress) -> str:
    ref = calculation_ref(KIND, progress.change.key, progress.change.node.value("intensity_change"))
    return explain_url(ref)


def _of(name: str, scale: bool = True) -> Any:
    def value(row: TargetProgress) -> Any:
        figure = getattr(row.progress, name) if row.progress else None
        return tenth(figure) if scale and isinstance(figure, Decimal) else figure

    return value


CITIES = Listing(
    "intensity.cities",
    title=Text("市州进度", "Cities"),
    noun=Text("个地区", "regions"),
    search=("region.name",),
    columns=(
        ListColumn(
            "city",
            Text("地区", "Region"),
            value=lambda row: row.name,
            kind="link",
            link=lambda row: reverse("intensity:region", args=[row.region.code]) if row.opens else "",
            sort="city",
        ),
        ListColumn(
            "target",
            Text("五年目标：下降", "Five-year target: decline"),
            value=lambda row: Decimal(row.target.decline) if row.target else None,
            kind="number",
            unit=PERCENT,
            sort="target",
        ),
        ListColumn("year", Text("截至", "As of"), value=_of("year", scale=False), sort="year"),
        ListColumn(
            "change",
            Text("累计变化", "Change so far"),
            value=lambda row: tenth(row.progress.change.exact) if row.progress else None,
            kind="number",
            unit=PERCENT,
            link=lambda row: explanation(row.progress) if row.progress else "",
            sort="change",
        ),
        ListColumn(
            "due", Text("时序进度", "Due by schedule"), value=_of("due"), kind="number", unit=PERCENT, sort="due"
        ),
        ListColumn(
            "completion",
            Text("进度完成率", "Completion"),
            value=_of("completion"),
            kind="number",
            unit=PERCENT,
            sort="completion",
        ),
        ListColumn(
            "latest", Text("本年变化", "Latest year"), value=_of("latest"), kind="number", unit=PERCENT, sort="latest"
        ),
        ListColumn(
            "remaining",
            Text("剩余年均需降", "Still due a year"),
            value=_of("remaining_a_year"),
            kind="number",
            unit=PERCENT,
            sort="remaining",
        ),
        ListColumn(
            "light",
            Text("预警", "Light"),
            value="light_words",
            kind="state",
            tone=lambda row: row.tone,
            sort="light",
        ),
        ListColumn(
            "vintage",
            Text("数据口径", "Vintage"),
            value=lambda row: row.progress.change.vintages if row.progress else None,
        ),
    ),
    filters=(Filter("light", Text("预警", "Light"), schedule.LIGHTS),),
    order="completion",
    empty=Text("尚无市州：请先录入地区与台账", "No city yet: record regions and their ledgers first"),
)


def light_map(standings: Sequence[TargetProgress], places: Sequence[Region]) -> TileMap:
    """The lights with the change so far; the title counts the cities, an area inside one is shown beside it."""
    by_code = {standing.region.code: standing for standing in standings}
    opened = {standing.region.code for standing in standings if standing.opens}
    counted = Counter(standing.light for standing in standings if standing.light and standing.region.counted)
    values = {code: tenth(standing.progress.change.exact) for code, standing in by_code.items() if standing.progress}
    words = Text(
        "{green} 个市州达到时序进度，{orange} 个落后，{red} 个未下降",
        "{green} cities on schedule, {orange} behind, {red} not falling",
    )
    return tile_map(
        words.format(**{light: counted[light] for light in schedule.LIGHTS}),
        Text("累计变化，%", "change so far, %"),
        places,
        values,
        light=lambda code: by_code[code].tone if code in by_code else "",
        address=lambda code: reverse("intensity:region", args=[code]) if code in opened else "",
    )


SCHEDULE, REACHED = Text("时序进度（等比）", "schedule (geometric)"), Text("实际累计变化", "change reached")
_SERIES = (
    ListColumn("year", Text("年份", "Year")),
    ListColumn("series", Text("序列", "Series")),
    ListColumn("change", Text("累计变化", "Change"), kind="number", unit=PERCENT),
)
_PATH = Text(
    "{base}—{end} 年累计{change}，时序进度应下降 {due}%，进度完成率 {completion}%",
    "{base} to {end}: {change}; {due} % were due, completion {completion} %",
)


def path_chart(ledger: EnergyGdpLedger, progress: Progress) -> Chart:
    """The target's schedule against what was reached, year by year of the plan."""
    target = progress.target
    rows = []
    for year in range(target.base_year, target.end_year + 1):
        due = schedule.scheduled(target.fraction, target.years, year - target.base_year)
        rows.append({"year": str(year), "series": SCHEDULE, "change": -tenth(due)})
    reached = [year for year in ledger.years(target.base_year) if year <= progress.year]
    rows.append({"year": str(target.base_year), "series": REACHED, "change": Decimal("0.0")})
    for year in reached:
        rows.append(
            {"year": str(year), "series": REACHED, "change": tenth(change(ledger, target.base_year, year).exact)}
        )
    title = _PATH.format(
        base=target.base_year,
        end=progress.year,
        change=_fallen(progress.change.exact),
        due=tenth(progress.due),
        completion=tenth(progress.completion),
    )
    return Chart("path", title, _SERIES, rows, lines("year", "change", by="series"), note=_note(progress.change.flash))


_LONG = Text(
    "{end} 年较 {base} 年{change}；{goal} 年目标为下降 {n}%",
    "{end} against {base}: {change}; the target for {goal} is {n} % down",
)


def long_chart(ledger: EnergyGdpLedger, target: Target, until: int, nation: Sequence[ReferencePoint]) -> Chart | None:
    """The change against the base year of the long target, beside what the nation published."""
    base = target.base_year
    changes = [change(ledger, base, year) for year in ledger.years(base) if year <= until]
    if not changes:
        return None
    own = ledger.region.name
    rows = [{"year": str(base), "series": own, "change": Decimal("0.0")}]
    rows += [{"year": str(point.end), "series": own, "change": point.percent} for point in changes]
    published = [point for point in nation if point.base_year == base and base < point.year <= until]
    rows += [{"year": str(point.year), "series": point.name, "change": Decimal(point.change)} for point in published]
    last = changes[-1]
    title = _LONG.format(end=last.end, base=base, change=_fallen(last.exact), goal=target.end_year, n=target.decline)
    return Chart("long", title, _SERIES, rows, lines("year", "change", by="series"), note=_note(last.flash))


def nation_points(series: str = "nation") -> list[ReferencePoint]:
    """What the nation published, of each year the last one told."""
    latest = {
        (point.base_year, point.year): point for point in ReferencePoint.objects.filter(series=series).order_by("pk")
    }
    return sorted(latest.values(), key=lambda point: (point.base_year, point.year))


def _fallen(exact: Decimal) -> Text:
    words = Text("下降 {n}%", "down {n} %") if exact <= 0 else Text("上升 {n}%", "up {n} %")
    return words.format(n=abs(tenth(exact)))


_SETTLED_NOTE = Text(
    "能源活动二氧化碳（含净调入电力）÷ 不变价生产总值，逐段衔接",
    "energy CO2 with net imported electricity, over GDP chained at constant prices",
)
_FLASH_NOTE = Text("最近年份含快报数据，为初步数", f"the latest year rests on {FLASH} data: provisional")


def _note(flash: bool) -> Text:
    return _FLASH_NOTE if flash else _SETTLED_NOTE
