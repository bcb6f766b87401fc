"""What every template may use without asking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tanzhi.actions import clock
from tanzhi.actions.language import code
from tanzhi.presentation.navigation import Link, shown
from tanzhi.rulebook.kernel.text import Text

from .middleware import actor_for
from .tour import tour_for

OPENING = {"web:home", "bulletin:bulletin"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, language and who acts."""
    request_id = getattr(request, "request_id", "")
    if not hasattr(request, "user"):
        return {"language": code(), "navigation": [], "request_id": request_id}
    actor = getattr(request, "actor", None) or actor_for(request)
    navigation = shown(actor)
    return {
        "language": code(),
        "request_id": request_id,
        "navigation": navigation,
        "here": _here(request.path, navigation),
        "actor": actor,
        "example_day": clock.example_day(),
        "tour": tour_for(request, actor) if _opens(request) else [],
    }


def _opens(request: HttpRequest) -> bool:
    """The pages that somebody sees first; a page that was answered before the session stood has no tour."""
    view = getattr(request, "resolver_match", None)
    return view is not None and view.view_name in OPENING and hasattr(request, "session")


def _here(path: str, navigation: list[tuple[Text | None, list[Link]]]) -> str:
    """The entry under which a page stands: the longest address that it begins with."""
    held = [link.address for _, links in navigation for link in links]
    return max((a for a in held if path == a or (a != "/" and path.startswith(a))), key=len, default="")
