"""States as small integers, the rows on which vectors stand, and the rows that binary must leave to records."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import states

Array = npt.NDArray[Any]
State = int | Array
"""One state for all rows, or one for each."""
Mask = bool | Array

ORDER = (states.KNOWN, states.BLANK, states.NOT_REPORTED, states.NOT_DETERMINABLE, states.EXCLUDED)
"""By strength between arguments of one rule (`states.SCALARS`), so that the strongest is the greatest."""
KNOWN, BLANK, NOT_REPORTED, NOT_DETERMINABLE, EXCLUDED = range(5)

# Over children the order is another (`states.FOLDS`): excluded < blank < known < not reported < not determinable.
_RANK = np.array([2, 1, 3, 4, 0], dtype=np.int8)
_STATE = np.array([EXCLUDED, BLANK, KNOWN, NOT_REPORTED, NOT_DETERMINABLE], dtype=np.int8)

FEW = 64
"""Up to so many rows below each row are folded one place after the other, if all rows have as many."""


class NotInColumns(Exception):
    """What columns do not do, or cannot prove: the evaluator gives the rows concerned to records."""


def code_of(state: str) -> int:
    return ORDER.index(state)


def all_known(state: State) -> bool:
    return isinstance(state, int) and state == KNOWN


def none_known(state: State) -> bool:
    """Whether no row at all is known: then no number is worth computing."""
    return state != KNOWN if isinstance(state, int) else bool(len(state)) and int(state.min()) > KNOWN


def joined(left: State, right: State) -> State:
    """The stronger of two states, row by row."""
    if isinstance(left, int) and isinstance(right, int):
        return max(left, right)
    if all_known(left):
        return right
    return left if all_known(right) else np.maximum(left, right)


def chosen_state(mask: Mask, left: State, right: State) -> State:
    """`left` where the mask says so, else `right`."""
    if isinstance(mask, bool):
        return left if mask else right
    if isinstance(left, int) and isinstance(right, int) and left == right:
        return left
    second = np.int8(right) if isinstance(right, int) else right
    merged: Array = mask.astype(np.int8) * (left - second) + second
    return merged


def picked(mask: Array, left: float | Array, right: float | Array) -> Array:
    """`left` where the mask says so, else `right`. By bits: a branch a row would be foretold wrongly too often."""
    first, second = _bits(left), _bits(right)
    bits = mask.astype(np.int64)
    np.negative(bits, out=bits)
    bits &= first ^ second
    bits ^= second
    return bits.view(np.float64)


def _bits(m: float | Array) -> Any:
    return m.view(np.int64) if isinstance(m, np.ndarray) else np.float64(m).view(np.int64)


class ChildRange:
    """Which rows of a level below belong to which row here: row i holds rows offsets[i] to offsets[i + 1]."""

    def __init__(self, offsets: Array) -> None:
        self.offsets = offsets
        self.size, self.below = len(offsets) - 1, int(offsets[-1])
        self.counts = np.diff(offsets)
        self.most = int(self.counts.max(initial=0))
        self.least = int(self.counts.min(initial=self.most))

    @property
    def identity(self) -> bool:
        """Every row holds exactly one."""
        return self.most == self.least == 1

    @cached_property
    def index(self) -> Array:
        """For each row below the row that holds it."""
        return np.repeat(np.arange(self.size), self.counts)

    @cached_property
    def filled(self) -> Array:
        return self.counts > 0

    @cached_property
    def starts(self) -> Array:
        """Where the rows that hold something begin."""
        return self.offsets[:-1] if self.least else self.offsets[:-1][self.filled]

    def reduce(self, function: np.ufunc, values: Array, empty: Any = 0) -> Array:
        """`function` over the rows below each row; `empty` where there are none."""
        if self.identity:
            return values
        if 0 < self.most == self.least <= FEW:
            return self._strided(function, values)
        if self.least:
            return np.asarray(function.reduceat(values, self.starts))
        result = np.full(self.size, empty, dtype=values.dtype)
        if self.most:
            result[self.filled] = function.reduceat(values, self.starts)
        return result

    def _strided(self, function: np.ufunc, values: Array) -> Array:
        """As many below each row: the first of each, then the second of each, and so on."""
        folded = values[:: self.most].copy()
        for place in range(1, self.most):
            function(folded, values[place :: self.most], out=folded)
        return folded

    def fold_state(self, state: State) -> State:
        """The state of a fold over children of these states."""
        if not self.most:
            return BLANK
        if isinstance(state, int):
            return state if self.least else np.where(self.filled, state, BLANK).astype(np.int8)
        ranks = self.reduce(np.maximum, np.take(_RANK, state), _RANK[BLANK])
        return np.take(_STATE, ranks)


class Frame:
    """The rows of one rule while it is evaluated, and what was noted about them.

    `doubt`: rows that binary cannot decide. `fault`: rows where exact evaluation ends in an arithmetic error.
    Both are noted for the rule, not for one vector: whatever the rule does with the vector afterwards, records
    would meet the same error, or the doubt might matter.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.doubt: Mask = False
        self.fault: Mask = False

    def note_doubt(self, mask: Mask) -> None:
        self.doubt = either(self.doubt, mask)

    def note_fault(self, mask: Mask) -> None:
        self.fault = either(self.fault, mask)


class Below(Frame):
    """The rows of a level below the rule's own: children, of which one cannot stop the others by a zero divisor."""

    def __init__(self, parent: Frame, span: ChildRange) -> None:
        super().__init__(span.below)
        self.parent, self.span = parent, span

    def note_doubt(self, mask: Mask) -> None:
        if isinstance(mask, bool):
            self.parent.note_doubt(mask)
        else:
            self.parent.note_doubt(self.span.reduce(np.logical_or, mask, False))


def either(left: Mask, right: Mask) -> Mask:
    if isinstance(left, bool):
        return True if left else right
    if isinstance(right, bool):
        return True if right else left
    return left | right


def both(left: Mask, right: Mask) -> Mask:
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return left & right


def opposite(mask: Mask) -> Mask:
    return not mask if isinstance(mask, bool) else ~mask


def nowhere(mask: Mask) -> bool:
    return not mask if isinstance(mask, bool) else not mask.any()


def is_known(state: State) -> Mask:
    return state == KNOWN
