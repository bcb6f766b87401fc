"""Pages over several features: a document with its tasks, rounds and pilots; a task with its reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.office.imports.model import IMPORTERS
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.request import actor_of
from tanzhi.workflow.case.pages import case_page

from .documents.model import Document
from .rounds import overview as rounds_overview
from .rounds.model import Round
from .shared.buttons import may_import
from .tasks import coverage, lists
from .tasks import overview as tasks_overview
from .tasks.model import Task

TASK_PARTS = ("parts__organisation__names", "parts__organisation__region")


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document with its clauses, each with its tasks and their lights."""
    document = get_object_or_404(Document.objects.select_related("region", "supersedes"), pk=pk)
    viewer = actor_of(request)
    tasks = list(_tasks(viewer).filter(document=document))
    context = {
        "tree": coverage.clause_tree(document, tasks),
        "loose": [task for task in tasks if task.clause_id is None],
        "rounds": list(Round.objects.visible_to(viewer).filter(document=document)),
        "pilots": list(document.pilots.visible_to(viewer).select_related("region")),
        "successors": list(document.superseded_by.all()),
    }
    return case_page(request, document, "policy/document.html", context)


def tasks(request: HttpRequest) -> HttpResponse:
    """Tasks by urgency, with lights by plan and by city."""
    visible = _tasks(actor_of(request))
    charts = tasks_overview.task_charts(visible)
    if file := download(request, *charts):
        return file
    context = {
        "charts": charts,
        "map": rounds_overview.city_map(visible),
        "standing": tasks_overview.standing(visible),
        "importer": IMPORTERS["policy.tasks"],
        "may_import": may_import(request, "policy.tasks"),
    }
    return lists.TASKS.respond(request, lists.urgent_first(visible), "policy/tasks.html", context)


def _tasks(viewer: Any) -> Any:
    rows = Task.objects.visible_to(viewer).select_related("document", "pilot", "region", "clause")
    return rows.prefetch_related(*TASK_PARTS)


def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: who, by when, what it is measured by, what was told of it round by round."""
    task = get_object_or_404(_all_tasks(), pk=pk)
    reports = task.reports.visible_to(actor_of(request)).select_related("round", "organisation", "task")
    reports = list(reports.prefetch_related("organisation__names").order_by("-round__as_of", "organisation__code"))
    context = {
        "takes_part": tasks_overview.takes_part(task),
        "measures": rounds_overview.measures(task, reports),
        "milestones": rounds_overview.milestones(task, reports),
        "reports": reports,
        "below": list(_all_tasks().filter(parent=task)),
    }
    return case_page(request, task, "policy/task.html", context)


def _all_tasks() -> Any:
    return Task.objects.select_related("document", "pilot", "region", "clause", "parent").prefetch_related(
        *TASK_PARTS, "indicators", "milestones"
    )
