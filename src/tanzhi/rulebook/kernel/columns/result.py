"""What columns answer: one name over all rows of its level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from ..rounding import EXACT
from ..rules import Rule
from ..values import Mark
from .frames import KNOWN, ORDER, Array


@dataclass(slots=True)
class ColumnResult:
    """A column of results. For each row a state; for known rows a number, a code or an answer.

    `units` are whole numbers of 10^-decimals, exact (what does not fit 64 bits stands in `wide`); a quantity that
    the law does not round has `values` with |value - exact| <= `bounds` instead, and `number(row)` computes it exactly.
    `marks(row)`: the reservations of the row's value, by the branch that this row took.
    """

    rule: Rule
    states: Array
    units: Array | None = None
    values: Array | None = None
    bounds: Array | None = None
    words: Array | None = None
    categories: tuple[str, ...] = ()
    answers: Array | None = None
    wide: dict[int, Decimal] = field(default_factory=dict)
    exactly: Callable[[int], Any] = lambda row: None
    marks: Callable[[int], frozenset[Mark]] = lambda row: frozenset()

    def __len__(self) -> int:
        return len(self.states)

    def state(self, row: int) -> str:
        return ORDER[int(self.states[row])]

    def number(self, row: int) -> Decimal | str | bool | None:
        """The same number, code or answer as records give; None where there is none."""
        if self.states[row] != KNOWN:
            return None
        if self.words is not None:
            return self.categories[int(self.words[row])]
        if self.answers is not None:
            return bool(self.answers[row])
        if row in self.wide:
            return self.wide[row]
        if self.units is None:
            number: Decimal = self.exactly(row)
            return number
        return Decimal(int(self.units[row])).scaleb(-(self.rule.decimals or 0))

    def words_among(self, categories: tuple[str, ...]) -> Array:
        """Its words by their places among other categories."""
        if self.words is None or not self.categories:
            return np.zeros(len(self), dtype=np.int32)
        places = np.array([categories.index(c) for c in self.categories], dtype=np.int32)
        return np.asarray(places[self.words])

    def sum(self) -> Decimal:
        """Σ over what is known, exactly."""
        if self.units is None:
            raise ValueError(f"{self.rule.name} is not rounded by law: it has no exact sum")
        parts = np.array_split(np.where(self.states == KNOWN, self.units, 0), len(self) // 512 + 1)
        decimals = self.rule.decimals or 0
        with localcontext(EXACT):
            whole = sum(int(part.sum()) for part in parts)
            return Decimal(whole).scaleb(-decimals) + sum(self.wide.values(), Decimal(0))
