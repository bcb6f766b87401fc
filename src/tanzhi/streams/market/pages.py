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
from tanzhi.actions.four_eyes import waiting
from tanzhi.organisations.models import Membership
from tanzhi.organisations.queries import MEMBER, POWER_MARKET, memberships
from tanzhi.presentation.charts import download
from tanzhi.presentation.listing import alone
from tanzhi.presentation.listing_page import shown
from tanzhi.presentation.pages import actor_of
from tanzhi.workflow.case.pages import case_context, case_page

from . import allocating, drawings, lists
from .ledger import (
    ALLOWANCE,
    CREDIT,
    HOLDING,
    LIVE,
    REVERSIBLE,
    Account,
    Balance,
    Command,
    Entry,
    Hold,
    Incoming,
    Transfer,
)
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
        balances = Balance.objects.filter(
            account__organisation=OuterRef("organisation"), account__kind__in=LIVE, **more
        ).values("account__organisation")
        return Coalesce(Subquery(balances.annotate(sum=Sum("amount")).values("sum")), 0)

    sums = {"allowances": of(unit__kind=ALLOWANCE), "credits": of(unit__kind=CREDIT)}
    on_hold = of(account__parent__isnull=False)
    return rows.select_related("organisation", "region").annotate(**sums, on_hold=on_hold)


@login_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: holdings, what is on hold, what comes in, serial numbers, statement."""
    viewer = actor_of(request)
    account = get_object_or_404(Account.objects.select_related("organisation", "region"), pk=pk)
    if not viewer.sees(account.place):
        raise Http404
    holds = Hold.objects.filter(account=account).select_related("part", "unit", "receiver")
    if part := alone(request, (lists.HOLDS, holds)):
        return part
    context = {
        "found": account,
        "holdings": holdings_table(account),
        "holds": shown(lists.HOLDS, request, holds),
        "active": [hold for hold in holds if hold.state == "active"],
        "incoming": Incoming.objects.filter(receiver=account, state="active").select_related(
            "unit", "account__organisation"
        ),
        "blocks": account.blocks.filter(until=None).select_related("unit"),
        "waiting": list(waiting(account)),
        "reversible": _reversible(account) if viewer.reaches("provincial_officer", account.place) else [],
    }
    return lists.ENTRIES.respond(request, _entries(account), "registry/account.html", context)


REVERSIBLE_SHOWN = 10


def _reversible(account: Account) -> list[Command]:
    """What moved the account last and stands unreversed, as far as its kind may be reversed at all."""
    moved = Transfer.objects.filter(Q(debit=account) | Q(credit=account)).values("command")
    reversed_ones = Transfer.objects.exclude(reverses=None).values("reverses__command")
    rows = Command.objects.filter(pk__in=moved, kind__in=REVERSIBLE).exclude(pk__in=reversed_ones)
    return list(rows.order_by("-pk")[:REVERSIBLE_SHOWN])


def _entries(account: Account) -> Any:
    """The account's entries with the account at the other side."""
    rows = Entry.objects.filter(account=account).select_related("unit", "transfer__command")
    other = Case(
        When(amount__lt=0, then=F("transfer__credit__number")),
        default=F("transfer__debit__number"),
        output_field=CharField(),
    )
    return rows.annotate(other=Coalesce(other, Value("")))


def holdings_table(account: Account) -> list[dict[str, Any]]:
    """By unit: free, and in each part."""
    rows = Balance.objects.filter(Q(account=account) | Q(account__parent=account)).select_related("unit", "account")
    table: dict[str, dict[str, Any]] = {}
    for row in rows.order_by("unit__kind", "unit__first_year", "unit__code"):
        line = table.setdefault(row.unit.code, {"unit": row.unit, "total": 0})
        line[row.account.kind] = row.amount
        line["total"] += row.amount
    return [line for line in table.values() if line["total"]]


@login_required
def runs(request: HttpRequest) -> HttpResponse:
    rows = AllocationRun.objects.visible_to(actor_of(request)).select_related("cycle")
    counted = rows.annotate(plants=Count("lines"), total=Sum("lines__to_issue"))
    return lists.RUNS.respond(request, counted, "registry/runs.html")


@login_required
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: its totals, plants, units, and what is otherwise than in the run before."""
    viewer = actor_of(request)
    run = get_object_or_404(AllocationRun.objects.select_related("cycle__region", "earlier"), pk=pk)
    lines = run.lines.filter(organisation__in=_organisations(viewer)).select_related("organisation", "run", "lowered")
    if not run.seen_by(viewer):
        raise Http404
    officer = run.worked_by(viewer)
    context = case_context(request, run, viewer) | {"officer": officer}
    context["sums"] = lines.aggregate(*(Sum(name) for name in ("emission", "allowance", "top_up", "to_issue")))
    units, compared = units_of(run, lines), run.earlier and officer
    differences = allocating.differences(run) if compared else []
    outside = _outside(run) if officer else []
    if part := alone(request, (lists.UNITS, units), (lists.DIFFERENCES, differences), (lists.OUTSIDE, outside)):
        return part
    context["outside"] = shown(lists.OUTSIDE, request, outside) if outside else None
    context["units"] = shown(lists.UNITS, request, units)
    context["differences"] = shown(lists.DIFFERENCES, request, differences) if compared else None
    return lists.LINES.respond(request, lines, "registry/run.html", context)


def _outside(run: AllocationRun) -> list[Membership]:
    """Whom the year's decisions leave out, by code."""
    rows = [years[run.year] for years in memberships(POWER_MARKET, [run.year], region=run.cycle.region).values()]
    return sorted((row for row in rows if row.standing != MEMBER), key=lambda row: row.organisation.code)


def _organisations(viewer: Actor) -> Any:
    from tanzhi.organisations.models import Organisation

    return Organisation.objects.visible_to(viewer)


def cycles(request: HttpRequest) -> HttpResponse:
    """The newest cycle that has something to show."""
    rows = list(Cycle.objects.select_related("region"))
    current = next(
        (cycle for cycle in rows if cycle.runs.exists() or cycle.carried_in.exists()), rows[0] if rows else None
    )
    return compliance(request, current.pk) if current else _no_cycle(request)


def _no_cycle(request: HttpRequest) -> HttpResponse:
    return lists.DISCLOSURE.respond(request, [], "registry/compliance.html", {"cycle": None})


def compliance(request: HttpRequest, pk: int) -> HttpResponse:
    """A cycle: to the public who has surrendered; to a plant its own books; to the province everybody's."""
    viewer = actor_of(request)
    cycle = get_object_or_404(Cycle.objects.select_related("region"), pk=pk)
    every = standings(cycle, clock.today())
    own = [standing for standing in every if viewer.sees(standing.organisation.place)]
    context: dict[str, Any] = {"cycle": cycle, "cycles": Cycle.objects.filter(region=cycle.region), "own": bool(own)}
    context["met"] = sum(standing.compliance.standing == "met" for standing in every)
    context["every"] = len(every)
    if not own:
        return lists.DISCLOSURE.respond(request, every, "registry/compliance.html", context)
    return _books(request, viewer, own, context)


def _books(request: HttpRequest, viewer: Actor, own: list[Standing], context: dict[str, Any]) -> HttpResponse:
    chart = drawings.balances(context["cycle"], own) if len(own) > 1 else None
    if chart and (file := download(request, chart)):
        return file
    rows = Surrender.objects.visible_to(viewer).filter(cycle=context["cycle"])
    rows = rows.select_related("account__organisation").prefetch_related("account__organisation__names")
    if part := alone(request, (lists.SURRENDERS, rows)):
        return part
    context |= {"sums": _sums(own), "chart": chart, "surrenders": shown(lists.SURRENDERS, request, rows)}
    context["account"] = _account_of(viewer)
    return lists.STANDINGS.respond(request, own, "registry/compliance.html", context)


def _account_of(viewer: Actor) -> Account | None:
    """The account of the plant whose approver is looking: where he surrenders from."""
    ids = [g.organisation_id for g in viewer.grants if g.role == "enterprise_approver"]
    return Account.objects.filter(organisation__in=ids, kind=HOLDING).first() if ids else None


def _sums(own: list[Standing]) -> dict[str, int]:
    return {
        "obligation": sum(standing.compliance.obligation or 0 for standing in own),
        "surrendered": sum(standing.compliance.surrendered for standing in own),
        "credits": sum(standing.compliance.credits for standing in own),
        "remaining": sum(standing.compliance.remaining or 0 for standing in own),
        "held": sum(standing.held for standing in own),
    }


@login_required
def surrender(request: HttpRequest, pk: int) -> HttpResponse:
    """One surrender: what is handed in, out of which units, and who confirmed it."""
    surrender = get_object_or_404(
        Surrender.objects.select_related("account__organisation__region", "cycle", "reserved"), pk=pk
    )
    moved = surrender.reserved.transfers.select_related("unit")
    return case_page(request, surrender, "registry/surrender.html", {"moved": moved})
