"""What every template may use without asking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.language import code
from tanzhi.presentation.navigation import menu, page_of

from .middleware import actor_for
from .tour.steps import tour_for

OPENING = {"web:home", "bulletin:bulletin"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, language and who acts."""
    request_id = getattr(request, "request_id", "")
    if not hasattr(request, "user"):
        return {"language": code(), "request_id": request_id}
    actor = getattr(request, "actor", None) or actor_for(request)
    roles = frozenset(actor.roles)
    # The public's first page is the portal, whichever of its two addresses it was asked by.
    path = reverse("bulletin:portal") if request.path == "/" and not request.user.is_authenticated else request.path
    # The pages that somebody sees first; a page that was answered before the session stood has no tour.
    view = getattr(request, "resolver_match", None)
    return {
        "language": code(),
        "request_id": request_id,
        "menu": menu(roles, page_of(path, roles), code()),
        "actor": actor,
        "example_day": clock.example_day(),
        "tour": tour_for(request, actor)
        if (view is not None and view.view_name in OPENING and hasattr(request, "session"))
        else [],
    }
