"""Daily quotes of an exchange read in from its file: xlsx or CSV, tried row by row before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer, remove
from tanzhi.office.imports.work import stands as stands_as
from tanzhi.presentation.forms.fields import Help
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text, same

from .models import Quote
from .work import OFFICER, RULES, Price, fen

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

Tonnes = Annotated[int | None, Field(ge=0)]
Yuan = Annotated[Decimal | None, Field(ge=0, max_digits=18, decimal_places=2, allow_inf_nan=False)]
METHODS_OF_A_DAY = ("listed", "block", "auction")


class QuoteRow(Input):
    """A trading day as the exchange publishes it; blank is not published, nil is nothing traded."""

    day: Annotated[date, Label("交易日", "Trading day")]
    venue: Annotated[str, Field(min_length=2, max_length=40), Label("交易机构", "Exchange")]
    product: Annotated[
        str,
        Field(max_length=60),
        Label("品种或价格口径", "Product or price basis"),
        Help("同一交易日有几种行情的，用它区分", "tells quotes of one day apart, where there are several"),
    ] = ""
    opening: Annotated[Price | None, Label("开盘价（元/吨）", "Opening price (CNY/t)")] = None
    highest: Annotated[Price | None, Label("最高价（元/吨）", "Highest price (CNY/t)")] = None
    lowest: Annotated[Price | None, Label("最低价（元/吨）", "Lowest price (CNY/t)")] = None
    closing: Annotated[Price, Label("收盘价（元/吨）", "Closing price (CNY/t)")]
    listed_quantity: Annotated[Tonnes, Label("挂牌协议成交量（吨）", "Listed agreements (t)")] = None
    listed_amount: Annotated[Yuan, Label("挂牌协议成交额（元）", "Listed agreements (CNY)")] = None
    block_quantity: Annotated[Tonnes, Label("大宗协议成交量（吨）", "Block agreements (t)")] = None
    block_amount: Annotated[Yuan, Label("大宗协议成交额（元）", "Block agreements (CNY)")] = None
    auction_quantity: Annotated[Tonnes, Label("单向竞价成交量（吨）", "Auctions (t)")] = None
    auction_amount: Annotated[Yuan, Label("单向竞价成交额（元）", "Auctions (CNY)")] = None
    total_quantity: Annotated[Tonnes, Label("当日成交量（吨）", "Quantity of the day (t)")] = None
    total_amount: Annotated[Yuan, Label("当日成交额（元）", "Amount of the day (CNY)")] = None
    cumulative_quantity: Annotated[Tonnes, Label("累计成交量（吨）", "Quantity so far (t)")] = None
    cumulative_amount: Annotated[Yuan, Label("累计成交额（元）", "Amount so far (CNY)")] = None
    source: Annotated[str, Field(min_length=2, max_length=300), Label("来源", "Source")]


PRICES = ("opening", "highest", "lowest", "closing")
AMOUNTS = tuple(f"{part}_amount" for part in (*METHODS_OF_A_DAY, "total", "cumulative"))
QUANTITIES = tuple(f"{part}_quantity" for part in (*METHODS_OF_A_DAY, "total", "cumulative"))

_WRONG = Text("该日行情前后不符", "the quote of this day contradicts itself")
_FAULT = Text("{found}，应为{expected}", "{found}, expected {expected}")
_TODAY = Text("不晚于今日", "not after today")
_RANGE = Text("{low} 至 {high} 元/吨（最低价至最高价）", "{low} to {high} CNY/t (lowest to highest price)")
_TOTAL = Text("{n}（挂牌、大宗、竞价之和）", "{n} (listed, block and auction together)")
_SO_FAR = Text("不少于当日的 {n}", "at least the {n} of the day")


def faults_of(row: QuoteRow, today: date) -> Iterator[Finding]:
    """Where a row contradicts itself: a price outside of the day's range, a total that is not the sum of its parts."""
    if row.day > today:
        yield fault_of("EXC-DAY", "day", row.day.isoformat(), _TODAY)
    if row.lowest is not None and row.highest is not None:
        expected = _RANGE.format(low=row.lowest, high=row.highest)
        for name in ("opening", "closing"):
            price = getattr(row, name)
            if price is not None and not row.lowest <= price <= row.highest:
                yield fault_of("EXC-RANGE", name, str(price), expected)
    for measure in ("quantity", "amount"):
        total, parts = getattr(row, f"total_{measure}"), parts_of(row, measure)
        if total is not None and None not in parts and total != sum(parts):
            yield fault_of("EXC-TOTAL", f"total_{measure}", plain(Decimal(total)), _TOTAL.format(n=sum(parts)))
        so_far = getattr(row, f"cumulative_{measure}")
        if total is not None and so_far is not None and so_far < total:
            expected = _SO_FAR.format(n=plain(Decimal(total)))
            yield fault_of("EXC-TOTAL", f"cumulative_{measure}", plain(Decimal(so_far)), expected)


def parts_of(row: QuoteRow, measure: str) -> list[Any]:
    return [getattr(row, f"{part}_{measure}") for part in METHODS_OF_A_DAY]


def fault_of(code: str, field: str, actual: str, expected: Text) -> Finding:
    return Finding(code, ERROR, "", field, same(actual), expected, _FAULT.format(found=actual, expected=expected))


def add(call: Call, row: QuoteRow) -> Quote:
    """The quote of a day, kept as it was published."""
    if faults := list(faults_of(row, call.today)):
        raise Refused("EXC-QUOTE", _WRONG, 422, faults)
    money = {f"{name}_fen": None if (value := getattr(row, name)) is None else fen(value) for name in PRICES + AMOUNTS}
    quantities = {name: getattr(row, name) for name in QUANTITIES}
    quote = Quote(
        day=row.day,
        venue=row.venue,
        product=row.product,
        source=row.source,
        person_name=call.actor.name,
        at=call.now,
        **money,
        **quantities,
    )
    quote.save()
    return quote


def stated(quote: Quote) -> dict[str, Any]:
    """A quote as a file states it."""
    money = {
        name: None if (value := getattr(quote, f"{name}_fen")) is None else Decimal(value).scaleb(-2)
        for name in PRICES + AMOUNTS
    }
    return money | {name: getattr(quote, name) for name in QUANTITIES}


def stands(_call: Call, row: QuoteRow) -> bool:
    """The quote of this day was read before, with the same numbers."""
    quote = Quote.objects.filter(venue=row.venue, product=row.product, day=row.day).first()
    return quote is not None and stands_as(row, stated(quote))


def rows(_actor: Actor) -> Iterator[dict[str, Any]]:
    for quote in Quote.objects.order_by("day", "venue", "product"):
        yield {name: getattr(quote, name) for name in ("day", "venue", "product", "source")} | stated(quote)


def undo(_call: Call, quote: Quote) -> None:
    remove(quote)


IMPORT = Importer(
    "exchange.quotes",
    title=Text("每日行情", "daily quotes"),
    row=QuoteRow,
    by=OFFICER,
    add=add,
    undo=undo,
    fills="exchange.quotes",
    heads={
        "day": ("trade_date", "日期", "交易日期"),
        "product": ("price_basis", "品种", "标的", "价格口径"),
        "opening": ("open", "开盘价", "开盘"),
        "highest": ("high", "最高价", "最高"),
        "lowest": ("low", "最低价", "最低"),
        "closing": ("close", "收盘价", "收盘"),
        "listed_quantity": ("listed_vol_t", "挂牌成交量", "挂牌协议成交量"),
        "listed_amount": ("listed_amt_cny", "挂牌成交额", "挂牌协议成交额"),
        "block_quantity": ("block_vol_t", "大宗成交量", "大宗协议成交量"),
        "block_amount": ("block_amt_cny", "大宗成交额", "大宗协议成交额"),
        "auction_quantity": ("auction_vol_t", "竞价成交量", "单向竞价成交量"),
        "auction_amount": ("auction_amt_cny", "竞价成交额", "单向竞价成交额"),
        "total_quantity": ("total_vol_t", "成交量", "总成交量"),
        "total_amount": ("total_amt_cny", "成交额", "总成交额"),
        "cumulative_quantity": ("cum_vol_t", "累计成交量"),
        "cumulative_amount": ("cum_amt_cny", "累计成交额"),
    },
    example={
        "day": "2026-11-27", "venue": "示例交易所", "opening": "70.10", "highest": "71.00", "lowest": "69.80",
        "closing": "70.52", "total_quantity": "250000", "total_amount": "17630000.00", "source": "示例行情（合成）",
    },
    order=lambda row: (row.day, row.venue, row.product),
    present=stands,
    rows=rows,
    again=True,
    law=RULES,
)  # fmt: skip
