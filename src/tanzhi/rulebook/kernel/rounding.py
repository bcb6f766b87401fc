"""The only place that rounds (四舍五入 and 向下取整)."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

HALF_UP = "half_up"
"""四舍五入: to the nearest; a tie goes away from zero."""
FLOOR = "floor"
"""向下取整: to the next lower step, also below zero."""

ROUNDINGS = {HALF_UP: ROUND_HALF_UP, FLOOR: ROUND_FLOOR}

EXACT = Context(prec=50)
"""The context in which rules are evaluated: fifty digits, and an error for what has no value."""

# A quotient such as 1/3 is cut after fifty digits, so that 1/3*3 falls short of one. Ten guard digits are given up
# before the legal rounding, so that a floor or a tie is decided by the exact value and not by that cut.
_SETTLED = Context(prec=40, rounding=ROUND_HALF_EVEN)
_WIDE = Context(prec=120)
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(12))


def settled(number: Decimal) -> Decimal:
    """The number without the noise of divisions that do not end: forty digits."""
    return _SETTLED.plus(number)


def round_legally(number: Decimal, decimals: int, rounding: str = HALF_UP) -> Decimal:
    """The reported value: `decimals` places, by HALF_UP or FLOOR; never a negative zero."""
    step = _STEPS[decimals] if 0 <= decimals < len(_STEPS) else Decimal(1).scaleb(-decimals)
    rounded = settled(number).quantize(step, ROUNDINGS[rounding], _WIDE)
    return abs(rounded) if rounded.is_zero() else rounded


def shortened(number: Decimal, digits: int = 12) -> Decimal:
    """For showing only: the number to so many significant digits, without trailing zeros of a division."""
    if len(number.as_tuple().digits) <= digits:
        return number
    return Context(prec=digits, rounding=ROUND_HALF_UP).plus(number).normalize(_WIDE)


def decimals_of(number: Decimal) -> int:
    """How many digits stand behind the point as written."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(number: Decimal) -> str:
    """The number in full, never with an exponent."""
    return format(number, "f")


def stored(number: Decimal | str | bool | None) -> str | None:
    """A value as it is kept: an exact decimal string, a code, an answer, or nothing."""
    if isinstance(number, bool):
        return str(number).lower()
    return plain(shortened(number, 40)) if isinstance(number, Decimal) else number
