"""Deadlines as a list."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from tanzhi.organisations.people.requests import actor_of_request

from .lists import DEADLINES
from .model import Clock


@login_required
def deadlines(request: HttpRequest) -> HttpResponse:
    """Every open deadline that the reader may see; what is due first stands first."""
    visible = Clock.objects.visible_to(actor_of_request(request)).filter(state__in=Clock.OPEN)
    return DEADLINES.respond(request, visible, "cases/deadlines.html")
