"""Statements of the exchange: read in whole, settled in the ledger, refused row by row where something is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.figures import Question, ask
from tanzhi.figures.lineage import explain
from tanzhi.streams.market.trading import statistics
from tanzhi.streams.market.trading.models import Statement, Trade
from tests.factories import World
from tests.streams.market import market
from tests.streams.market.conftest import Books, made

ROW: dict[str, Any] = {
    "number": "T1", "day": "2022-03-01", "organisation": "PLANT", "side": "buy", "method": "listed", "unit": "CEA21",
    "quantity": 1_000, "price": "58.20", "amount": "58200.00", "previous_close": "58.00",
}  # fmt: skip
SOLD = ROW | {"number": "T2", "day": "2022-03-02", "side": "sell", "quantity": 400, "amount": "23280.00"}


@pytest.fixture
def books(world: World) -> Books:
    return made(world)


def read(officer: Actor, *rows: dict[str, Any], reference: str = "2022-03") -> Statement:
    told = {"region": "990000", "venue": "SHEEX", "reference": reference, "source": "statement", "rows": list(rows)}
    return perform("exchange.import_statement", officer, data=told).result


def test_trades_are_kept_in_fen_and_settled(books: Books, officer: Actor) -> None:
    read(officer, ROW, SOLD)
    assert [(t.price_fen, t.amount_fen) for t in Trade.objects.order_by("day")] == [
        (5820, 5_820_000),
        (5820, 2_328_000),
    ]
    assert books.held(books.plant) == 600


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"organisation": "OTHER"}, "EXC-WHO", "organisation"),
        ({"unit": "CEA99"}, "EXC-UNIT", "unit"),
        ({"day": "2199-01-01"}, "EXC-DAY", "day"),
        ({"amount": "58200.01"}, "EXC-AMOUNT", "amount"),
        ({"number": "T1", "day": "2022-03-05"}, "EXC-SAME", "number"),
    ],
)
def test_a_wrong_row_refuses_the_statement_and_is_named(
    books: Books, officer: Actor, change: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        read(officer, ROW, ROW | {"number": "T9"} | change)
    [fault] = refusal.value.findings
    assert (fault.code, fault.place, fault.field) == (code, "rows[2]", field)
    assert not Trade.objects.exists()
    assert books.held(books.plant) == 0


def test_what_is_not_held_cannot_have_been_sold(books: Books, officer: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        read(officer, SOLD)
    assert refusal.value.code == "REG-SHORT"
    assert not Statement.objects.exists()


def test_a_statement_is_read_once(books: Books, officer: Actor) -> None:
    read(officer, ROW)
    with pytest.raises(Refused) as refusal:
        read(officer, ROW | {"number": "T3"})
    assert refusal.value.code == "EXC-TWICE"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"price": "63.81", "amount": "63810.00"}, "MKT-101"),
        ({"quantity": 100_000, "amount": "5820000.00"}, "MKT-102"),
        ({"method": "block", "quantity": 99_999, "amount": "5819941.80"}, "MKT-102"),
    ],
)
def test_what_the_rules_of_trading_ask_stays_with_the_trade(
    books: Books, officer: Actor, change: dict[str, Any], code: str
) -> None:
    read(officer, ROW | change)
    assert [found["code"] for found in Trade.objects.get().questions] == [code]


def test_a_trade_within_band_and_size_asks_nothing(books: Books, officer: Actor) -> None:
    read(officer, ROW | {"price": "63.80", "amount": "63800.00"})
    assert Trade.objects.get().questions == []


def test_a_cancelled_trade_is_mirrored_and_counts_no_longer(books: Books, officer: Actor, director: Actor) -> None:
    read(officer, ROW)
    trade = Trade.objects.get()
    market.both("exchange.cancel_trade", officer, director, trade, {"reason": "read in twice"})
    assert books.held(books.plant) == 0
    assert not Trade.objects.standing().exists()
    with pytest.raises(Refused) as refusal:
        market.both("exchange.cancel_trade", officer, director, trade, {"reason": "read in twice"})
    assert refusal.value.code == "EXC-CANCELLED"


@pytest.mark.parametrize("who", ["clerk", "verifier", "stranger"])
def test_only_the_province_reads_statements(books: Books, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as refusal:
        read(request.getfixturevalue(who), ROW)
    assert refusal.value.code == "ACT-ROLE"


def test_sums_and_prices_are_money_over_tonnes(books: Books, officer: Actor) -> None:
    read(officer, ROW, ROW | {"number": "T4", "quantity": 3_000, "price": "60.00", "amount": "180000.00"})
    found = statistics.sums(Trade.objects.all())
    assert found["buy"] == {"tonnes": 4_000, "amount": Decimal("238200.00"), "price": Decimal("59.55")}
    assert found["sell"]["price"] is None


def test_the_figures_count_the_trades_of_the_cycle(
    books: Books, officer: Actor, world: World, clerk: Actor, stranger: Actor
) -> None:
    market.cycle(world, officer, 2021, 2021)
    read(officer, ROW, SOLD, ROW | {"number": "T5", "day": "2023-01-04"})
    question = Question("2023", world.province.code)
    asked = ("traded", "bought", "sold", "traded_amount", "bought_amount", "sold_amount")
    values = [ask(f"market.{name}", question).value for name in asked]
    assert values == [1_400, 1_000, 400, Decimal("81480.00"), Decimal("58200.00"), Decimal("23280.00")]
    part = ask("market.bought", question).answer.parts[0].parts[0]
    assert explain(part.ref, officer).parts[0].ref.startswith("entry:")
    with pytest.raises(Refused):
        explain(part.ref, stranger)
