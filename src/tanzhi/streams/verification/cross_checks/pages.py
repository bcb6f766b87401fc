"""Hits of the cross-checks, and one of them with the numbers that it came about from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tanzhi.filings.months.model import Version
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.sheets.sheet import anchor_of
from tanzhi.rulebook.checks.cross.year_books import CROSS_CHECKS
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.case.pages import case_page

from .lists import HITS, place_of
from .model import CheckHit

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


@login_required
def hits(request: HttpRequest) -> HttpResponse:
    """Hits that the reader may see, over all industries."""
    visible = CheckHit.objects.visible_to(actor_of_request(request))
    return HITS.respond(request, visible.select_related("organisation__region", "filing"), "verification/hits.html")


@login_required
def hit(request: HttpRequest, pk: int) -> HttpResponse:
    """One hit: how it came about, the cell, the numbers, the explanation."""
    related = CheckHit.objects.select_related("organisation__region", "filing__organisation__region", "version", "clue")
    record: CheckHit = get_object_or_404(related, pk=pk)
    actor = actor_of_request(request)
    context = {
        "check": CROSS_CHECKS.get(record.code),
        "where": place_of(record),
        "numbers": numbers_of(record, actor),
        "clue": record.clue if record.clue and record.clue.seen_by(actor) else None,
    }
    return case_page(request, record, "verification/hit.html", context)


def numbers_of(record: CheckHit, actor: Actor) -> list[dict[str, Any]]:
    """The numbers compared, each with its cell; those of another plant for whoever may see what it filed."""
    keys = {row["version"] for row in record.compared if "version" in row}
    versions = Version.objects.select_related("filing__organisation__region").in_bulk(keys)
    seen = {key: actor.sees(version.filing.place) for key, version in versions.items()}
    rows = []
    for row in record.compared:
        version = versions.get(row.get("version", 0))
        if row["plant"] and not (version and seen[version.pk]):
            continue
        address = ""
        if version and seen[version.pk]:
            page = reverse("filings:version", args=[version.filing_id, version.number])
            address = f"{page}#{anchor_of(row['where'], record.field)}"
        of = version.filing.organisation.name if version and row["plant"] else None
        rows.append({"label": Text(row["zh"], row["en"]), "value": row["value"], "address": address, "plant": of})
    return rows
