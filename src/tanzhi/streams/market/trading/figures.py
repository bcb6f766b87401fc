"""The published figures of trading: rows 13 to 15 of the press conference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from tanzhi.figures import FigureAnswer, Part, Question, figure, group, sum_of
from tanzhi.figures.places import region_of
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.states import BLANK
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.market.compliance.queries import closed_window

from .lineage import trade_ref
from .models import BUY, SELL, Trade

TONNES, YUAN = "t", "CNY"
Amount = Callable[[Trade], Decimal]
NOTHING = Text("尚无已到期的履约周期", "no cycle has ended yet")
QUANTITY = Text("Σ 成交量", "Σ quantity of the trades")
MONEY = Text("Σ 成交额（成交量 × 成交价）", "Σ amount of the trades (quantity × price)")


def tonnes_of(trade: Trade) -> Decimal:
    return Decimal(trade.quantity)


def money_of(trade: Trade) -> Decimal:
    return trade.amount


def traded(question: Question, sides: tuple[str, ...], amount: Amount, unit: str) -> FigureAnswer:
    """Σ over the trades of the newest cycle that had ended, plant by plant."""
    region = region_of(question)
    window = closed_window(region, question.span.last)
    if window is None:
        return FigureAnswer(None, BLANK, reason=NOTHING)
    rows = (
        Trade.objects.standing()
        .filter(
            organisation__region__path__startswith=region.path, day__range=(window.first, window.last), side__in=sides
        )
        .select_related("organisation")
    )
    plants: dict[Organisation, list[Trade]] = defaultdict(list)
    for trade in rows.order_by("organisation__code", "day", "pk"):
        plants[trade.organisation].append(trade)
    names = names_of(list(plants), window.last)
    parts = []
    detail = Text("{day} {side} {method}", "{day}, {side}, {method}")
    for plant, own in plants.items():
        below = []
        for trade in own:
            side, method = trade.side_label, trade.method_label
            of = detail.format(day=trade.day.isoformat(), side=side, method=method)
            below.append(Part(same(trade.number), amount(trade), unit, ref=trade_ref(trade), detail=of))
        parts.append(group(names.get(plant.pk, same(str(plant.pk))), below, unit))
    words = Text("{cycle}年度履约周期，{n}家企业", "compliance cycle {cycle}, {n} enterprises")
    return sum_of(parts, QUANTITY if unit == TONNES else MONEY, words.format(cycle=window.years, n=len(parts)))


@figure("market.traded", title=Text("配额成交量", "Allowances traded"), unit=TONNES, stream="market", row=13)
def quantity_traded(question: Question) -> FigureAnswer:
    """Bought and sold together (成交量), t."""
    return traded(question, (BUY, SELL), tonnes_of, TONNES)


@figure("market.traded_amount", title=Text("配额成交额", "Amount traded"), unit=YUAN, stream="market")
def amount_traded(question: Question) -> FigureAnswer:
    """Bought and sold together (成交额), CNY."""
    return traded(question, (BUY, SELL), money_of, YUAN)


@figure("market.bought", title=Text("买入配额", "Allowances bought"), unit=TONNES, stream="market", row=14)
def quantity_bought(question: Question) -> FigureAnswer:
    """What the plants bought (买入量), t."""
    return traded(question, (BUY,), tonnes_of, TONNES)


@figure("market.bought_amount", title=Text("买入金额", "Amount bought"), unit=YUAN, stream="market")
def amount_bought(question: Question) -> FigureAnswer:
    """What the plants paid (买入金额), CNY."""
    return traded(question, (BUY,), money_of, YUAN)


@figure("market.sold", title=Text("卖出配额", "Allowances sold"), unit=TONNES, stream="market", row=15)
def quantity_sold(question: Question) -> FigureAnswer:
    """What the plants sold (卖出量), t."""
    return traded(question, (SELL,), tonnes_of, TONNES)


@figure("market.sold_amount", title=Text("卖出金额", "Amount sold"), unit=YUAN, stream="market")
def amount_sold(question: Question) -> FigureAnswer:
    """What the plants were paid (卖出金额), CNY."""
    return traded(question, (SELL,), money_of, YUAN)
