"""What every template may use without asking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tanzhi.actions import clock
from tanzhi.actions.language import code
from tanzhi.presentation.navigation import shown

from .middleware import actor_for


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, language and who acts."""
    if not hasattr(request, "user"):
        return {"language": code(), "navigation": []}
    actor = getattr(request, "actor", None) or actor_for(request)
    return {"language": code(), "navigation": shown(actor), "actor": actor, "example_day": clock.example_day()}
