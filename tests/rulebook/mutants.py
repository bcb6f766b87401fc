"""Formulas with one thing wrong, made from the real ones: what a proof of dimensions must find."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tanzhi.rulebook.kernel.rules import Rule

from .measured import unit

MOLAR = {44, 12, 16, 28}
CONVERSIONS = MOLAR | {10, 1000, 10_000, 1_000_000}
SMALLER = {"t": "kg", "MWh": "kWh", "GJ": "MJ", "TJ": "GJ", "MW": "kW", "ha": "m2", "tCO2": "kgCO2", "tCO2e": "kgCO2e"}


def without_a_constant(rule: Rule) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The formula without one multiplication by a constant that turns a unit or a gas into another."""
    source = ast.parse(textwrap.dedent(inspect.getsource(rule.function)))
    places = [n for n in ast.walk(source) if isinstance(n, ast.BinOp) and _converts(n)]
    for number in range(len(places)):
        if not unit(rule.unit).gases and places[number].right.value in MOLAR:  # type: ignore[attr-defined]
            continue
        tree = ast.parse(textwrap.dedent(inspect.getsource(rule.function)))
        yield f"without {ast.unparse(places[number].right)}", _compiled(_Dropping(number).visit(tree), rule)


def in_a_smaller_unit(rule: Rule) -> Rule | None:
    """The rule as if it declared kg for t, kWh for MWh …"""
    first = re.match(r"(\w+)", rule.unit)
    smaller = SMALLER.get(first[1]) if first else None
    return replace(rule, unit=smaller + rule.unit[len(first[1]) :]) if first and smaller else None


def _converts(node: ast.BinOp) -> bool:
    constant = isinstance(node.op, ast.Mult | ast.Div) and isinstance(node.right, ast.Constant)
    return constant and node.right.value in CONVERSIONS  # type: ignore[attr-defined]  # it is a constant


class _Dropping(ast.NodeTransformer):
    """Puts the left side in the place of one product."""

    def __init__(self, number: int) -> None:
        self.left = number

    def visit_Module(self, node: ast.Module) -> ast.Module:
        places = [n for n in ast.walk(node) if isinstance(n, ast.BinOp) and _converts(n)]
        self.dropped = places[self.left]
        self.generic_visit(node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        return node.left if node is self.dropped else node


def _compiled(tree: ast.Module, rule: Rule) -> Callable[..., Any]:
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = []
    held: dict[str, Any] = {}
    exec(compile(ast.fix_missing_locations(tree), "mutant", "exec"), rule.function.__globals__, held)
    found: Callable[..., Any] = held[function.name]
    return found
