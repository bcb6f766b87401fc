"""The house style as far as a syntax tree shows it: every module below src/tanzhi, not a sample."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

import pytest
from docs.shape import IDIOM, ROOT, WORDS, Module, helpers, modules

SOURCE = ROOT / "src" / "tanzhi"
TREE = modules(SOURCE)

SAME_NAME = {
    "Command": "Django finds a management command by this name; the market's is a table",
    "DatabaseWrapper": "Django finds the class of a database engine by this name",
    "Entry": "two tables, named in references of the evidence log: of the log, and of the ledger",
    "Opinion": "two tables, named in references of the evidence log: of an expert, and on a draft",
}
"""Class names that may stand for several classes, each with its reason."""

HELPERS = 0.33
"""The share of private helpers that are named once, as it stands; it only falls."""


def place(part: Module) -> str:
    return part.path.relative_to(SOURCE).as_posix()


def texts_too_low(part: Module) -> list[str]:
    """Constants that hold texts and stand below a use; a table that names functions of its module stands below them."""
    functions = {node.name for node in part.tree.body if isinstance(node, ast.FunctionDef)}
    constants: dict[str, int] = {}
    for node in part.tree.body:
        if (
            isinstance(node, ast.Assign | ast.AnnAssign)
            and node.value is not None
            and "Text(" in ast.unparse(node.value)
        ):
            if functions & {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}:
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            constants |= {n.id: node.lineno for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
    return [
        f"{place(part)}:{node.lineno}: {node.id}"
        for node in ast.walk(part.tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.lineno < constants.get(node.id, 0)
    ]


def names_given(part: Module) -> Iterator[tuple[str, int]]:
    """Every name that the module gives: variables, arguments, fields, functions, classes, what an import is called."""
    for node in ast.walk(part.tree):
        match node:
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.FunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.ExceptHandler(name=str()) | ast.alias(asname=str()):
                yield node.name if isinstance(node, ast.ExceptHandler) else node.asname, node.lineno


def idiom(part: Module) -> list[str]:
    return [
        f"{place(part)}:{line}: {name}"
        for name, line in names_given(part)
        if name.strip("_") in IDIOM and (place(part), name) not in WORDS
    ]


def test_texts_stand_above_their_first_use() -> None:
    assert [line for part in TREE for line in texts_too_low(part)] == []


def test_no_name_is_a_word_that_names_nothing() -> None:
    assert [line for part in TREE for line in idiom(part)] == []


def test_a_class_name_stands_for_one_class() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for part in TREE:
        for node in part.tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(place(part))
    several = {name: where for name, where in places.items() if len(where) > 1}
    assert {name: where for name, where in several.items() if name not in SAME_NAME} == {}
    assert set(SAME_NAME) == set(several)


def test_what_is_exempt_stands_there() -> None:
    given = {(place(part), name) for part in TREE for name, _ in names_given(part)}
    assert set(WORDS) <= given


def test_helpers_go_back_into_their_flow() -> None:
    every, once = (sum(counts) for counts in zip(*map(helpers, TREE), strict=True))
    assert once / every <= HELPERS


@pytest.mark.parametrize(
    ("text", "low", "words"),
    [
        ("def f():\n    return A\n\n\nA = Text('字', 'a')\n", ["m.py:2: A"], []),
        ("A = Text('字', 'a')\n\n\ndef f():\n    return A\n", [], []),
        ("def f():\n    return T\n\n\nT = Table(Text('字', 'a'), f)\n", [], []),
        ("def f(told):\n    one = told\n", [], ["m.py:1: told", "m.py:2: one"]),
        ("def _kept(): ...\nclass A:\n    asked: int\n", [], ["m.py:1: _kept", "m.py:3: asked"]),
        ("try: ...\nexcept E as found: ...\nfrom a import b as held\n", [], ["m.py:2: found", "m.py:3: held"]),
    ],
)
def test_a_slip_is_named_with_file_and_line(text: str, low: list[str], words: list[str]) -> None:
    part = Module(SOURCE / "m.py", text, ast.parse(text))
    assert sorted(texts_too_low(part)) == low
    assert sorted(idiom(part), key=lambda line: int(line.split(":")[1])) == words
