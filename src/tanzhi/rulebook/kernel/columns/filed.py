"""Filed values as columns: scaled integers and codes at full speed, decimal strings one by one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from ..reading import read
from ..records import _value
from ..rounding import EXACT, decimals_of
from ..rules import INPUT, Rule
from ..values import Value
from .answers import Codes
from .column import SAFE, TINY, WHOLE, Column, U, without_numbers
from .frames import BLANK, EXCLUDED, KNOWN, NOT_REPORTED, Array, State, code_of
from .tables import BLANK_UNITS, EXCLUDED_UNITS, NOT_REPORTED_UNITS, Coded


def filed(rule: Rule, raw: Array | Coded | None) -> Column | Codes:
    """What was filed for these rows, as the rule reads it."""
    if raw is None:
        return without_numbers(BLANK)
    if isinstance(raw, Coded) and rule.kind == INPUT:
        return _written(rule, (raw[i] for i in range(len(raw))))
    if isinstance(raw, Coded):
        # Each category is read once; one that the rule does not know is not determinable.
        readings = [_value(rule, read(rule, c), {}) for c in raw.categories]
        by_index = np.array([*(code_of(v.state) for v in readings), EXCLUDED, NOT_REPORTED, BLANK], dtype=np.int8)
        categories = tuple(str(v.number) for v in readings) or ("",)
        if not by_index[: len(readings)].any() and int(raw.index.min(initial=0)) >= 0:
            return Codes(None, raw.index.astype(np.intp), categories)
        state = by_index[raw.index]
        return Codes(None, np.maximum(raw.index, 0).astype(np.intp), categories, state)
    if rule.kind == INPUT and raw.dtype.kind == "i" and rule.decimals is not None:
        return _scaled(raw, rule.decimals)
    return _written(rule, raw.tolist())


def _scaled(units: Array, places: int) -> Column:
    low, high = (int(units.min()), int(units.max())) if len(units) else (0, 0)
    state: State = KNOWN
    if low <= EXCLUDED_UNITS:
        state = _marked(units)
        if high <= EXCLUDED_UNITS:
            return without_numbers(state)
        # The marks are the three least integers: three less, they turn into the greatest, and the least number is left.
        low = int((units - 3).min()) + 3
        units = np.maximum(units, low)
    rel = 0.0 if max(-low, high) < WHOLE else U * SAFE
    return Column(None, units.astype(np.float64), places, float(low), float(high), rel, 0.0, state)


def _marked(units: Array) -> Array:
    """The state of each row, by its mark."""
    blank = units == BLANK_UNITS
    state: Array = blank.astype(np.int8) * np.int8(BLANK)
    if np.count_nonzero(blank) < np.count_nonzero(units <= EXCLUDED_UNITS):
        state += (units == NOT_REPORTED_UNITS) * np.int8(NOT_REPORTED) + (units == EXCLUDED_UNITS) * np.int8(EXCLUDED)
    return state


def _written(rule: Rule, raw: Iterable[Any]) -> Column | Codes:
    by_text: dict[str, Value] = {}  # each distinct text is read once
    values = []
    for cell in raw:
        value = by_text.get(cell) if isinstance(cell, str) else None
        if value is None:
            value = _value(rule, read(rule, cell), {})
            if isinstance(cell, str):
                by_text[cell] = value
        values.append(value)
    state: State = np.array([code_of(v.state) for v in values], dtype=np.int8)
    if isinstance(state, np.ndarray) and not state.any():
        state = KNOWN
    if rule.kind == INPUT:
        return numbers([v.number for v in values], state)
    words: list[Any] = [v.number for v in values]
    categories = tuple(dict.fromkeys(w for w in words if w is not None)) or ("",)
    place = {word: i for i, word in enumerate(categories)}
    return Codes(None, np.array([place.get(w, 0) for w in words], dtype=np.intp), categories, state)


def numbers(written: list[Any], state: State) -> Column:
    """Exact decimals as a column: exact if they fit, else with their bound. Absent rows take some present value."""
    present = [Decimal(n) for n in written if n is not None] or [Decimal(1)]
    places = min(max(decimals_of(n) for n in present), 22)
    with localcontext(EXACT):
        scaled = [n.scaleb(places) for n in present]
        m = np.array([float(scaled[0]) if n is None else float(Decimal(n).scaleb(places)) for n in written])
    low, high = float(min(scaled)), float(max(scaled))
    fits = max(-low, high) < WHOLE and all(n == n.to_integral_value() for n in scaled)
    return Column(None, m, places, low, high, 0.0 if fits else U * SAFE, 0.0 if fits else TINY, state)


__all__ = ["filed", "numbers"]
