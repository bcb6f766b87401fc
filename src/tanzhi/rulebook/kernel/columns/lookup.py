"""Parameters on columns: each combination of codes and period is looked up once, as records do it."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from ..parameters import Parameter, Period
from ..records import _MONTH, _looked_up
from ..values import Value
from .answers import Codes
from .column import Column
from .filed import numbers
from .frames import KNOWN, Array, NotInColumns, State, code_of, joined

MOST = 20_000
"""More combinations than these are left to records."""


def period_of(code: str, year: int) -> Period:
    found = _MONTH.fullmatch(code)
    return Period.of(int(found["year"]), int(found["month"])) if found else Period.of(year)


class Lookup:
    """All values of one parameter for given codes; what does not matter is left out."""

    def __init__(self, table: Parameter, periods: tuple[Period, ...], keys: dict[str, tuple[str, ...]]) -> None:
        shape = (len(periods), *(len(codes) for codes in keys.values()))
        if int(np.prod(shape)) > MOST:
            raise NotInColumns(f"{table.name} by too many codes")
        found = [
            _looked_up(table, period, {name: Value(name, code) for name, code in zip(keys, codes, strict=True)})
            for period, codes in product(periods, product(*keys.values()))
        ]
        states = np.array([code_of(v.state) for v in found], dtype=np.int8)
        column = numbers([v.number for v in found], states if states.any() else KNOWN)
        self.column, self.shape = column, shape
        self.m, self.states = np.asarray(column.m).reshape(shape), states.reshape(shape)
        self.matters = [self._matters(axis) for axis in range(len(shape))]

    def _matters(self, axis: int) -> bool:
        first = (slice(None),) * axis + (slice(0, 1),)
        known = self.states == KNOWN
        same = np.array_equal(np.broadcast_to(self.states[first], self.shape), self.states)
        return not (same and np.all((self.m == np.broadcast_to(self.m[first], self.shape)) | ~known))

    def at(self, axes: list[Any]) -> Column:
        """The values for the rows that hold these codes, one index (or number) for each axis."""
        wanted = tuple(axis if matters else 0 for axis, matters in zip(axes, self.matters, strict=True))
        m, state = self.m[wanted], self.states[wanted]
        one = self.column
        plain: State = KNOWN if isinstance(one.state, int) else state if isinstance(state, np.ndarray) else int(state)
        number: float | Array = m if isinstance(m, np.ndarray) else float(m)
        return Column(None, number, one.places, one.low, one.high, one.rel, one.off, plain)


def with_keys(column: Column, keys: list[Codes]) -> Column:
    """A key that is absent makes the parameter absent in its way; the strongest decides."""
    state: State = KNOWN
    for key in keys:
        state = joined(state, key.state)
    if isinstance(state, int) and state == KNOWN:
        return column
    if isinstance(state, int):
        return column.with_state(state)
    return column.with_state(np.where(state == KNOWN, column.state, state).astype(np.int8))
