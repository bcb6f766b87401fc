"""The representatives of an account, and one of them: who, since when, the papers and the decision."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.presentation.request import actor_of
from tanzhi.streams.market.ledger.model import Account
from tanzhi.workflow.case.pages import case_page

from .lists import REPRESENTATIVES
from .model import Representative


@login_required
def representatives(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who represents an account or did, for whoever sees the account."""
    actor = actor_of(request)
    accounts = Account.objects.select_related("organisation", "region")
    account = get_object_or_404(accounts.filter(parent=None), pk=pk)
    if not actor.sees(account.place):
        raise Http404
    rows = Representative.objects.filter(account=account).select_related("person")
    return REPRESENTATIVES.respond(request, rows, "registry/representatives.html", {"found": account})


@login_required
def representative(request: HttpRequest, pk: int) -> HttpResponse:
    """One appointment, for whoever sees the account."""
    rows = Representative.objects.select_related("account__organisation__region", "account__region", "person")
    return case_page(request, get_object_or_404(rows, pk=pk), "registry/representative.html")
