"""Compares columns with records, name by name and row by row."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tanzhi.rulebook.kernel import Guideline, Node, Parameters, Value, evaluate
from tanzhi.rulebook.kernel.columns import Columns, Result, flatten


def differences(
    guideline: Guideline,
    year: int,
    enterprises: Sequence[Mapping[str, Any]],
    parameters: Parameters | None = None,
    chunk: int = 5,
) -> list[str]:
    """A line for each value in which columns and records differ: state, number as written, or a broken bound."""
    columns = Columns(guideline, year, flatten(guideline, enterprises), parameters=parameters, chunk=chunk)
    tops = [evaluate(guideline, year, enterprise, parameters) for enterprise in enterprises]
    found = columns.results(*columns.edition.rules)
    return [
        f"{year} {level}[{row}] {rule.name}: records {node.value(rule.name)}, columns {fault}"
        for level in guideline.levels
        for row, node in enumerate(node for top in tops for node in top.at(level))
        for rule in columns.edition.by_level.get(level, ())
        if (fault := _difference(node, node.value(rule.name), found[rule.name], row))
    ]


def _difference(node: Node, value: Value, result: Result, row: int) -> str | None:
    number = result.number(row)
    if value.state != result.state(row) or str(value.number) != str(number) or type(value.number) is not type(number):
        return f"{result.state(row)} {number!r}"
    if isinstance(value.number, Decimal) and result.values is not None and result.bounds is not None:
        off = abs(Decimal(float(result.values[row])) - value.number)
        if off > Decimal(float(result.bounds[row])):
            return f"{result.values[row]!r} is off by {off}, bound {result.bounds[row]!r}"
    return None
