"""Columns: a guideline's rules over tables of any size, equal to records to the last legally rounded digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from ..guideline import Guideline
from ..parameters import Parameters
from ..records import RecordNode
from ..rules import GuidelineFault, Rule
from .answers import Codes, Condition
from .chunk import Answer, Chunk, TooMany
from .column import WHOLE
from .frames import KNOWN, Array
from .ground import Population
from .result import ColumnResult
from .rows import Forest
from .tables import Table, Tables

CHUNK = 65_536
"""Rows of the largest level evaluated together: half a megabyte an array, so that some fit the second-level cache."""


class Columns(Population):
    """A whole population at once.

    `tables`: level → name → decimal strings (object or string array; None or "" blank), scaled integers
    (int64, 10^-decimals of the input; see `BLANK_UNITS`) or `Coded` words; the level's own name holds its key.
    `owner`: level → for each row its row of the level above, in order.
    """

    def __init__(
        self,
        guideline: Guideline,
        year: int,
        tables: Tables | Mapping[str, Table],
        owner: Mapping[str, Array] | None = None,
        *,
        parameters: Parameters | None = None,
        chunk: int = CHUNK,
    ) -> None:
        super().__init__(guideline, year, tables, owner, parameters)
        self.chunk = chunk
        self._results: dict[str, ColumnResult] = {}
        self._forest = Forest(self.tables, self.assessment)

    def column(self, name: str) -> ColumnResult:
        """One name over all rows of its level."""
        return self.results(name)[name]

    def results(self, *names: str) -> dict[str, ColumnResult]:
        """Several names in one pass, sharing what they have in common."""
        new = [name for name in names if name not in self._results]
        for name in new:
            if name not in self.edition:
                raise GuidelineFault(f"{self.guideline.name} of {self.year} has no {name!r}")
        if new:
            parts = [part for first, last in self._stretches() for part in self._parts(first, last, new)]
            for number, name in enumerate(new):
                self._results[name] = self._gathered(self.edition[name], [part[number] for part in parts])
        return {name: self._results[name] for name in names}

    def node(self, level: str, row: int) -> RecordNode:
        """The row as a record, to be asked for a value with its whole trace."""
        return self._forest.row(level, row)

    # --- stretches --------------------------------------------------------------------------------

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Whole records of the top level, until the largest level has enough rows."""
        top = self.guideline.top
        largest = max(self.tables.sizes, key=lambda level: self.tables.sizes[level])
        offsets = self.tables.offsets(largest, top)
        first, last = 0, self.tables.sizes[top]
        while first < last:
            after = int(np.searchsorted(offsets, offsets[first] + self.chunk, side="right")) - 1
            after = min(max(after, first + 1), last)
            yield first, after
            first = after

    def _parts(self, first: int, last: int, names: list[str]) -> list[list[ColumnResult]]:
        """The results of these records of the top level, cut in two where columns decide too little together."""
        chunk = Chunk(self, first, last)
        try:
            return [[_part(self.edition[name], chunk.column(name), chunk) for name in names]]
        except TooMany:
            middle = (first + last) // 2
            return self._parts(first, middle, names) + self._parts(middle, last, names)
        finally:
            chunk.release()

    def _gathered(self, rule: Rule, parts: list[ColumnResult]) -> ColumnResult:
        # The chunks' results one after the other.
        sizes = [len(part) for part in parts]
        result = ColumnResult(rule, np.concatenate([p.states for p in parts]) if parts else np.empty(0, dtype=np.int8))
        if any(p.words is not None for p in parts):
            result.categories = tuple(dict.fromkeys(c for p in parts for c in p.categories))
            result.words = np.concatenate([p.words_among(result.categories) for p in parts])
        elif any(p.answers is not None for p in parts):
            result.answers = np.concatenate(
                [p.answers if p.answers is not None else np.zeros(len(p), bool) for p in parts]
            )
        elif rule.decimals is not None:
            result.units = np.concatenate(
                [_or_nil(p.units, len(p), np.int64) for p in parts] or [np.empty(0, np.int64)]
            )
            starts = np.cumsum([0, *sizes])
            result.wide = {int(s) + row: n for s, p in zip(starts, parts, strict=False) for row, n in p.wide.items()}
        else:
            result.values = np.concatenate([_or_nil(p.values, len(p), np.float64) for p in parts] or [np.empty(0)])
            result.bounds = np.concatenate([_or_nil(p.bounds, len(p), np.float64) for p in parts] or [np.empty(0)])
        result.exactly = lambda row: self.node(rule.level, row).value(rule.name).number
        result.marks = lambda row: self.node(rule.level, row).value(rule.name).marks
        return result


def _part(rule: Rule, answer: Answer, chunk: Chunk) -> ColumnResult:
    """The chunk's column as a result; absent rows are nil."""
    size = chunk.size(rule.level)
    states = np.array(np.broadcast_to(np.asarray(answer.state, dtype=np.int8), size))
    result = ColumnResult(rule, states)
    if isinstance(answer, Codes):
        result.words, result.categories = np.broadcast_to(answer.index, size), answer.categories
    elif isinstance(answer, Condition):
        result.answers = np.broadcast_to(answer.mask, size)
    elif rule.decimals is not None and answer.places == rule.decimals:
        m = np.broadcast_to(answer.m, len(states))
        if isinstance(answer.state, int):
            fits: Any = answer.state == KNOWN if answer.exact else (np.abs(m) <= WHOLE) & (answer.state == KNOWN)
        else:
            fits = (states == KNOWN) & (np.abs(m) <= WHOLE)
        result.units = m.astype(np.int64) if fits is True else np.where(fits, m, 0).astype(np.int64)
        result.wide = dict(chunk.wide.get(rule.name, {}))
        result.units[list(result.wide)] = 0
    else:
        m = np.broadcast_to(np.asarray(answer.m, dtype=np.float64), size)
        scale = 10.0**-answer.places
        values = np.where(result.states == KNOWN, m * scale, 0.0)
        result.values = values
        result.bounds = np.abs(values) * (answer.rel + 2.0**-50) + answer.off * scale * (1 + 2.0**-50)
    return result


def _or_nil(values: Array | None, size: int, kind: Any) -> Array:
    return np.zeros(size, dtype=kind) if values is None else values


__all__ = ["Columns", "Decimal"]
