"""What happens around every page: who acts, refusals as pages, and no request that leaves this host."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused
from tanzhi.figures.questions import Unanswerable
from tanzhi.organisations.models import Person
from tanzhi.organisations.roles import actor_of, public_actor

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def actor_for(request: HttpRequest) -> Actor:
    return actor_of(request.user) if isinstance(request.user, Person) else public_actor()


class ActorMiddleware:
    """Gives each request its `actor`, and turns a refusal into a page that says what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_for(request))  # type: ignore[attr-defined]  # what this is for
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, Refused):
            return render(request, "refused.html", {"refused": fault}, status=fault.status)
        if isinstance(fault, Unanswerable):
            return render(request, "refused.html", {"refused": fault}, status=404)
        return None
