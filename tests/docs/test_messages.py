"""A message in two languages gets every word that it leaves open, and none that it has no place for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import tanzhi

SOURCE = Path(tanzhi.__file__).parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def open_words(node: ast.expr) -> frozenset[str] | None:
    """The words that a `Text` written out in the source leaves open; None where it is no such Text."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text"):
        return None
    words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if len(words) != 2 or len(node.args) != 2:
        return None
    return frozenset(name for text in words for _, name, _, _ in Formatter().parse(text) if name)


def filled(tree: ast.Module) -> Iterator[tuple[int, frozenset[str], frozenset[str]]]:
    """Each `.format(…)` of a Text that stands there or is a constant of the module: line, open words, keywords."""
    constants = {
        target.id: words
        for node in tree.body
        if isinstance(node, ast.Assign) and (words := open_words(node.value)) is not None
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"):
            continue
        text = node.func.value
        words = constants.get(text.id) if isinstance(text, ast.Name) else open_words(text)
        if words is not None and all(keyword.arg for keyword in node.keywords):
            yield node.lineno, words, frozenset(str(keyword.arg) for keyword in node.keywords)


def test_every_message_gets_its_words_and_no_others() -> None:
    calls = 0
    wrong = []
    for path in MODULES:
        for line, words, keywords in filled(ast.parse(path.read_text("utf-8"))):
            calls += 1
            if words != keywords:
                wrong.append(f"{path.relative_to(SOURCE)}:{line}: {sorted(words)} filled with {sorted(keywords)}")
    assert wrong == []
    assert calls > 200, "nothing is looked at any more"


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("Text('{a}', '{a}').format(a=1)", False),
        ("Text('{a}', '{b}').format(a=1)", True),
        ("Text('{a}', '{a}').format(b=1)", True),
        ("M = Text('{a}', '{a}')\nM.format(a=1, b=2)", True),
    ],
)
def test_a_word_that_is_missing_or_has_no_place_is_seen(source: str, wrong: bool) -> None:
    ((_, words, keywords),) = filled(ast.parse(source))
    assert (words != keywords) == wrong
