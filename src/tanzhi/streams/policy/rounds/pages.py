"""Rounds, and the reports in them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tanzhi.actions.forms import takes_form
from tanzhi.actions.registry import ACTIONS
from tanzhi.figures.calculated import calculation_ref
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.forms.buttons import may
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.streams.policy.shared.buttons import linked
from tanzhi.streams.policy.tasks import overview as tasks_overview
from tanzhi.workflow.case.pages import case_page

from . import lists, overview
from .model import Report, Round
from .scores import TOLD, as_stored


def rounds(request: HttpRequest) -> HttpResponse:
    rows = Round.objects.visible_to(actor_of(request)).annotate(
        asked=Count("reports"),
        told=Count("reports", filter=Q(reports__state__in=TOLD)),
        confirmed=Count("reports", filter=Q(reports__state="confirmed")),
    )
    return lists.ROUNDS.respond(request, rows, "policy/rounds.html")


def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: the score as it stands, and every report with its light."""
    review = get_object_or_404(Round.objects.select_related("document", "region"), pk=pk)
    rows = review.reports.visible_to(actor_of(request)).select_related("task", "organisation__region", "round")
    rows = rows.prefetch_related("organisation__names")
    charts = overview.round_charts(review, rows)
    if file := download(request, *charts):
        return file
    if request.GET.get("export") or request.headers.get("HX-Target") == "listing-rows":
        return lists.REPORTS.respond(request, rows, "policy/round.html")
    score = as_stored(review).value("score")
    context = {
        "listing": list_context(lists.REPORTS, request, rows),
        "score": score,
        "score_ref": calculation_ref("policy.score", review.pk, score),
        "charts": charts,
        "ask": linked(request, "policy.ask_report", round=review.pk) if review.state == "open" else [],
    }
    return case_page(request, review, "policy/round.html", context)


@login_required
def reports(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports of a round for whoever sees some of them and not the round itself, as a city its own."""
    review = get_object_or_404(Round.objects.select_related("region"), pk=pk)
    rows = review.reports.visible_to(actor_of(request)).select_related("task", "organisation__region", "round")
    states = list(rows.values_list("state", flat=True))
    if not states:
        raise Http404
    context = {"review": review, "whole": len(states), "done": sum(state in TOLD for state in states)}
    return lists.REPORTS.respond(request, rows.prefetch_related("organisation__names"), "policy/reports.html", context)


@takes_form
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what is asked, the form for whoever tells it, what was told, the light that follows."""
    report = get_object_or_404(
        Report.objects.select_related("round__region", "task__document", "task__region", "organisation__region"), pk=pk
    )
    # The form of the report, filled with the numbers of its indicators, for whoever may tell it now.
    actor, name = actor_of(request), "policy.report_task"
    if not may(actor, ACTIONS[name], report) or not actor.belongs_to(report.organisation_id):
        form = None
    else:
        rows = [{"number": row.number, "title": tasks_overview.worded(row)} for row in report.task.indicators.all()]
        steps = [(step.number, tasks_overview.step_words(step)) for step in report.task.milestones.all()]
        form = answer(
            request,
            actor,
            name,
            report,
            choices={"reached": steps} if steps else {},
            initial={"actuals": rows},
        )
    if form is not None and form.outcome is not None:
        return redirect(report)
    context: dict[str, Any] = {
        "measures": overview.measures(report.task, [report]),
        "milestones": overview.milestones(report.task, [report]),
        "form": form.form if form else None,
        "opens_round": report.round.seen_by(actor),
    }
    if form is not None:  # the form stands on the page: no button that leads to it
        context["buttons"] = []
    response = case_page(request, report, "policy/report.html", context)
    response.status_code = form.form.status if form else 200
    return response
