"""Each question to a power plant's data is asked where it should be, and not where all is well."""

from typing import Any

import pytest

from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel.checks import check
from tanzhi.rulebook.kernel.evaluation import evaluate

CARBON = ("57.83", "58.10", "57.42", "57.90")


def fuel(index: int, **change: str) -> dict[str, Any]:
    return {
        "fuel": "bituminous",
        "fuel_consumption": "150000.00",
        "carbon_air_dried": CARBON[index],
        "moisture_air_dried": "4.26",
        "moisture_as_received": "12.40",
        "net_calorific_value": "20.200",
        "received": "150000.00",
        "invoiced": "150000.00",
        "sampling_date": f"2023-0{index + 1}-28",
        "report_date": f"2023-0{index + 2}-10",
        "report_number": f"R-{index}",
        "laboratory_mark": "cma",
    } | change


def month(index: int, fuels: list[dict[str, Any]] | None = None, **change: str) -> dict[str, Any]:
    base = {"month": f"2023-0{index + 1}", "generation": "350000.000", "running_hours": "660.00"}
    return base | {"fuels": [fuel(index)] if fuels is None else fuels} | change


UNIT = {
    "unit": "1",
    "rated_power": "660",
    "main_fuel": "conventional_coal",
    "heat_supply": "condensing",
    "scale_calibrated_on": "2022-12-01",
}


def codes(months: list[dict[str, Any]], **attributes: str) -> set[str]:
    record = {"units": [UNIT | attributes | {"months": months}]}
    return {finding.code for finding in check(evaluate(power, 2023, record))}


def changed(**change: str) -> list[dict[str, Any]]:
    return [month(0), month(1), month(2, [fuel(2, **change)]), month(3)]


def test_four_good_months_raise_nothing() -> None:
    assert codes(changed()) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"invoiced": "140000.00"}, "GEN-2"),
        ({"received": "140000.00"}, "GEN-2"),
        ({"fuel_consumption": "220000.00"}, "GEN-4"),
        ({"net_calorific_value": "22.500"}, "GEN-4-NCV"),
        ({"report_number": "R-0"}, "GEN-6-NUMBER"),
        ({"report_date": "2023-03-01"}, "GEN-6-ORDER"),
        ({"report_date": "2023-05-08"}, "GEN-6-DAYS"),
        ({"laboratory_mark": "none"}, "GEN-6-MARK"),
        ({"carbon_air_dried": ""}, "GEN-11"),
        ({"report_number": ""}, "GEN-6-BLANK"),
        ({"sampling_date": ""}, "GEN-6-BLANK"),
        ({"report_date": ""}, "GEN-6-BLANK"),
        ({"laboratory_mark": ""}, "GEN-6-BLANK"),
    ],
)
def test_a_doubtful_month_is_asked_about(change: dict[str, str], code: str) -> None:
    assert code in codes(changed(**change))


def test_forty_days_after_the_sample_a_report_is_still_in_time() -> None:
    assert "GEN-6-DAYS" not in codes(changed(report_date="2023-05-07"))  # 28 March and 40 days


def test_the_same_digits_in_three_months_are_asked_about_and_in_two_are_not() -> None:
    same = [month(i, [fuel(i, carbon_air_dried="57.83")]) for i in range(3)]
    assert "GEN-6-DIGITS" in codes(same)
    assert "GEN-6-DIGITS" not in codes([*same[:2], month(2)])
    assert "GEN-6-DIGITS" not in codes([*same[:2], month(2, [fuel(2, carbon_air_dried="")])])


@pytest.mark.parametrize(
    ("gas", "expected"),
    [
        ({"carbon_as_received": "5.9000", "net_calorific_value": "389.310"}, set()),
        ({"carbon_as_received": "4.3600"}, {"GEN-10"}),
        ({"carbon_as_received": "6.1100"}, {"GEN-10"}),
        ({"net_calorific_value": "284.900"}, {"GEN-10-NCV"}),
        ({"net_calorific_value": "398.400"}, {"GEN-10-NCV"}),
    ],
)
def test_natural_gas_outside_what_is_usual_is_asked_about(gas: dict[str, str], expected: set[str]) -> None:
    fuels = [{"fuel": "natural_gas", "fuel_consumption": "30000.00", **gas}]
    assert {c for c in codes([month(0, fuels)]) if c.startswith("GEN-10")} == expected


@pytest.mark.parametrize(
    ("change", "attributes", "code"),
    [
        ({}, {"scale_calibrated_on": "2021-12-01"}, "GEN-12"),
        ({}, {"scale_calibrated_on": ""}, "GEN-12-BLANK"),
        ({"fuels": [fuel(0, fuel_consumption="0")]}, {}, "GEN-13-FUEL"),
        ({"running_hours": "0"}, {}, "GEN-13-HOURS"),
        ({"running_hours": "500.00"}, {}, "PWR-102"),  # 350000 / 660 = 530.30 h
        ({"fuels": [fuel(0, fuel_consumption="60000.00")]}, {}, "PWR-111"),  # 1 260 000 / 1 212 000 GJ
        ({"fuels": [fuel(0, fuel_consumption="130000.00")]}, {}, "PWR-112"),  # 1 260 000 / 2 626 000 GJ = 47.98 %
        ({"heat_supplied": "1000.00", "boiler_heat": "1000.00"}, {}, "PWR-113"),
        ({"heat_supplied": "1000.00"}, {}, "PWR-114"),
    ],
)
def test_what_cannot_balance_is_asked_about(change: dict[str, Any], attributes: dict[str, str], code: str) -> None:
    assert code in codes([month(0, **change)], **attributes)


def test_cogeneration_may_be_more_efficient_than_condensing() -> None:
    months = [month(0, [fuel(0, fuel_consumption="130000.00")])]
    assert "PWR-112" not in codes(months, heat_supply="cogeneration")


NUMBERS_WITH_A_REASON = {
    "received": "only who keeps a purchase book states it; GEN-1 and GEN-2 compare where it is stated",
    "invoiced": "only who settles by invoice in the month states it",
    "opening_stock": "as fired by a belt scale there is no stock to state",
    "closing_stock": "as fired by a belt scale there is no stock to state",
    "carbon_air_dried": "without it the default is used, which PWR-022 asks about",
    "moisture_air_dried": "without it there is no measured carbon, which PWR-022 asks about",
    "moisture_as_received": "without it there is no measured carbon, which PWR-022 asks about",
    "ash_air_dried": "no input of the emission; the laboratory's report may leave it out",
    "electricity_passed_on": "blank where nothing was passed on",
    "member_hours": "of units reported together, and PWR-105 asks for them",
    "net_calorific_value": "without it the default is used, which PWR-021 says",
}
"""Optional inputs whose blank puts a check to rest, and why that is right."""


def test_no_check_falls_silent_because_its_field_is_blank() -> None:
    """Every optional filed input that a check needs is required, is asked for when blank, or says why not."""
    edition = power.edition(2023)
    asked_for = {a.name for one in edition.checks if one.code.endswith("-BLANK") for a in one.arguments if a.optional}
    silent = {
        a.name
        for one in edition.checks
        for a in one.arguments
        if not a.optional and (rule := edition.get(a.name)) and rule.filed and not rule.required
    }
    assert {"scale_calibrated_on", "sampling_date", "report_date", "report_number", "laboratory_mark"} <= asked_for
    assert silent - asked_for <= NUMBERS_WITH_A_REASON.keys()
