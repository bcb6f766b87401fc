"""Pages of the register: organisations, one of each with its history, units."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.actions import clock
from tanzhi.organisations.sectors import accounting, sector_name
from tanzhi.presentation.request import actor_of

from .form import ENTERPRISE, UNIT, missing_attributes, register_fields, worded
from .lists import ORGANISATIONS
from .membership import STANDINGS, market_label, reason_label
from .model import Organisation, Unit
from .queries import KINDS, facilities_of


@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations the reader may see, by code; found by any name they ever had."""
    visible = Organisation.objects.visible_to(actor_of(request)).select_related("region")
    return ORGANISATIONS.respond(request, visible, "organisations/list.html")


@login_required
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: names, listings, events, facilities and units."""
    visible = Organisation.objects.visible_to(actor_of(request)).select_related("region")
    record: Organisation = get_object_or_404(visible, pk=pk)
    facilities = facilities_of(record, clock.today()).prefetch_related("units", "region")
    # Every decision on the organisation's years, the newest year first, a change above what it changed.
    rows: list[Any] = list(record.memberships.order_by("-year", "market", "-pk"))
    for row in rows:
        row.market_label, row.standing_label = market_label(row.market), STANDINGS[row.standing]
        row.reason_label = reason_label(row.reason)
    context = {
        "record": record,
        "kind": KINDS[record.kind],
        "sector": sector_name(record.sector) if record.sector else None,
        "guideline": accounting(record),
        "events": record.events.select_related("related"),
        "facilities": facilities,
        "memberships": rows,
        "province": record.region.path.strip("/").split("/")[0],
        "attributes": [
            (version, worded(record, ENTERPRISE, version.attributes, version.since))
            for version in record.attribute_versions.order_by("-since", "-pk")
        ],
        "registers": bool(register_fields(record, ENTERPRISE, clock.today().year)),
    }
    return render(request, "organisations/detail.html", context)


@login_required
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit with its attributes and how they changed."""
    record: Unit = get_object_or_404(Unit.objects.visible_to(actor_of(request)), pk=pk)
    owner = record.facility.organisation
    versions = [
        (version, worded(owner, UNIT, version.attributes, version.since))
        for version in record.versions.order_by("-since", "-pk")
    ]
    missing = missing_attributes(owner, UNIT, record.attributes_on(clock.today()), clock.today())
    return render(request, "organisations/unit.html", {"record": record, "versions": versions, "missing": missing})
