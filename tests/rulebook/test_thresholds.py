"""Every rule and check that compares, tried below its threshold, on it and above.

`thresholds/<guideline>.yaml` holds them: the `rule` (its function's name) or the check's code, a `record`, the field
that `varies` (a path of lists and fields) and what each value of it gives: for a check `yes` (raised) or `no`, for a
rule the value of `asks` (a path and a quantity; without a path the top).
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.checks import check
from tanzhi.rulebook.kernel.evaluation import evaluate

FOLDER = Path(__file__).with_name("thresholds")
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays text
RAISED = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Try:
    """One value of the field that a threshold is about, and what it gives."""

    guideline: Guideline
    threshold: dict[str, Any]
    value: str

    @property
    def name(self) -> str:
        rule = self.threshold["rule"]
        return f"{self.guideline.name} {rule}: {self.threshold['varies']} = {self.value}"

    def record(self) -> dict[str, Any]:
        """The threshold's record with this value in the field that varies."""
        record: dict[str, Any] = deepcopy(self.threshold.get("record", {}))
        place: Any = record
        *way, field = self.threshold["varies"].split(".")
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        place[field] = self.value
        return record

    def answer(self) -> str:
        """Whether the check is raised, or the value of the rule, as text."""
        top = evaluate(self.guideline, self.threshold["year"], self.record(), on=self.threshold.get("day"))
        if "asks" not in self.threshold:
            return RAISED[self.threshold["rule"] in {finding.code for finding in check(top)}]
        path, _, name = self.threshold["asks"].rpartition(" ")
        number = next(node for node in top.walk() if node.path == path).value(name).number
        return f"{number:f}" if isinstance(number, Decimal) else str(number)


def tries() -> Iterator[tuple[Try, str]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for threshold in yaml.load(path.read_text("utf-8"), _LOADER):
            guideline = guidelines()[path.stem]
            day = {"day": date.fromisoformat(threshold["day"])} if "day" in threshold else {}
            when = {"year": int(threshold["year"]), **day}
            for value, expected in threshold["tries"].items():
                yield Try(guideline, threshold | when, value), expected


TRIES = list(tries())


@pytest.mark.parametrize(("attempt", "expected"), TRIES, ids=[attempt.name for attempt, _ in TRIES])
def test_a_threshold_decides_on_its_edge_as_the_law_says(attempt: Try, expected: str) -> None:
    answer = attempt.answer()
    if expected in RAISED.values() or answer == "None":
        assert answer == expected
    else:
        assert answer == expected or Decimal(answer) == Decimal(expected)


def comparing(function: Callable[..., Any]) -> bool:
    """Whether a function compares by size."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return any(isinstance(node, ast.Compare) and isinstance(node.ops[0], ORDER) for node in ast.walk(tree))


def compared() -> set[tuple[str, str]]:
    """Guideline and rule, or guideline and code, of everything that compares by size."""
    rules = {
        (name, rule.function.__name__)
        for name, guideline in guidelines().items()
        for rules in guideline.rules.values()
        for rule in rules
        if getattr(rule, "function", None) and comparing(rule.function)
    }
    return rules | {
        (name, rule.code)
        for name, guideline in guidelines().items()
        for rule in guideline.checks
        if comparing(rule.function)
    }


def test_every_rule_and_check_that_compares_is_tried_on_both_sides_and_gives_two_answers() -> None:
    answers: dict[tuple[str, str], set[str]] = {}
    for attempt, expected in TRIES:
        answers.setdefault((attempt.guideline.name, attempt.threshold["rule"]), set()).add(expected)
    assert compared() - {rule for rule, given in answers.items() if len(given) > 1} == set()
    assert set(answers) - compared() == set(), "what no longer compares"
