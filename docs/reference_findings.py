"""Every code that a user may meet, with its message: checks of the rulebook, of forms and workbooks, refusals."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tanzhi
from docs.markdown import NOTICE, both, code, table, years
from tanzhi.rulebook.kernel import catalogue
from tanzhi.rulebook.kernel.finding import SEVERITIES

SOURCE = Path(tanzhi.__file__).parent
CODE = re.compile(r"[A-Z]{3,4}(?:-[A-Z0-9]+)+")
NOT_CODES = re.compile(r"YYYY-MM(?:-DD)?|HFC-\d.*|CCER-\d.*-V\d+")  # spellings, gases, methodologies
Functions = ast.FunctionDef | ast.AsyncFunctionDef


def page() -> str:
    checks = [(g["name"], check) for g in catalogue() for check in g["checks"]]
    parts = [
        "# Findings and refusals 检查与提示代码",
        NOTICE,
        "Words in braces are filled in: what was found, what is expected, where.",
        table(["Severity", "Meaning"], [(code(s), both(text.as_dict())) for s, text in SEVERITIES.items()]),
        "## Checks of the guidelines 核算指南的检查",
        _checks(checks),
        "## Forms, workbooks, refusals 表单、工作簿与拒绝",
        _others({check["code"] for _, check in checks}),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _checks(checks: list[tuple[str, dict[str, Any]]]) -> str:
    heads = ["Code", "Guideline", "Level", "Severity", "Message", "Expected", "Years", "Law"]
    return table(heads, [_check(*pair) for pair in sorted(checks, key=lambda p: (p[0], p[1]["code"]))])


def _check(guideline: str, check: dict[str, Any]) -> tuple[Any, ...]:
    told = (both(check["message"]), both(check["expected"]), years(check["since"], check["until"]), check["law"])
    return (code(check["code"]), code(guideline), check["level"], check["severity"], *told)


def _others(known: set[str]) -> str:
    found = collect()
    rows = [(code(c), ", ".join(sorted(found[c][0])), " / ".join(found[c][1])) for c in sorted(found.keys() - known)]
    return table(["Code", "Room", "Message"], rows)


@cache
def collect() -> dict[str, tuple[set[str], list[str]]]:
    """Code -> the rooms that say it, and its messages, read from the source once."""
    found: dict[str, tuple[set[str], list[str]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        room = next(part for part in path.relative_to(SOURCE).parts if part != "streams")
        for name, message in _said(ast.parse(path.read_text("utf-8"))):
            rooms, messages = found.setdefault(name, (set(), []))
            rooms.add(room)
            if message and message not in messages:
                messages.append(message)
    return found


def _said(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every code of a module, with the message beside it."""
    named = _assigned(tree.body)
    for function in [tree, *(n for n in ast.walk(tree) if isinstance(n, Functions))]:
        words = named if isinstance(function, ast.Module) else named | _assigned(list(ast.walk(function)))
        for node in ast.walk(function):
            yield from _in_call(node, words)
            yield from _in_table(node, words)


def _in_call(node: ast.AST, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Call):
        arguments = [*node.args, *(k.value for k in node.keywords)]
        for argument in arguments:
            if name := _code(argument):
                yield name, _message([a for a in arguments if a is not argument], words)


def _in_table(node: ast.AST, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if name := _code(key):
                yield name, _message([value], words)


def _code(node: ast.AST | None) -> str:
    said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return said if CODE.fullmatch(said) and not NOT_CODES.fullmatch(said) else ""


def _assigned(body: list[Any]) -> dict[str, str]:
    """Names that stand for a message."""
    found = {}
    for step in body:
        if isinstance(step, ast.Assign) and isinstance(name := step.targets[0], ast.Name):
            found[name.id] = _message([step.value], {})
    return {name: text for name, text in found.items() if text}


def _message(nodes: list[ast.expr], words: dict[str, str]) -> str:
    """The first Text(zh, en) in these expressions, or the one that a name in them stands for."""
    for inner in (n for node in nodes for n in ast.walk(node)):
        if isinstance(inner, ast.Name) and inner.id in words:
            return words[inner.id]
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "Text":
            said = [a.value for a in inner.args if isinstance(a, ast.Constant)]
            if len(said) == 2:
                return both({"zh": str(said[0]), "en": str(said[1])})
    return ""
