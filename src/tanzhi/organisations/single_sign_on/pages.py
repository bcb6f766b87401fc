"""To the provider and back; what stands between is the provider's."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import perform
from tanzhi.organisations.people import limits
from tanzhi.organisations.people.requests import CONFIRMED_MINUTES
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.people.sign_in_pages import REFUSAL, authenticated, own_page
from tanzhi.presentation.addresses import full_address

from .provider import send_there, statement_of
from .queries import bound_person, person_by_mail
from .statement import IdentityStatement, proof_of

if TYPE_CHECKING:
    from tanzhi.organisations.people.model import Person

log = logging.getLogger("tanzhi.sign_on")
UNDER_WAY = "sign_on"  # in the session: the page that was asked for, and since when


@never_cache
def sign_on(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider."""
    if not settings.SIGN_ON.issuer:
        raise Http404
    try:
        limits.refuse_flood(request, "sign_on")
        request.session[UNDER_WAY] = [own_page(request, request.GET.get("next", "")), int(time.time())]
        return send_there(request, full_address(request, reverse("organisations:sign_on_back")), again=False)
    except Refused as refusal:
        return _refused(request, refusal)


@never_cache
def sign_on_back(request: HttpRequest) -> HttpResponse:
    """Somebody comes back from the provider: let in as who he is here, as far as a password would."""
    if not settings.SIGN_ON.issuer:
        raise Http404
    onward, _begun = request.session.pop(UNDER_WAY, ("", 0))
    try:
        statement = statement_of(request)
        person = bound_person(statement) or _bound_by_mail(statement)
    except Refused as refusal:
        return _refused(request, refusal)
    log.info("signed on", extra={"fields": {"person": person.pk}})
    return authenticated(request, person, onward, fresh=_is_fresh(statement))


def _bound_by_mail(statement: IdentityStatement) -> Person:
    """The person of a verified mail, bound by an act of his own."""
    person = person_by_mail(statement)
    perform("organisations.bind_by_mail", actor_of(person), person, {"proof": proof_of(statement)})
    return person


def _is_fresh(statement: IdentityStatement) -> bool:
    """Whether the provider says that it asked for a password a moment ago, as acts on rights demand."""
    at = statement.authenticated_at
    return at is not None and time.time() - at < CONFIRMED_MINUTES * 60


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """To the page of signing in, which says why; the address with the provider's code is left behind."""
    log.info("not signed on", extra={"fields": {"code": refusal.code}})
    request.session[REFUSAL] = [refusal.code, *refusal.message.as_dict().values(), refusal.status]
    return redirect("organisations:sign_in")
