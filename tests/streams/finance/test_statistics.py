"""The library's sums: EX8 (nine projects) and EX9 (a published half-year) of the sheet on climate finance."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.finance.models import Project
from tanzhi.streams.finance.money import fen_of
from tanzhi.streams.finance.queries import Money
from tanzhi.streams.finance.statistics import StatisticLine

# name, kind, investment, credit (also wanted), disbursed (10^4 yuan), t a year, number of the CCER project
EX8 = [
    ("P1 PV", "renewable", "132000", "90000", "61000", "365659.29", ""),
    ("P2 wind", "renewable", "120000", "84000", "40000", "333395.24", ""),
    ("P3 solar thermal", "renewable", "210000", "150000", "60000", "211487.00", "CCER-1"),
    ("P4 steel", "efficiency", "26000", "15000", "15000", "47880.00", ""),
    ("P5 buses", "transport", "65000", "40000", "12000", "8685.59", ""),
    ("P6 forest", "forest", "9000", "5000", "2000", "7333.33", ""),
    ("P7 waste", "waste", "58000", "40000", "40000", "292732.97", ""),
    ("P8 CCUS", "ccus", "48000", "20000", "0", "54342.50", ""),
    ("P9 drainage", "adaptation", "35000", "20000", "8000", "", ""),
]
Row = tuple[str, str, str, str, str, str, str]


def fen(wan: str) -> int:
    return fen_of(Decimal(wan), "amount", same("amount"))


def line_of(rows: Iterable[Row]) -> StatisticLine:
    line = StatisticLine("", same("together"))
    for _, kind, investment, credit, disbursed, tonnes, number in rows:
        project = Project(
            kind=kind,
            investment_fen=fen(investment),
            demand_fen=fen(credit),
            reduction=tonnes,
            credit_code=number,
        )
        line.add(project, Money(fen(credit), fen(disbursed)))
    return line


def test_the_sums_of_nine_projects() -> None:
    line = line_of(EX8)
    assert line.projects == 9
    assert [line.investment_wan, line.credit_wan, line.disbursed_wan] == [Decimal(x) for x in (703000, 464000, 238000)]
    assert line.reduction == Decimal("1321515.92")
    assert (line.demand_share, line.disbursed_share) == (Decimal("66.00"), Decimal("51.29"))


def test_the_reduction_that_goes_with_what_was_disbursed_and_what_is_sold_as_ccer_stand_apart() -> None:
    line = line_of(EX8)
    assert line.attributed == Decimal("573276.52")
    assert (line.claimed, line.reduction - line.claimed) == (Decimal("211487.00"), Decimal("1110028.92"))


def test_the_sums_by_type() -> None:
    types = [("P1", "P2"), ("P3",), ("P4",), ("P5",), ("P6",), ("P7",), ("P8",)]
    sums = [line_of(row for row in EX8 if row[0].startswith(names)).reduction for names in types]
    assert [str(amount) for amount in sums] == [
        "699054.53", "211487.00", "47880.00", "8685.59", "7333.33", "292732.97", "54342.50"
    ]  # fmt: skip


def test_the_half_year_of_2024_as_it_was_published() -> None:
    """EX9: 45 projects of 221.16, loans wanted 141.81; the first batch was granted 50.12 and paid 32.32 (10^8 yuan)."""
    wanted = line_of([("all", "renewable", "2211600", "1418100", "0", "", "")])
    batch = line_of([("Q1", "renewable", "2211600", "501200", "323200", "", "")])
    assert (wanted.demand_share, batch.disbursed_share) == (Decimal("64.12"), Decimal("64.49"))


def test_a_share_of_nothing_is_blank() -> None:
    assert (line_of([]).demand_share, line_of([]).disbursed_share) == (None, None)
