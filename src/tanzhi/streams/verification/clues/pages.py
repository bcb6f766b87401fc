"""A clue."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.workflow.case.pages import case_page

from .model import SOURCES, Clue


@login_required
def clue(request: HttpRequest, pk: int) -> HttpResponse:
    """One clue."""
    record: Clue = get_object_or_404(Clue.objects.select_related("organisation__region"), pk=pk)
    return case_page(request, record, "verification/clue.html", {"source": SOURCES.get(record.source)})
