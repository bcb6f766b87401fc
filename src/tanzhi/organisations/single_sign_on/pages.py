"""To the provider and back; what stands between is the provider's."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from tanzhi.actions import clock
from tanzhi.actions.language import say
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import perform
from tanzhi.actions.roles import DUTIES
from tanzhi.organisations.people import limits
from tanzhi.organisations.people.requests import CONFIRMED_MINUTES, actor_of_request
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.people.sign_in_pages import REFUSAL, authenticated, own_page
from tanzhi.presentation.addresses import full_address
from tanzhi.rulebook.kernel.text import Text

from .mapping import RoleMapping, role_changes
from .provider import send_there, statement_of
from .queries import bound_person, person_by_mail
from .statement import IdentityStatement, proof_of

if TYPE_CHECKING:
    from tanzhi.organisations.people.model import Person

log = logging.getLogger("tanzhi.sign_on")
UNMAPPED = Text("认证平台的这些角色在本平台没有效力：{roles}", "these roles of the provider give nothing here: {roles}")
NO_ROLE = Text(
    "您在本平台没有角色；认证平台声明的角色没有效力：{roles}。请联系安全管理员",
    "you have no role here, and what the provider states gives none: {roles}. Ask the security administrator",
)
UNDER_WAY = "sign_on"  # in the session: the page that was asked for


@never_cache
def sign_on(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider."""
    if not settings.SIGN_ON.issuer:
        raise Http404
    try:
        limits.refuse_flood(request, "sign_on")
        request.session[UNDER_WAY] = own_page(request, request.GET.get("next", ""))
        return send_there(request, full_address(request, reverse("organisations:sign_on_back")))
    except Refused as refusal:
        return _refused(request, refusal)


@never_cache
def sign_on_back(request: HttpRequest) -> HttpResponse:
    """Somebody comes back from the provider: let in as who he is here, as far as a password would."""
    if not settings.SIGN_ON.issuer:
        raise Http404
    onward = request.session.pop(UNDER_WAY, "")
    try:
        statement = statement_of(request)
        person = bound_person(statement) or _bound_by_mail(statement)
        unmapped = _take_over_roles(person, statement) if settings.SIGN_ON.roles_claim else []
    except Refused as refusal:
        return _refused(request, refusal)
    if unmapped:
        messages.warning(request, say(UNMAPPED.format(roles="、".join(unmapped))))
    log.info("signed on", extra={"fields": {"person": person.pk}})
    return authenticated(request, person, onward, fresh=_is_fresh(statement))


@login_required
def role_mappings(request: HttpRequest) -> HttpResponse:
    """The roles of the provider that give one here, past ones too."""
    actor = actor_of_request(request)
    if not DUTIES & actor.roles:
        raise Http404
    rows = RoleMapping.objects.visible_to(actor).select_related("organisation")
    return render(request, "organisations/role_mappings.html", {"rows": rows, "provider": settings.SIGN_ON})


def _bound_by_mail(statement: IdentityStatement) -> Person:
    """The person of a verified mail, bound by an act of his own."""
    person = person_by_mail(statement)
    perform("organisations.bind_by_mail", actor_of(person), person, {"proof": proof_of(statement)})
    return person


def _take_over_roles(person: Person, statement: IdentityStatement) -> list[str]:
    """By an act of the person's own, where something changes; gives the roles of the provider that give nothing."""
    changes = role_changes(person, statement, clock.today())
    if changes.added or changes.ended:
        perform("organisations.take_over_roles", actor_of(person), person, {"proof": proof_of(statement)})
    without = [*changes.unmapped, *(mapping.claim for mapping in changes.conflicting)]
    if not actor_of(person).grants:
        raise Refused("SSO-ROLE", NO_ROLE.format(roles="、".join(without) or "—"), 403)
    return without


def _is_fresh(statement: IdentityStatement) -> bool:
    """Whether the provider says that it asked for a password a moment ago, as acts on rights demand."""
    at = statement.authenticated_at
    return at is not None and time.time() - at < CONFIRMED_MINUTES * 60


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """To the page of signing in, which says why; the address with the provider's code is left behind."""
    log.info("not signed on", extra={"fields": {"code": refusal.code}})
    request.session[REFUSAL] = [refusal.code, *refusal.message.as_dict().values(), refusal.status]
    return redirect("organisations:sign_in")
