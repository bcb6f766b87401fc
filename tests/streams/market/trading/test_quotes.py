"""Daily quotes come in by the exchange's file, stand on the page of trading, and go out again with an undo."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.evidence.tracking import unrecorded
from tanzhi.office.imports.model import Import
from tanzhi.organisations.people.model import Person
from tanzhi.streams.market.trading import statistics
from tanzhi.streams.market.trading.models import Quote
from tanzhi.streams.market.trading.quotes import IMPORT
from tests.sheets import answers, file, goes_out_as_it_comes_in, taken_in

# As databases of the market head them; columns of which nothing is kept among them.
HEADS = (
    "trade_date", "price_basis", "open", "high", "low", "close", "close_chg_pct", "listed_vol_t", "listed_amt_cny",
    "listed_vwap", "block_vol_t", "block_amt_cny", "auction_vol_t", "auction_amt_cny", "total_vol_t", "total_amt_cny",
    "cum_vol_t", "cum_amt_cny",
)  # fmt: skip
MONDAY = ("2023-11-20", "综合价", "70.10", "71.00", 69.8, "70.52", 0.6, 1_000, "70,520.00", 70.52, 2_000, 136_000, 0, 0,
          3_000, "206,520.00", 9_000, 600_000)  # fmt: skip
TUESDAY = (
    45251,
    "综合价",
    None,
    None,
    None,
    "70.52",
    0,
    0,
    0,
    None,
    500,
    33_500,
    None,
    None,
    500,
    33_500,
    9_500,
    633_500,
)
CONSTANTS = {"venue": "上海环境能源交易所", "source": "示例行情（合成）"}


@pytest.fixture(autouse=True)
def _world(world: object) -> None:
    """A province with an officer."""


@pytest.fixture
def reader(client: Client, officer: Actor) -> Client:
    with unrecorded():
        Person.objects.filter(pk=officer.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=officer.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def told(who: Actor, *rows: tuple[Any, ...]) -> list[list[tuple[str, str]]]:
    book = openpyxl.Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = answers(IMPORT, who, out.getvalue(), **CONSTANTS)
    return [[(each.code, each.field) for each in answer.findings] for answer in found]


def otherwise(**changed: Any) -> tuple[Any, ...]:
    return tuple(changed.get(head, value) for head, value in zip(HEADS, MONDAY, strict=True))


def test_the_file_comes_in_as_it_is_and_what_it_leaves_blank_is_no_nil(officer: Actor) -> None:
    taken_in(IMPORT, officer, HEADS, MONDAY, TUESDAY, **CONSTANTS)
    tuesday, monday = Quote.objects.order_by("-day")
    assert (monday.day, monday.venue, monday.product) == (date(2023, 11, 20), CONSTANTS["venue"], "综合价")
    assert (monday.opening_fen, monday.highest_fen, monday.lowest_fen, monday.closing_fen) == (7010, 7100, 6980, 7052)
    assert (monday.listed_quantity, monday.listed_amount_fen, monday.total_amount_fen) == (1_000, 7_052_000, 20_652_000)
    assert (tuesday.listed_quantity, tuesday.auction_quantity, tuesday.opening) == (0, None, None)
    assert tuesday.closing == Decimal("70.52")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"close": "71.00"}, []),
        ({"close": "71.01"}, [("EXC-RANGE", "closing")]),
        ({"open": "69.80"}, []),
        ({"open": "69.79"}, [("EXC-RANGE", "opening")]),
        ({"total_vol_t": 3_001}, [("EXC-TOTAL", "total_quantity")]),
        ({"total_amt_cny": "206,519.99"}, [("EXC-TOTAL", "total_amount")]),
        ({"auction_vol_t": None, "total_vol_t": 3_001}, []),  # a part that is not published may be anything
        ({"cum_vol_t": 3_000}, []),
        ({"cum_vol_t": 2_999}, [("EXC-TOTAL", "cumulative_quantity")]),
        ({"trade_date": "2099-01-04"}, [("EXC-DAY", "day")]),
        ({"close": None}, [("ACT-INPUT", "closing")]),
        ({"close": "0"}, [("ACT-INPUT", "closing")]),
        ({"listed_vol_t": -1}, [("ACT-INPUT", "listed_quantity")]),
    ],
)
def test_a_day_that_contradicts_itself_is_told_at_its_cell(
    officer: Actor, changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert told(officer, otherwise(**changed)) == [expected]


def test_nothing_of_a_file_with_a_wrong_row_is_kept(officer: Actor) -> None:
    with pytest.raises(Refused, match="IMP-ROWS"):
        taken_in(IMPORT, officer, HEADS, TUESDAY, otherwise(total_vol_t=1), **CONSTANTS)
    assert not Quote.objects.exists()


def test_a_day_that_stands_there_is_passed_over_and_another_number_of_it_refused(officer: Actor) -> None:
    taken_in(IMPORT, officer, HEADS, MONDAY, **CONSTANTS)
    taken_in(IMPORT, officer, HEADS, MONDAY, TUESDAY, **CONSTANTS)  # the next file has the days before, too
    assert Quote.objects.count() == 2
    assert told(officer, otherwise(close="70.53")) == [[("IMP-OTHER", "closing")]]


def test_an_import_is_undone_as_a_whole(officer: Actor) -> None:
    taken_in(IMPORT, officer, HEADS, MONDAY, TUESDAY, **CONSTANTS)
    perform(IMPORT.undo_name, officer, Import.objects.get(), {"reason": "文件有误，重新导入"})
    assert not Quote.objects.exists()


def test_whoever_is_no_officer_takes_nothing_up(director: Actor) -> None:
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform(IMPORT.commit_name, director, data={"file": file(HEADS, MONDAY), "constants": CONSTANTS})


def test_what_is_there_goes_out_and_comes_in_again(officer: Actor) -> None:
    taken_in(IMPORT, officer, HEADS, MONDAY, TUESDAY, **CONSTANTS)
    goes_out_as_it_comes_in(IMPORT, officer, 2)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "2023-11-22 收盘价 69.50 元/吨，比 2023-11-20 下跌 1.02 元/吨"),
        ("en", "Closing price of 2023-11-22: 69.50 CNY/t, 1.02 CNY/t below that of 2023-11-20"),
    ],
)
def test_the_page_of_trading_draws_the_closing_prices_and_lists_the_days(
    reader: Client, officer: Actor, language: str, words: str
) -> None:
    reader.cookies["django_language"] = language
    assert IMPORT.address in reader.get("/exchange/").content.decode()
    wednesday = otherwise(trade_date="2023-11-22", close="69.50", low="69.00")
    taken_in(IMPORT, officer, HEADS, MONDAY, TUESDAY, wednesday, **CONSTANTS)
    page = reader.get("/exchange/").content.decode()
    assert words in page
    assert CONSTANTS["source"] in page
    exported = openpyxl.load_workbook(io.BytesIO(reader.get("/exchange/?d-export=xlsx").getvalue()))
    assert len(list(exported.active.iter_rows(min_row=2))) == 3


def test_the_line_has_the_last_days_alone_and_a_line_for_each_series(officer: Actor) -> None:
    def quote(number: int, venue: str = "甲") -> Quote:
        return Quote(day=date.fromordinal(738_000 + number), venue=venue, closing_fen=7_000 + number)

    assert statistics.price_line([quote(1)]) == []
    days = statistics.DAYS_DRAWN
    [chart] = statistics.price_line([*(quote(number) for number in range(days + 1)), quote(days, "乙")])
    assert len(chart.rows) == days + 1
    assert {row["series"] for row in chart.rows} == {"甲", "乙"}
    assert min(row["close"] for row in chart.rows) == Decimal("70.01")
    [even] = statistics.price_line([quote(1), quote(2), quote(2, "乙"), quote(1, "乙")])
    assert "上涨 0.01" in even.title.zh
    [even] = statistics.price_line([Quote(day=date(2023, 1, n), venue="甲", closing_fen=7_000) for n in (3, 4)])
    assert "持平" in even.title.zh
