"""Cross-checks on their limits: below, on and above; what is too short to compare is not compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from tanzhi.rulebook.checks.cross.books import changes
from tanzhi.rulebook.checks.cross.run import cross_checked
from tanzhi.rulebook.checks.cross.year_books import FORM_205_1, GRID_BILL, Statistic, YearBook
from tanzhi.rulebook.kernel.text import same
from tests.rulebook.checks.cross.province import limits, series

COAL = "fuels[bituminous]"


def codes(book: YearBook) -> set[str]:
    return {hit.code for hit in cross_checked([book], limits())}


def of_year(*rows: tuple[str, bool, Mapping[str, str]], statistics: tuple[Statistic, ...] = ()) -> YearBook:
    every = tuple(series("lines[1]", COAL, field, rate, values) for field, rate, values in rows)
    return YearBook("P1", "cement", 2023, "output", every, statistics=statistics)


def stated(book: str, number: str) -> YearBook:
    """A plant that reports 103 of something that another book states otherwise."""
    used = series("lines[1]", COAL, "fuel_consumption", False, {"2023-01": "103"})
    cell = used.months["2023-01"]
    fact = Statistic(same("coal"), Decimal(103), Decimal(number), cell, "fuel_consumption", book, Decimal(103))
    return YearBook("P1", "cement", 2023, "output", (used,), statistics=(fact,))


@pytest.mark.parametrize(
    ("book", "number", "hits"),
    [
        (FORM_205_1, "100", set()),  # exactly three per cent of 100
        (FORM_205_1, "99.99", {"GEN-3"}),
        (FORM_205_1, "106.18", set()),
        (FORM_205_1, "106.19", {"GEN-3"}),
        (GRID_BILL, "100.99", set()),
        (GRID_BILL, "100.98", {"GEN-15"}),
        (FORM_205_1, "0", {"GEN-3"}),
    ],
)
def test_another_book_is_asked_about_beyond_its_share(book: str, number: str, hits: set[str]) -> None:
    assert codes(stated(book, number)) == hits


def test_the_three_books_stand_beside_each_other() -> None:
    (hit,) = cross_checked([stated(FORM_205_1, "90")], limits())
    assert [(row.label.en, row.value) for row in hit.compared] == [
        ("the months in all", "103"), ("annual report", "103"), ("statistics (205-1)", "90"), ("difference", "13"),
    ]  # fmt: skip


def test_where_output_is_filed_both_books_stand_by_output_too() -> None:
    book = stated(GRID_BILL, "90")
    output = series("lines[1]", "", "output", False, {"2023-01": "50"})
    (hit,) = cross_checked([replace(book, series=(*book.series, output))], limits())
    assert [(row.label.en, row.value) for row in hit.compared][-2:] == [
        ("by output, reported", "2.06"), ("by output, there", "1.8"),
    ]  # fmt: skip


def heat_and_ash(ash: tuple[str, ...], heat: tuple[str, ...]) -> YearBook:
    months = [f"2023-{number:02d}" for number in range(1, len(heat) + 1)]
    return of_year(
        ("net_calorific_value", True, dict(zip(months, heat, strict=True))),
        ("ash_air_dried", True, dict(zip(months, ash, strict=True))),
    )


# Heat and ash by month, with their correlation by hand.
@pytest.mark.parametrize(
    ("ash", "heat", "hit"),
    [
        (("21", "19", "20", "20", "20", "20"), ("24", "22", "23", "23", "23", "23"), True),  # 1
        (("22", "18", "20", "20", "20", "20"), ("24", "22", "25", "21", "24", "22"), False),  # 4 ÷ √(8 × 12) = 0.408
        (("22", "18", "20", "20", "22", "18"), ("24", "22", "25", "21", "24", "22"), True),  # 8 ÷ √(16 × 12) = 0.577
        (("21", "19", "20", "20", "20", "20"), ("24", "22", "25", "21", "23", "23"), False),  # 2 ÷ √(2 × 10) = 0.447
        (("21", "19", "20", "20", "20", "20"), ("24", "22", "24", "22", "24", "22"), True),  # 2 ÷ √(2 × 6) = 0.577
        (("21", "19", "21", "19", "20", "20"), ("24", "22", "23", "23", "24", "22"), False),  # 2 ÷ √(4 × 4) = 1/2
        (("19", "21", "20", "20", "20", "20"), ("24", "22", "23", "23", "23", "23"), False),  # −1
        (("20", "20", "20", "20", "20", "20"), ("24", "22", "23", "23", "23", "23"), False),  # ash that never varies
        (("21", "19", "20", "20", "20"), ("24", "22", "23", "23", "23"), False),  # five months are too few
    ],
)
def test_heat_that_rises_with_ash_is_asked_about_beyond_a_half(
    ash: tuple[str, ...], heat: tuple[str, ...], hit: bool
) -> None:
    assert ("GEN-7" in codes(heat_and_ash(ash, heat))) is hit


def test_heat_against_ash_is_asked_about_at_the_first_month_that_has_both() -> None:
    book = heat_and_ash(("21", "19", "20", "20", "20", "20"), ("24", "22", "23", "23", "23", "23"))
    (hit,) = (hit for hit in cross_checked([book], limits()) if hit.code == "GEN-7")
    assert hit.cell is book.series[0].months["2023-01"]


def test_a_change_by_output_counts_the_output_of_those_lines_alone_that_emit() -> None:
    """(100 / 50) / (64 / 40) − 1: a line without an emission of its own, and what was burnt, are no output."""

    def book(year: int, emission: str, output: str, before: YearBook | None = None) -> YearBook:
        month = f"{year}-01"
        rows = (
            series("lines[1]", "", "output", False, {month: output}),
            series("lines[1]", COAL, "fuel_consumption", False, {month: "7"}),
            series("lines[2]", "", "output", False, {month: "30"}),
        )
        return YearBook("P1", "cement", year, "output", rows, before=before, emissions={"lines[1]": Decimal(emission)})

    this_year = book(2023, "100", "50", book(2022, "64", "40"))
    assert changes([this_year], by_output=True) == {"cement": [(this_year, Decimal("0.25"))]}
    assert changes([this_year], by_output=False) == {"cement": [(this_year, Decimal("0.5625"))]}
    for by_output in (True, False):
        assert changes([book(2023, "100", "50")], by_output) == {}  # without a year before there is no change
