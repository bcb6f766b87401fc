"""The dimensional proof, and what a wrong value is told; the worked examples stand with all others."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.finance import finance
from tanzhi.rulebook.kernel import check
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests.rulebook.dimensions import prove_dimensions
from tests.rulebook.worked import FOLDER

CASES = read_yaml(FOLDER / "finance.yaml")
REFUSED = read_yaml(FOLDER / "finance_refused.yaml")
amounts = st.decimals("0.01", "100000", places=2).map(str)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_no_worked_example_is_refused(case):
    found = check(evaluate(finance, case["year"], case["record"]))
    assert [f.code for f in found if f.severity == "error"] == []


def test_every_formula_yields_the_unit_it_declares():
    assert prove_dimensions(finance) == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["code"])
def test_a_wrong_value_is_told_by_its_code_in_both_languages(case):
    told = {f.code: f for f in check(evaluate(finance, 2024, case["record"]))}[case["code"]]
    assert told.severity == case["severity"]
    assert told.message.zh != told.message.en


@given(amounts, amounts)
@settings(max_examples=40, deadline=None)
def test_what_loans_are_given_of_a_reduction_never_exceeds_it(investment, loan):
    record = {"kind": "efficiency", "fuel_saved": "1000", "total_investment": investment}
    loan = str(min(Decimal(loan), Decimal(investment)))
    node = evaluate(finance, 2024, record | {"loan_balance": loan})
    assert 0 <= node.value("attributed_reduction").number <= node.value("annual_reduction").number
