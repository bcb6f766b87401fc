"""The worked examples of power accounting, in columns: one by one, and all of a year together."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tests.rulebook.columns.comparing import differences

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "power.yaml").read_text(encoding="utf-8"))
YEARS = sorted({case["year"] for case in CASES})


def found_at(columns: Columns, path: str, name: str) -> str:
    level = columns.edition[name].level
    rows = (row for row in range(columns.tables.sizes[level]) if columns.node(level, row).path == path)
    return str(columns.column(name).number(next(rows)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_example_in_columns(case: dict[str, Any]) -> None:
    columns = Columns(power, case["year"], flatten(power, [case["record"]]))
    found = {path: {q: found_at(columns, path, q) for q in names} for path, names in case["expected"].items()}
    assert found == case["expected"]


@pytest.mark.parametrize("year", YEARS)
def test_every_value_of_the_years_examples_equals_records(year: int) -> None:
    assert differences(power, year, [case["record"] for case in CASES if case["year"] == year]) == []
