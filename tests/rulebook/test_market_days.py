"""Finding 1.13 by its kind: what a day closes at and sums up to, whatever was traded on it and on the days before."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, product
from typing import Any

import pytest

from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.rules import QUANTITY
from tanzhi.rulebook.market import METHODS, market

YEAR = 2024
LISTED = "listed"
TRADES = {
    LISTED: [(300, "61.27"), (1_700, "60.03"), (1, "66.00")],
    "block": [(100_000, "55.00"), (250_000, "71.50")],
    "auction": [(40_000, "64.10")],
}
PREVIOUS = Decimal("60.05")
DAYS = [mixture for size in range(len(METHODS) + 1) for mixture in combinations(METHODS, size)]
"""Every mixture of methods that a day may have, none among them."""


def trades(methods: tuple[str, ...]) -> list[dict[str, str]]:
    rows = [(method, *trade) for method in methods for trade in TRADES[method]]
    return [
        {"trade": str(number), "method": method, "quantity": str(tonnes), "price": price}
        for number, (method, tonnes, price) in enumerate(rows, 1)
    ]


def close_of(methods: tuple[str, ...], before: Decimal | None) -> Decimal | None:
    """Money over tonnes of the listed agreements, else the close before: the announcement of 2021-06-22, by hand."""
    if LISTED not in methods:
        return before
    money = sum(tonnes * Decimal(price) for tonnes, price in TRADES[LISTED])
    return (money / sum(tonnes for tonnes, _ in TRADES[LISTED])).quantize(Decimal("0.01"), ROUND_HALF_UP)


def day(methods: tuple[str, ...], before: Decimal | None) -> dict[str, Any]:
    return ({} if before is None else {"previous_close": str(before)}) | {"trades": trades(methods)}


def test_every_method_of_trading_is_tried() -> None:
    assert TRADES.keys() == METHODS.keys()


@pytest.mark.parametrize("methods", DAYS, ids=lambda methods: "+".join(methods) or "nothing")
@pytest.mark.parametrize("before", [PREVIOUS, None], ids=["a close before", "the first day"])
def test_a_day_closes_at_its_listed_price_or_as_the_day_before(
    methods: tuple[str, ...], before: Decimal | None
) -> None:
    assert evaluate(market, YEAR, day(methods, before)).value("closing_price").number == close_of(methods, before)


@pytest.mark.parametrize("methods", DAYS, ids=lambda methods: "+".join(methods) or "nothing")
def test_no_quantity_of_a_day_is_blank_after_a_day_that_closed(methods: tuple[str, ...]) -> None:
    """Enumerated over the rules: what a day without trades leaves blank would be blank ever after."""
    top = evaluate(market, YEAR, day(methods, PREVIOUS))
    names = [rule.name for rule in market.edition(YEAR).by_level["day"] if rule.kind == QUANTITY]
    assert [name for name in names if top.value(name).number is None] == []


@pytest.mark.parametrize("methods", DAYS, ids=lambda methods: "+".join(methods) or "nothing")
def test_a_day_sums_up_what_was_traded_on_it_and_nothing_is_nil(methods: tuple[str, ...]) -> None:
    top = evaluate(market, YEAR, day(methods, PREVIOUS))
    every = [trade for method in methods for trade in TRADES[method]]
    assert top.value("day_quantity").number == sum(tonnes for tonnes, _ in every)
    assert top.value("day_turnover").number == sum(tonnes * Decimal(price) for tonnes, price in every)


def test_a_close_is_carried_over_any_row_of_days_without_a_listed_trade() -> None:
    """Every row of four days: each closes at the last listed price, as the day before it handed it on."""
    some = [(), ("block",), (LISTED,), ("auction", "block")]
    for row in product(some, repeat=4):
        close: Decimal | None = PREVIOUS
        for methods in row:
            expected = close_of(methods, close)
            found = evaluate(market, YEAR, day(methods, close)).value("closing_price").number
            assert found == expected, row
            close = expected


def test_columns_close_every_day_as_records_do() -> None:
    records = [day(methods, before) for methods in DAYS for before in (PREVIOUS, None)]
    column = Columns(market, YEAR, flatten(market, records)).column("closing_price")
    expected = [close_of(methods, before) for methods in DAYS for before in (PREVIOUS, None)]
    assert [column.number(row) for row in range(len(records))] == expected
