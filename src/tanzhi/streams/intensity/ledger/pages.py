"""The ledger as pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from tanzhi.actions import clock
from tanzhi.figures import Question
from tanzhi.figures.places import region_of
from tanzhi.organisations.people.requests import region_asked
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of

from . import lists
from .model import EnergyBalance, GdpLevel


def ledger(request: HttpRequest) -> HttpResponse:
    """Every row that was told, GDP and energy, with its vintage and its source."""
    viewer = actor_of(request)
    named = viewer.works_with(region_of(Question(str(clock.today().year), region_asked(request))).place)
    gdp_rows, energy_rows = ((row if named else lists.unnamed(row)) for row in (lists.GDP_ROWS, lists.ENERGY_ROWS))
    energy = EnergyBalance.objects.visible_to(viewer).select_related("region")
    if part := alone(request, (energy_rows, energy)):
        return part
    context: dict[str, Any] = {"energy": list_context(energy_rows, request, energy)}
    levels = GdpLevel.objects.visible_to(viewer).select_related("region")
    return gdp_rows.respond(request, levels, "intensity/ledger.html", context)
