"""Pilots."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.presentation.request import actor_of
from tanzhi.workflow.case.pages import case_page

from . import lists
from .model import Pilot


def pilots(request: HttpRequest) -> HttpResponse:
    rows = Pilot.objects.visible_to(actor_of(request)).select_related("region").annotate(task_count=Count("tasks"))
    rows = rows.order_by("topic", "kind", "region__path", "pk")
    return lists.PILOTS.respond(request, rows, "policy/pilots.html")


def pilot(request: HttpRequest, pk: int) -> HttpResponse:
    """A pilot with its task list and its plan."""
    pilot = get_object_or_404(Pilot.objects.select_related("region", "organisation", "document"), pk=pk)
    tasks = pilot.tasks.visible_to(actor_of(request)).select_related("region").order_by("number")
    tasks = tasks.prefetch_related("parts__organisation__names")
    return case_page(request, pilot, "policy/pilot.html", {"tasks": list(tasks)})
