"""The only writers of trades: a statement of the exchange is read whole, or refused with every row that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.reasons import ShortReason
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.register.choices import organisations, regions
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices
from tanzhi.presentation.search_writing import index
from tanzhi.rulebook.kernel import check
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.rulebook.market import METHODS, market
from tanzhi.streams.market.ledger.queries import TradeSide, allowance_codes, settle, unsettle

from .models import BUY, SELL, SIDES, Statement, Trade

OFFICER = {"provincial_officer"}
RULES = "碳排放权交易管理规则（试行）"
Price = Annotated[Decimal, Field(gt=0, max_digits=9, decimal_places=2, allow_inf_nan=False)]


class TradeRow(Input):
    """One line of a statement."""

    number: Annotated[str, Field(min_length=1, max_length=40), Label("成交编号", "Trade number")]
    day: Annotated[date, Label("成交日", "Day")]
    organisation: Annotated[str, Field(max_length=40), Label("单位代码", "Organisation code"), Choices(organisations)]
    side: Annotated[Literal["buy", "sell"], Label("买卖方向", "Side"), Choices(SIDES)]
    method: Annotated[Literal["listed", "block", "auction"], Label("交易方式", "Method"), Choices(METHODS)]
    unit: Annotated[str, Field(max_length=60), Label("配额种类", "Unit")]
    quantity: Annotated[int, Field(ge=1), Label("成交量（吨）", "Quantity (t)")]
    price: Annotated[Price, Label("成交价（元/吨）", "Price (CNY/t)")]
    amount: Annotated[
        Decimal, Field(gt=0, decimal_places=2, allow_inf_nan=False), Label("成交额（元）", "Amount (CNY)")
    ]
    previous_close: Annotated[Price | None, Label("前收盘价（元/吨）", "Previous close (CNY/t)")] = None


class StatementInput(Input):
    region: Annotated[str, Field(max_length=12), Label("地区代码", "Region code"), Choices(regions)]
    venue: Annotated[str, Field(min_length=2, max_length=40), Label("交易机构", "Exchange")]
    reference: Annotated[str, Field(min_length=1, max_length=60), Label("对账单编号", "Statement number")]
    source: Annotated[str, Field(min_length=2, max_length=300), Label("来源", "Source")]
    rows: Annotated[list[TradeRow], Field(min_length=1, max_length=20000), Label("成交记录", "Trades")]


class TradeCancelInput(Input):
    reason: ShortReason


def place_of_region(data: StatementInput) -> Place:
    return region_by_code(data.region).place


_TWICE = Text("对账单 {n} 已导入", "statement {n} was read before")
_ROWS = Text("有 {n} 处须改，未保存任何内容", "{n} entries are wrong; nothing was saved")


@action(
    "exchange.import_statement",
    label=Text("登记交易对账单", "Enter a statement"),
    by=OFFICER,
    input=StatementInput,
    place=place_of_region,
    law=RULES,
)
def import_statement(call: Call) -> Statement:
    """Keep every trade and settle it in the ledger; a row that is wrong refuses the statement, with all such rows."""
    data: StatementInput = call.data
    region = region_by_code(data.region)
    if Statement.objects.filter(venue=data.venue, reference=data.reference).exists():
        raise Refused("EXC-TWICE", _TWICE.format(n=data.reference), 409)
    books = books_of(region, call.today)
    faults = [fault for place, row in enumerate(data.rows, 1) for fault in faults_of(place, row, books)]
    faults += sides_apart(data.venue, list(enumerate(data.rows, 1)))
    # A side of a trade that stands there before, in this statement or in an earlier one of the exchange.
    existing = Trade.objects.standing().filter(venue=data.venue, number__in=[row.number for row in data.rows])
    seen = set(existing.values_list("number", "side"))
    unread = Text("未导入过的成交编号", "a number not read before")
    for place, row in enumerate(data.rows, 1):
        if (row.number, row.side) in seen:
            faults.append(fault_of("EXC-SAME", place, "number", row.number, unread))
        seen.add((row.number, row.side))
    if faults:
        raise Refused("EXC-ROWS", _ROWS.format(n=len(faults)), 422, faults)
    statement = statement_of(call, region, (data.venue, data.reference, data.source))
    trades = [trade_of(statement, row, books.by_code[row.organisation]) for row in data.rows]
    Trade.objects.bulk_create(trades)
    index(Trade, [trade.pk for trade in trades])
    settle(call, data.venue, region, [deal_of(trade) for trade in trades])
    call.attach("trades", len(trades))
    return statement


_CANCELLED = Text("成交 {n} 已撤销", "the trade {n} is cancelled already")


@action(
    "exchange.cancel_trade",
    label=Text("撤销成交记录", "Cancel a trade"),
    by=OFFICER,
    approvers={"provincial_director"},
    subject=Trade,
    input=TradeCancelInput,
    second_person=True,
    law=RULES,
)
def cancel_trade(call: Call, trade: Trade) -> Trade:
    """Read in wrongly: its posting is mirrored, and it counts no longer."""
    if trade.cancelled_at is not None:
        raise Refused("EXC-CANCELLED", _CANCELLED.format(n=trade.number), 409)
    return undone(call, trade, call.data.reason)


def undone(call: Call, trade: Trade, reason: str) -> Trade:
    unsettle(call, trade.venue, deal_of(trade), reason)
    trade.cancelled_at, trade.reason = call.now, reason[:300]
    trade.save(update_fields=["cancelled_at", "reason"])
    return trade


def statement_of(call: Call, region: Region, fields: tuple[str, str, str]) -> Statement:
    """The statement of an exchange by its number; kept when it is first heard of."""
    venue, reference, source = fields
    statement, _ = Statement.objects.get_or_create(
        venue=venue,
        reference=reference,
        defaults={"region": region, "source": source, "person_name": call.actor.name, "at": call.now},
    )
    return statement


def deal_of(trade: Trade) -> TradeSide:
    return TradeSide(trade.number, trade.organisation, trade.unit, trade.quantity, trade.side == BUY, trade.day)


def trade_of(statement: Statement, row: TradeRow, organisation: Organisation) -> Trade:
    return Trade(
        statement=statement,
        organisation=organisation,
        venue=statement.venue,
        number=row.number,
        day=row.day,
        side=row.side,
        method=row.method,
        unit=row.unit,
        quantity=row.quantity,
        price_fen=fen(row.price),
        amount_fen=fen(row.amount),
        previous_close_fen=fen(row.previous_close) if row.previous_close else None,
        questions=[finding.as_dict() for finding in questions(row)],
    )


def fen(yuan: Decimal) -> int:
    """Yuan with two decimals as whole fen."""
    return int(yuan.scaleb(2))


def questions(row: TradeRow) -> tuple[Finding, ...]:
    """What the rules of trading ask about a trade: outside of the price band, size against method."""
    close = str(row.previous_close) if row.previous_close else None
    trade = {"trade": row.number, "method": row.method, "quantity": str(row.quantity), "price": str(row.price)}
    node = evaluate(market, row.day, {"previous_close": close, "trades": [trade]})
    return tuple(check(node))


@dataclass(frozen=True, slots=True)
class TradeReferenceData:
    """What a row is held against: enterprises by code, vintages, the day."""

    by_code: dict[str, Organisation]
    vintages: list[str]
    today: date


def books_of(region: Region, today: date) -> TradeReferenceData:
    enterprises = Organisation.objects.filter(region__path__startswith=region.path, kind="enterprise").select_related(
        "region"
    )
    return TradeReferenceData(
        {enterprise.code: enterprise for enterprise in enterprises}, [code for code, _ in allowance_codes()], today
    )


def faults_of(place: int, row: TradeRow, books: TradeReferenceData) -> Iterator[Finding]:
    """What is wrong with a row as it stands."""
    if row.organisation not in books.by_code:
        yield fault_of(
            "EXC-WHO", place, "organisation", row.organisation, Text("辖区内企业", "an enterprise of the region")
        )
    if row.unit not in books.vintages:
        expected = Text("{known} 之一", "one of {known}").format(known=", ".join(books.vintages) or "—")
        yield fault_of("EXC-UNIT", place, "unit", row.unit, expected)
    if row.day > books.today:
        yield fault_of("EXC-DAY", place, "day", row.day.isoformat(), Text("不晚于今日", "not after today"))
    if row.price * row.quantity != row.amount:
        expected = Text("{n}（数量 × 价格）", "{n} (quantity × price)").format(n=row.price * row.quantity)
        yield fault_of("EXC-AMOUNT", place, "amount", str(row.amount), expected)


_OTHER_SIDE = Text("与同一成交编号的{side}一致：{words}", "as the other side of the trade ({side}) has it: {words}")
_ALIKE = ("day", "method", "unit", "quantity", "price")


def sides_apart(venue: str, rows: list[tuple[int, TradeRow]]) -> Iterator[Finding]:
    """Where the two sides of a trade, in these rows or in what stands there, are not one trade."""
    sides: dict[tuple[str, str], dict[str, object]] = {}
    for trade in Trade.objects.standing().filter(venue=venue, number__in={row.number for _, row in rows}):
        sides[trade.number, trade.side] = {name: getattr(trade, name) for name in _ALIKE}
    for place, row in rows:
        own: dict[str, object] = {name: getattr(row, name) for name in _ALIKE}
        side = SELL if row.side == BUY else BUY
        other = sides.get((row.number, side), own)
        for name in _ALIKE:
            if own[name] != other[name]:
                words = METHODS.get(str(other[name]), same(str(other[name])))
                yield fault_of(
                    "EXC-SIDES", place, name, str(own[name]), _OTHER_SIDE.format(side=SIDES[side], words=words)
                )
        sides.setdefault((row.number, row.side), own)


_FAULT = Text("第 {place} 行：{found}，应为{expected}", "row {place}: {found}, expected {expected}")


def fault_of(code: str, place: int, field: str, actual: str, expected: Text) -> Finding:
    message = _FAULT.format(place=place, found=actual, expected=expected)
    return Finding(code, ERROR, f"rows[{place}]", field, same(actual), expected, message)
