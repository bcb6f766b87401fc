"""Power accounting: the reference's worked examples, and what the law says at its edges."""

from pathlib import Path
from typing import Any

import pytest

from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel import RecordNode
from tanzhi.rulebook.kernel.checks import check
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).parents[1] / "cases" / "power.yaml")


def at(top: RecordNode, path: str) -> RecordNode:
    return next(node for node in top.walk() if node.path == path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_example(case: dict[str, Any]) -> None:
    top = evaluate(power, case["year"], case["record"])
    found = {p: {q: str(at(top, p).value(q).number) for q in e} for p, e in case["expected"].items()}
    assert found == case["expected"]


def coal(month: str, **more: str) -> dict[str, Any]:
    return {"month": month, "fuels": [{"fuel": "bituminous", "fuel_consumption": "1000.00", **more}]}


def unit_of(year: int, months: list[dict[str, Any]], **more: str) -> RecordNode:
    return evaluate(power, year, {"units": [{"unit": "1", "months": months, **more}]}).at("unit")[0]


MEASURED = {"carbon_as_received": "0.5000", "net_calorific_value": "20.000"}  # 0.02500 tC/GJ


def test_with_three_measured_months_a_missing_month_of_2021_takes_their_mean() -> None:
    months = [coal(f"2021-0{m}", **MEASURED) for m in (1, 2, 3)] + [coal("2021-04", net_calorific_value="20.000")]
    fuel = unit_of(2021, months).at("fuel")[3]
    # 20.000 × 0.02500 by hand
    assert str(fuel.value("carbon_content").number) == "0.5000"
    assert any(mark.text.zh for mark in fuel.value("carbon_content").marks)


def test_with_two_measured_months_a_missing_month_of_2021_takes_the_default() -> None:
    months = [coal(f"2021-0{m}", **MEASURED) for m in (1, 2)] + [coal("2021-04", net_calorific_value="20.000")]
    # 20.000 × 0.03085 = 0.617
    assert str(unit_of(2021, months).at("fuel")[2].value("carbon_content").number) == "0.6170"


@pytest.mark.parametrize("coals", [1, 2, 3])
@pytest.mark.parametrize("months", [0, 1, 2, 3, 4])
def test_months_are_counted_however_many_coals_each_measured(months: int, coals: int) -> None:
    """Rows are no months: whatever a month burns, it counts once."""
    kinds = ("bituminous", "anthracite", "lignite")[:coals]
    rows = [coal(f"2021-0{number}", **MEASURED) for number in range(1, months + 1)]
    for row in rows:
        [fuel] = row["fuels"]
        row["fuels"] = [fuel | {"fuel": kind} for kind in kinds]
    rows.append(coal("2021-12", net_calorific_value="20.000"))
    assert str(unit_of(2021, rows).value("months_measured").number) == str(months)


def test_from_2023_a_missing_month_takes_the_default_however_many_were_measured() -> None:
    months = [coal(f"2023-0{m}", **MEASURED) for m in (1, 2, 3)] + [coal("2023-04", net_calorific_value="20.000")]
    assert str(unit_of(2023, months).at("fuel")[3].value("carbon_content").number) == "0.6170"


def test_coal_of_2026_is_not_determinable_and_names_the_missing_parameter() -> None:
    value = unit_of(2026, [coal("2026-01", **MEASURED)]).value("unit_emission")
    assert (value.state, value.number) == ("not_determinable", None)
    assert "oxidation_rate" in value.reason.en
    assert "2026" in value.reason.zh


def test_purchased_electricity_counts_for_surrender_to_2022_only() -> None:
    def emissions(year: int) -> tuple[str, str]:
        unit = unit_of(year, [coal(f"{year}-01", **MEASURED) | {"purchased_electricity": "1000.000"}])
        return str(unit.value("unit_emission").number), str(unit.value("unit_obligation_emission").number)

    # fuel 1000 × 0.5 × 0.99 × 44/12 = 1815.00; electricity 1000 × 0.5703 = 570.30; together 2385.30
    assert emissions(2022) == ("2385", "2385")
    assert emissions(2023) == ("2385", "1815")


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"main_fuel": "conventional_coal", "rated_power": "400"}, "I"),
        ({"main_fuel": "conventional_coal", "rated_power": "399"}, "II"),
        ({"main_fuel": "conventional_coal", "rated_power": "600", "boiler_type": "circulating_bed"}, "III"),
        ({"main_fuel": "unconventional_coal", "rated_power": "600"}, "III"),
        ({"main_fuel": "gas", "rated_power": "400"}, "IV"),
        ({"main_fuel": "other", "rated_power": "400"}, "none"),
    ],
)
def test_class_follows_fuel_boiler_and_rated_power(attributes: dict[str, str], expected: str) -> None:
    assert unit_of(2023, [], **attributes).value("unit_class").number == expected


def test_blank_consumption_is_blank_and_zero_is_zero() -> None:
    blank = evaluate(power, 2023, {"units": [{"months": [{"fuels": [{"fuel": "diesel"}]}]}]})
    zero = evaluate(power, 2023, {"units": [{"months": [{"fuels": [{"fuel": "diesel", "fuel_consumption": "0"}]}]}]})
    assert blank.value("enterprise_emission").state == "blank"
    assert str(zero.value("enterprise_emission").number) == "0"


def codes(**fuel: str) -> set[str]:
    months = [{"month": "2023-01", "generation": "300000.000", "running_hours": "700.00", "fuels": [fuel]}]
    unit = {"unit": "1", "rated_power": "660", "scale_calibrated_on": "2023-01-01", "months": months}
    record = {"units": [unit]}
    return {f.code for f in check(evaluate(power, 2023, record)) if f.severity != "note"}


GOOD = {
    "fuel": "bituminous",
    "fuel_consumption": "150000.00",
    "carbon_air_dried": "57.83",
    "moisture_air_dried": "4.26",
    "moisture_as_received": "12.40",
    "ash_air_dried": "25.00",
    "net_calorific_value": "20.200",
    "opening_stock": "10000.00",
    "received": "150000.00",
    "closing_stock": "10000.00",
    "report_number": "2023-001",
    "sampling_date": "2023-01-05",
    "report_date": "2023-01-12",
    "laboratory_mark": "cma",
}


def test_a_plausible_month_raises_no_question() -> None:
    assert codes(**GOOD) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"carbon_air_dried": "0.5783"}, "PWR-107"),
        ({"fuel_consumption": "150000000.00"}, "PWR-108"),
        ({"net_calorific_value": "20200.000"}, "PWR-109"),
        ({"moisture_as_received": "4.00"}, "PWR-110"),
        ({"closing_stock": "20000.00"}, "GEN-1"),
        ({"ash_air_dried": "60.00"}, "GEN-8"),
        ({"net_calorific_value": "17.000"}, "GEN-9"),
        ({"carbon_air_dried": ""}, "PWR-022"),
    ],
)
def test_a_typing_error_is_found(change: dict[str, str], code: str) -> None:
    assert code in codes(**GOOD | change)


def test_more_hours_than_a_month_and_more_power_than_rated_are_found() -> None:
    months = [{"month": "2023-01", "generation": "900000.000", "running_hours": "745.00", "fuels": [GOOD]}]
    found = check(evaluate(power, 2023, {"units": [{"unit": "1", "rated_power": "660", "months": months}]}))
    assert {"PWR-101", "GEN-13"} <= {f.code for f in found}


@pytest.mark.parametrize(
    ("month", "most"),
    [("2023-01", 744), ("2023-02", 672), ("2024-02", 696), ("2023-04", 720), ("2023-12", 744), ("2028-02", 696)],
)
def test_a_month_has_the_hours_of_its_days(month: str, most: int) -> None:
    """Third reading, P9: 28, 29, 30 and 31 days of 24 hours; on the edge and above it."""

    def codes(hours: str) -> set[str]:
        months = [{"month": month, "generation": "1", "running_hours": hours, "fuels": [GOOD]}]
        return {f.code for f in check(evaluate(power, int(month[:4]), {"units": [{"unit": "1", "months": months}]}))}

    assert "PWR-101" not in codes(f"{most}.00")
    assert "PWR-101" in codes(f"{most}.01")
