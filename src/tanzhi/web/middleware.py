"""What happens around every page: who acts, refusals as pages, and no request that leaves this host."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.utils.functional import SimpleLazyObject

from tanzhi.actions.models import Proposal
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import ACTIONS
from tanzhi.figures.questions import Unanswerable
from tanzhi.law.evaluation import one_law
from tanzhi.organisations.people.requests import actor_of_request as actor_for
from tanzhi.organisations.people.requests import is_fresh, lacks_time_code
from tanzhi.organisations.people.sign_in_pages import ask_code

__all__ = ["ActorMiddleware", "actor_for"]

USED, USED_STEP = "used", 300  # in the session: when it was last used, to so many seconds
SECRETS = {"secret", "begun", "token"}  # parts of an address that stand for a person
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


def asks_password(request: HttpRequest, match: ResolverMatch) -> bool:
    """Whether this page leads to a sensitive act, and the session's password was given too long ago."""
    name = str(match.kwargs.get("name", ""))
    if match.view_name == "cases:proposal" and request.method == "POST":
        name = Proposal.objects.filter(pk=match.kwargs["pk"]).values_list("action", flat=True).first() or ""
    elif match.view_name == "web:tokens" and request.method == "POST":
        name = "web.make_token"
    elif match.view_name == "web:service_key" and request.method == "POST":
        name = "web.issue_service_key"
    elif match.view_name == "web:hook_secret" and request.method == "POST":
        name = "web.rotate_hook_secret"
    elif match.view_name != "presentation:act":
        return False
    sensitive = name in ACTIONS and ACTIONS[name].sensitive
    return sensitive and request.user.is_authenticated and not is_fresh(request)


def ask_password(request: HttpRequest) -> HttpResponse:
    """To the page that asks the password again, which leads back."""
    return redirect(f"{reverse('organisations:confirm')}?{urlencode({'next': request.get_full_path()})}")


WITHOUT_CODE = {
    "organisations:totp", "organisations:confirm", "organisations:one_time_code", "organisations:sign_in",
    "organisations:sign_on", "organisations:sign_on_back",
    "organisations:sign_out", "organisations:language", "set_language", "web:health",
}  # fmt: skip

OTHERS_FORMS = frozenset(("set_language",))
"""What takes a form and cannot say so by `takes_form`: the page is Django's."""
READING = ("GET", "HEAD")


def takes(request: HttpRequest, match: ResolverMatch) -> bool:
    """Whether an address answers a request of this method: one that only reads refuses a form unread."""
    form = getattr(match.func, "takes_form", False) or match.view_name in OTHERS_FORMS
    return request.method in READING or form


def prolong(request: HttpRequest) -> None:
    """A session ends so long after its last use; noted in steps, so that who reads seldom waits for who writes."""
    used = request.session.get(USED, 0)
    if not request.session.is_empty() and time.time() - used > USED_STEP:
        request.session[USED] = int(time.time())


class ActorMiddleware:
    """Gives each request its `actor`, and turns a refusal into a page that says what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_for(request))  # type: ignore[attr-defined]  # what this is for
        reads = request.method in READING
        with one_law() if reads else nullcontext():  # a page shows one law, however much of it is computed
            response = self.get_response(request)
        prolong(request)
        # Whether an answer depends on who asks, by session, token or a secret in its address: nobody may keep it.
        match = request.resolver_match
        secret = match is not None and bool(SECRETS & match.kwargs.keys())
        asks = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if secret or asks or settings.SESSION_COOKIE_NAME in response.cookies:
            response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """A form goes where one is taken; who must sign in with a time code and has not only to the page of that."""
        match = request.resolver_match
        if match is None or "api" in match.namespaces:
            return None  # the API asks by itself
        if not takes(request, match):
            return HttpResponseNotAllowed(READING)
        if match.view_name in WITHOUT_CODE:
            return None
        if lacks_time_code(request):
            return ask_code(request)
        return ask_password(request) if asks_password(request, match) else None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, Refused) and fault.code == "ACT-PASSWORD":
            return ask_password(request)
        if isinstance(fault, Refused):
            return render(request, "refused.html", {"refused": fault}, status=fault.status)
        if isinstance(fault, Unanswerable):
            return render(request, "refused.html", {"refused": fault}, status=404)
        return None
