"""The pages of compliance: what is owed and surrendered, what is disclosed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.model import HOLDING, Account
from tanzhi.workflow.case.pages import case_page, progress

from . import charts, lists
from .model import Surrender
from .proposal import proposal_of
from .status import ComplianceStatus, current_cycle, standings

_STANDINGS: UntilNextAct[list[ComplianceStatus]] = UntilNextAct(20)


def cycles(request: HttpRequest) -> HttpResponse:
    """The newest cycle that has something to show."""
    current = current_cycle()
    return (
        compliance(request, current.pk)
        if current
        else lists.DISCLOSURE.respond(request, [], "registry/compliance.html", {"cycle": None})
    )


def compliance(request: HttpRequest, pk: int) -> HttpResponse:
    """A cycle: to the public who has surrendered; to a plant its own books; to the province everybody's."""
    viewer = actor_of(request)
    cycle = get_object_or_404(Cycle.objects.select_related("region"), pk=pk)
    today = clock.today()
    every = _STANDINGS.of((cycle.pk, today), lambda: standings(cycle, today))
    own = [standing for standing in every if viewer.sees(standing.organisation.place)]
    context = progress(request, cycle, viewer)
    context |= {"cycle": cycle, "cycles": Cycle.objects.filter(region=cycle.region), "own": bool(own)}
    context["met"] = sum(standing.compliance.standing == "met" for standing in every)
    context["every"] = len(every)
    if not own:
        return lists.DISCLOSURE.respond(request, every, "registry/compliance.html", context)
    chart = charts.balances(cycle, own) if len(own) > 1 else None
    if chart and (file := download(request, chart)):
        return file
    rows = Surrender.objects.visible_to(viewer).filter(cycle=cycle)
    rows = rows.select_related("account__organisation").prefetch_related("account__organisation__names")
    if part := alone(request, (lists.SURRENDERS, rows)):
        return part
    context |= {
        "sums": {
            "obligation": sum(standing.compliance.obligation or 0 for standing in own),
            "surrendered": sum(standing.compliance.surrendered for standing in own),
            "credits": sum(standing.compliance.credits for standing in own),
            "remaining": sum(standing.compliance.remaining or 0 for standing in own),
            "held": sum(standing.holding for standing in own),
        },
        "chart": chart,
        "overdue": [standing for standing in own if standing.compliance.standing == "overdue"],
        "surrenders": list_context(lists.SURRENDERS, request, rows),
    }
    # The account of the plant whose approver is looking: where he surrenders from.
    ids = [g.organisation_id for g in viewer.grants if g.role == "enterprise_approver"]
    account = Account.objects.filter(organisation__in=ids, kind=HOLDING).first() if ids else None
    proposal = proposal_of(account, cycle, clock.today()) if account else None
    context |= {"account": account, "proposal": proposal}
    return lists.STANDINGS.respond(request, own, "registry/compliance.html", context)


@login_required
def surrender(request: HttpRequest, pk: int) -> HttpResponse:
    """One surrender: what is handed in, out of which units, and who confirmed it."""
    surrender = get_object_or_404(
        Surrender.objects.select_related("account__organisation__region", "cycle", "reserved"), pk=pk
    )
    moved = surrender.reserved.transfers.select_related("unit")
    return case_page(request, surrender, "registry/surrender.html", {"moved": moved})
