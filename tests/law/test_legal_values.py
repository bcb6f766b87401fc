"""No legal number stands outside the tree of dated parameters, and whatever stands in it is read by the day."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tanzhi.rulebook.procedure import procedure
from tests.law import legal_numbers
from tests.law.legal_numbers import LEFT_OUT, OTHER_HOUSES, SOURCE, in_module, numbers

REASONS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("legal_values.yaml"))
READERS = {"is_set", "named_day", "parameter", "count", "day", "day_in", "codes", "Limit", "time_to_answer"}
"""Whatever reads a parameter by its full name."""


def explained() -> set[str]:
    """The places with a reason, each number for itself."""
    places = (place.rpartition(": ") for reason in REASONS for place in reason["places"])
    return {f"{where} {value}" for where, _, values in places for value in values.split()}


def test_every_number_outside_the_tree_has_a_reason() -> None:
    reasons = explained()
    assert [str(number) for number in numbers() if number.place not in reasons] == []


def test_every_reason_is_about_a_number_that_stands_there() -> None:
    assert sorted(explained() - {number.place for number in numbers()}) == []


@pytest.mark.parametrize(
    "line",
    [
        "ANSWER = Limit('answer', days=15)",
        "def due(year): return date(year + 1, 3, 31)",
        "SHARE = Decimal('0.05')",
        "def check(rows): return len(rows) >= 3",
        "RULES = {'days': 'P15D'}",
        "UNTIL = '06-30'",
        "def f(x): return x * 20 > most",
    ],
)
def test_a_number_that_nobody_explained_is_named_with_file_and_line(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legal_numbers, "SOURCE", tmp_path)
    module = tmp_path / "policy" / "new.py"
    module.parent.mkdir()
    module.write_text(f"# a comment\n{line}\n", "utf-8")
    named = list(in_module(module))
    assert named
    assert all(str(number).startswith("policy/new.py:2: ") for number in named)


def test_the_houses_that_are_left_out_stand_there() -> None:
    files = [
        path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*") if path.suffix in {".py", ".yaml", ".html"}
    ]
    for house in (*LEFT_OUT, *OTHER_HOUSES):
        assert any(house in file for file in files), house


def read_by_name() -> dict[str, set[str]]:
    """Parameters of procedures by the rooms' files that read them."""
    readers: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        if "procedure." not in text:
            continue
        tree = ast.parse(text)
        constants = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target, node in _pairs(node)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if ast.unparse(call.func) not in READERS:
                continue
            for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
                value = constants.get(argument.id) if isinstance(argument, ast.Name) else argument
                if isinstance(value, ast.Constant) and str(value.value).startswith("procedure."):
                    readers.setdefault(str(value.value), set()).add(path.relative_to(SOURCE).as_posix())
    return readers


def _pairs(node: ast.Assign) -> list[tuple[ast.Name, Any]]:
    """Names with what they stand for, one by one where several are assigned at once."""
    target = node.targets[0]
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        return [
            (name, ast.Expr(value)) for name, value in zip(target.elts, node.value.elts, strict=True)
            if isinstance(name, ast.Name)
        ]  # fmt: skip
    return [(target, ast.Expr(node.value))] if isinstance(target, ast.Name) else []


def test_every_parameter_of_a_procedure_is_read_through_the_law_and_no_other_is_named() -> None:
    tables = {f"procedure.{table.name}" for table in procedure.parameters}
    assert set(read_by_name()) == tables
