"""Today by deadline, and what this installation is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions import clock
from tanzhi.law.evaluation import release
from tanzhi.web.middleware import actor_for
from tanzhi.workflow.todos import todo

from .day import by_section, strip


def home(request: HttpRequest) -> HttpResponse:
    """The task list of whoever has signed in; for the public the bulletin."""
    if not request.user.is_authenticated:
        return redirect("bulletin:latest")
    actor, today = actor_for(request), clock.today()
    context = {"sections": by_section(todo.todos(actor), today), "today": today, "statements": strip(actor)}
    return render(request, "web/home.html", context)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html", {"release": release()})
