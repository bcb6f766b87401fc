"""The pages of carbon intensity: how the province stands, a region's ledger, targets, decompositions."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Proposal
from tanzhi.actions.references import reference
from tanzhi.actions.registry import may_decide
from tanzhi.figures import Question, ask
from tanzhi.figures.places import region_of
from tanzhi.figures.publication import readable_of
from tanzhi.organisations.models import Region
from tanzhi.organisations.queries import areas_inside, person_names, regions_within
from tanzhi.organisations.requests import region_asked
from tanzhi.presentation.charts import Chart, download
from tanzhi.presentation.listing import alone
from tanzhi.presentation.listing_page import shown
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.presentation.pages import actor_of
from tanzhi.presentation.posted import Answered, answer
from tanzhi.workflow.case.pages import case_page

from . import importers, lists, shares, warning_list, years
from .inputs import OFFICERS
from .models import COMPUTED, DRAFT, SIGNED, Decomposition, EnergyBalance, GdpLevel, Share, Target
from .overview import CITIES, light_map, long_chart, nation_points, path_chart, standing, standings
from .queries import Ledger, ledger_of, longest, targets_of
from .warning_models import EarlyWarning

HEADLINE = ("intensity.change", "intensity.national_change", "intensity.target", "intensity.city_targets")


def overview(request: HttpRequest) -> HttpResponse:
    """How the province stands: its figures, the two paths, the cities' lights and their list."""
    today, viewer = clock.today(), actor_of(request)
    region = region_of(Question(str(today.year), region_asked(request)))
    ledger, targets = ledger_of(region, viewer), targets_of([region], viewer)[region.pk]
    charts = _charts(ledger, targets, today.year)
    if file := download(request, *charts):
        return file
    cities = list(regions_within(region, today))
    places = cities + areas_inside(cities, today)
    rows = standings(places, today.year, viewer)
    context = {
        "region": region,
        "figures": readable_of((ask(code, Question(str(today.year), region.code)) for code in HEADLINE), viewer),
        "charts": charts,
        "map": light_map(rows, places),
        "standing": standing(ledger, targets, today.year),
    }
    return CITIES.respond(request, rows, "intensity/overview.html", context)


def _charts(ledger: Ledger, targets: list[Target], year: int) -> list[Chart]:
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
    if not (ledger.levels or ledger.balances or _keeps(viewer, place)):
        raise Http404
    base = _base(ledger, targets)
    charts = _charts(ledger, targets, year)
    if file := download(request, *charts):
        return file
    context: dict[str, Any] = {"region": place, "charts": charts, "base": base}
    context["standing"] = standing(ledger, targets, year)
    revisions, own_targets = years.effects(ledger, base), lists.held(place, targets)
    if part := alone(request, (years.REVISIONS, revisions), (lists.HELD, own_targets)):
        return part
    context |= {
        "revisions": shown(years.REVISIONS, request, revisions),
        "held": shown(lists.HELD, request, own_targets),
    }
    return years.YEARS.respond(request, years.years_of(ledger, base), "intensity/region.html", context)


def _keeps(viewer: Actor, place: Region) -> bool:
    return any(viewer.reaches(role, place.place) for role in AUTHORITY)


def _base(ledger: Ledger, targets: list[Target]) -> int | None:
    """The base year that a region reports against: its longest target's, else the first year of its ledger."""
    long = longest(targets)
    if long and long.base_year in ledger.energy:
        return long.base_year
    return min(ledger.energy, default=None)


def ledger(request: HttpRequest) -> HttpResponse:
    """Every row that was told, GDP and energy, with its vintage and its source."""
    viewer = actor_of(request)
    named = viewer.works_with(region_of(Question(str(clock.today().year), region_asked(request))).place)
    gdp_rows, energy_rows = ((row if named else lists.unnamed(row)) for row in (lists.GDP_ROWS, lists.ENERGY_ROWS))
    energy = EnergyBalance.objects.visible_to(viewer).select_related("region")
    if part := alone(request, (energy_rows, energy)):
        return part
    context: dict[str, Any] = {"energy": shown(energy_rows, request, energy)}
    if OFFICERS & viewer.roles:
        context["imports"] = {"gdp": importers.GDP.address, "energy": importers.ENERGY.address}
    levels = GdpLevel.objects.visible_to(viewer).select_related("region")
    return gdp_rows.respond(request, levels, "intensity/ledger.html", context)


def targets(request: HttpRequest) -> HttpResponse:
    """Targets in the reader's scope."""
    rows = Target.objects.visible_to(actor_of(request)).select_related("region")
    return lists.TARGETS.respond(request, rows, "intensity/targets.html")


def warnings(request: HttpRequest) -> HttpResponse:
    """Early warnings in the reader's scope: what is open stands first."""
    rows = EarlyWarning.objects.visible_to(actor_of(request)).select_related("region", "target__region")
    return warning_list.WARNINGS.respond(request, rows, "intensity/warnings.html")


def warning(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(EarlyWarning.objects.select_related("region", "target__region"), pk=pk)
    return case_page(request, record, "intensity/warning.html")


def decompositions(request: HttpRequest) -> HttpResponse:
    rows = Decomposition.objects.visible_to(actor_of(request)).select_related("target__region")
    counted = rows.annotate(cities=Count("shares")).order_by("-pk")
    return lists.DECOMPOSITIONS.respond(request, counted, "intensity/decompositions.html")


def decomposition(request: HttpRequest, pk: int) -> HttpResponse:
    """One decomposition: what each city is given, what the methods would give, the form that computes it."""
    viewer = actor_of(request)
    record = get_object_or_404(Decomposition.objects.select_related("target__region"), pk=pk)
    if not viewer.sees(record.place):
        raise Http404
    rows = list(record.shares.select_related("region"))
    form = _form(request, viewer, record, rows)
    if form and form.outcome:
        return redirect(record)
    chart = shares.chart(record, rows)
    if chart and (file := download(request, chart)):
        return file
    context = {"found": record, "form": form.form if form else None, "chart": chart}
    context |= {"waiting": waiting_for(record, viewer), "signed": signed_by(record)}
    context["province_intensity"] = shares.province_intensity(record, rows) if form else None
    response = shares.SHARES.respond(request, shares.listed(record, rows), "intensity/decomposition.html", context)
    response.status_code = form.form.status if form else 200
    return response


def _form(request: HttpRequest, viewer: Actor, record: Decomposition, rows: list[Share]) -> Answered | None:
    """The form that computes it, for whoever may and as long as it is not signed."""
    if record.state not in (DRAFT, COMPUTED) or not viewer.reaches("provincial_officer", record.place):
        return None
    return answer(request, viewer, "intensity.compute", record, initial=shares.initial(record, rows))


def waiting_for(record: Decomposition, viewer: Actor) -> list[dict[str, Any]]:
    """Signatures that wait for a second person, with whether the reader is that one and may open it."""
    rows = Proposal.objects.filter(subject=reference(record), state=Proposal.OPEN, expires_at__gt=clock.now())
    decidable = [(row, may_decide(row, viewer)) for row in rows]
    return [
        {"row": row, "decides": decides, "opens": decides or row.proposer == viewer.person_id}
        for row, decides in decidable
    ]


def signed_by(record: Decomposition) -> list[str]:
    """Who proposed the signature and who gave it."""
    proposal = Proposal.objects.filter(subject=reference(record), state=Proposal.APPROVED).last()
    people = [proposal.proposer, proposal.decider] if proposal and record.state == SIGNED else []
    names = person_names(people)
    return [names.get(key, "") for key in people]
