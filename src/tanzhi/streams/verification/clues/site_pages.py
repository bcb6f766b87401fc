"""The city's check of clues on a phone: one clue, or all of an enterprise; `site.js` stores and sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from tanzhi.filings.months.cells import value_words
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.locations import month_words
from tanzhi.streams.verification.signatures import IMAGE_ONLY
from tanzhi.workflow.dossier.model import Attachment

from .model import CAPACITIES, DISPATCHED, FOUND, SIGNED_IN, Clue
from .work import CITY, CLUE_OUTCOMES

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

QUEUE = "clue-checks"
"""One queue for every check of a city on a device: whichever of its pages is open sends it."""


def checked_clues(actor: Actor, **which: int) -> list[Clue]:
    """Clues that the reader's city looks into on the spot, or has looked into and not handed on."""
    rows = Clue.objects.visible_to(actor).filter(withdrawn=False, state__in=SIGNED_IN, **which)
    related = rows.select_related("organisation__region", "filing", "version").order_by("number")
    clues = [clue for clue in related if any(actor.reaches(role, clue.place) for role in CITY)]
    if not clues:
        raise Http404
    return clues


@login_required
def clue_site(request: HttpRequest, pk: int) -> HttpResponse:
    """The check of one clue as a form for a phone."""
    address = reverse("verification:clue_site_state", args=[pk])
    return site_page(request, checked_clues(actor_of_request(request), pk=pk), address)


@login_required
def enterprise_site(request: HttpRequest, pk: int) -> HttpResponse:
    """The checks of all clues of one enterprise."""
    address = reverse("verification:enterprise_site_state", args=[pk])
    return site_page(request, checked_clues(actor_of_request(request), organisation=pk), address)


def site_page(request: HttpRequest, clues: list[Clue], address: str) -> HttpResponse:
    """What the province requires, the cell with its value, and a form for each clue."""
    lines = [
        {
            "clue": clue,
            "month": month_words(clue.filing.period) if clue.filing else None,
            "value": value_words(clue.filing, clue.field, clue.value) if clue.filing else None,
            "found": FOUND.get(clue.outcome),
            "open": clue.state == DISPATCHED,
        }
        for clue in clues
    ]
    references = [clue.reference for clue in clues]
    drawn = Attachment.objects.filter(case__in=references, title__startswith=IMAGE_ONLY.zh)
    context = {
        "record": clues[0],
        "lines": lines,
        "site": QUEUE,
        "person": actor_of_request(request).person_id,
        "state_address": address,
        "sign": "verification.sign_clue_check",
        "outcomes": CLUE_OUTCOMES.options.items(),
        "capacities": CAPACITIES.items(),
        "signatures": drawn.order_by("pk"),
        "image_only": IMAGE_ONLY,
    }
    return render(request, "verification/clue_site.html", context)


def clue_site_state(request: HttpRequest, pk: int) -> JsonResponse:
    return states_of(request, pk=pk)


def enterprise_site_state(request: HttpRequest, pk: int) -> JsonResponse:
    return states_of(request, organisation=pk)


def states_of(request: HttpRequest, **which: int) -> JsonResponse:
    """How the clues stand, for the page of a phone: who is signed in, and what each check came to."""
    if not request.user.is_authenticated:
        return JsonResponse({"code": "CLU-SIGN-IN"}, status=401)
    actor = actor_of_request(request)
    clues = checked_clues(actor, **which)
    lines = [clue_state(clue) for clue in clues]
    return JsonResponse({"person": actor.person_id, "token": get_token(request), "lines": lines})


def clue_state(clue: Clue) -> dict[str, Any]:
    """A clue as `site.js` draws it anew."""
    outcome = FOUND.get(clue.outcome)
    return {
        "number": clue.pk,
        "state": clue.state,
        "tone": clue.tone,
        "label": clue.state_label.as_dict(),
        "newest": 0,
        "open": clue.state == DISPATCHED,
        "notes": [{"result": outcome.as_dict(), "remark": clue.check_result}] if outcome else [],
    }
