"""Which clauses are covered by tasks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tanzhi.actions import clock
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.request import actor_of
from tanzhi.streams.policy.documents.model import Document

from . import coverage as tasks_coverage
from .queries import counted_clauses


def coverage(request: HttpRequest) -> HttpResponse:
    """Which clause of a document in force has no task, and which task nothing confirmed."""
    visible = Document.objects.visible_to(actor_of(request)).exclude(state__in=("draft", "repealed"))
    rows = list(counted_clauses(visible))
    charts = tasks_coverage.coverage_charts(rows)
    if file := download(request, *charts):
        return file
    return tasks_coverage.COVERED.respond(
        request, rows, "policy/coverage.html", {"charts": charts, "today": clock.today()}
    )
