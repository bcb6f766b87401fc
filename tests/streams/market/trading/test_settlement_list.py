"""The exchange's settlement list as it is handed out: its words, its days, its total; both sides of a trade."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.evidence.tracking import unrecorded
from tanzhi.office.imports.template import workbook
from tanzhi.organisations.people.model import Person
from tanzhi.streams.market.ledger.accounts import open_account
from tanzhi.streams.market.ledger.model import UnitKind
from tanzhi.streams.market.trading import statistics
from tanzhi.streams.market.trading.imports import IMPORT
from tanzhi.streams.market.trading.models import Statement, Trade
from tests import factories
from tests.factories import World
from tests.sheets import answers, file, goes_out_as_it_comes_in, taken_in
from tests.streams.market.conftest import AT, Books, made

# As in the layout of the field: the words of the exchange, a day as text and as Excel counts it (45251 is 2023-11-21),
# numbers with commas, a row of totals.
HEADS = (
    "成交编号", "成交日期", "客户名称", "买卖方向", "交易方式", "产品名称",
    "成交数量(吨)", "成交价格(元/吨)", "成交金额(元)",
)  # fmt: skip
BOUGHT = ("T1", "20231121", "PLANT", "买入", "挂牌协议", "CEA22", 300_000, 70.25, "21,075,000.00")
SOLD = ("T2", 45251, "PLANT", "卖出", "大宗协议", "全国碳排放配额（2022年度）", 250_000, "60.00", "15,000,000.00")
TOTAL = ("合计", None, None, None, None, None, 550_000, None, 36_075_000)
CONSTANTS = {"venue": "上海环境能源交易所", "statement": "2023-11"}


@pytest.fixture
def books(world: World) -> Books:
    with unrecorded():
        UnitKind.objects.create(
            code="CEA22", kind="CEA", first_year=2022, last_year=2022, name_zh="2022 年度配额", name_en="CEA of 2022"
        )
    return made(world)


def told(who: Actor, *rows: tuple[Any, ...]) -> list[list[str]]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return [[each.code for each in answer.findings] for answer in answers(IMPORT, who, out.getvalue(), **CONSTANTS)]


def test_the_list_comes_in_as_it_is_and_its_sales_need_not_stand_below_its_purchases(
    books: Books, officer: Actor
) -> None:
    taken_in(IMPORT, officer, HEADS, SOLD, BOUGHT, TOTAL, **CONSTANTS)
    fields = ("number", "day", "side", "method", "unit", "quantity", "price_fen", "amount_fen")
    trades = [tuple(str(getattr(trade, name)) for name in fields) for trade in Trade.objects.order_by("number")]
    assert trades == [
        ("T1", "2023-11-21", "buy", "listed", "CEA22", "300000", "7025", "2107500000"),
        ("T2", "2023-11-21", "sell", "block", "CEA22", "250000", "6000", "1500000000"),
    ]
    assert books.held(books.plant, UnitKind.objects.get(code="CEA22")) == 50_000
    assert Statement.objects.get().reference == "2023-11"


def test_what_is_there_goes_out_and_comes_in_again_by_template_and_by_the_list_s_own_export(
    books: Books, officer: Actor, client: Client
) -> None:
    taken_in(IMPORT, officer, HEADS, BOUGHT, SOLD, **CONSTANTS)
    goes_out_as_it_comes_in(IMPORT, officer, 2)
    with unrecorded():
        Person.objects.filter(pk=officer.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=officer.person_id), backend="django.contrib.auth.backends.ModelBackend")
    exported = client.get("/exchange/?export=xlsx").getvalue()
    again = answers(IMPORT, officer, exported, **CONSTANTS)
    assert [(each.findings, each.record, each.aside is not None) for each in again] == [((), None, True)] * 2


def test_the_template_offers_the_exchange_s_words_and_reads_them(books: Books, officer: Actor) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(IMPORT, officer)))
    words = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"买入", "卖出", "挂牌协议", "大宗协议", "单向竞价"} <= words


def test_the_dry_run_asks_what_the_rules_of_trading_ask_and_the_file_still_comes_in(
    books: Books, officer: Actor
) -> None:
    heads = (*HEADS, "前收盘价")
    inside = ("T1", "2023/11/21", "PLANT", "买入", "挂牌协议", "CEA22", 1_000, "66.00", 66_000, "60.00")
    beyond = ("T2", "2023/11/21", "PLANT", "买入", "挂牌协议", "CEA22", 1_000, "66.01", 66_010, "60.00")
    large = ("T3", "2023/11/21", "PLANT", "买入", "挂牌协议", "CEA22", 100_000, "60.00", 6_000_000, "60.00")
    # listed agreements: ±10 % of the close before, less than 100 000 t (上海环境能源交易所公告 2021-06-22)
    assert told(officer, heads, inside, beyond, large) == [[], ["MKT-101"], ["MKT-102"]]
    taken_in(IMPORT, officer, heads, inside, beyond, large, **CONSTANTS)
    assert Trade.objects.count() == 3


def test_two_sides_of_a_trade_are_one_trade_or_told_where_they_are_not(
    books: Books, officer: Actor, world: World
) -> None:
    vintage = UnitKind.objects.get(code="CEA22")
    with unrecorded():
        seller = open_account(factories.organisation("NEXT", world.city), AT)
        books.move(books.source, seller, 400_000, vintage)
    buyer = (*BOUGHT[:4], "大宗协议", *BOUGHT[5:])
    other = ("T1", "20231121", "NEXT", "卖出", *buyer[4:])
    assert told(officer, HEADS, buyer, (*other[:7], "70.26", 21_078_000)) == [[], ["EXC-SIDES"]]
    assert told(officer, HEADS, buyer, (*other[:6], 299_999, 70.25, "21,074,929.75")) == [[], ["EXC-SIDES"]]
    assert told(officer, HEADS, buyer, (*other[:1], "20231122", *other[2:])) == [[], ["EXC-SIDES"]]
    taken_in(IMPORT, officer, HEADS, buyer, other, **CONSTANTS)
    buy, sell = Trade.objects.get(side="buy"), Trade.objects.get(side="sell")
    assert (buy.other_side, sell.other_side) == (sell, buy)
    assert statistics.sums(Trade.objects.all())["between"] == 300_000
    assert (books.held(books.plant, vintage), books.held(seller, vintage)) == (300_000, 100_000)


def test_the_same_side_with_other_numbers_is_told_field_by_field(books: Books, officer: Actor) -> None:
    taken_in(IMPORT, officer, HEADS, BOUGHT, **CONSTANTS)
    changed = (*BOUGHT[:6], 300_001, 70.25, "21,075,070.25")
    assert told(officer, HEADS, changed) == [["IMP-OTHER", "IMP-OTHER"]]
    with pytest.raises(Refused) as refused:
        perform(IMPORT.commit_name, officer, data={"file": file(HEADS, changed), "constants": CONSTANTS})
    assert [each.place for each in refused.value.findings] == ["Sheet!G2", "Sheet!I2"]
