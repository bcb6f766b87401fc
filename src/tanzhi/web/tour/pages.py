"""The tour is not shown again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.web.middleware import actor_for

from .steps import TOUR


@require_POST
@takes_form
def dismiss_tour(request: HttpRequest) -> HttpResponse:
    """Do not show the tour again: to a person never, to a visitor not in this session."""
    if request.user.is_authenticated:
        perform("presentation.dismiss", actor_for(request), data={"what": TOUR})
    request.session[TOUR] = True
    return redirect("web:home")
