"""Pages for what went wrong: they ask no database, and show the id under which the log has the rest."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tanzhi.actions.language import code

from .unavailable import lack


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the fault is handled: what the installation lacks is named, all else is a fault of the platform."""
    lacking = lack(sys.exc_info()[1])
    if lacking is None:
        return _page(request, 500)
    response = _page(request, lacking.status, template="500.html", lacking=lacking)
    response.headers["Retry-After"] = str(lacking.again_in)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old, most often because its page stood open over a sign-in."""
    return _page(request, 403, form_expired=True)


def _page(request: HttpRequest, status: int, template: str = "", **context: Any) -> HttpResponse:
    """Without the context of other pages: what is broken may be just that."""
    values = {"request_id": getattr(request, "request_id", ""), "language": code(), **context}
    return HttpResponse(render_to_string(template or f"{status}.html", values), status=status)
