"""Energy CO2 over chained GDP: examples E11 and E19 of the reference sheet."""

from decimal import Decimal
from pathlib import Path

import pytest

from tanzhi.rulebook.intensity import intensity
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests.rulebook.dimensions import prove_dimensions

CASES = read_yaml(Path(__file__).parents[1] / "cases" / "intensity.yaml")


def at(top, path):
    return next(node for node in top.walk() if node.path == path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_example(case):
    top = evaluate(intensity, case["year"], case["record"])
    for path, wanted in case["expected"].items():
        found = {name: at(top, path).value(name).number for name in wanted}
        assert found == {name: None if value is None else Decimal(value) for name, value in wanted.items()}
    for path, wanted in case.get("near", {}).items():
        found = {name: at(top, path).value(name).number.quantize(Decimal("0.000001")) for name in wanted}
        assert found == {name: Decimal(value) for name, value in wanted.items()}


def test_segment_rates_are_not_added():
    """The sheet's wrong ways give -65.6 (sum of rates) and -63.1 (levels of different bases); ours gives neither."""
    top = evaluate(intensity, 2022, CASES[0]["record"])
    assert top.value("intensity_change").number == Decimal("-52.2")


def test_every_formula_yields_its_unit():
    assert prove_dimensions(intensity) == []
