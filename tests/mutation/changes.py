"""Everything that can be put wrong: one change of a parameter row or of a piece of code, each with a name of its own.

Operators: a row's value, its first and last day; a comparison on its edge or turned round; `and`, `or`, `not`; plus,
minus, times, divided; a number; the mode and the places of rounding; the order of a sorting; a name of a set of roles.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tanzhi"

COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">="),
    ast.LtE: ("<", ">"),
    ast.Gt: (">=", "<="),
    ast.GtE: (">", "<"),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
}
ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
ROUNDING = {"half_up": "floor", "floor": "half_up", "ROUND_HALF_UP": "ROUND_FLOOR", "ROUND_FLOOR": "ROUND_HALF_UP"}
UNCHANGED = {"Text", "dataclass"}  # words; and how a class of ours is laid out answers nothing
ASSERTED = "strict"
"""zip(strict=True) asserts that lists are equally long, which they are by construction: without it nothing changes."""
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "any_of": "all_of", "all_of": "any_of"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing put wrong: the text from `start` to `end` of a file replaced by `text`."""

    file: Path
    start: int
    end: int
    text: str
    kind: str
    place: str  # the function or the parameter's row
    line: int

    @property
    def name(self) -> str:
        """What a reader, and the list of survivors, calls it; stays when lines move."""
        return f"{self.file.relative_to(SOURCE)} {self.place}: {self.was} → {self.text}"

    @property
    def was(self) -> str:
        return self.file.read_text("utf-8")[self.start : self.end]

    def applied(self) -> str:
        source = self.file.read_text("utf-8")
        return source[: self.start] + self.text + source[self.end :]


def changes(folders: tuple[str, ...]) -> list[Change]:
    """All of them, in the order of the files below these folders of the package."""
    files = sorted(path for folder in folders for path in (SOURCE / folder).rglob("*") if path.is_file())
    files = [path for path in files if "migrations" not in path.parts]
    return [
        change
        for path in files
        for change in (
            _of_rows(path)
            if path.suffix == ".yaml" and "parameters" in path.parts
            else _of_code(path)
            if path.suffix == ".py"
            else ()
        )
    ]


# --- rows of parameters -----------------------------------------------------------------------------


def _of_rows(path: Path) -> Iterator[Change]:
    top: Any = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    tables = top.value if isinstance(top, yaml.SequenceNode) else [top]
    for table in tables:
        fields = {key.value: value for key, value in table.value}
        for row in fields["values"].value:
            cells = {key.value: value for key, value in row.value}
            if "status" in cells and cells["status"].value == "unsettled":
                continue  # nothing uses it
            keys = ", ".join(_plain(cells[key]) for key in map(str, _keys(fields)))
            for name, text in _row_changes(cells):
                cell = cells[name]
                yield Change(
                    path,
                    cell.start_mark.index,
                    cell.end_mark.index,
                    text,
                    "row",
                    f"{fields['name'].value}[{keys}] since {cells['since'].value}, {name}",
                    cell.start_mark.line + 1,
                )


def _keys(fields: dict[str, yaml.Node]) -> list[str]:
    return [str(key.value) for key in fields["keys"].value] if "keys" in fields else []


def _plain(cell: yaml.Node) -> str:
    return "/".join(str(one.value) for one in cell.value) if isinstance(cell.value, list) else str(cell.value)


def _row_changes(cells: dict[str, yaml.Node]) -> Iterator[tuple[str, str]]:
    """The value's last digit one more; the first and the last day one later and one earlier."""
    value = Decimal(cells["value"].value)
    yield "value", f'"{value + Decimal((0, (1,), int(value.as_tuple().exponent)))}"'
    if day := _first_day(cells["since"].value):
        yield "since", (day + timedelta(days=1)).isoformat()
    if "until" in cells and (day := _last_day(cells["until"].value)):
        yield "until", (day - timedelta(days=1)).isoformat()


def _first_day(written: str) -> date | None:
    parts = [int(part) for part in str(written).split("-")]
    return date(*[*parts, 1, 1][:3]) if parts[0] > 1 else None


def _last_day(written: str) -> date | None:
    parts = [int(part) for part in str(written).split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


# --- code -------------------------------------------------------------------------------------------


class Places:
    """Where each expression of a source stands in it; columns of the syntax tree count bytes."""

    def __init__(self, source: str) -> None:
        self.source, self.lines = source, source.encode().splitlines(keepends=True)
        self.offsets = [0]
        for line in source.splitlines(keepends=True):
            self.offsets.append(self.offsets[-1] + len(line))

    def stretch(self, node: ast.AST) -> tuple[int, int]:
        begun = self._offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]  # an expression has its place
        return begun, self._offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]  # likewise

    def written(self, node: ast.AST) -> str:
        begun, ended = self.stretch(node)
        return self.source[begun:ended]

    def _offset(self, line: int, column: int) -> int:
        return self.offsets[line - 1] + len(self.lines[line - 1][:column].decode())


def _of_code(path: Path) -> Iterator[Change]:
    source = path.read_text("utf-8")
    places, tree = Places(source), ast.parse(source)
    if not any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree)):
        return
    for node, within in _walk(tree, "module"):
        for kind, text in _code_changes(node, places.written):
            if text != places.written(node):
                yield Change(path, *places.stretch(node), text, kind, within, node.lineno)  # type: ignore[attr-defined]  # likewise


def _walk(node: ast.AST, within: str) -> Iterator[tuple[ast.AST, str]]:
    """Every node that runs, with the function around it; annotations and words are left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr) or (isinstance(child, ast.AnnAssign) and child.value is None):
            continue  # words; and before Python 3.12 nothing inside them has its right place
        if isinstance(child, ast.keyword) and child.arg == ASSERTED:
            continue
        name = child.name if isinstance(child, ast.FunctionDef | ast.ClassDef) else within
        yield child, name
        if isinstance(child, ast.FunctionDef):
            for decorator in child.decorator_list:
                yield from _walk_one(decorator, name)
            for statement in child.body:
                yield from _walk_one(statement, name)
        elif isinstance(child, ast.AnnAssign) and child.value is not None:
            yield from _walk_one(child.value, name)
        elif not (isinstance(child, ast.Call) and getattr(child.func, "id", "") in UNCHANGED):
            yield from _walk(child, name)


def _walk_one(node: ast.AST, within: str) -> Iterator[tuple[ast.AST, str]]:
    yield node, within
    yield from _walk(node, within)


def _code_changes(node: ast.AST, written: Callable[[ast.AST], str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for sign in COMPARISONS[type(node.ops[0])]:
            yield "comparison", f"{written(node.left)} {sign} {written(node.comparators[0])}"
    elif isinstance(node, ast.BoolOp):
        sign = " or " if isinstance(node.op, ast.And) else " and "
        yield "condition", f"({sign.join(f'({written(part)})' for part in node.values)})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "condition", f"bool({written(node.operand)})"
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        yield "arithmetic", f"({written(node.left)}) {ARITHMETIC[type(node.op)]} ({written(node.right)})"
    else:
        yield from _constant(node)
        yield from _call(node)


def _constant(node: ast.AST) -> Iterator[tuple[str, str]]:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bool):
        yield "condition", str(not value)
    elif isinstance(value, int):
        yield "number", str(value + 1)
    elif isinstance(value, str) and value in ROUNDING:
        yield "rounding", repr(ROUNDING[value])


def _call(node: ast.AST) -> Iterator[tuple[str, str]]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    written = [*map(ast.unparse, node.args), *(ast.unparse(keyword) for keyword in node.keywords)]
    name, arguments = node.func.id, ", ".join(written)
    if name in CALLS:
        yield "order", f"{CALLS[name]}({arguments})"
    elif name == "sorted":
        yield "order", f"list(reversed(sorted({arguments})))"
