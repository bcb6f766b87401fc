"""Today by deadline, and what this installation is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions import clock
from tanzhi.actions.roles import ADMINISTRATORS, PLANT
from tanzhi.bulletin.portal.pages import portal
from tanzhi.law.evaluation import release
from tanzhi.organisations.people.requests import previous_visit
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting
from tanzhi.web.middleware import actor_for
from tanzhi.workflow.handlers.queries import OFFICE, own_todos
from tanzhi.workflow.todos.progress import progress_of

from .day import SECTIONS, Waiting, by_section, strip
from .since import changes_since

PAGE = 50


def home(request: HttpRequest) -> HttpResponse:
    """The task list of whoever has signed in; for the public the portal."""
    if not request.user.is_authenticated:
        return portal(request)
    actor, today = actor_for(request), clock.today()
    before = previous_visit(request)
    own = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    firms = Organisation.objects.filter(pk__in=own).prefetch_related("names").order_by("code") if own else []
    plants = [firm for firm in firms if accounting(firm) is not None]
    context = {
        "sections": by_section(own_todos(actor), today),
        "today": today,
        "statements": strip(actor),
        "progress": progress_of(actor),
        "since": changes_since(actor, before) if before is not None else None,
        "plants": plants,
        "prepares": bool(actor.roles & ADMINISTRATORS),
        "assigns": bool(actor.roles & OFFICE),
    }
    return render(request, "web/home.html", context)


@login_required
def waiting(request: HttpRequest, section: str) -> HttpResponse:
    """Everything of one section of the home page, each by itself, by deadline."""
    if section not in SECTIONS:
        raise Http404
    actor, today = actor_for(request), clock.today()
    own = [row for row in own_todos(actor) if row.section == section]
    page = Paginator([Waiting(row, row.days_left(today)) for row in own], PAGE).get_page(request.GET.get("page"))
    return render(request, "web/waiting_page.html", {"title": SECTIONS[section], "page": page})


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html", {"release": release()})
