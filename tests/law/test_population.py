"""Many records at once come out as each by itself, by columns and one by one, also under values that are supposed."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.law import population
from tanzhi.law.evaluation import evaluate, in_force
from tanzhi.law.population import COLUMNS_FROM, SupposedValue, given_again, quantities, supposed
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.rulebook.kernel.rounding import stored

NAMES = ("enterprise_allowance", "enterprise_obligation", "final_issue")
YEAR = 2023


def plants(number: int, seed: int) -> list[dict[str, Any]]:
    """Plausible plants of one to three units; now and then a number is blank."""
    draw = Random(seed)
    return [{"units": [unit(draw, n) for n in range(1, draw.randint(2, 4))]} for _ in range(number)]


def unit(draw: Random, number: int) -> dict[str, str]:
    filed = {
        "unit": str(number),
        "unit_class": draw.choice(["I", "II", "III", "IV"]),
        "cooling": draw.choice(["water", "air"]),
        "unit_generation": f"{draw.randint(100_000, 4_000_000)}.{draw.randint(0, 999):03}",
        "unit_heat": f"{draw.randint(0, 3_000_000)}.00",
        "load_coefficient": f"{draw.randint(30, 100)}.{draw.randint(0, 99):02}",
        "unit_obligation_emission": str(draw.randint(100_000, 3_000_000)),
    }
    return {name: "" if draw.random() < 0.03 and name != "unit" else value for name, value in filed.items()}


@pytest.mark.django_db
@given(seed=st.integers(0, 10**6), benchmark=st.decimals("0.0001", "2", places=4))
def test_many_records_at_once_are_equal_to_each_by_itself(seed: int, benchmark: Decimal) -> None:
    records = plants(COLUMNS_FROM, seed)
    law = supposed(power_allocation, YEAR, [SupposedValue("electricity_benchmark", {"unit_class": "II"}, benchmark)])
    for under in (in_force(power_allocation), law):
        tops = [evaluate(power_allocation, YEAR, record, under=under) for record in records]
        assert quantities(power_allocation, YEAR, records, NAMES, under) == [
            {name: top.value(name).number for name in NAMES} for top in tops
        ]


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "by_columns"), [(COLUMNS_FROM - 1, False), (COLUMNS_FROM, True)])
def test_few_records_are_computed_one_by_one(number: int, by_columns: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    class Counted(population.Columns):
        def __init__(self, guideline: Any, year: int, tables: Any, **more: Any) -> None:
            sizes.append(tables.sizes[guideline.top])
            super().__init__(guideline, year, tables, **more)

    monkeypatch.setattr(population, "Columns", Counted)
    assert len(quantities(power_allocation, YEAR, plants(number, 1), NAMES, in_force(power_allocation))) == number
    assert sizes == ([number] if by_columns else [])


@pytest.mark.django_db
def test_a_supposed_value_reaches_its_key_and_year_alone_and_is_not_in_force_afterwards() -> None:
    before = in_force(power_allocation)
    law = supposed(power_allocation, YEAR, [SupposedValue("electricity_benchmark", {"unit_class": "II"}, Decimal(1))])
    table = law.parameters.tables["electricity_benchmark"]
    values = [
        (year, unit_class, str(entry.value))
        for year, unit_class in ((YEAR, "II"), (YEAR, "I"), (YEAR - 1, "II"), (YEAR + 1, "II"))
        if (entry := table.find(Period.of(year), {"unit_class": unit_class}))
    ]
    # beside the supposed one those of 国环规气候〔2023〕1号 and 〔2024〕1号
    assert values == [(2023, "II", "1"), (2023, "I", "0.7950"), (2022, "II", "0.8729"), (2024, "II", "0.8049")]
    assert in_force(power_allocation) == before


def results_of(record: dict[str, Any], under: Any) -> dict[str, list[str | None]]:
    """All that is computed of a record, as a deposit keeps it."""
    results: dict[str, list[str | None]] = {}
    for node in evaluate(power_allocation, YEAR, record, under=under).walk():
        for value in node.all_values():
            if value.rule and not value.rule.filed:
                results.setdefault(value.name, []).append(stored(value.number))
    return results


@pytest.mark.django_db
@given(seed=st.integers(0, 10**6), benchmark=st.decimals("0.0001", "2", places=4))
def test_what_comes_out_as_it_is_stored_is_told_of_all_at_once_as_of_each(seed: int, benchmark: Decimal) -> None:
    records = plants(COLUMNS_FROM, seed)
    law = supposed(power_allocation, YEAR, [SupposedValue("electricity_benchmark", {"unit_class": "II"}, benchmark)])
    results = [results_of(record, in_force(power_allocation)) for record in records]
    assert all(given_again(power_allocation, YEAR, records, results, in_force(power_allocation)))
    expected = [results_of(record, law) == result for record, result in zip(records, results, strict=True)]
    assert given_again(power_allocation, YEAR, records, results, law) == expected


@pytest.mark.django_db
def test_a_result_of_more_rows_than_there_are_is_not_given_again() -> None:
    records, law = plants(COLUMNS_FROM, 7), in_force(power_allocation)
    results = [results_of(record, law) for record in records]
    results[3]["unit_allowance"].append("1")
    results[5]["of_an_earlier_edition"] = ["1"]
    assert [n for n, same in enumerate(given_again(power_allocation, YEAR, records, results, law)) if not same] == [3]
    assert not any(given_again(power_allocation, YEAR, records[1:], results[1:], law))
