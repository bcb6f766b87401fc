"""Parameters on columns: each combination of codes and period is looked up once, as records do it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from ..entries import Parameter, Period
from ..records import _MONTH, looked_up
from ..values import Value
from .answers import Codes
from .column import Column
from .filed import numbers
from .frames import KNOWN, NotInColumns, State, chosen_state, code_of, joined

MOST = 20_000
"""More combinations than these are left to records."""


def period_of(code: str, year: int) -> Period:
    match = _MONTH.fullmatch(code)
    return Period.of(int(match["year"]), int(match["month"])) if match else Period.of(year)


class Lookup:
    """All values of one parameter for given codes; what does not matter is left out."""

    def __init__(self, table: Parameter, periods: tuple[Period, ...], keys: dict[str, tuple[str, ...]]) -> None:
        shape = (len(periods), *(len(codes) for codes in keys.values()))
        if int(np.prod(shape)) > MOST:
            raise NotInColumns(f"{table.name} by too many codes")
        cells = [
            looked_up(table, period, {name: Value(name, code) for name, code in zip(keys, codes, strict=True)})
            for period, codes in product(periods, product(*keys.values()))
        ]
        states = np.array([code_of(v.state) for v in cells], dtype=np.int8)
        column = numbers([v.number for v in cells], states if states.any() else KNOWN)
        self.column = column
        m, states = np.asarray(column.m).reshape(shape), states.reshape(shape)
        is_value = states == KNOWN
        self.matters: list[bool] = []
        for axis in range(len(shape)):
            # An axis matters if another of its codes may give another value.
            first = (slice(None),) * axis + (slice(0, 1),)
            same = np.array_equal(np.broadcast_to(states[first], states.shape), states)
            same = same and bool(np.all((m == np.broadcast_to(m[first], m.shape)) | ~is_value))
            self.matters.append(not same)
        axes = tuple(slice(None) if matters else 0 for matters in self.matters)
        self.shape, self.m, self.states = m[axes].shape, m[axes].ravel(), states[axes].ravel()

    def at(self, axes: list[Callable[[], Any]]) -> Column:
        """The values for the rows that hold these codes; an axis gives an index (or number) where it matters."""
        place: Any = 0
        for size, axis in zip(self.shape, (a for a, m in zip(axes, self.matters, strict=True) if m), strict=True):
            place = place * size + axis()
        column, m = self.column, np.take(self.m, place)
        state: State = KNOWN if isinstance(column.state, int) else np.take(self.states, place)
        if not isinstance(m, np.ndarray) or not m.ndim:
            m, state = float(m), int(state)
        return Column(None, m, column.places, column.low, column.high, column.rel, column.off, state)


def with_keys(column: Column, keys: list[Codes]) -> Column:
    """A key that is absent makes the parameter absent in its way; the strongest decides."""
    state: State = KNOWN
    for key in keys:
        state = joined(state, key.state)
    if isinstance(state, int) and state == KNOWN:
        return column
    if isinstance(state, int):
        return column.with_state(state)
    return column.with_state(chosen_state(state == KNOWN, column.state, state))
