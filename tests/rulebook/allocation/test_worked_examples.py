"""Allocation and trades: checks, marks and the edges that the worked examples do not show."""

from decimal import Decimal

import pytest

from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel.checks import check
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.market import market


def test_a_price_outside_the_band_and_a_size_that_does_not_fit_are_questions() -> None:
    trades = [
        {"trade": "1", "method": "listed", "quantity": "100000", "price": "66.07"},
        {"trade": "2", "method": "block", "quantity": "99999", "price": "60.00"},
        {"trade": "3", "method": "listed", "quantity": "99999", "price": "66.06"},
    ]
    found = check(evaluate(market, 2023, {"previous_close": "60.05", "trades": trades}))
    assert [(f.code, f.place) for f in found] == [
        ("MKT-101", "trades[1]"),
        ("MKT-102", "trades[1]"),
        ("MKT-102", "trades[2]"),
        ("MKT-103", "trades[3]"),  # 66.055 is 66.06 half up and 66.05 inward
    ]


@pytest.mark.parametrize(("unit_class", "year", "value"), [("I", 2025, "0.7902"), ("II", 2026, "0.7985")])
def test_the_benchmarks_of_2025_and_2026_are_final(unit_class: str, year: int, value: str) -> None:
    """As the second reading (3.3) found them in the plan of September 2026."""
    table = power_allocation.parameters.get("electricity_benchmark")
    entry = table.find(Period.of(year), {"unit_class": unit_class}) if table else None
    assert entry is not None
    assert (entry.value, entry.status) == (Decimal(value), "final")


def test_what_rests_on_a_research_databases_reading_says_so() -> None:
    unit = {"unit": "1", "unit_class": "I", "unit_generation": "1", "load_coefficient": "60"}
    value = evaluate(power_allocation, 2025, {"units": [unit]}).at("unit")[0].value("electricity_allowance")
    assert {mark.kind for mark in value.marks} == {"DB"}
