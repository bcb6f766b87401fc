"""Trades read in from a file of the exchange: xlsx or CSV, tried row by row before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer
from tanzhi.office.imports.work import stands as stands_as
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.queries import allowance_codes, settle, unit_in

from .models import BUY, Trade
from .work import (
    OFFICER,
    RULES,
    TradeReferenceData,
    TradeRow,
    deal_of,
    faults_of,
    questions,
    sides_apart,
    statement_of,
    trade_of,
    undone,
)

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def vintages(_actor: Actor) -> list[tuple[str, Text]]:
    return list(allowance_codes())


class FileRow(TradeRow):
    """A line of the exchange's file."""

    unit: Annotated[
        str,
        Field(max_length=60),
        Label("配额种类", "Unit"),
        Choices(vintages),
        Help("如 CEA22、全国碳排放配额（2022年度）", "such as CEA22 or its name"),
    ]
    venue: Annotated[str, Field(min_length=2, max_length=40), Label("交易机构", "Exchange")]
    statement: Annotated[str, Field(min_length=1, max_length=60), Label("对账单编号", "Statement number")]


def named(row: FileRow) -> FileRow:
    """With the code of the vintage, where it is called by its year or name."""
    unit = unit_in(row.unit)
    return row.model_copy(update={"unit": unit.code}) if unit else row


def add(call: Call, row: FileRow) -> Trade:
    """One trade, kept and settled; wrong, it is refused with what is expected."""
    row = named(row)
    organisation = organisation_by_code(row.organisation)
    call.require(organisation.place)
    books = TradeReferenceData({organisation.code: organisation}, [code for code, _ in allowance_codes()], call.today)
    faults = [*faults_of(1, row, books), *sides_apart(row.venue, [(1, row)])]
    if faults:
        raise Refused("EXC-ROWS", Text("该行须改", "this row is wrong"), 422, faults)
    region = Region.objects.get(path=organisation.region.path.split("/", maxsplit=1)[0] + "/")
    statement = statement_of(call, region, (row.venue, row.statement, row.statement))
    trade = trade_of(statement, row, organisation)
    trade.save()
    settle(call, row.venue, region, [deal_of(trade)])
    return trade


FIELDS = ("day", "method", "unit", "quantity", "price", "amount")


def stands(_call: Call, row: FileRow) -> bool:
    """This side of the trade was read before, with the same numbers."""
    sides = Trade.objects.standing().filter(venue=row.venue, number=row.number, side=row.side)
    trade = sides.select_related("organisation").first()
    if trade is None:
        return False
    stored = {name: getattr(trade, name) for name in FIELDS} | {"organisation": trade.organisation.code}
    return stands_as(named(row), stored)


def rows(actor: Actor) -> Iterator[dict[str, Any]]:
    trades = Trade.objects.standing().visible_to(actor).select_related("organisation", "statement")
    for trade in trades.order_by("day", "pk"):
        fields = {name: getattr(trade, name) for name in ("number", "side", "venue", *FIELDS)}
        close = trade.previous_close_fen
        yield fields | {
            "organisation": trade.organisation.code,
            "previous_close": None if close is None else Decimal(close).scaleb(-2),
            "statement": trade.statement.reference,
        }


def undo(call: Call, trade: Trade) -> None:
    """What an import added counts no longer; its posting is mirrored."""
    undone(call, trade, Text("撤销导入", "import undone").zh)


IMPORT = Importer(
    "exchange.trades",
    title=Text("交易对账单", "statement of trades"),
    row=FileRow,
    by=OFFICER,
    add=add,
    undo=undo,
    fills="exchange.trades",
    heads={
        "number": ("成交号", "Number"),
        "day": ("成交日期", "交易日期"),
        "organisation": ("客户名称", "会员名称", "交易主体", "企业", "企业名称", "单位名称", "Enterprise"),
        "side": ("买卖", "方向"),
        "method": ("方式", "成交方式"),
        "unit": ("产品名称", "产品", "种类", "标的"),
        "quantity": ("成交数量(吨)", "成交数量（吨）", "成交数量", "数量", "成交量", "Quantity"),
        "price": ("成交价格(元/吨)", "成交价格（元/吨）", "成交价格", "成交价", "Price"),
        "amount": ("成交金额(元)", "成交金额（元）", "成交金额", "成交额", "Amount"),
        "previous_close": ("前收盘价", "上一交易日收盘价"),
    },
    example={
        "number": "T1", "day": "2023-11-21", "organisation": "P01", "quantity": "1000", "price": "70.25",
        "amount": "70250.00", "unit": "CEA22", "venue": "上海环境能源交易所", "statement": "2023-11",
    },
    order=lambda row: (row.day, row.side != BUY),
    questions=questions,
    present=stands,
    rows=rows,
    law=RULES,
)  # fmt: skip
