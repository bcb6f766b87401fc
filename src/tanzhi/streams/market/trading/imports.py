"""Trades read in from a file of the exchange: xlsx or CSV, tried row by row before anything is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.queries import allowance_codes, settle

from .models import Trade
from .work import (
    OFFICER,
    RULES,
    TradeReferenceData,
    TradeRow,
    deal_of,
    fault_of,
    faults_of,
    statement_of,
    trade_of,
    undone,
)


class FileRow(TradeRow):
    """A line of the exchange's file."""

    venue: Annotated[str, Field(min_length=2, max_length=40), Label("交易机构", "Exchange")]
    statement: Annotated[str, Field(min_length=1, max_length=60), Label("对账单编号", "Statement number")]


def add(call: Call, row: FileRow) -> Trade:
    """One trade, kept and settled; wrong, it is refused with what is expected."""
    organisation = organisation_by_code(row.organisation)
    call.require(organisation.place)
    books = TradeReferenceData({organisation.code: organisation}, [code for code, _ in allowance_codes()], call.today)
    faults = list(faults_of(1, row, books))
    if Trade.objects.standing().filter(venue=row.venue, number=row.number, side=row.side).exists():
        expected = Text("未导入过的成交编号", "a number not read before")
        faults.append(fault_of("EXC-SAME", 1, "number", row.number, expected))
    if faults:
        raise Refused("EXC-ROWS", Text("该行须改", "this row is wrong"), 422, faults)
    region = Region.objects.get(path=organisation.region.path.split("/", maxsplit=1)[0] + "/")
    statement = statement_of(call, region, (row.venue, row.statement, row.statement))
    trade = trade_of(statement, row, organisation)
    trade.save()
    settle(call, row.venue, region, [deal_of(trade)])
    return trade


def undo(call: Call, trade: Trade) -> None:
    """What an import added counts no longer; its posting is mirrored."""
    undone(call, trade, Text("撤销导入", "import undone").zh)


IMPORT = Importer(
    "exchange.trades",
    title=Text("交易对账单", "Statement of trades"),
    row=FileRow,
    by=OFFICER,
    add=add,
    undo=undo,
    law=RULES,
)
