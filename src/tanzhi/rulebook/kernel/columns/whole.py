"""The legal rounding on columns: binary where the bound decides, whole numbers where they are exact, else doubt."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..rounding import FLOOR
from .column import SAFE, TINY, WHOLE, Column, U, power_of_ten
from .frames import Array, Mask

LONGEST = 18
"""Powers of ten below this, and twice a whole number of at most 2^53 beside them, fit 64 bits."""

COARSE = 2.0**-10
"""Where the greatest row makes the bound of all coarser than this, each row gets its own."""


def rounded(column: Column, decimals: int, rounding: str) -> tuple[Column, Mask]:
    """The column at `decimals` places, and the rows that this could not decide (False: none)."""
    step = column.places - decimals
    if column.exact and step <= 0:
        moved = column.moved(decimals)
        if moved.exact:
            return moved, False
    scaled = _shifted(column.m, step)
    # How far from `scaled` the exact value may be: the same for all rows, or each row's own.
    slack = (_shifted(column.error, step) + 2 * U * _shifted(column.peak, step) + TINY) * SAFE
    if slack > COARSE:
        own = np.abs(scaled) * (column.rel + 2 * U) + _shifted(column.off, step) + TINY
        slack = np.minimum(slack, own * SAFE)
    whole = np.floor(scaled) if rounding == FLOOR else np.rint(scaled)
    off = scaled - whole
    if rounding == FLOOR:
        near = (off <= slack) | (off >= 1 - slack)
    else:
        # Whatever lies within `slack` of a tie is near, so the tie rule of the library never matters.
        near = (np.abs(off, out=off) if isinstance(off, np.ndarray) else abs(off)) >= 0.5 - slack
    # What bounds the rounded numbers; rounding keeps the sign.
    low, high = _shifted(column.low, step), _shifted(column.high, step)
    margin = 1.0 + 4 * U * max(-low, high)
    low = max(math.floor(low) - margin, 0.0) if low >= 0 else math.floor(low) - margin
    high = min(math.ceil(high) + margin, 0.0) if high <= 0 else math.ceil(high) + margin
    result = Column(
        column.frame, whole, decimals, low, high, 0.0 if max(-low, high) <= WHOLE else U * SAFE, 0.0, column.state
    )
    if not np.any(near):
        return result, False
    if column.exact and 0 < step < LONGEST:
        result.m = _by_whole_numbers(column.m, whole, near, (step, rounding))
        return result, False
    return result, near if isinstance(near, np.ndarray) else True


def _shifted(x: Any, step: int) -> Any:
    """x with `step` places fewer."""
    factor = power_of_ten(abs(step))
    return x if step == 0 else x / factor if step > 0 else x * factor


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
