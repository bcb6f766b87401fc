"""Rates as they are published: to 0.1 point, so chosen that the province's target still holds with least excess."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal, localcontext

from tanzhi.rulebook.kernel.rounding import EXACT

STEP = Decimal("0.001")
NOISE = Decimal("1e-30")
"""Divisions that do not end leave less than this; it is no step and no shortfall."""
SEARCHED = 18
"""Up to so many cities every combination of rounding up and down is tried."""


def published_rates(unchanged: Sequence[Decimal], rates: Sequence[Decimal], saving: Decimal) -> list[Decimal]:
    """Each rate rounded down or up to 0.1 point: of the choices that save at least `saving`, the least excess."""
    with localcontext(EXACT):
        settled = [rate.quantize(NOISE) for rate in rates]
        floors = [rate.quantize(STEP, ROUND_FLOOR) for rate in settled]
        open_ones = [i for i, rate in enumerate(settled) if rate != floors[i]]
        missing = saving - sum((b * d for b, d in zip(unchanged, floors, strict=True)), Decimal(0))
        gains = [unchanged[i] * STEP for i in open_ones]
        least = missing - NOISE
        if len(gains) <= SEARCHED:
            # Of all subsets the one with the least sum that is enough; of equals the first.
            sums = [Decimal(0)]
            for gain in gains:
                sums += [total + gain for total in sums]
            fitting = [number for number, total in enumerate(sums) if total >= least]
            best = min(fitting, key=lambda number: (sums[number], number), default=len(sums) - 1)
            picked = [k for k in range(len(gains)) if best >> k & 1]
        else:
            # Largest first, then drops what is not needed: good enough where the search would be too long.
            picked, gained = [], Decimal(0)
            for k in sorted(range(len(gains)), key=lambda k: -gains[k]):
                if gained < least:
                    picked.append(k)
                    gained += gains[k]
            for k in sorted(picked, key=lambda k: gains[k]):
                if gained - gains[k] >= least:
                    picked.remove(k)
                    gained -= gains[k]
        rounded_up = {open_ones[k] for k in picked}
        return [d + STEP if i in rounded_up else d for i, d in enumerate(floors)]
