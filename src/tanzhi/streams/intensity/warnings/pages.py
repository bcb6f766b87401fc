"""Early warnings as pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.presentation.request import actor_of
from tanzhi.workflow.case.pages import case_page

from . import lists
from .model import EarlyWarning


def warnings(request: HttpRequest) -> HttpResponse:
    """Early warnings in the reader's scope: what is open stands first."""
    rows = EarlyWarning.objects.visible_to(actor_of(request)).select_related("region", "target__region")
    return lists.WARNINGS.respond(request, rows, "intensity/warnings.html")


def warning(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(EarlyWarning.objects.select_related("region", "target__region"), pk=pk)
    return case_page(request, record, "intensity/warning.html")
