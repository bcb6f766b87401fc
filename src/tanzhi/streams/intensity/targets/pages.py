"""Targets as a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tanzhi.presentation.request import actor_of

from . import lists
from .model import Target


def targets(request: HttpRequest) -> HttpResponse:
    """Targets in the reader's scope."""
    rows = Target.objects.visible_to(actor_of(request)).select_related("region")
    return lists.TARGETS.respond(request, rows, "intensity/targets.html")
