"""Disclosures, one with its rows, one row, and what is public of all years."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.actions import clock
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.workflow.case.pages import case_page

from .lists import CLAIMED_ROWS, DISCLOSURES, PUBLIC_ROWS, ROWS, facilities_of, method_of
from .model import ANSWERS, PARTS, DisclosedEmission, EmissionDisclosure, public_rows


def public(request: HttpRequest) -> HttpResponse:
    """Verified emissions as they were made public, with the versions that were corrected."""
    return PUBLIC_ROWS.respond(request, public_rows(), "verification/public_emissions.html")


def disclosures(request: HttpRequest) -> HttpResponse:
    visible = EmissionDisclosure.objects.visible_to(actor_of(request)).select_related("region")
    return DISCLOSURES.respond(request, visible.annotate(units=Count("rows")), "verification/disclosures.html")


def disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    """One disclosure with its rows."""
    visible = EmissionDisclosure.objects.visible_to(actor_of(request)).select_related("region")
    record: EmissionDisclosure = get_object_or_404(visible, pk=pk)
    rows = record.rows.select_related("organisation__region", "disclosure")
    listing = CLAIMED_ROWS if record.worked_by(actor_of(request)) else ROWS
    if listing.is_asked_for(request):
        return listing.respond(request, rows, "presentation/listing.html")
    return case_page(request, record, "verification/disclosure.html", {"listing": list_context(listing, request, rows)})


def disclosed_emission(request: HttpRequest, pk: int) -> HttpResponse:
    """What is, or will be, public of one enterprise; the claim and its answer are between it and the authority."""
    actor = actor_of(request)
    rows = DisclosedEmission.objects.visible_to(actor).select_related("organisation__region", "disclosure__region")
    row: DisclosedEmission = get_object_or_404(rows, pk=pk)
    versions = public_rows().filter(organisation=row.organisation, disclosure__year=row.disclosure.year)
    context = {
        "row": row,
        "versions": versions.exclude(pk=row.pk).order_by("version"),
        "facilities": facilities_of(row),
        "method": method_of(row),
        "inside": actor.works_with(row.place),
        "claimed": [PARTS[part] for part in row.claimed],
        "answer": ANSWERS.get(row.answer),
        "claims_open": row.disclosure.claims_open(clock.today()),
        "reads_whole": row.disclosure.seen_by(actor),
    }
    return render(request, "verification/disclosed_emission.html", context)
