"""Worked examples of tasks, evaluation and cleaner production, in records and in columns."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.cleaner import cleaner
from tanzhi.rulebook.evaluation import CONTROL, SUPPORTING, evaluation
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tanzhi.rulebook.tasks import tasks
from tests.rulebook.columns.comparing import differences
from tests.rulebook.dimensions import prove_dimensions

FOLDER = Path(__file__).parents[1] / "cases"


def cases(name):
    return read_yaml(FOLDER / f"{name}.yaml")


def evaluated(case):
    """The record of a year's evaluation in which these were missed and all others met."""
    results = {code: "not_met" if code in case["missed"] else "met" for code in [*CONTROL, *SUPPORTING]}
    rows = [{"criterion": code, "result": r} for code, r in results.items() if code not in case.get("left_out", ())]
    return {"fraud": case.get("fraud", ""), "criteria": rows}


GRADED = [c | {"record": evaluated(c), "expected": {"": c["expected"]}} for c in cases("evaluation")]
CASES = [
    *((tasks, case) for case in cases("tasks")),
    *((cleaner, case) for case in cases("cleaner")),
    *((evaluation, case) for case in GRADED),
]


def known(value, wanted):
    if wanted is None or isinstance(value, str):
        return wanted
    return Decimal(wanted)


@pytest.mark.parametrize(("guideline", "case"), CASES, ids=lambda x: x.get("name") if isinstance(x, dict) else x.name)
def test_worked_example(guideline, case):
    nodes = {node.path: node for node in evaluate(guideline, case["year"], case["record"]).walk()}
    for path, wanted in case["expected"].items():
        found = {name: nodes[path].value(name).number for name in wanted}
        assert found == {name: known(found[name], value) for name, value in wanted.items()}
    for path, wanted in case.get("near", {}).items():
        found = {name: nodes[path].value(name).number.quantize(Decimal("0.000001")) for name in wanted}
        assert found == {name: Decimal(value) for name, value in wanted.items()}


@pytest.mark.parametrize(("guideline", "case"), CASES, ids=lambda x: x.get("name") if isinstance(x, dict) else x.name)
def test_columns_equal_records(guideline, case):
    assert differences(guideline, case["year"], [case["record"]]) == []


@pytest.mark.parametrize("guideline", [tasks, cleaner, evaluation], ids=lambda one: one.name)
def test_every_formula_yields_its_unit(guideline):
    assert prove_dimensions(guideline) == []


AMOUNT = st.decimals("-1000", "1000", places=2).map(str)
SHARE = st.decimals("0", "2", places=3).map(str)


@st.composite
def indicators(draw):
    told = {
        "direction": st.sampled_from(["rise", "fall", ""]),
        "start_value": AMOUNT,
        "target": AMOUNT,
        "time_gone": SHARE,
        "actual": AMOUNT | st.sampled_from(["", "NR", "0"]),
        "basis": st.sampled_from(["verified", "self_reported", ""]),
    }
    return {"indicator": "1"} | {name: draw(value) for name, value in told.items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(indicators(), min_size=1, max_size=4), st.integers(0, 400))
def test_a_score_lies_between_nil_and_a_hundred_and_columns_agree(rows, late):
    record = {"tasks": [{"task": "1", "days_late": str(late), "indicators": rows}]}
    top = evaluate(tasks, 2024, record)
    score = top.value("score")
    assert score.number is None or 0 <= score.number <= 100
    assert differences(tasks, 2024, [record]) == []


@settings(max_examples=60, deadline=None)
@given(AMOUNT, st.decimals("0.01", "1000", places=2), st.decimals("0.01", "50", places=2))
def test_doing_more_never_costs_points(actual, target, more):
    def points(reached):
        indicator = {"indicator": "1", "target": str(target), "actual": str(reached), "basis": "verified"}
        return evaluate(tasks, 2024, {"tasks": [{"task": "1", "indicators": [indicator]}]}).value("score").number

    assert points(Decimal(actual) + more) >= points(actual)
