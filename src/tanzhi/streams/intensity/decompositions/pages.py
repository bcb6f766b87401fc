"""Decompositions as pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.four_eyes import waiting
from tanzhi.actions.models import Proposal
from tanzhi.actions.references import reference
from tanzhi.actions.registry import may_decide
from tanzhi.organisations.queries import person_names
from tanzhi.presentation.charts import download
from tanzhi.presentation.pages import actor_of
from tanzhi.presentation.posted import Answered, answer

from . import lists, shares
from .model import COMPUTED, DRAFT, SIGNED, Decomposition, Share


def decompositions(request: HttpRequest) -> HttpResponse:
    rows = Decomposition.objects.visible_to(actor_of(request)).select_related("target__region")
    counted = rows.annotate(cities=Count("shares")).order_by("-pk")
    return lists.DECOMPOSITIONS.respond(request, counted, "intensity/decompositions.html")


@takes_form
def decomposition(request: HttpRequest, pk: int) -> HttpResponse:
    """One decomposition: what each city is given, what the methods would give, the form that computes it."""
    viewer = actor_of(request)
    record = get_object_or_404(Decomposition.objects.select_related("target__region"), pk=pk)
    if not viewer.sees(record.place):
        raise Http404
    rows = list(record.shares.select_related("region"))
    form = _form(request, viewer, record, rows)
    if form and form.outcome:
        return redirect(record)
    chart = shares.chart(record, rows)
    if chart and (file := download(request, chart)):
        return file
    context = {"found": record, "form": form.form if form else None, "chart": chart}
    context |= {"waiting": waiting_for(record, viewer), "signed": signed_by(record)}
    context["province_intensity"] = shares.province_intensity(record, rows) if form else None
    response = shares.SHARES.respond(request, shares.listed(record, rows), "intensity/decomposition.html", context)
    response.status_code = form.form.status if form else 200
    return response


def _form(request: HttpRequest, viewer: Actor, record: Decomposition, rows: list[Share]) -> Answered | None:
    """The form that computes it, for whoever may and as long as it is not signed."""
    if record.state not in (DRAFT, COMPUTED) or not viewer.reaches("provincial_officer", record.place):
        return None
    return answer(request, viewer, "intensity.compute", record, initial=shares.initial(record, rows))


def waiting_for(record: Decomposition, viewer: Actor) -> list[dict[str, Any]]:
    """Signatures that wait for a second person, with whether the reader is that one and may open it."""
    decidable = [(row, may_decide(row, viewer)) for row in waiting(record)]
    return [
        {"row": row, "decides": decides, "opens": decides or row.proposer == viewer.person_id}
        for row, decides in decidable
    ]


def signed_by(record: Decomposition) -> list[str]:
    """Who proposed the signature and who gave it."""
    proposal = Proposal.objects.filter(subject=reference(record), state=Proposal.APPROVED).last()
    people = [proposal.proposer, proposal.decider] if proposal and record.state == SIGNED else []
    names = person_names(people)
    return [names.get(key, "") for key in people]
