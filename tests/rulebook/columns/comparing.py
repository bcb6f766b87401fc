"""Compares columns with records, name by name and row by row."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from unittest import mock

import numpy as np

from tanzhi.rulebook.kernel import Guideline, Parameters, RecordNode, Value
from tanzhi.rulebook.kernel.columns import (
    BLANK_UNITS,
    EXCLUDED_UNITS,
    NOT_REPORTED_UNITS,
    Coded,
    ColumnResult,
    Columns,
    evaluator,
    flatten,
)
from tanzhi.rulebook.kernel.columns.column import Column
from tanzhi.rulebook.kernel.columns.tables import Tables
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.reading import read
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.rules import CHOICE, INPUT, Rule
from tanzhi.rulebook.kernel.states import BLANK, EXCLUDED, NOT_REPORTED, Absent

MARKS = {BLANK: BLANK_UNITS, NOT_REPORTED: NOT_REPORTED_UNITS, EXCLUDED: EXCLUDED_UNITS}
INDICES = {None: -1, "": -1, "NR": -2, "EX": -3}


def differences(
    guideline: Guideline,
    year: int,
    records: Sequence[Mapping[str, Any]],
    parameters: Parameters | None = None,
    chunk: int = 5,
) -> list[str]:
    """A line for each value in which columns and records differ: state, number as written, or a broken bound.

    The columns are computed twice: from what was filed as written, and from scaled integers and codes.
    """
    tops = [evaluate(guideline, year, record, parameters) for record in records]
    written = flatten(guideline, records)
    return [
        line
        for tables in (written, packed(written, year))
        for line in _differences(Columns(guideline, year, tables, parameters=parameters, chunk=chunk), tops)
    ]


def _differences(columns: Columns, tops: Sequence[RecordNode]) -> list[str]:
    with within_their_range():
        found = columns.results(*columns.edition.rules)
    return [
        f"{columns.year} {level}[{row}] {rule.name}: records {node.value(rule.name)}, columns {fault}"
        for level in columns.guideline.levels
        for row, node in enumerate(node for top in tops for node in top.at(level))
        for rule in columns.edition.by_level.get(level, ())
        if (fault := _difference(node, node.value(rule.name), found[rule.name], row))
    ]


@contextmanager
def within_their_range() -> Iterator[None]:
    """Whatever columns compute lies in the range that they say of it: what is proven of the next step rests on it."""
    part = evaluator._part

    def bounded_part(rule: Any, answer: Any, chunk: Any) -> Any:
        result = part(rule, answer, chunk)
        if isinstance(answer, Column):
            values = np.broadcast_to(np.asarray(answer.m, dtype=np.float64), len(result.states))
            off = np.abs(values) * (answer.rel + 1e-9) + answer.off
            beyond = (values < answer.low - off) | (values > answer.high + off)
            outside = (result.states == evaluator.KNOWN) & beyond
            assert not outside.any(), (rule.name, values[outside][:3], answer.low, answer.high)
        return result

    with mock.patch.object(evaluator, "_part", bounded_part):
        yield


def _difference(node: RecordNode, value: Value, result: ColumnResult, row: int) -> str | None:
    number = result.number(row)
    if value.state != result.state(row) or str(value.number) != str(number) or type(value.number) is not type(number):
        return f"{result.state(row)} {number!r}"
    if isinstance(value.number, Decimal) and result.values is not None and result.bounds is not None:
        off = abs(Decimal(float(result.values[row])) - value.number)
        if off > Decimal(float(result.bounds[row])):
            return f"{result.values[row]!r} is off by {off}, bound {result.bounds[row]!r}"
    if result.marks(row) != value.marks:
        return f"marks {result.marks(row) ^ value.marks}"
    return None


def packed(tables: Tables, year: int) -> Tables:
    """The same tables as scaled integers and codes, where what was filed can be told by them."""
    guideline = tables.guideline
    rules = guideline.edition(year)
    found = {
        level: {name: _packed(rules.get(name), column) for name, column in table.items()}
        for level, table in tables.tables.items()
    }
    owner = {low: tables.parents[low] for low in guideline.under}
    return Tables(guideline, found, owner)


def _packed(rule: Rule | None, column: Any) -> Any:
    if rule is None or rule.kind not in (INPUT, CHOICE) or (rule.kind == INPUT and rule.decimals is None):
        return column
    if rule.kind == INPUT:
        units = [_units(rule, raw) for raw in column]
        return column if None in units else np.array(units, dtype=np.int64)
    words = tuple(dict.fromkeys(raw for raw in column if raw not in INDICES))
    return Coded(np.array([INDICES[raw] if raw in INDICES else words.index(raw) for raw in column]), words)


def _units(rule: Rule, raw: Any) -> int | None:
    """Whole units of 10^-decimals, or a mark; None where it is neither."""
    value = read(rule, raw)
    if isinstance(value, Absent):
        return MARKS.get(value.state)
    units = int(round_legally(Decimal(value), rule.decimals or 0).scaleb(rule.decimals or 0))
    return units if abs(units) < 2**62 else None
