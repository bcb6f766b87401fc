"""Clues, with who verified the enterprise last."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.navigation import AUTHORITY

from .clue_statistics import GROUPINGS, clue_statistics, statistics_listing
from .clues.imports import CLUES as IMPORT
from .clues.lists import CLUES
from .clues.model import Clue
from .statistics import clue_charts


@login_required
def counted_clues(request: HttpRequest) -> HttpResponse:
    """Clues counted by type, city, body, enterprise or year; a city counts its own region's."""
    actor = actor_of_request(request)
    if not AUTHORITY & actor.roles:
        raise Http404
    visible = Clue.objects.visible_to(actor).filter(withdrawn=False)
    years = sorted({opened.year for opened in visible.dates("opened_at", "year")}, reverse=True)
    words = request.GET.get("year", "")
    if words and whole(words, LAST_YEAR) in years:
        visible = visible.filter(opened_at__year=int(words))
    by = request.GET.get("by", "")
    by = by if by in GROUPINGS else "source"
    rows, total = clue_statistics(visible, by)
    context = {"by": by, "year": words, "years": years, "groupings": GROUPINGS.items(), "sum": total}
    return statistics_listing(by).respond(request, rows, "verification/clue_statistics.html", context)


@login_required
def clues(request: HttpRequest) -> HttpResponse:
    """Clues that the reader may see, with their statistics."""
    actor = actor_of_request(request)
    visible = Clue.objects.visible_to(actor).filter(withdrawn=False).select_related("organisation__region")
    importer = IMPORT.address if IMPORT.by & actor.roles else ""
    charts = clue_charts(visible)
    if file := download(request, *charts):
        return file
    return CLUES.respond(
        request,
        visible,
        "verification/clues.html",
        {"importer": importer, "charts": charts, "counts": bool(AUTHORITY & actor.roles)},
    )
