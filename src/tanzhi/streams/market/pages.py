"""The pages of the registry: accounts and their statements, allocation runs, compliance, what is disclosed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Proposal
from tanzhi.actions.references import reference
from tanzhi.organisations.models import Membership
from tanzhi.organisations.queries import MEMBER, POWER_MARKET, memberships
from tanzhi.presentation.charts import download
from tanzhi.presentation.listing import alone
from tanzhi.presentation.listing_page import shown
from tanzhi.presentation.pages import actor_of

from . import allocating, drawings, lists
from .ledger import ALLOWANCE, CREDIT, HOLDING, LIVE, Account, Balance, Entry, Hold, Incoming
from .models import AllocationRun, Cycle, Surrender
from .run_units import units_of
from .standing import Standing, standings


@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    """Holding accounts in the reader's scope, with what they hold."""
    rows = _with_holdings(Account.objects.visible_to(actor_of(request)).filter(kind=HOLDING))
    chart = drawings.holdings(rows)
    if chart and (file := download(request, chart)):
        return file
    return lists.ACCOUNTS.respond(request, rows, "registry/accounts.html", {"chart": chart})


def _with_holdings(rows: Any) -> Any:
    """Each account with its sums: an amount on hold is still the holder's."""

    def of(**more: Any) -> Any:
        held = Balance.objects.filter(
            account__organisation=OuterRef("organisation"), account__kind__in=LIVE, **more
        ).values("account__organisation")
        return Coalesce(Subquery(held.annotate(sum=Sum("amount")).values("sum")), 0)

    sums = {"allowances": of(unit__kind=ALLOWANCE), "credits": of(unit__kind=CREDIT)}
    on_hold = of(account__parent__isnull=False)
    return rows.select_related("organisation", "region").annotate(**sums, on_hold=on_hold)


@login_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: holdings, what is on hold, what comes in, serial numbers, statement."""
    viewer = actor_of(request)
    found = get_object_or_404(Account.objects.select_related("organisation", "region"), pk=pk)
    if not viewer.sees(found.place):
        raise Http404
    holds = Hold.objects.filter(account=found).select_related("part", "unit", "receiver")
    if part := alone(request, (lists.HOLDS, holds)):
        return part
    told = {
        "found": found,
        "holdings": holdings_table(found),
        "holds": shown(lists.HOLDS, request, holds),
        "active": [hold for hold in holds if hold.state == "active"],
        "incoming": Incoming.objects.filter(receiver=found, state="active").select_related(
            "unit", "account__organisation"
        ),
        "blocks": found.blocks.filter(until=None).select_related("unit"),
        "waiting": waiting_for(found),
    }
    return lists.ENTRIES.respond(request, _entries(found), "registry/account.html", told)


def _entries(found: Account) -> Any:
    """The account's entries with the account at the other side."""
    rows = Entry.objects.filter(account=found).select_related("unit", "transfer__command")
    other = Case(
        When(amount__lt=0, then=F("transfer__credit__number")),
        default=F("transfer__debit__number"),
        output_field=CharField(),
    )
    return rows.annotate(other=Coalesce(other, Value("")))


def holdings_table(found: Account) -> list[dict[str, Any]]:
    """By unit: free, and in each part."""
    rows = Balance.objects.filter(Q(account=found) | Q(account__parent=found)).select_related("unit", "account")
    table: dict[str, dict[str, Any]] = {}
    for row in rows.order_by("unit__kind", "unit__first_year", "unit__code"):
        line = table.setdefault(row.unit.code, {"unit": row.unit, "total": 0})
        line[row.account.kind] = row.amount
        line["total"] += row.amount
    return [line for line in table.values() if line["total"]]


def waiting_for(record: Any) -> list[Proposal]:
    """Proposals about a record that wait for a second person."""
    return list(Proposal.objects.filter(subject=reference(record), state=Proposal.OPEN, expires_at__gt=clock.now()))


@login_required
def runs(request: HttpRequest) -> HttpResponse:
    rows = AllocationRun.objects.visible_to(actor_of(request)).select_related("cycle")
    counted = rows.annotate(plants=Count("lines"), total=Sum("lines__to_issue"))
    return lists.RUNS.respond(request, counted, "registry/runs.html")


@login_required
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: its totals, plants, units, and what is otherwise than in the run before."""
    viewer = actor_of(request)
    found = get_object_or_404(AllocationRun.objects.select_related("cycle__region", "earlier"), pk=pk)
    lines = found.lines.filter(organisation__in=_organisations(viewer)).select_related("organisation", "run", "lowered")
    officer = viewer.sees(found.place)
    if not officer and not lines.exists():
        raise Http404
    told: dict[str, Any] = {"found": found, "officer": officer, "waiting": waiting_for(found) if officer else []}
    told["sums"] = lines.aggregate(*(Sum(name) for name in ("emission", "allowance", "top_up", "to_issue")))
    units, compared = units_of(found, lines), found.earlier and officer
    differences = allocating.differences(found) if compared else []
    outside = _outside(found) if officer else []
    if part := alone(request, (lists.UNITS, units), (lists.DIFFERENCES, differences), (lists.OUTSIDE, outside)):
        return part
    told["outside"] = shown(lists.OUTSIDE, request, outside) if outside else None
    told["units"] = shown(lists.UNITS, request, units)
    told["differences"] = shown(lists.DIFFERENCES, request, differences) if compared else None
    return lists.LINES.respond(request, lines, "registry/run.html", told)


def _outside(found: AllocationRun) -> list[Membership]:
    """Whom the year's decisions leave out, by code."""
    rows = [years[found.year] for years in memberships(POWER_MARKET, [found.year], region=found.cycle.region).values()]
    return sorted((row for row in rows if row.standing != MEMBER), key=lambda row: row.organisation.code)


def _organisations(viewer: Actor) -> Any:
    from tanzhi.organisations.models import Organisation

    return Organisation.objects.visible_to(viewer)


def cycles(request: HttpRequest) -> HttpResponse:
    """The newest cycle that has something to show."""
    found = list(Cycle.objects.select_related("region"))
    told = next((one for one in found if one.runs.exists() or one.carried_in.exists()), found[0] if found else None)
    return compliance(request, told.pk) if told else _no_cycle(request)


def _no_cycle(request: HttpRequest) -> HttpResponse:
    return lists.DISCLOSURE.respond(request, [], "registry/compliance.html", {"cycle": None})


def compliance(request: HttpRequest, pk: int) -> HttpResponse:
    """A cycle: to the public who has surrendered; to a plant its own books; to the province everybody's."""
    viewer = actor_of(request)
    cycle = get_object_or_404(Cycle.objects.select_related("region"), pk=pk)
    every = standings(cycle, clock.today())
    own = [one for one in every if viewer.sees(one.organisation.place)]
    told: dict[str, Any] = {"cycle": cycle, "cycles": Cycle.objects.filter(region=cycle.region), "own": bool(own)}
    told["met"] = sum(one.compliance.standing == "met" for one in every)
    told["every"] = len(every)
    if not own:
        return lists.DISCLOSURE.respond(request, every, "registry/compliance.html", told)
    return _books(request, viewer, own, told)


def _books(request: HttpRequest, viewer: Actor, own: list[Standing], told: dict[str, Any]) -> HttpResponse:
    chart = drawings.balances(told["cycle"], own) if len(own) > 1 else None
    if chart and (file := download(request, chart)):
        return file
    rows = Surrender.objects.visible_to(viewer).filter(cycle=told["cycle"])
    rows = rows.select_related("account__organisation").prefetch_related("account__organisation__names")
    if part := alone(request, (lists.SURRENDERS, rows)):
        return part
    told |= {"sums": _sums(own), "chart": chart, "surrenders": shown(lists.SURRENDERS, request, rows)}
    told["account"] = _account_of(viewer)
    return lists.STANDINGS.respond(request, own, "registry/compliance.html", told)


def _account_of(viewer: Actor) -> Account | None:
    """The account of the plant whose approver is looking: where he surrenders from."""
    ids = [g.organisation_id for g in viewer.grants if g.role == "enterprise_approver"]
    return Account.objects.filter(organisation__in=ids, kind=HOLDING).first() if ids else None


def _sums(own: list[Standing]) -> dict[str, int]:
    return {
        "obligation": sum(one.compliance.obligation or 0 for one in own),
        "surrendered": sum(one.compliance.surrendered for one in own),
        "credits": sum(one.compliance.credits for one in own),
        "remaining": sum(one.compliance.remaining or 0 for one in own),
        "held": sum(one.held for one in own),
    }


@login_required
def surrender(request: HttpRequest, pk: int) -> HttpResponse:
    """One surrender: what is handed in, out of which units, and who confirmed it."""
    one = get_object_or_404(
        Surrender.objects.select_related("account__organisation__region", "cycle", "reserved"), pk=pk
    )
    if not actor_of(request).sees(one.place):
        raise Http404
    return _surrender_page(request, one)


def _surrender_page(request: HttpRequest, one: Surrender) -> HttpResponse:
    from django.shortcuts import render

    moved = one.reserved.transfers.select_related("unit")
    return render(request, "registry/surrender.html", {"found": one, "moved": moved})
