"""Keeping a view of a list, and what need not be shown again."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tanzhi.actions.forms import takes_form
from tanzhi.actions.registry import perform
from tanzhi.presentation.request import actor_of, next_address

from .model import SavedView


@login_required
@require_POST
@takes_form
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters and order of a list under a name."""
    data = {name: request.POST.get(name, "") for name in ("listing", "name", "query")}
    perform("presentation.save_view", actor_of(request), data=data)
    return redirect(next_address(request) or "web:home")


@login_required
@require_POST
@takes_form
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    perform("presentation.drop_view", actor_of(request), get_object_or_404(SavedView, pk=pk))
    return redirect(next_address(request) or "web:home")


@login_required
@require_POST
@takes_form
def dismiss(request: HttpRequest) -> HttpResponse:
    """Do not show something again, such as a tour."""
    perform("presentation.dismiss", actor_of(request), data={"what": request.POST.get("what", "")})
    return redirect(next_address(request) or "web:home")
