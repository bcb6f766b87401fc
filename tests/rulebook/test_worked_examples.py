"""Every worked example in both evaluators, and all examples of a guideline and year together in columns."""

from collections import defaultdict
from typing import Any

import pytest

from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests.rulebook.columns.comparing import differences
from tests.rulebook.worked import FOLDER, Case, by_columns, by_records, cases

CASES = cases()
TOLD_OTHERWISE = {"evaluation", "inventory_refused", "finance_refused", "ccer_refused"}
"""Files whose cases are no records with figures: tests of their own read them."""
TOGETHER: dict[tuple[str, int], list[Any]] = defaultdict(list)
for _case in CASES:
    TOGETHER[_case.guideline.name, _case.year].append(_case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worked_example(case: Case) -> None:
    assert case.faults(by_records(case)) == []


@pytest.mark.parametrize("case", [case for case in CASES if "day" not in case.told], ids=lambda case: case.name)
def test_a_worked_example_in_columns(case: Case) -> None:
    assert case.faults(by_columns(case)) == []


@pytest.mark.parametrize(("name", "year"), TOGETHER)
def test_every_value_of_a_years_examples_is_the_same_in_columns(name: str, year: int) -> None:
    several = TOGETHER[name, year]
    assert differences(several[0].guideline, year, [case.told["record"] for case in several]) == []


def test_every_file_of_cases_is_read():
    told = {path.stem for path in FOLDER.glob("*.yaml")} - TOLD_OTHERWISE
    for stem in told:
        assert all("record" in case for case in read_yaml(FOLDER / f"{stem}.yaml")), stem


def test_a_wrong_figure_is_found():
    case = CASES[0]
    assert case.faults(lambda path, name: None) != []
