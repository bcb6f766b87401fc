"""The page of trading: what was bought and sold, volume and price by month, every trade; daily quotes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.actions.four_eyes import waiting
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context, selected
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text

from . import statistics
from .lineage import trade_ref
from .lists import PLANTS, QUOTES, TRADES
from .models import Quote, Trade


@login_required
def trades(request: HttpRequest) -> HttpResponse:
    """Everything follows the filters: sums, chart, enterprises, trades."""
    rows = Trade.objects.standing().visible_to(actor_of(request))
    columns = statistics.SummedTrade._fields
    narrowed = [statistics.SummedTrade(*row) for row in selected(TRADES, request.GET, rows).values_list(*columns)]
    charts, quotes = statistics.charts(narrowed), Quote.objects.all()
    price_line = statistics.price_line(selected(QUOTES, request.GET, quotes))
    if file := download(request, *charts, *price_line):
        return file
    context: dict[str, Any] = {"sums": statistics.sums(narrowed), "charts": charts, "price_line": price_line}
    plants = statistics.by_plant(narrowed)
    if part := alone(request, (PLANTS, plants), (QUOTES, quotes)):
        return part
    context["plants"] = list_context(PLANTS, request, plants)
    context["quotes"] = list_context(QUOTES, request, quotes)
    return TRADES.respond(request, rows.select_related("organisation"), "exchange/trades.html", context)


@login_required
def trade(request: HttpRequest, pk: int) -> HttpResponse:
    """One trade as its statement tells it; a cancelled one says when and why."""
    rows = Trade.objects.visible_to(actor_of(request)).select_related("organisation", "statement")
    trade = get_object_or_404(rows, pk=pk)
    other = trade.other_side
    if other is not None and not actor_of(request).sees(other.place):
        other = None
    context = {"trade": trade, "other": other, "walk": trade_ref(trade), "waiting": list(waiting(trade))}
    context["questions"] = [(each["code"], Text(**each["message"])) for each in trade.questions]
    return render(request, "exchange/trade.html", context)
