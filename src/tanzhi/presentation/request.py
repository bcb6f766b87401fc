"""What a request says: who acts, and where it was opened from."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from tanzhi.actions.registry import Actor
from tanzhi.actions.typed import whole


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the shell's middleware says so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set for every request
    return actor


def next_address(request: HttpRequest) -> str:
    """Where the form was opened from; an address elsewhere is not followed."""
    onward = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return onward if safe else ""


def seen_revision(request: HttpRequest) -> int | None:
    """Which revision of the record the form was filled in beside (`seen`); None where it does not say."""
    return whole(request.POST.get("seen", ""))
