"""Allocation, surrender and trades: the worked examples in both evaluators, and the dimensional proof."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.allocation.surrender import surrender
from tanzhi.rulebook.kernel import Guideline, Node, evaluate
from tanzhi.rulebook.kernel.checks import check
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.rulebook.market import market
from tests.rulebook.columns.comparing import differences
from tests.rulebook.dimensions import prove_dimensions

GUIDELINES = (power_allocation, surrender, market)
FOLDER = Path(__file__).parents[1] / "cases"
CASES = [
    (guideline, case)
    for guideline in GUIDELINES
    for case in yaml.safe_load((FOLDER / f"{guideline.name}.yaml").read_text(encoding="utf-8"))
]
YEARS = sorted({(guideline.name, case["year"]) for guideline, case in CASES})


def at(top: Node, path: str) -> Node:
    return next(node for node in top.walk() if node.path == path)


@pytest.mark.parametrize(("guideline", "case"), CASES, ids=lambda part: part["name"] if isinstance(part, dict) else "")
def test_worked_example(guideline: Guideline, case: dict[str, Any]) -> None:
    top = evaluate(guideline, case["year"], case["record"])
    found = {p: {q: str(at(top, p).value(q).number) for q in e} for p, e in case["expected"].items()}
    assert found == case["expected"]


@pytest.mark.parametrize(("name", "year"), YEARS)
def test_every_value_of_the_years_examples_is_the_same_in_columns(name: str, year: int) -> None:
    records = [case["record"] for guideline, case in CASES if (guideline.name, case["year"]) == (name, year)]
    assert differences(next(g for g in GUIDELINES if g.name == name), year, records) == []


@pytest.mark.parametrize("guideline", GUIDELINES, ids=lambda guideline: guideline.name)
def test_every_formula_yields_the_unit_it_declares(guideline: Guideline) -> None:
    assert prove_dimensions(guideline) == []


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
    ]


@pytest.mark.parametrize(("unit_class", "year", "value"), [("I", 2025, "0.7902"), ("II", 2026, "0.7985")])
def test_the_benchmarks_of_2025_and_2026_are_final(unit_class: str, year: int, value: str) -> None:
    """As the second reading (3.3) found them in the plan of September 2026."""
    table = power_allocation.parameters.get("electricity_benchmark")
    entry = table.find(Period.of(year), {"unit_class": unit_class}) if table else None
    assert entry is not None
    assert (entry.value, entry.status) == (Decimal(value), "final")


def test_what_rests_on_the_draft_plan_says_so() -> None:
    unit = {"unit": "1", "unit_class": "I", "unit_generation": "1", "load_coefficient": "60"}
    value = evaluate(power_allocation, 2025, {"units": [unit]}).at("unit")[0].value("electricity_allowance")
    assert any("draft" in mark.text.en.lower() for mark in value.marks)
