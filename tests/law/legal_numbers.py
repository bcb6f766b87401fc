"""Finds numbers, dates and periods that could be the law's outside the tree of dated parameters.

A number is left out by a rule of its kind (`KINDS`), whose reason stands beside it. Whatever no rule explains is named
with file and line; `legal_values.yaml` lists what was looked at, place by place, with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import tanzhi

SOURCE = Path(tanzhi.__file__).parent
LEFT_OUT = {
    "rulebook/parameters/": "the tree itself",
    "examples/": "made-up data of the example provinces",
    "organisations/register/national_list.yaml": "codes of regions, and where they stand on a map",
}
OTHER_HOUSES = {
    "migrations/": "sizes of columns as they were; what a migration says is never law",
    "rulebook/kernel/": "the language of rules, which knows no guideline",
    "rulebook/glossary/": "names and sources of what stands in the tree",
    "presentation/": "layout and the reading of sheets, below every room that knows a law",
    "evidence/": "hashes, keys and the tree of the log",
    "cli/": "processes, files and ports",
    "web/": "sessions, limits and addresses of the server",
    "actions/": "the machinery of acts, which knows no law; its waiting times are the platform's",
}
MADE_UP = "sample"
"""In the file of a letter: the record in which it is shown before it is worded otherwise."""
PERIOD = re.compile(
    r"(days?|months?|years?|deadline|due|share|percent|smallest|fewest|threshold)\b|_by$", re.IGNORECASE
)
"""Names that stand for a period or a threshold: a number under one is looked at in every house."""
WRITTEN = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d{2}(-\d{2})?|\d{2}-\d{2}|P(\d+[YMWD])+")
"""Strings that are a number, a day, a month and day, or a period of ISO 8601."""
LAYOUT = frozenset(
    [
        "row",
        "height",
        "width",
        "size",
        "max_length",
        "min_length",
        "max_digits",
        "decimals",
        "decimal_places",
        "digits",
        "places",
        "scale_factor",
        "dpi",
        "lines",
        "after",
        "before",
        "head",
        "index",
        "order",
        "rows",
        "cols",
        "page",
        "border",
        "start",
        "labelLimit",
        "remind",
        "maxsize",
        "batch_size",
    ]
)
TECHNICAL = frozenset(
    ["status", "code", "timeout", "interval", "retries", "attempts", "maxlen", "chunk", "length", "version", "base"]
)
BOUNDS = {"ge", "le", "gt", "lt", "minimum", "maximum", "multiple_of"}
VALIDITY = {"since", "until"}
STATUS = range(400, 600)
SMALL = {0, 1, 2, "0", "1", "2", "0.0"}
CONVERSION = {10, 100, 1000, 10000, 12, 16, 28, 44}


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was found, with its place: the file, the line, and the name under which it stands."""

    file: str
    line: int
    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.value} under {self.name}"

    @property
    def place(self) -> str:
        return f"{self.file} {self.name} {self.value}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A constant of a module with the nodes above it, the nearest first."""

    file: str
    node: ast.Constant
    above: tuple[ast.AST, ...]

    @property
    def keyword(self) -> str:
        return next((n.arg or "" for n in self.above if isinstance(n, ast.keyword)), "")

    @property
    def calls(self) -> list[str]:
        return [ast.unparse(n.func) for n in self.above if isinstance(n, ast.Call)]


def _calls(*names: str) -> Callable[[Spot], bool]:
    return lambda spot: any(call.rpartition(".")[2] in names for call in spot.calls[:2])


def _answers(spot: Spot) -> bool:
    """Whether it stands beside the word status, or in the making of an answer or a refusal."""
    beside = " ".join(
        ast.unparse(node) for node in spot.above[:2] if isinstance(node, ast.expr | ast.stmt | ast.keyword)
    )
    return (
        "status" in beside or _calls("Refused", "Disturbed", "render", "_page", "refused")(spot) or "Refused(" in beside
    )


KINDS: dict[str, Callable[[Spot], bool]] = {
    "nothing, one and two: steps, the first, pairs, a number without a unit": lambda s: s.node.value in SMALL,
    "an index or a slice": lambda s: any(isinstance(n, ast.Subscript | ast.Slice) for n in s.above[:3]),
    "layout and digits, by the name of the argument": lambda s: s.keyword in LAYOUT,
    "technical, by the name of the argument": lambda s: s.keyword in TECHNICAL,
    "bounds of what a form takes: they catch slips of the hand": lambda s: s.keyword in BOUNDS,
    "years of a rule's validity: the rulebook's own dates": lambda s: (
        s.file.startswith("rulebook/") and s.keyword in VALIDITY
    ),
    "the status of an answer of the server": lambda s: s.node.value in STATUS and _answers(s),
    "the first and last day of a year, the months of one": lambda s: (
        _calls("date", "range")(s) and s.node.value in (12, 13, 31)
    ),
    "a conversion of units or the mass of a molecule in a formula": lambda s: (
        (s.node.value in CONVERSION and any(isinstance(n, ast.BinOp | ast.Compare) for n in s.above[:2]))
        or (s.node.value in CONVERSION and _calls("Decimal")(s))
    ),
    "a length of text: a period as written": lambda s: (
        s.node.value in (4, 7) and isinstance(s.above[0], ast.Compare) and "len(" in ast.unparse(s.above[0].left)
    ),
    "rows of a text field": _calls("Long"),
    "where an entry stands in the menu, a part on its page": lambda s: (
        _calls("register", "part")(s) and isinstance(s.node.value, int)
    ),
    "sizes on paper": _calls("Mm", "Pt", "RGBColor"),
    "roundings: digits shown": _calls(
        "round_legally", "quantize", "shortened", "bars", "Scale", "token_urlsafe", "token_hex"
    ),
    "a version or sample in a doc": lambda s: any(isinstance(n, ast.JoinedStr) for n in s.above[:2]),
}


def in_module(path: Path) -> Iterator[Number]:
    """The numbers of a module that no kind explains."""
    file = path.relative_to(SOURCE).as_posix()
    if file.startswith(tuple(LEFT_OUT)):
        return
    elsewhere = any(house in file for house in OTHER_HOUSES)
    for spot in _spots(file, ast.parse(path.read_text("utf-8"))):
        if any(kind(spot) for kind in KINDS.values()):
            continue
        name = _name(spot.above)
        if elsewhere and not PERIOD.search(f"{name} {spot.keyword}"):
            continue
        yield Number(file, spot.node.lineno, name, str(spot.node.value))


def _spots(file: str, tree: ast.AST) -> Iterator[Spot]:
    waiting: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
    while waiting:
        node, above = waiting.pop()
        if isinstance(node, ast.Constant) and _numeric(node.value, above):
            yield Spot(file, node, above)
        waiting += [(child, (node, *above)) for child in ast.iter_child_nodes(node)]


def _numeric(value: Any, above: tuple[ast.AST, ...]) -> bool:
    if isinstance(value, str):
        return bool(WRITTEN.fullmatch(value)) and not isinstance(above[0], ast.Expr)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _name(above: tuple[ast.AST, ...]) -> str:
    """The function, class or constant under which it stands; a method by its class too."""
    names = []
    for node in above:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            names.append(ast.unparse(target))
    return ".".join(reversed(names)) or "-"


def in_table(path: Path) -> Iterator[Number]:
    """The numbers of a YAML file outside the tree that no key explains."""
    file = path.relative_to(SOURCE).as_posix()
    if file.startswith(tuple(LEFT_OUT)) or any(house in file for house in OTHER_HOUSES):
        return
    root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    waiting: list[tuple[yaml.Node | None, str]] = [(root, "-")]
    while waiting:
        node, key = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting += [(value, name.value) for name, value in node.value if name.value != MADE_UP]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(value, key) for value in node.value]
        elif isinstance(node, yaml.ScalarNode) and key not in LAYOUT and _written(node.value):
            yield Number(file, node.start_mark.line + 1, key, node.value)


def _written(value: str) -> bool:
    return bool(WRITTEN.fullmatch(value)) and value not in SMALL


def numbers() -> list[Number]:
    """Every number outside the tree that no rule of kind explains."""
    modules = [n for path in sorted(SOURCE.rglob("*.py")) for n in in_module(path)]
    return modules + [n for path in sorted(SOURCE.rglob("*.yaml")) for n in in_table(path)]
