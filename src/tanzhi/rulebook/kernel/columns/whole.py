"""The legal rounding on columns: binary where the bound decides, whole numbers where they are exact, else doubt."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..rounding import FLOOR
from .column import SAFE, TINY, WHOLE, Column, U, power_of_ten
from .frames import Array, Mask


def rounded(column: Column, decimals: int, rounding: str) -> tuple[Column, Mask]:
    """The column at `decimals` places, and the rows that this could not decide (False: none)."""
    step = column.places - decimals
    if column.exact and step <= 0:
        moved = column.moved(decimals)
        if moved.exact:
            return moved, False
    factor = power_of_ten(abs(step))
    scaled = column.m if step == 0 else column.m / factor if step > 0 else column.m * factor
    peak = column.peak / factor if step > 0 else column.peak * factor
    error = column.error / factor if step > 0 else column.error * factor
    slack = (error + 2 * U * peak + TINY) * SAFE
    whole, near = _floored(scaled, slack) if rounding == FLOOR else _nearest(scaled, slack)
    if peak >= WHOLE / 2:
        near = near | (np.abs(scaled) >= WHOLE / 4)
    scale = peak / column.peak if column.peak else 1.0
    low, high = math.floor(column.low * scale * (1 - U * 4)) - 1.0, math.ceil(column.high * scale * (1 + U * 4)) + 1.0
    low = max(low, 0.0) if column.low >= 0 else low
    high = min(high, 0.0) if column.high <= 0 else high
    rel = 0.0 if max(-low, high) <= WHOLE else U * SAFE
    result = Column(column.frame, whole, decimals, low, high, rel, 0.0, column.state)
    if not np.any(near):
        return result, False
    if column.exact and column.peak < WHOLE / 8:
        result.m = _by_whole_numbers(column.m, whole, near, (step, rounding))
        return result, False
    return result, near if isinstance(near, np.ndarray) else True


def _nearest(scaled: Any, slack: float) -> tuple[Any, Any]:
    """To the nearest; rows within `slack` of a tie are near, so the tie rule of the library never matters."""
    whole = np.rint(scaled)
    return whole, np.abs(scaled - whole) >= 0.5 - slack


def _floored(scaled: Any, slack: float) -> tuple[Any, Any]:
    whole = np.floor(scaled)
    part = scaled - whole
    return whole, (part <= slack) | (part >= 1 - slack)


def _by_whole_numbers(m: Any, whole: Any, near: Any, how: tuple[int, str]) -> Any:
    """The near rows again, in 64-bit whole numbers: m is exact."""
    step, rounding = how
    divisor = 10**step
    units: Array = np.asarray(m)[near].astype(np.int64) if isinstance(m, np.ndarray) else np.array([int(m)])
    if rounding == FLOOR:
        settled = units // divisor
    else:
        settled = np.sign(units) * ((2 * np.abs(units) + divisor) // (2 * divisor))
    if not isinstance(m, np.ndarray):
        return float(settled[0])
    whole = whole.copy()
    whole[near] = settled
    return whole
