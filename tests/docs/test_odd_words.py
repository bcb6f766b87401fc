"""English as the field writes it: no text of the interface has a word of the list that is correct and odd.

Each odd word stands with what is said instead; what only looks like one stands below with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tanzhi

SOURCE = Path(tanzhi.__file__).parent
ODD = {
    r"told": "reported, notified",
    r"asked": "requested, due, invited",
    r"press(ed|es)?": "urge, follow up; of a key: choose, select",
    r"what I must do": "task list",
    r"things to do": "task list",
    r"say that it is done": "mark complete",
    r"kept by itself": "recorded separately",
    r"put(ting)? (it |them )?right": "rectify, under rectification",
    r"said to be done": "completion reported",
    r"look(s|ed)? into": "verify, verified on site",
    r"what was done": "activity record, measures taken",
    r"goes with money": "attributed to disbursement",
}
PATTERN = re.compile(r"\b(" + "|".join(ODD) + r")\b", re.IGNORECASE)
MEANT = ("from the press", "press conference", "press release")  # the newspapers, not a finger
APART = {"migrations", "examples"}  # invented organisations speak as they like
TEXTS = {"Text", "Label", "Help"}
PLACEHOLDER = re.compile(r"\{[^}]*\}")
TEMPLATE = re.compile(r'{%\s*t "[^"]*" "([^"]*)"')


def joined(node: ast.expr) -> str:
    """A string that is written out, in one piece or several."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def of_source(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS
        if named and len(node.args) == 2:
            yield joined(node.args[1])


def odd_words(english: str) -> list[str]:
    plain = PLACEHOLDER.sub("", english)
    for meant in MEANT:
        plain = plain.replace(meant, "")
    return [match.group() for match in PATTERN.finditer(plain)]


def english() -> Iterator[tuple[str, str]]:
    """Every text of the interface with its file."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in (".py", ".html") and not APART & set(path.relative_to(SOURCE).parts):
            source = path.read_text("utf-8")
            for text in of_source(source) if path.suffix == ".py" else TEMPLATE.findall(source):
                yield str(path.relative_to(SOURCE)), text


def test_no_text_has_an_odd_word() -> None:
    texts = list(english())
    assert len(texts) > 3000, "nothing is looked at any more"
    assert [(path, text) for path, text in texts if odd_words(text)] == []


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Told by", ["Told"]),
        ("Press", ["Press"]),
        ("What I must do", ["What I must do"]),
        ("{told} of {asked} reports confirmed", []),
        ("a figure from the press", []),
        ("pressure, untold", []),
    ],
)
def test_an_odd_word_is_seen_and_a_placeholder_is_none(text: str, odd: list[str]) -> None:
    assert odd_words(text) == odd
