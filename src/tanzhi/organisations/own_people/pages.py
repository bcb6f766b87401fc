"""The page of an organisation's own people."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions import clock
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.register.model import Organisation

from .inputs import headed_by
from .queries import duties, own_people


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Who belongs to the organisations that the reader heads: roles, state, last sign-in, last act."""
    rows = Organisation.objects.filter(pk__in=headed_by(actor_of_request(request))).prefetch_related("names")
    organisations = []
    for organisation in rows:
        staff = own_people(organisation, clock.today())
        organisations.append({"record": organisation, "people": staff, "duties": duties(organisation, staff)})
    if not organisations:
        raise Http404
    return render(request, "organisations/own_people.html", {"organisations": organisations})
