"""Rounds, and the reports in them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tanzhi.actions.registry import ACTIONS
from tanzhi.figures.calculated import calculation_ref
from tanzhi.presentation.buttons import may
from tanzhi.presentation.charts import download
from tanzhi.presentation.listing_page import shown
from tanzhi.presentation.pages import actor_of
from tanzhi.presentation.posted import Answered, answer
from tanzhi.streams.policy.shared.buttons import linked
from tanzhi.streams.policy.tasks import overview as tasks_overview
from tanzhi.workflow.case.pages import case_page

from . import lists, overview
from .model import Report, Round
from .scores import as_stored


def rounds(request: HttpRequest) -> HttpResponse:
    rows = Round.objects.visible_to(actor_of(request)).annotate(
        asked=Count("reports"),
        told=Count("reports", filter=Q(reports__state__in=("reported", "confirmed"))),
        confirmed=Count("reports", filter=Q(reports__state="confirmed")),
    )
    return lists.ROUNDS.respond(request, rows, "policy/rounds.html")


def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: the score as it stands, and every report with its light."""
    found = get_object_or_404(Round.objects.select_related("document", "region"), pk=pk)
    rows = found.reports.visible_to(actor_of(request)).select_related("task", "organisation__region", "round")
    rows = rows.prefetch_related("organisation__names")
    charts = overview.round_charts(found, rows)
    if file := download(request, *charts):
        return file
    if request.GET.get("export") or request.headers.get("HX-Target") == "listing-rows":
        return lists.REPORTS.respond(request, rows, "policy/round.html")
    score = as_stored(found).value("score")
    told = {
        "listing": shown(lists.REPORTS, request, rows),
        "score": score,
        "score_ref": calculation_ref("policy.score", found.pk, score),
        "charts": charts,
        "ask": linked(request, "policy.ask_report", round=found.pk) if found.state == "open" else [],
    }
    return case_page(request, found, "policy/round.html", told)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what is asked, the form for whoever tells it, what was told, the light that follows."""
    found = get_object_or_404(_reports(), pk=pk)
    form = _form(request, found)
    if form is not None and form.outcome is not None:
        return redirect(found)
    told: dict[str, Any] = {
        "measures": overview.measures(found.task, [found]),
        "milestones": overview.milestones(found.task, [found]),
        "form": form.form if form else None,
    }
    if form is not None:  # the form stands on the page: no button that leads to it
        told["buttons"] = []
    response = case_page(request, found, "policy/report.html", told)
    response.status_code = form.form.status if form else 200
    return response


def _reports() -> Any:
    return Report.objects.select_related("round", "task__document", "task__region", "organisation__region")


def _form(request: HttpRequest, found: Report) -> Answered | None:
    """The form of the report, filled with the numbers of its indicators, for whoever may tell it now."""
    actor, name = actor_of(request), "policy.report_task"
    if not may(actor, ACTIONS[name], found) or not actor.belongs_to(found.organisation_id):
        return None
    rows = [f"{one.number} | {tasks_overview.worded(one)} | " for one in found.task.indicators.all()]
    steps = [(one.number, tasks_overview.step_words(one)) for one in found.task.milestones.all()]
    return answer(
        request, actor, name, found, choices={"reached": steps} if steps else {}, initial={"actuals": "\n".join(rows)}
    )
