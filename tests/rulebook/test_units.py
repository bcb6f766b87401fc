"""The unit of every parameter of every guideline, against a second transcription (`units.yaml`)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tanzhi.rulebook.kernel import Text, guidelines
from tanzhi.rulebook.kernel.checks import check
from tanzhi.rulebook.kernel.entries import DatedValue, Parameter
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml

TRANSCRIPTION: dict[str, Any] = read_yaml(Path(__file__).with_name("units.yaml"))
OTHER_ROWS: dict[str, dict[str, dict[str, list[str]]]] = TRANSCRIPTION.pop("but")
UNITS = {
    f"{guideline} {name}": unit for guideline, units in TRANSCRIPTION.items() for unit in units for name in units[unit]
}
TABLES: dict[str, Parameter] = {
    f"{name} {table.name}": table for name, guideline in guidelines().items() for table in guideline.parameters
}


def test_every_parameter_has_the_unit_that_the_sheets_print() -> None:
    assert {name: table.unit for name, table in TABLES.items()} == UNITS


def test_no_unit_is_transcribed_twice() -> None:
    tables = TRANSCRIPTION.items()
    names = [f"{guideline} {name}" for guideline, units in tables for unit in units for name in units[unit]]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def codes(entry: DatedValue) -> set[tuple[str, str]]:
    return {(key, code) for key, several in entry.keys.items() for code in several}


def test_rows_in_another_unit_than_their_table_are_those_that_the_sheets_print_so() -> None:
    stands = {
        (name, entry.unit, code) for name, table in TABLES.items() for entry in table.entries if entry.unit
        for code in codes(entry)
    }  # fmt: skip
    printed = {
        (name, unit, (key, code))
        for name, units in OTHER_ROWS.items()
        for unit, keys in units.items()
        for key, several in keys.items()
        for code in several
    }
    assert stands == printed


@pytest.mark.parametrize(("fuel", "unit"), [("natural_gas", "GJ/10^4 Nm3"), ("diesel", "GJ/t")])
def test_a_value_says_the_unit_of_its_row(fuel: str, unit: str) -> None:
    record = {"units": [{"unit": "1", "months": [{"month": "2024-01", "fuels": [{"fuel": fuel}]}]}]}
    found = evaluate(guidelines()["power"], 2024, record).at("fuel")[0]
    assert found.value("default_net_calorific_value").unit == unit


def test_a_question_about_gas_names_the_bounds_in_their_unit() -> None:
    fuel = {"fuel": "natural_gas", "carbon_as_received": "4.2"}
    record = {"units": [{"unit": "1", "months": [{"month": "2024-01", "fuels": [fuel]}]}]}
    finding = next(f for f in check(evaluate(guidelines()["power"], 2024, record)) if f.code == "GEN-10")
    assert finding.expected == Text("4.37 tC/10^4 Nm3 至 6.10 tC/10^4 Nm3", "4.37 tC/10^4 Nm3 to 6.10 tC/10^4 Nm3")
