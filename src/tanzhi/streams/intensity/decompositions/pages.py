"""Decompositions as pages."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tanzhi.actions.forms import takes_form
from tanzhi.actions.models import Proposal
from tanzhi.actions.registry import ACTIONS
from tanzhi.organisations.people.queries import person_names
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.forms.buttons import may
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.request import actor_of
from tanzhi.workflow.case.pages import case_context

from . import lists, shares
from .model import Decomposition


def decompositions(request: HttpRequest) -> HttpResponse:
    rows = Decomposition.objects.visible_to(actor_of(request)).select_related("target__region")
    counted = rows.annotate(cities=Count("shares")).order_by("-pk")
    return lists.DECOMPOSITIONS.respond(request, counted, "intensity/decompositions.html")


@takes_form
def decomposition(request: HttpRequest, pk: int) -> HttpResponse:
    """One decomposition: what each city is given, what the methods would give, the form that computes it."""
    viewer = actor_of(request)
    record = get_object_or_404(Decomposition.objects.select_related("target__region"), pk=pk)
    if not record.seen_by(viewer):
        raise Http404
    rows = list(record.shares.select_related("region"))
    # The form that computes it, for whoever may and as long as it is not signed.
    if not may(viewer, ACTIONS["intensity.compute"], record):
        form = None
    else:
        form = answer(request, viewer, "intensity.compute", record, initial=shares.initial(record, rows))
    if form and form.outcome:
        return redirect(record)
    chart = shares.chart(record, rows)
    if chart and (file := download(request, chart)):
        return file
    context = case_context(request, record, viewer)
    context |= {"form": form.form if form else None, "chart": chart, "signed": signed_by(record)}
    context["unsigned"] = record.allows("intensity.sign_off")
    context["province_intensity"] = shares.province_intensity(record, rows) if form else None
    response = shares.SHARES.respond(request, shares.listed(record, rows), "intensity/decomposition.html", context)
    response.status_code = form.form.status if form else 200
    return response


def signed_by(record: Decomposition) -> list[str]:
    """Who proposed the signature and who gave it."""
    proposal = Proposal.objects.filter(subject=record.reference, state=Proposal.APPROVED).last()
    people = [proposal.proposer, proposal.decider] if proposal and record.signed_at else []
    names = person_names(people)
    return [names.get(key, "") for key in people]
