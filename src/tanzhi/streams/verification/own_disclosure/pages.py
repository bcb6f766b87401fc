"""Who has disclosed a year and who has not; one record."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions.actor import ScopeFields, scope
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.case.pages import case_page

from .duties import STATES, TONES, duties
from .lists import DUTIES
from .model import OwnDisclosure

OF_AN_ENTERPRISE = ScopeFields(organisation="pk", region="region__path")


@login_required
def own_disclosures(request: HttpRequest) -> HttpResponse:
    """What the enterprises in the reader's reach are to disclose, an enterprise's own for itself."""
    within_reach = Organisation.objects.filter(scope(actor_of_request(request), OF_AN_ENTERPRISE), kind="enterprise")
    rows = duties(within_reach.select_related("region").prefetch_related("names"))
    counted = Counter(row.state for row in rows)
    counts = [(label, counted[code], TONES[code]) for code, label in STATES.items() if counted[code]]
    return DUTIES.respond(request, rows, "verification/own_disclosures.html", {"counts": counts})


@login_required
def own_disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    """One record: where, at which address, on which day, with the copy that was kept."""
    visible = OwnDisclosure.objects.visible_to(actor_of_request(request)).select_related("organisation__region")
    return case_page(request, get_object_or_404(visible, pk=pk), "verification/own_disclosure.html", {})
