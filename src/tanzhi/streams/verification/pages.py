"""Clues, with who verified the enterprise last."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.charts.chart import download

from .clues.imports import CLUES as IMPORT
from .clues.lists import CLUES
from .clues.model import Clue
from .statistics import clue_charts


@login_required
def clues(request: HttpRequest) -> HttpResponse:
    """Clues that the reader may see, with their statistics."""
    actor = actor_of_request(request)
    visible = Clue.objects.visible_to(actor).filter(withdrawn=False).select_related("organisation__region")
    importer = IMPORT.address if IMPORT.by & actor.roles else ""
    charts = clue_charts(visible)
    if file := download(request, *charts):
        return file
    return CLUES.respond(request, visible, "verification/clues.html", {"importer": importer, "charts": charts})
