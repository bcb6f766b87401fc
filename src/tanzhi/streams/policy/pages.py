"""The pages of the library, of tasks and of their dispatching."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.registry import ACTIONS
from tanzhi.figures.calculated import calculation_ref
from tanzhi.office.imports.model import IMPORTERS
from tanzhi.presentation.buttons import Button, may
from tanzhi.presentation.charts import download
from tanzhi.presentation.listing_page import shown
from tanzhi.presentation.pages import actor_of
from tanzhi.presentation.posted import Answered, answer
from tanzhi.workflow.case.pages import case_page

from . import lists, overview
from .document_models import Document
from .queries import counted_clauses
from .scoring import as_stored
from .task_models import Report, Round, Task

TASK_PARTS = ("parts__organisation__names", "parts__organisation__region")


def may_import(request: HttpRequest, name: str) -> bool:
    """Whether the reader's role may import a sheet of this kind."""
    return may(actor_of(request), ACTIONS[IMPORTERS[name].commit_name])


def linked(request: HttpRequest, name: str, **words: Any) -> list[Button]:
    """The button of an action that names its case in its input, for whoever may."""
    if not may(actor_of(request), ACTIONS[name]):
        return []
    query = urlencode({**words, "next": request.path})
    return [Button(name, ACTIONS[name].label, f"{reverse('presentation:act', args=[name])}?{query}")]


def documents(request: HttpRequest) -> HttpResponse:
    """The library: what the public may see, and for authorities all of their region."""
    rows = Document.objects.visible_to(actor_of(request)).annotate(task_count=Count("tasks"))
    rows = rows.prefetch_related("issuers__organisation__names")
    return lists.DOCUMENTS.respond(request, rows, "policy/documents.html")


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document with its clauses, each with its tasks and their lights."""
    found = get_object_or_404(Document.objects.select_related("region", "supersedes"), pk=pk)
    viewer = actor_of(request)
    tasks = list(_tasks(viewer).filter(document=found))
    told = {
        "tree": overview.clause_tree(found, tasks),
        "loose": [one for one in tasks if one.clause_id is None],
        "rounds": list(Round.objects.visible_to(viewer).filter(document=found)),
        "pilots": list(found.pilots.visible_to(viewer).select_related("region")),
        "successors": list(found.superseded_by.all()),
    }
    return case_page(request, found, "policy/document.html", told)


def tasks(request: HttpRequest) -> HttpResponse:
    """Tasks by urgency, with lights by plan and by city."""
    visible = _tasks(actor_of(request))
    charts = overview.task_charts(visible)
    if file := download(request, *charts):
        return file
    told = {
        "charts": charts,
        "map": overview.city_map(visible),
        "standing": overview.standing(visible),
        "importer": IMPORTERS["policy.tasks"],
        "may_import": may_import(request, "policy.tasks"),
    }
    return lists.TASKS.respond(request, lists.urgent_first(visible), "policy/tasks.html", told)


def _tasks(viewer: Any) -> Any:
    rows = Task.objects.visible_to(viewer).select_related("document", "pilot", "region", "clause")
    return rows.prefetch_related(*TASK_PARTS)


def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: who, by when, what it is measured by, what was told of it round by round."""
    found = get_object_or_404(_all_tasks(), pk=pk)
    reports = found.reports.visible_to(actor_of(request)).select_related("round", "organisation", "task")
    reports = list(reports.prefetch_related("organisation__names").order_by("-round__as_of", "organisation__code"))
    told = {
        "takes_part": overview.takes_part(found),
        "measures": overview.measures(found, reports),
        "milestones": overview.milestones(found, reports),
        "reports": reports,
        "below": list(_all_tasks().filter(parent=found)),
    }
    return case_page(request, found, "policy/task.html", told)


def _all_tasks() -> Any:
    return Task.objects.select_related("document", "pilot", "region", "clause", "parent").prefetch_related(
        *TASK_PARTS, "indicators", "milestones"
    )


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
    rows = [f"{one.number} | {overview.worded(one)} | " for one in found.task.indicators.all()]
    steps = [(one.number, overview.step_words(one)) for one in found.task.milestones.all()]
    return answer(
        request, actor, name, found, choices={"reached": steps} if steps else {}, initial={"actuals": "\n".join(rows)}
    )


def coverage(request: HttpRequest) -> HttpResponse:
    """Which clause of a document in force has no task, and which task nothing confirmed."""
    visible = Document.objects.visible_to(actor_of(request)).exclude(state__in=("draft", "repealed"))
    rows = list(counted_clauses(visible))
    charts = overview.coverage_charts(rows)
    if file := download(request, *charts):
        return file
    return lists.COVERED.respond(request, rows, "policy/coverage.html", {"charts": charts, "today": clock.today()})
