"""A rule's formula as people write it, out of the rule's own source: × · ÷, names or labels or numbers put in."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from .text import Text

WORDS = {
    "total": Text("合计({})", "total({})"),
    "product": Text("连乘({})", "product({})"),
    "mean": Text("平均({})", "mean({})"),
    "weighted_mean": Text("加权平均({})", "weighted mean({})"),
    "count": Text("个数({})", "count({})"),
    "smallest": Text("最小({})", "smallest({})"),
    "largest": Text("最大({})", "largest({})"),
    "given": Text("首个有值({})", "first known({})"),
    "known": Text("有值({})", "known({})"),
    "where": Text("若({})", "if({})"),
    "quotient": Text("商({})", "quotient({})"),
    "any_of": Text("任一({})", "any of({})"),
    "all_of": Text("全部({})", "all of({})"),
    "chosen": Text("选择({})", "chosen({})"),
    "others": Text("其余均值({})", "mean of the others({})"),
}
_SIGNS: dict[type[ast.AST], tuple[str, int]] = {
    ast.Add: (" + ", 4),
    ast.Sub: (" − ", 4),
    ast.Mult: (" × ", 5),
    ast.Div: (" ÷ ", 5),
    ast.Pow: ("^", 7),
    ast.Lt: (" < ", 3),
    ast.LtE: (" ≤ ", 3),
    ast.Gt: (" > ", 3),
    ast.GtE: (" ≥ ", 3),
    ast.Eq: (" = ", 3),
    ast.NotEq: (" ≠ ", 3),
}
CONSTANTS = {None: Text("空白", "blank"), True: Text("是", "yes"), False: Text("否", "no")}
_ATOM, _NEGATED, _CONDITION = 9, 6, 1


def formula(function: Callable[..., Any], names: Mapping[str, str], language: str = "en") -> str:
    """The formula with `names` put in for the arguments, its words in `language`."""
    printer = _Printer(names, language, vars(inspect.getmodule(function)))
    return "; ".join(line for line in map(printer.statement, _body(function)) if line)


@cache
def _body(function: Callable[..., Any]) -> tuple[ast.stmt, ...]:
    """The statements of the function without its docstring."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return tuple(s for s in definition.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)))


class _Printer:
    """Prints statements and expressions; each expression comes with the strength of its outermost sign."""

    def __init__(self, names: Mapping[str, str], language: str, constants: Mapping[str, Any]) -> None:
        self.names, self.language, self.constants = names, language, constants

    def statement(self, statement: ast.stmt) -> str:
        match statement:
            case ast.Return(value=ast.expr() as value):
                return self.text(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return f"{name} = {self.text(value)}"
            case _:
                return ast.unparse(statement)

    def text(self, node: ast.expr, at_least: int = 0) -> str:
        """The expression, in brackets if its outermost sign binds less than is needed where it stands."""
        words, strength = self._expression(node)
        return words if strength >= at_least else f"({words})"

    def _expression(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.Name(id=name):
                return self.names.get(name, name), _ATOM
            case ast.Constant(value=None | bool() as value):
                return str(getattr(CONSTANTS[value], self.language)), _ATOM
            case ast.Constant(value=value):
                return str(value), _ATOM
            case ast.Starred(value=ast.Name(id=name)) if name in self.constants:
                return "; ".join(map(str, self.constants[name])), _ATOM
            case ast.Call():
                return self._call(node), _ATOM
            case _:
                return self._signed(node)

    def _signed(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.BinOp():
                return self._binary(node)
            case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _SIGNS:
                written, strength = _SIGNS[type(sign)]
                return f"{self.text(left, strength + 1)}{written}{self.text(right, strength + 1)}", strength
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"−{self.text(operand, _NEGATED)}", _NEGATED
            case _:
                return ast.unparse(node), _CONDITION

    def _binary(self, node: ast.BinOp) -> tuple[str, int]:
        sign, strength = _SIGNS.get(type(node.op), (f" {type(node.op).__name__} ", 4))
        power = isinstance(node.op, ast.Pow)
        left = self.text(node.left, strength + power)
        right = self.text(node.right, strength + (not power))
        return f"{left}{sign}{right}", strength

    def _call(self, node: ast.Call) -> str:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name == "Decimal":
            return self.text(node.args[0])
        arguments = "; ".join([*map(self.text, node.args), *(self.text(k.value) for k in node.keywords)])
        word: str = getattr(WORDS[name], self.language) if name in WORDS else f"{name}({{}})"
        return word.replace("{}", arguments)
