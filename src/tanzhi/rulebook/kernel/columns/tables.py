"""What columns are computed from: for each level a table of arrays, and for each row the row above that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from ..guideline import Guideline
from ..reading import EXCLUDED_CODE, NOT_REPORTED_CODE
from .frames import Array, ChildRange

_LEAST = int(np.iinfo(np.int64).min)
BLANK_UNITS, NOT_REPORTED_UNITS, EXCLUDED_UNITS = _LEAST, _LEAST + 1, _LEAST + 2
"""What stands for "not there" among scaled integers."""
MARKS = {BLANK_UNITS: None, NOT_REPORTED_UNITS: NOT_REPORTED_CODE, EXCLUDED_UNITS: EXCLUDED_CODE}
ABSENT_INDEX = {-1: None, -2: NOT_REPORTED_CODE, -3: EXCLUDED_CODE}


@dataclass(frozen=True, slots=True)
class Coded:
    """Words by number: row i holds categories[index[i]]; -1 is blank, -2 not reported, -3 excluded."""

    index: Array
    categories: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, row: int) -> str | None:
        position = int(self.index[row])
        return ABSENT_INDEX[position] if position < 0 else self.categories[position]


Table = Mapping[str, Array | Coded]


class Tables:
    """The tables of a guideline with their hierarchy; `owner[level]` gives each row's row of the level above."""

    def __init__(
        self, guideline: Guideline, tables: Mapping[str, Table], owner: Mapping[str, Array] | None = None
    ) -> None:
        self.guideline, self.tables = guideline, {level: tables.get(level, {}) for level in guideline.levels}
        self._spans: dict[tuple[str, str], Array] = {}
        self.sizes: dict[str, int] = {}
        owners = owner or {}
        for level, table in self.tables.items():
            sizes = {len(column) for column in (*table.values(), *([owners[level]] if level in owners else []))}
            if len(sizes) > 1:
                raise ValueError(f"level {level!r}: its columns have different lengths {sorted(sizes)}")
            for name, column in table.items():
                if not isinstance(column, Coded) and column.dtype.kind not in "iUO":
                    raise ValueError(
                        f"{level}.{name}: {column.dtype} is not exact; give decimal strings or scaled integers"
                    )
            self.sizes[level] = sizes.pop() if sizes else 0
        for low, high in guideline.under.items():
            # Where each row's children begin; children stand in the order of their owners.
            rows_above, size, above = owners.get(low), self.sizes[low], self.sizes[high]
            rows = np.zeros(size, dtype=np.int64) if rows_above is None else np.asarray(rows_above)
            if rows_above is None and size and above != 1:
                raise ValueError(f"level {low!r} needs an owner for each row")
            if size and (np.any(np.diff(rows) < 0) or rows[0] < 0 or rows[-1] >= above):
                raise ValueError(f"level {low!r}: owners must be rows of the level above, in order")
            self._spans[low, high] = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=above))))

    def offsets(self, low: str, high: str) -> Array:
        """Row i of `high` holds rows offsets[i] to offsets[i + 1] of `low`."""
        if (low, high) not in self._spans and low == high:
            self._spans[low, high] = np.arange(self.sizes[low] + 1)
        elif (low, high) not in self._spans:
            between = self.guideline.under[low]
            self._spans[low, high] = self._spans[low, between][self.offsets(between, high)]
        return self._spans[low, high]

    @cached_property
    def parents(self) -> dict[str, Array]:
        return {low: ChildRange(self._spans[low, high]).index for low, high in self.guideline.under.items()}

    def raw(self, level: str, name: str, row: int) -> Any:
        """What stands in one row, as it would stand in a record."""
        column = self.tables[level].get(name)
        if column is None:
            return None
        if isinstance(column, Coded):
            return column[row]
        cell = column[row]
        if isinstance(cell, np.integer):
            return int(cell) if name == level else self._scaled(name, int(cell))
        return str(cell) if isinstance(cell, np.str_) else cell

    def keys(self, level: str) -> Iterator[str]:
        """What each row is called, as `Node.key` has it: by its key, or by its number below the row that holds it."""
        above = self.guideline.under.get(level)
        offsets = self.offsets(level, above) if above else np.zeros(1, dtype=np.int64)
        for row in range(self.sizes[level]):
            key = self.raw(level, level, row)
            first = int(offsets[self.parents[level][row]]) if above else 0
            yield str(key) if isinstance(key, str | int) and str(key).strip() else str(row - first + 1)

    def _scaled(self, name: str, units: int) -> Any:
        if units in MARKS:
            return MARKS[units]
        return Decimal(units).scaleb(-self.places(name))

    def places(self, name: str) -> int:
        """The scale of integers in a table: the decimals declared for the input."""
        rules = self.guideline.rules.get(name)
        return (rules[-1].decimals or 0) if rules else 0


def flatten(guideline: Guideline, records: Iterable[Mapping[str, Any]]) -> Tables:
    """Nested records as tables: the same rows, the same raw values, in the same order."""
    rows: dict[str, list[Mapping[str, Any]]] = {level: [] for level in guideline.levels}
    owner: dict[str, list[int]] = {level: [] for level in guideline.under}
    for record in records:
        _lay_out(guideline, guideline.top, record, rows, owner)
    tables: dict[str, dict[str, Array]] = {}
    for level, items in rows.items():
        names = {level} | {name for name, rules in guideline.rules.items() if rules[0].level == level}
        used = [name for name in sorted(names) if any(name in row for row in items)] or [level]
        tables[level] = {name: np.fromiter((row.get(name) for row in items), dtype=object) for name in used}
    return Tables(guideline, tables, {level: np.array(items, dtype=np.int64) for level, items in owner.items()})


def _lay_out(
    guideline: Guideline,
    level: str,
    record: Any,
    rows: dict[str, list[Mapping[str, Any]]],
    owner: dict[str, list[int]],
) -> None:
    data = record if isinstance(record, Mapping) else {}
    rows[level].append(data)
    here = len(rows[level]) - 1
    for low in (low for low, high in guideline.under.items() if high == level):
        below = data.get(guideline.levels[low].plural)
        for child in below if isinstance(below, list) else []:
            owner[low].append(here)
            _lay_out(guideline, low, child, rows, owner)
