"""Today by deadline, and what this installation is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions import clock
from tanzhi.law.evaluation import release
from tanzhi.web.middleware import actor_for
from tanzhi.workflow.todos import todo

from .day import by_deadline, strip


def home(request: HttpRequest) -> HttpResponse:
    """What I must do, by deadline; for the public the bulletin."""
    if not request.user.is_authenticated:
        return redirect("bulletin:latest")
    actor, today = actor_for(request), clock.today()
    context = {"groups": by_deadline(todo.todos(actor), today), "today": today, "statements": strip(actor)}
    return render(request, "web/home.html", context)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html", {"release": release()})
