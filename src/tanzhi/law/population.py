"""Many records by one law: by columns where these are quicker, else one by one; both are equal to the last digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.rulebook.kernel import Guideline
from tanzhi.rulebook.kernel.columns import Columns, flatten

from .evaluation import InForce, evaluate, in_force

COLUMNS_FROM = 20
"""From so many records columns are not slower, whichever the guideline (docs/performance.md, “The whole province”)."""
Quantities = dict[str, Decimal | None]
"""The quantities of one record by name; None where there is no number."""


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


def _number(answer: Any) -> Decimal | None:
    return answer if isinstance(answer, Decimal) else None
