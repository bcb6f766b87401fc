"""A country's key emission units, synthesised and computed for a year: every industry in the shares of the example."""

from __future__ import annotations

import tracemalloc
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bench.lines import RUNS, Line, line, seconds
from tanzhi.examples.facts import unit_of
from tanzhi.examples.gansu.data import plants, read, works
from tanzhi.examples.generate import Plant, enterprise_year, months
from tanzhi.examples.industries import Works, industry_year, works_units
from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.columns.tables import Tables
from tanzhi.rulebook.kernel.evaluation import evaluate

TITLE = "A country"
YEAR, ENTERPRISES = 2023, 3_400
ONE_IN = 34
"""Of so many enterprises one is computed by records, too."""
Records = dict[str, list[Mapping[str, Any]]]


def measure(toy: bool = False) -> list[Line]:
    country = synthesised(len(one_of_each()) if toy else ENTERPRISES)
    sample = {name: records[:: 1 if toy else ONE_IN] for name, records in country.items()}
    rows, values = _compared(country, 1 if toy else ONE_IN)
    number, sampled = (sum(map(len, of.values())) for of in (country, sample))
    taken = seconds(lambda: by_records(sample), lambda: by_columns(country), runs=1 if toy else RUNS)
    spent = min(columns for _, columns in taken)
    industries = f"{number:,} enterprises of {len(country)} industries, 12 months"
    return [
        line(
            "records ÷ columns", [records * number / sampled / columns for records, columns in taken], "≥ 4",
            f"{industries}, from filed text: {rows:,} rows in {spent:.1f} s; {values:,} values of {sampled} of them "
            "equal to records, whose time is extrapolated",
        ),
        line(
            "kB of memory an enterprise at most", [peak_memory(country) / number / 1000], "",
            f"not a ratio: {industries}, every quantity of every row, beyond the filed records, industry by industry",
        ),
    ]  # fmt: skip


def one_of_each() -> list[Plant | Works]:
    """The first enterprise of each industry of the example."""
    firsts: dict[str, Plant | Works] = {"power": plants()[0]}
    for enterprise in works():
        firsts.setdefault(enterprise.guideline, enterprise)
    return [*firsts.values()]


def synthesised(number: int) -> Records:
    """Records of a year by guideline: the example's enterprises again and again, each with figures of its own."""
    firsts = one_of_each()
    example: list[Plant | Works] = [*plants(), *works()]
    every = [*firsts, *(each for each in example if each not in firsts)]
    country: Records = defaultdict(list)
    for at in range(number):
        turn, place = divmod(at, len(every))
        enterprise = replace(every[place], code=f"{every[place].code}-{turn}")
        country[enterprise.guideline if isinstance(enterprise, Works) else "power"].append(record_of(enterprise))
    return country


def record_of(enterprise: Plant | Works) -> Mapping[str, Any]:
    """Twelve months of an enterprise with what the register has of its units."""
    if isinstance(enterprise, Works):
        typical = read("industries.yaml")[enterprise.guideline]
        record, units = industry_year(typical, enterprise.code, YEAR), works_units(typical, enterprise)
        [lines] = record.values()
    else:
        record = enterprise_year(enterprise, months(YEAR), Decimal(1))
        lines, units = record["units"], [unit_of(enterprise, number + 1) for number in range(len(enterprise.units))]
    for row, unit in zip(lines, units, strict=True):
        row.update(unit["attributes"])
    return record


def computed(guideline: Guideline, records: Sequence[Mapping[str, Any]]) -> tuple[Tables, Any]:
    """Every quantity of every record, from what was filed as text."""
    tables = flatten(guideline, records)
    columns = Columns(guideline, YEAR, tables)
    return tables, columns.results(*columns.edition.rules)


def by_columns(country: Records) -> None:
    for name, records in country.items():
        computed(guidelines()[name], records)


def by_records(country: Records) -> None:
    for name, records in country.items():
        for record in records:
            for node in evaluate(guidelines()[name], YEAR, record).walk():
                node.all_values()


def peak_memory(country: Records) -> int:
    """Bytes held at most."""
    tracemalloc.start()
    by_columns(country)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _compared(country: Records, one_in: int) -> tuple[int, int]:
    """How many rows there are, and how many values were compared with records; stops where one differs."""
    rows = values = 0
    for name, records in country.items():
        guideline = guidelines()[name]
        tables, results = computed(guideline, records)
        rows += sum(tables.sizes.values())
        for at in range(0, len(records), one_in):
            top = evaluate(guideline, YEAR, records[at])
            for level in guideline.levels:
                first = int(tables.offsets(level, guideline.top)[at])
                for row, node in enumerate(top.at(level), first):
                    for value in node.all_values():
                        answer = results[value.name]
                        if answer.number(row) != value.number or answer.state(row) != value.state:
                            raise AssertionError(f"{name} {node.path} {value.name}: columns differ from records")
                        values += 1
    return rows, values
