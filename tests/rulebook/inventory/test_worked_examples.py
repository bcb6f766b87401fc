"""The sheet's worked examples in both evaluators, the dimensional proof, and what a wrong value is told."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tanzhi.rulebook.inventory.agriculture import agriculture
from tanzhi.rulebook.inventory.energy import energy
from tanzhi.rulebook.inventory.land import land
from tanzhi.rulebook.inventory.processes import processes
from tanzhi.rulebook.inventory.summary import inventory
from tanzhi.rulebook.inventory.waste import waste
from tanzhi.rulebook.kernel import Guideline, RecordNode, check
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests.rulebook.columns.comparing import differences
from tests.rulebook.dimensions import prove_dimensions

GUIDELINES = {one.name: one for one in (energy, processes, agriculture, land, waste, inventory)}
FOLDER = Path(__file__).parents[1] / "cases"
CASES = read_yaml(FOLDER / "inventory.yaml")
REFUSED = read_yaml(FOLDER / "inventory_refused.yaml")
BY_YEAR: dict[tuple[str, int], list[Any]] = defaultdict(list)
for told in CASES:
    BY_YEAR[told["guideline"], told["year"]].append(told["record"])


def at(top: RecordNode, path: str) -> RecordNode:
    return next(node for node in top.walk() if node.path == path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_example(case: dict[str, Any]) -> None:
    top = evaluate(GUIDELINES[case["guideline"]], case["year"], case["record"])
    for path, wanted in case.get("expected", {}).items():
        found = {name: at(top, path).value(name).number for name in wanted}
        assert found == {name: None if value is None else Decimal(value) for name, value in wanted.items()}
    for path, wanted in case.get("near", {}).items():
        found = {n: at(top, path).value(n).number.quantize(Decimal(v), ROUND_HALF_UP) for n, v in wanted.items()}
        assert found == {name: Decimal(value) for name, value in wanted.items()}


@pytest.mark.parametrize(("name", "year"), BY_YEAR)
def test_every_value_of_the_years_examples_is_the_same_in_columns(name: str, year: int) -> None:
    assert differences(GUIDELINES[name], year, BY_YEAR[name, year]) == []


@pytest.mark.parametrize("guideline", GUIDELINES.values(), ids=lambda guideline: guideline.name)
def test_every_formula_yields_the_unit_it_declares(guideline: Guideline) -> None:
    assert prove_dimensions(guideline) == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case['guideline']} {case['code']}")
def test_a_wrong_value_is_told_by_its_code_in_both_languages(case: dict[str, Any]) -> None:
    found = {f.code: f for f in check(evaluate(GUIDELINES[case["guideline"]], 2022, case["record"]))}
    told = found[case["code"]]
    assert told.severity == case.get("severity", "error")
    assert told.message.zh != told.message.en


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_no_worked_example_is_refused(case: dict[str, Any]) -> None:
    asked = evaluate(GUIDELINES[case["guideline"]], case["year"], {"region": "620000", **case["record"]})
    assert [(f.code, f.found) for f in check(asked) if f.severity != "note"] == []
