"""Sums over trades: by side, by enterprise, by month. Prices are money over tonnes, never a mean of prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tanzhi.organisations.register.model import Region, names_of
from tanzhi.presentation.charts.chart import Chart, bars, lines
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.presentation.templatetags.tanzhi import number
from tanzhi.rulebook.kernel import HALF_UP
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.compliance.queries import Window, windows

from .models import BUY, SELL, SIDES, Quote, Trade

TONNES, PRICE = Text("吨", "t"), Text("元/吨", "CNY/t")


class SummedTrade(NamedTuple):
    """What of a trade is summed: of thousands, nothing else is read."""

    organisation_id: int
    venue: str
    number: str
    day: date
    side: str
    quantity: int
    amount_fen: int


AnyTrade = Trade | SummedTrade


def every_window() -> list[Window]:
    """The cycles of every province of the installation."""
    return [window for province in Region.objects.filter(kind="province") for window in windows(province)]


def sums(rows: Iterable[AnyTrade]) -> dict[str, Any]:
    """Tonnes, money and price of what was bought, of what was sold, and of both."""
    trades = list(rows)
    return {side: total([row for row in trades if row.side == side]) for side in SIDES} | {
        "all": total(trades),
        "between": between(trades),
    }


def between(trades: Sequence[AnyTrade]) -> int:
    """Tonnes of trades of which both sides are here: they are counted as bought and as sold."""
    sold = {(row.venue, row.number) for row in trades if row.side == SELL}
    return sum(row.quantity for row in trades if row.side == BUY and (row.venue, row.number) in sold)


def total(rows: Sequence[AnyTrade]) -> dict[str, Any]:
    tonnes, fen = sum(row.quantity for row in rows), sum(row.amount_fen for row in rows)
    return {"tonnes": tonnes, "amount": Decimal(fen).scaleb(-2), "price": price(fen, tonnes)}


def price(fen: int, tonnes: int) -> Decimal | None:
    """Mean price weighted by quantity, CNY/t, two decimals, half up; none where nothing was traded."""
    return round_legally(Decimal(fen).scaleb(-2) / tonnes, 2, HALF_UP) if tonnes else None


def by_plant(rows: Sequence[AnyTrade]) -> list[dict[str, Any]]:
    plants: dict[int, list[AnyTrade]] = defaultdict(list)
    for row in rows:
        plants[row.organisation_id].append(row)
    names = names_of(plants, max(row.day for row in rows)) if rows else {}
    lines_of = []
    for key, own in plants.items():
        bought, sold = (total([row for row in own if row.side == side]) for side in (BUY, SELL))
        lines_of.append(
            {
                "name": names.get(key, same(str(key))),
                "bought": bought["tonnes"],
                "sold": sold["tonnes"],
                "tonnes": bought["tonnes"] + sold["tonnes"],
                "paid": bought["amount"],
                "earned": sold["amount"],
            }
        )
    return lines_of


_MOST = Text("{month} 成交最多，{n} 吨", "Most was traded in {month}: {n} t")
_FROM_TO = Text("成交均价由 {first} 元/吨变为 {last} 元/吨", "The mean price went from {first} to {last} CNY/t")
_MONTH, _SIDE = ListColumn("month", Text("月份", "Month")), ListColumn("side", Text("方向", "Side"))
_QUANTITY = ListColumn("tonnes", Text("成交量", "Quantity"), kind="number", unit=TONNES)
_MEAN_PRICE = ListColumn("price", Text("成交均价", "Mean price"), kind="number", unit=PRICE)


def charts(rows: Sequence[AnyTrade]) -> list[Chart]:
    """Volume and price by month; none for a single month."""
    months: dict[str, list[AnyTrade]] = defaultdict(list)
    for row in rows:
        months[f"{row.day:%Y-%m}"].append(row)
    if len(months) < 2:
        return []
    totals = {month: total(months[month]) for month in sorted(months)}
    most = max(months, key=lambda month: totals[month]["tonnes"])
    volumes = [
        {"month": month, "side": words, "tonnes": sum(row.quantity for row in months[month] if row.side == side)}
        for month in totals
        for side, words in SIDES.items()
    ]
    volume = Chart(
        "volume",
        title=_MOST.format(month=most, n=number(totals[most]["tonnes"])),
        columns=(_MONTH, _SIDE, _QUANTITY),
        rows=volumes,
        draw=bars("month", "tonnes", by="side"),
    )
    prices = [{"month": month, "price": of_month["price"]} for month, of_month in totals.items()]
    price_chart = Chart(
        "prices",
        title=_FROM_TO.format(first=prices[0]["price"], last=prices[-1]["price"]),
        columns=(_MONTH, _MEAN_PRICE),
        rows=prices,
        draw=lines("month", "price"),
        note=Text("成交额 ÷ 成交量", "amount ÷ quantity"),
    )
    return [volume, price_chart]


DAYS_DRAWN = 60
"""Trading days of the price line: a quarter of a year, each day still named on the axis."""
_CLOSED_AT = Text("{day} 收盘价 {close} 元/吨，{change}", "Closing price of {day}: {close} CNY/t, {change}")
_UP = Text("比 {before} 上涨 {n} 元/吨", "{n} CNY/t above that of {before}")
_DOWN = Text("比 {before} 下跌 {n} 元/吨", "{n} CNY/t below that of {before}")
_EVEN = Text("与 {before} 持平", "as on {before}")
_DAY, _CLOSE = (
    ListColumn("day", Text("交易日", "Trading day"), kind="date"),
    ListColumn("close", Text("收盘价", "Closing price"), kind="number", unit=PRICE),
)
_SERIES = ListColumn("series", Text("交易机构与品种", "Exchange and product"))


def price_line(quotes: Iterable[Quote]) -> list[Chart]:
    """The closing prices of the last trading days, a line for each exchange and product; none for a single day."""
    every = sorted(quotes, key=lambda quote: (quote.day, quote.venue, quote.product))
    days = sorted({quote.day for quote in every})[-DAYS_DRAWN:]
    drawn = [quote for quote in every if quote.day in set(days)]
    if len(days) < 2:
        return []
    last = drawn[-1]
    own = [quote for quote in drawn if (quote.venue, quote.product) == (last.venue, last.product)]
    rows = [
        {"day": quote.day, "series": " ".join(filter(None, (quote.venue, quote.product))), "close": quote.closing}
        for quote in drawn
    ]
    title = _CLOSED_AT.format(day=last.day.isoformat(), close=last.closing, change=change_since(own))
    chart = Chart(
        "quotes",
        title=title,
        columns=(_DAY, _SERIES, _CLOSE),
        rows=rows,
        draw=lines("day", "close", by="series"),
        note=Text("交易机构公布的行情", "as the exchange published it"),
    )
    return [chart]


def change_since(quotes: list[Quote]) -> Text:
    """How the newest closing price of a series differs from its first one."""
    first, last = quotes[0], quotes[-1]
    words = _UP if last.closing_fen > first.closing_fen else _DOWN if last.closing_fen < first.closing_fen else _EVEN
    return words.format(before=first.day.isoformat(), n=abs(last.closing - first.closing))
