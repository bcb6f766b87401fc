"""The pages of accounts: what they hold, and their statements."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions.four_eyes import waiting
from tanzhi.organisations.sectors import accounting
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of

from . import charts, lists
from .credits import blocks_of
from .model import (
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


@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    """Holding accounts in the reader's scope, with what they hold."""

    def amount(**more: Any) -> Any:
        balances = Balance.objects.filter(
            account__organisation=OuterRef("organisation"), account__kind__in=LIVE, **more
        ).values("account__organisation")
        return Coalesce(Subquery(balances.annotate(sum=Sum("amount")).values("sum")), 0)

    # An amount on hold is still the holder's.
    sums = {"allowances": amount(unit__kind=ALLOWANCE), "credits": amount(unit__kind=CREDIT)}
    rows = Account.objects.visible_to(actor_of(request)).filter(kind=HOLDING).select_related("organisation", "region")
    rows = rows.annotate(**sums, on_hold=amount(account__parent__isnull=False))
    chart = charts.holdings(rows)
    if chart and (file := download(request, chart)):
        return file
    return lists.ACCOUNTS.respond(request, rows, "registry/accounts.html", {"chart": chart})


REVERSIBLE_SHOWN = 10


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
    # What moved the account last and stands unreversed, as far as its kind may be reversed at all.
    moved = Transfer.objects.filter(Q(debit=account) | Q(credit=account)).values("command")
    reversed_ones = Transfer.objects.exclude(reverses=None).values("reverses__command")
    reversible = Command.objects.filter(pk__in=moved, kind__in=REVERSIBLE).exclude(pk__in=reversed_ones)
    officer = viewer.reaches("provincial_officer", account.place)
    context = {
        "found": account,
        "holdings": holdings_table(account),
        "holds": list_context(lists.HOLDS, request, holds),
        "active": [hold for hold in holds if hold.state == "active"],
        "incoming": Incoming.objects.filter(receiver=account, state="active").select_related(
            "unit", "account__organisation"
        ),
        "blocks": blocks_of(account),
        "has_desk": bool(account.organisation and accounting(account.organisation)),
        "waiting": list(waiting(account)),
        "reversible": list(reversible.order_by("-pk")[:REVERSIBLE_SHOWN]) if officer else [],
    }
    # The account's entries with the account at the other side.
    rows = Entry.objects.filter(account=account).select_related("unit", "transfer__command")
    other = Case(
        When(amount__lt=0, then=F("transfer__credit__number")),
        default=F("transfer__debit__number"),
        output_field=CharField(),
    )
    return lists.ENTRIES.respond(
        request, rows.annotate(other=Coalesce(other, Value(""))), "registry/account.html", context
    )


def holdings_table(account: Account) -> list[dict[str, Any]]:
    """By unit: free, and in each part."""
    rows = Balance.objects.filter(Q(account=account) | Q(account__parent=account)).select_related("unit", "account")
    table: dict[str, dict[str, Any]] = {}
    for row in rows.order_by("unit__kind", "unit__first_year", "unit__code"):
        line = table.setdefault(row.unit.code, {"unit": row.unit, "total": 0})
        line[row.account.kind] = row.amount
        line["total"] += row.amount
    return [line for line in table.values() if line["total"]]
