"""Invitations of a whole import: a fresh link for each person, mailed where mail leaves, printed a letter a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tanzhi.actions.forms import takes_form
from tanzhi.actions.registry import perform
from tanzhi.actions.roles import ROLES
from tanzhi.office.imports.model import Import
from tanzhi.organisations.people.links import LINK_DAYS
from tanzhi.organisations.people.mail import is_configured, link, send_link
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.people.work import SECURITY
from tanzhi.presentation.addresses import full_address
from tanzhi.rulebook.kernel.text import Text

from .people import PEOPLE, invited


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """What one person is handed: shown once, stored nowhere."""

    person: Person
    grants: list[tuple[Grant, Text]]
    address: str
    mailed: bool


@login_required
@never_cache
@require_POST
@takes_form
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Each link is an act of its own; earlier links of the same people end."""
    actor = actor_of_request(request)
    committed: Import = get_object_or_404(Import, pk=pk, importer=PEOPLE.name)
    if not actor.roles & SECURITY:
        raise Http404
    base, letters = full_address(request, "/").rstrip("/"), []
    for person in invited(committed):
        issued = perform("organisations.invite_again", actor, person).result
        mailed = is_configured() and send_link(issued, base)
        grants = [(entry, ROLES[entry.role].label) for entry in person.grants.select_related("organisation")]
        letters.append(InvitationLetter(person, grants, link(issued, base), mailed))
    context = {"letters": letters, "days": LINK_DAYS["invitation"], "committed": committed}
    return render(request, "cases/invitations.html", context)
