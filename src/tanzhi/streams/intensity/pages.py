"""The front of the stream: the province and each region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.figures import Question, ask
from tanzhi.figures.places import region_of
from tanzhi.figures.publication import readable_of
from tanzhi.figures.registry import FigureValue
from tanzhi.organisations.people.requests import region_asked
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import areas_inside, regions_within
from tanzhi.presentation.charts.chart import Chart, download
from tanzhi.presentation.charts.tile_map import TileMap
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of

from .decompositions import lists
from .ledger import years
from .ledger.ledger import EnergyGdpLedger, ledger_of
from .targets.model import Target
from .targets.overview import (
    CITIES,
    TargetProgress,
    light_map,
    long_chart,
    nation_points,
    opens,
    path_chart,
    standing,
    standings,
)
from .targets.queries import longest, targets_of

HEADLINE = ("intensity.change", "intensity.national_change", "intensity.target", "intensity.city_targets")


@dataclass(frozen=True, slots=True)
class ProvinceStanding:
    """How a province stands, as one reader may see it."""

    figures: list[FigureValue]
    charts: list[Chart]
    map: TileMap
    standing: TargetProgress
    rows: list[TargetProgress]


_STANDINGS: UntilNextAct[ProvinceStanding] = UntilNextAct(100)


def overview(request: HttpRequest) -> HttpResponse:
    """How the province stands: its figures, the two paths, the cities' lights and their list."""
    today, viewer = clock.today(), actor_of(request)
    region = region_of(Question(str(today.year), region_asked(request)))
    standing_now = _STANDINGS.of((viewer.known_by, region.pk, today), lambda: province_standing(region, viewer, today))
    if file := download(request, *standing_now.charts):
        return file
    context = {
        "region": region,
        "figures": standing_now.figures,
        "charts": standing_now.charts,
        "map": standing_now.map,
        "standing": standing_now.standing,
    }
    return CITIES.respond(request, standing_now.rows, "intensity/overview.html", context)


def province_standing(region: Region, viewer: Actor, today: date) -> ProvinceStanding:
    """A province with its cities on a day."""
    ledger, targets = ledger_of(region, viewer), targets_of([region], viewer)[region.pk]
    cities = list(regions_within(region, today))
    places = cities + areas_inside(cities, today)
    rows = standings(places, today.year, viewer)
    return ProvinceStanding(
        readable_of((ask(code, Question(str(today.year), region.code)) for code in HEADLINE), viewer),
        _charts(ledger, targets, today.year),
        light_map(rows, places),
        standing(ledger, targets, today.year),
        rows,
    )


def _charts(ledger: EnergyGdpLedger, targets: list[Target], year: int) -> list[Chart]:
    """The long path and that of the plan, as far as there is something to draw; one that is both is drawn once."""
    long, now = longest(targets), standing(ledger, targets, year)
    drawn = [long_chart(ledger, long, year, nation_points())] if long and long != now.target else []
    drawn += [path_chart(ledger, now.progress)] if now.progress else []
    return [chart for chart in drawn if chart]


def region(request: HttpRequest, code: str) -> HttpResponse:
    """One region's ledger year by year, its path, its revisions with their effect, its targets."""
    viewer, year = actor_of(request), clock.today().year
    place = get_object_or_404(Region, code=code)
    ledger, targets = ledger_of(place, viewer), targets_of([place], viewer)[place.pk]
    if not opens(ledger, viewer):
        raise Http404
    # The base year that it reports against: its longest target's, else the first year of its ledger.
    long = longest(targets)
    base = long.base_year if long and long.base_year in ledger.energy else min(ledger.energy, default=None)
    charts = _charts(ledger, targets, year)
    if file := download(request, *charts):
        return file
    context: dict[str, Any] = {"region": place, "charts": charts, "base": base}
    context["standing"] = standing(ledger, targets, year)
    revisions, own_targets = years.effects(ledger, base), lists.targets_in_force(place, targets)
    if part := alone(request, (years.REVISIONS, revisions), (lists.HELD, own_targets)):
        return part
    context |= {
        "revisions": list_context(years.REVISIONS, request, revisions),
        "held": list_context(lists.HELD, request, own_targets),
    }
    return years.YEARS.respond(request, years.years_of(ledger, base), "intensity/region.html", context)
