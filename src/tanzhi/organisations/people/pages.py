"""Pages of people: the list, one of them with grants, my account."""

from __future__ import annotations

from typing import Any

import django_otp
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.registry import Refused, perform
from tanzhi.actions.roles import DUTIES, HEAD, ROLES
from tanzhi.organisations.dated import in_force
from tanzhi.presentation.addresses import full_address
from tanzhi.presentation.forms.pages import after
from tanzhi.rulebook.kernel.text import Text

from . import second_factor
from .links import Issued
from .lists import PEOPLE
from .mail import is_configured, send_link
from .model import Grant, Person
from .reach import grants_in_reach
from .requests import actor_of_request, person_of_request
from .sign_in_pages import NOT_PRESENT, gives_password, link
from .work import BackupCodes


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """People the reader may see, with the roles they hold today."""
    actor = actor_of_request(request)
    context = {"duty": bool(DUTIES & actor.roles)}
    return PEOPLE.respond(request, Person.objects.visible_to(actor), "organisations/people.html", context)


@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: state and grants, past ones too."""
    record = get_object_or_404(Person.objects.visible_to(actor_of_request(request)), pk=pk)
    actor = actor_of_request(request)
    grants = list(grants_in_reach(actor).filter(person=record).select_related("organisation__region"))
    context = {
        "record": record,
        "grants": [(grant, ROLES[grant.role].label) for grant in grants],
        # the role by which the head of an organisation acts on the account of somebody else in it
        "own": next(
            (grant for grant in reversed(grants) if pk != actor.person_id and actor.reaches(HEAD, grant.place)), None
        ),
        "totp": second_factor.is_enabled(record),
        # what somebody is to the provider is for himself and for whoever keeps the accounts
        "bindings": record.sign_on_bindings.all()
        if pk == actor.person_id or "security_administrator" in actor.roles
        else (),
    }
    return _page(request, "person", context)


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """My roles, my language, my password, my one-time codes."""
    me = person_of_request(request)
    grants = Grant.objects.filter(in_force(clock.today()), person=me).select_related("organisation__region")
    roles = [(grant, ROLES[grant.role].label) for grant in grants]
    totp = second_factor.is_enabled(me)
    return _page(request, "account", {"me": me, "held": roles, "totp": totp, "bindings": me.sign_on_bindings.all()})


@login_required
@never_cache
@sensitive_post_parameters()
@takes_form
def password(request: HttpRequest) -> HttpResponse:
    """Change my password; this session goes on, the others end."""
    me = person_of_request(request)
    if request.method != "POST":
        return _page(request, "password", {})
    if not gives_password(request, request.POST.get("present", "")):
        return _page(request, "password", {"refusal": NOT_PRESENT}, 422)
    data = {"password": request.POST.get("password", "")}
    try:
        changed = perform("organisations.change_password", actor_of_request(request), me, data).result
    except Refused as refusal:
        return _page(request, "password", {"refusal": refusal.message, "findings": refusal.findings}, refusal.status)
    update_session_auth_hash(request, changed)
    return _done(request, "organisations:account")


@login_required
@never_cache
@sensitive_post_parameters()
@takes_form
def totp(request: HttpRequest) -> HttpResponse:
    """Set one-time codes up: secret as picture and as text, first code, backup codes."""
    me, actor = person_of_request(request), actor_of_request(request)
    refusal = None
    if request.method == "POST" and "code" in request.POST:
        try:
            codes: BackupCodes = perform("organisations.confirm_totp", actor, me, {"code": request.POST["code"]}).result
            django_otp.login(request, second_factor.newest(me))
            return _page(request, "backup_codes", {"codes": codes.codes})
        except Refused as refused:
            refusal = refused.message
    elif request.method == "POST":
        perform("organisations.start_totp", actor, me)
    device = second_factor.waiting(me)
    context: dict[str, Any] = {"totp": second_factor.is_enabled(me), "refusal": refusal}
    if device is not None:
        # our own drawing of our own text: nothing in it comes from a person
        picture = mark_safe(second_factor.picture(device))  # noqa: S308  drawn by segno from base32 text
        context |= {"picture": picture, "secret": second_factor.secret_text(device)}
    return _page(request, "totp", context, 422 if refusal else 200)


@login_required
@require_POST
@takes_form
def language(request: HttpRequest) -> HttpResponse:
    """Prefer a language, from now on and at every sign-in."""
    data = {"language": request.POST.get("language", "")}
    perform("organisations.choose_language", actor_of_request(request), person_of_request(request), data)
    response = _done(request, "organisations:account")
    response.set_cookie("django_language", data["language"], samesite="Lax")
    return response


@after(Issued)
def issued(request: HttpRequest, invitation: Issued) -> HttpResponse:
    """A fresh link, shown once."""
    address = link(request, invitation)
    sent = is_configured() and send_link(invitation, full_address(request, "/").rstrip("/"))
    return _page(request, "issued", {"issued": invitation, "address": address, "sent": sent})


def _done(request: HttpRequest, to: str, *keys: Any) -> HttpResponse:
    messages.success(request, say(Text("已办理", "Done")))
    return redirect(to, *keys)


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"organisations/{name}.html", context, status=status)
