"""A region's energy beside its statistics, one kind with its plants and months, and plants' own books."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Max, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.roles import PLANT
from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.filings.months.model import Filing, Version
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import key_units
from tanzhi.organisations.sectors import sector_name
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.checks.cross.energy import ITEMS
from tanzhi.streams.verification.energy_books.model import EnergyStatistic

from .comparison import EnergyComparison, energy_comparison
from .lists import BOOK_ROWS, PLANTS, energy_rows, explanation_rows, months_of, plant_sums
from .model import EnergyExplanation
from .plant_books import plant_books


def reached(actor: Actor) -> list[Region]:
    """The regions that an authority's reader reaches, the widest first."""
    if not AUTHORITY & actor.roles:
        raise Http404
    regions = [region for region in Region.objects.all() if any(actor.reaches(r, region.place) for r in AUTHORITY)]
    return sorted(regions, key=lambda region: region.path)


def year_and_years(request: HttpRequest, compared: int | None = None) -> tuple[int, list[int]]:
    """The year that is asked for, otherwise the one to compare or the newest with data; and those with data."""
    periods = Filing.objects.filter(versions__deposited=True).order_by().values_list("period", flat=True).distinct()
    years = sorted({int(period[:4]) for period in periods}, reverse=True)
    newest = compared or (years[0] if years else clock.today().year)
    return whole(request.GET.get("year", ""), LAST_YEAR) or newest, years


def comparison_of(request: HttpRequest, actor: Actor) -> tuple[EnergyComparison, list[Region], list[int]]:
    """The comparison of a region and year, the newest with statistics; a region out of reach is not found."""
    regions = reached(actor)
    code = request.GET.get("region", "")
    region = next((each for each in regions if each.code == code), regions[0] if regions and not code else None)
    if region is None:
        raise Http404
    statistics = EnergyStatistic.objects.visible_to(actor).filter(region=region, withdrawn_at=None)
    year, years = year_and_years(request, statistics.aggregate(newest=Max("year"))["newest"])
    return energy_comparison(region, year, actor), regions, years


@login_required
def energy(request: HttpRequest) -> HttpResponse:
    """Kinds of energy of a region's year on both sides, sums in coal equivalent, explanations."""
    actor = actor_of_request(request)
    compared, regions, years = comparison_of(request, actor)
    query = {"region": compared.region.code, "year": compared.year}
    listing = energy_rows(lambda row: f"{reverse('verification:energy_item', args=[row.item])}?{urlencode(query)}")
    visible = EnergyExplanation.objects.visible_to(actor).select_related("region")
    parts = visible.filter(region=compared.region, year=compared.year)
    explained = explanation_rows(actor)
    if part := alone(request, (explained, parts)):
        return part
    on = date(compared.year, 12, 31)
    context: dict[str, Any] = {
        "compared": compared,
        "regions": regions,
        "years": years,
        "explanations": list_context(explained, request, parts),
        "key_units": key_units(on, compared.region).count(),
        "reporting": compared.reporting,
        "comparable": any(row.difference is not None for row in compared.rows),
        "open": sum(row.standing == "open" for row in compared.rows),
    }
    return listing.respond(request, compared.rows, "verification/energy.html", context)


@login_required
def energy_item(request: HttpRequest, item: str) -> HttpResponse:
    """One kind of energy: by sector and plant; of one plant its months with their cells."""
    if item not in ITEMS:
        raise Http404
    compared, _, _ = comparison_of(request, actor_of_request(request))
    cells = compared.of_item(item)
    query = {"region": compared.region.code, "year": compared.year}
    own = reverse("verification:energy_item", args=[item])
    prefetch_related_objects(list({each.plant for each in cells}), "names")
    sums = plant_sums(compared, item, lambda code: f"{own}?{urlencode({**query, 'plant': code})}")
    sectors: dict[str, Any] = {}
    for row in sums:
        sectors[row.sector] = sectors.get(row.sector, 0) + row.amount
    context: dict[str, Any] = {
        "compared": compared,
        "row": compared.row(item),
        "kind": ITEMS[item],
        "sectors": sorted(((sector_name(code), amount) for code, amount in sectors.items()), key=lambda s: -s[1]),
        "plant": None,
    }
    code = request.GET.get("plant", "")
    if not code:
        return PLANTS.respond(request, sums, "verification/energy_item.html", context)
    months = [each for each in cells if each.plant.code == code]
    if not months:
        raise Http404
    versions = Version.objects.filter(pk__in={int(each.fact.cell.version) for each in months}).select_related("filing")
    pages = {row.pk: reverse("filings:version", args=[row.filing_id, row.number]) for row in versions}
    filing = versions[0].filing
    listing, rows = months_of(months, filing.guideline_name, pages)
    context["plant"] = next(row for row in sums if row.code == code)
    return listing.respond(request, rows, "verification/energy_item.html", context)


@login_required
def books(request: HttpRequest) -> HttpResponse:
    """Plants' books of a year: each kind of energy in months, annual report, statistics and bills."""
    actor = actor_of_request(request)
    if not (AUTHORITY | PLANT | {"verifier"}) & actor.roles:
        raise Http404
    year, years = year_and_years(request)
    context = {"year": year, "years": years, "compares": bool(AUTHORITY & actor.roles)}
    return BOOK_ROWS.respond(request, plant_books(year, actor), "verification/energy_books.html", context)
