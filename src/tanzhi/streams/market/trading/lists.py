"""The lists of trading: every trade, what each enterprise bought and sold, the exchange's quotes day by day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tanzhi.organisations.register.model import names_of
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.rulebook.market import METHODS
from tanzhi.streams.market.ledger.queries import allowance_codes

from . import statistics
from .models import SIDES, Quote, Trade

TONNES, YUAN, PRICE = Text("吨", "t"), Text("元", "CNY"), Text("元/吨", "CNY/t")


def called(rows: list[Trade]) -> None:
    """Names of a page's organisations, with one query."""
    names = names_of([row.organisation for row in rows], max((row.day for row in rows), default=date.min))
    for row in rows:
        row.called = names.get(row.organisation_id, same(row.organisation.code))  # type: ignore[attr-defined]


def vintages() -> dict[str, Text]:
    return dict(allowance_codes())


def cycles() -> dict[str, Text]:
    return {str(window.cycle.pk): window.cycle.name for window in statistics.every_window()}


def within(rows: QuerySet[Trade], code: str) -> QuerySet[Trade]:
    """The trades of a cycle: between the deadline before it and its own."""
    window = next((candidate for candidate in statistics.every_window() if str(candidate.cycle.pk) == code), None)
    return rows.filter(day__range=(window.first, window.last)) if window else rows


TRADES = Listing(
    "exchange.trades",
    title=Text("成交明细", "Trades"),
    noun=Text("笔", "trades"),
    order="-day",
    search=("number", "organisation__code", "organisation__names__zh", "organisation__names__en"),
    prepare=called,
    columns=(
        ListColumn("day", Text("成交日", "Day"), kind="date", sort=("day", "pk")),
        ListColumn(
            "number", Text("成交编号", "Number"), kind="link", sort="number", link=lambda row: row.get_absolute_url()
        ),
        ListColumn("who", Text("企业", "Enterprise"), value="called"),
        ListColumn("side", Text("方向", "Side"), words=SIDES, sort="side"),
        ListColumn("method", Text("方式", "Method"), words=METHODS, sort="method"),
        ListColumn("unit", Text("种类", "Unit"), sort="unit"),
        ListColumn("quantity", Text("成交量", "Quantity"), kind="number", sort="quantity", unit=TONNES),
        ListColumn("price", Text("成交价", "Price"), kind="number", sort="price_fen", unit=PRICE),
        ListColumn("amount", Text("成交额", "Amount"), kind="number", sort="amount_fen", unit=YUAN),
        ListColumn(
            "questions",
            Text("核对", "Check"),
            kind="state",
            value=lambda row: Text("有疑问", "to be checked") if row.questions else None,
            tone=lambda _row: "due",
        ),
    ),
    filters=(
        Filter("cycle", Text("履约周期", "Cycle"), cycles, where=within),
        Filter("side", Text("方向", "Side"), SIDES),
        Filter("unit", Text("种类", "Unit"), vintages),
        Filter("method", Text("方式", "Method"), METHODS),
    ),
    empty=Text("尚无成交。", "No trade yet."),
    step=FillingStep(Text("导入交易对账单。", "Read in a statement of the exchange."), "exchange.import_statement"),
)

PLANTS = Listing(
    "exchange.plants",
    title=Text("按企业统计", "By enterprise"),
    noun=Text("家企业", "enterprises"),
    prefix="p-",
    order="-tonnes",
    columns=(
        ListColumn("name", Text("企业", "Enterprise"), sort="name"),
        ListColumn("bought", Text("买入", "Bought"), kind="number", sort="bought", unit=TONNES),
        ListColumn("sold", Text("卖出", "Sold"), kind="number", sort="sold", unit=TONNES),
        ListColumn("tonnes", Text("合计", "Together"), kind="number", sort="tonnes", unit=TONNES),
        ListColumn("paid", Text("买入金额", "Paid"), kind="number", sort="paid", unit=YUAN),
        ListColumn("earned", Text("卖出金额", "Earned"), kind="number", sort="earned", unit=YUAN),
    ),
    empty=Text("尚无成交", "No trade yet"),
)


def venues() -> dict[str, Text]:
    return {venue: same(venue) for venue in Quote.objects.order_by("venue").values_list("venue", flat=True).distinct()}


QUOTES = Listing(
    "exchange.quotes",
    title=Text("每日行情", "Daily quotes"),
    noun=Text("条行情", "quotes"),
    prefix="d-",
    order="-day",
    search=("venue", "product", "source"),
    columns=(
        ListColumn("day", Text("交易日", "Trading day"), kind="date", sort=("day", "pk")),
        ListColumn("venue", Text("交易机构", "Exchange"), sort="venue"),
        ListColumn("product", Text("品种或价格口径", "Product or price basis"), sort="product"),
        ListColumn("opening", Text("开盘价", "Opening"), kind="number", sort="opening_fen", unit=PRICE),
        ListColumn("highest", Text("最高价", "Highest"), kind="number", sort="highest_fen", unit=PRICE),
        ListColumn("lowest", Text("最低价", "Lowest"), kind="number", sort="lowest_fen", unit=PRICE),
        ListColumn("closing", Text("收盘价", "Closing"), kind="number", sort="closing_fen", unit=PRICE),
        ListColumn("total_quantity", Text("成交量", "Quantity"), kind="number", sort="total_quantity", unit=TONNES),
        ListColumn("total_amount", Text("成交额", "Amount"), kind="number", sort="total_amount_fen", unit=YUAN),
        ListColumn("source", Text("来源", "Source")),
    ),
    filters=(Filter("venue", Text("交易机构", "Exchange"), venues),),
    empty=Text("尚无行情。", "No quote yet."),
)
