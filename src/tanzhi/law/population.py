"""Many records by one law: by columns where these are quicker, else one by one; both are equal to the last digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.rulebook.kernel import Guideline
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.rounding import stored

from .evaluation import InForce, evaluate, in_force

COLUMNS_FROM = 20
"""From so many records columns are not slower, whichever the guideline (docs/performance.md, “The whole province”)."""
Quantities = dict[str, Decimal | None]
"""The quantities of one record by name; None where there is no number."""
StoredResults = Mapping[str, Sequence[str | None]]
"""What is stored of one record: by quantity its values as they are kept, down the record's rows in their order."""


@dataclass(frozen=True, slots=True)
class SupposedValue:
    """A value that a parameter might have for a whole year."""

    parameter: str
    keys: Mapping[str, str]
    value: Decimal


def supposed(guideline: Guideline, year: int, values: Sequence[SupposedValue]) -> InForce:
    """The law in force with some values of a year otherwise; it has no release, so nothing can be stored by it."""
    mark = {"since": str(year), "until": str(year), "source": "what-if", "entered_by": "what-if", "entered_at": "-"}
    entries = [
        {"parameter": v.parameter, "keys": dict(v.keys), "value": str(v.value), "supersedes": True, **mark}
        for v in values
    ]
    return InForce(guideline.name, "", in_force(guideline).parameters.with_entries(entries))


def quantities(
    guideline: Guideline, year: int, records: Sequence[Mapping[str, Any]], names: Sequence[str], law: InForce
) -> list[Quantities]:
    """Quantities of the guideline's top level of each record, by the law of a year."""
    if len(records) < COLUMNS_FROM:
        tops = [evaluate(guideline, year, record, under=law) for record in records]
        return [{name: _number(top.value(name).number) for name in names} for top in tops]
    columns = Columns(guideline, year, flatten(guideline, records), parameters=law.parameters).results(*names)
    return [{name: _number(columns[name].number(row)) for name in names} for row in range(len(records))]


def given_again(
    guideline: Guideline,
    year: int,
    records: Sequence[Mapping[str, Any]],
    results: Sequence[StoredResults],
    law: InForce,
) -> list[bool]:
    """For each record whether the law gives all that is stored of it again.

    Of fewer records than columns are quicker for, nothing is told: whoever goes on computes each by itself anyway.
    A quantity that the year does not have any more is not compared; one of more or fewer rows is not given again.
    """
    if len(records) < COLUMNS_FROM:
        return [False] * len(records)
    edition = guideline.edition(year)
    names = sorted({name for result in results for name in result if name in edition})
    tables = flatten(guideline, records)
    columns = Columns(guideline, year, tables, parameters=law.parameters).results(*names)
    offsets = {name: tables.offsets(edition[name].level, guideline.top) for name in names}

    def is_given(record: int, name: str, values: Sequence[str | None]) -> bool:
        first, last = int(offsets[name][record]), int(offsets[name][record + 1])
        return [stored(columns[name].number(row)) for row in range(first, last)] == list(values)

    return [
        all(is_given(number, name, values) for name, values in result.items() if name in edition)
        for number, result in enumerate(results)
    ]


def _number(answer: Any) -> Decimal | None:
    return answer if isinstance(answer, Decimal) else None
