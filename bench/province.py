"""The whole province recomputed, every stream: what the example gave to the rules, by columns and by records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import median
from typing import Any

from bench import workbook
from bench.example import Records, province
from bench.lines import RUNS, Line, line, quotients
from tanzhi.law.evaluation import InForce
from tanzhi.law.population import COLUMNS_FROM, quantities
from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.evaluation import evaluate

TITLE = "The whole province"
Part = tuple[Guideline, int, Sequence[Mapping[str, Any]]]


def measure(toy: bool = False) -> list[Line]:
    found: Records = {("power", 2023): [workbook.record(months=2)] * COLUMNS_FROM} if toy else province()
    parts = [(guidelines()[name], year, records) for (name, year), records in found.items()]
    streams = [(name, list(several)) for name, several in groupby(parts, key=lambda part: part[0].name)]
    runs = 1 if toy else RUNS
    lines = [_line(name, several, runs) for name, several in (*streams, ("all together", parts))]
    return [*lines, _slowest(streams, runs)]


def _slowest(streams: Sequence[tuple[str, Sequence[Part]]], runs: int) -> Line:
    """What whoever asks for the top values of a year gets, against records; of the stream in which columns gain least.

    Years of fewer records are computed by records themselves: there is nothing to compare.
    """
    by_stream = {name: [part for part in parts if len(part[2]) >= COLUMNS_FROM] for name, parts in streams}
    ratios = {name: _chosen_against_records(parts, runs) for name, parts in by_stream.items() if parts}
    name = max(ratios, key=lambda name: median(ratios[name]))
    notes = f"{name}, of {len(ratios)} streams with so many; columns from {COLUMNS_FROM} records of a year on"
    return line("the evaluator chosen ÷ records, where it gains least", ratios[name], "≤ 1.1", notes)


def _chosen_against_records(parts: Sequence[Part], runs: int) -> list[float]:
    least_seconds = 0.0 if runs == 1 else 0.5
    return quotients(lambda: [*map(chosen, parts)], lambda: [*map(top_values, parts)], runs, least_seconds)


def _names(part: Part) -> list[str]:
    guideline, year, _ = part
    return [rule.name for rule in guideline.edition(year).by_level[guideline.top] if not rule.filed]


def chosen(part: Part) -> Any:
    """The values of each record's top level as `law` computes many records."""
    guideline, year, records = part
    return quantities(guideline, year, records, _names(part), InForce(guideline.name, "", guideline.parameters))


def top_values(part: Part) -> Any:
    """The same record by record."""
    guideline, year, records = part
    names, tops = _names(part), [evaluate(guideline, year, record) for record in records]
    return [{name: top.value(name).number for name in names} for top in tops]


def _line(name: str, parts: Sequence[Part], runs: int) -> Line:
    values = sum(_compared(*part) for part in parts)
    records = sum(len(part[2]) for part in parts)
    years = len({part[1] for part in parts})
    ratios = quotients(lambda: [*map(by_records, parts)], lambda: [*map(by_columns, parts)], runs)
    notes = f"{records:,} records of {years} year{'s' * (years > 1)}, {values:,} values, all equal"
    return line(f"{name}: records ÷ columns", ratios, "", notes)


def by_columns(part: Part) -> Any:
    """Every quantity of every record, from what was filed as text."""
    guideline, year, records = part
    columns = Columns(guideline, year, flatten(guideline, records))
    return columns.results(*columns.edition.rules)


def by_records(part: Part) -> list[list[Any]]:
    guideline, year, records = part
    return [[v.number for node in evaluate(guideline, year, r).walk() for v in node.all_values()] for r in records]


def _compared(guideline: Guideline, year: int, records: Sequence[Mapping[str, Any]]) -> int:
    """How many values were compared; stops where one differs."""
    columns = Columns(guideline, year, flatten(guideline, records))
    found, tops = columns.results(*columns.edition.rules), [evaluate(guideline, year, r) for r in records]
    pairs = [
        (value, found[value.name], row)
        for level in guideline.levels
        for row, node in enumerate(node for top in tops for node in top.at(level))
        for value in node.all_values()
    ]
    for value, result, row in pairs:
        if result.number(row) != value.number or result.state(row) != value.state:
            raise AssertionError(f"{guideline.name} {year} {value.name}: columns differ from records")
    return len(pairs)
