"""Yes-or-no answers and codes as columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from .column import SAFE, Column, U, paired
from .frames import (
    KNOWN,
    Array,
    Below,
    Frame,
    Mask,
    NotInColumns,
    State,
    chosen_state,
    joined,
)
from .vocabulary import perform


class Vector:
    """What answers and codes have in common with numbers: words, and no yes or no of their own."""

    __slots__ = ()
    __array_ufunc__: ClassVar[None] = None
    __hash__ = None  # type: ignore[assignment]  # equality is a question to every row

    def perform(self, word: str, *arguments: Any) -> Any:
        return perform(word, *arguments)

    def __bool__(self) -> bool:
        raise NotInColumns("a column has no yes or no")

    def __iter__(self) -> Any:
        raise NotInColumns("a column is not taken apart by a rule")

    def __eq__(self, other: object) -> bool:
        raise NotInColumns("codes are compared by `chosen`")


@dataclass(slots=True, eq=False)
class Condition(Vector):
    """Answers: yes where `mask` says so, among the rows that are known. Doubtful rows stand with the frame."""

    frame: Frame | None
    mask: Mask
    state: State = KNOWN

    def bound_to(self, frame: Frame | None, state: State | None = None) -> Condition:
        return replace(self, frame=frame, state=self.state if state is None else state)

    def with_state(self, state: State) -> Condition:
        return replace(self, state=state)

    def take(self, index: Array) -> Condition:
        mask = self.mask if isinstance(self.mask, bool) else np.take(self.mask, index)
        return Condition(self.frame, mask, self.state if isinstance(self.state, int) else np.take(self.state, index))


@dataclass(slots=True, eq=False)
class Codes(Vector):
    """Codes: `categories[index]` in each known row; rows without one hold any index."""

    frame: Frame | None
    index: Any
    categories: tuple[str, ...]
    state: State = KNOWN

    def bound_to(self, frame: Frame | None, state: State | None = None) -> Codes:
        return replace(self, frame=frame, state=self.state if state is None else state)

    def with_state(self, state: State) -> Codes:
        return replace(self, state=state)

    def take(self, index: Array) -> Codes:
        taken = np.take(self.index, index) if isinstance(self.index, np.ndarray) else self.index
        state = self.state if isinstance(self.state, int) else np.take(self.state, index)
        return Codes(self.frame, taken, self.categories, state)


def compared(left: Column, right: Column, question: np.ufunc) -> Condition:
    """The answer to each row; rows where the bounds overlap are doubtful."""
    places = max(left.places, right.places)
    left, right = left.moved(places), right.moved(places)
    state = joined(left.state, right.state)
    if left.exact and right.exact:
        return Condition(left.frame, _plain(question(left.m, right.m)), state)
    slack = (left.error + right.error + U * (left.peak + right.peak)) * SAFE
    if left.low - right.high > slack or right.low - left.high > slack:
        return Condition(left.frame, bool(question(left.low, right.low)), state)
    assert left.frame is not None
    near = np.abs(left.m - right.m) <= slack
    if near.any():
        left.frame.note_doubt(_plain(near))
    return Condition(left.frame, _plain(question(left.m, right.m)), state)


def _plain(answer: Any) -> Mask:
    return answer if isinstance(answer, np.ndarray) and answer.ndim else bool(answer)


def chosen_codes(mask: Mask, left: Codes, right: Codes) -> Codes:
    """`left` where the mask says so, else `right`."""
    if isinstance(mask, bool):
        return left if mask else right
    categories = tuple(dict.fromkeys((*left.categories, *right.categories)))
    first, second = _renumbered(left, categories), _renumbered(right, categories)
    return Codes(left.frame, np.where(mask, first, second), categories, chosen_state(mask, left.state, right.state))


def _renumbered(codes: Codes, categories: tuple[str, ...]) -> Any:
    if codes.categories == categories[: len(codes.categories)]:
        return codes.index
    return np.array([categories.index(c) for c in codes.categories], dtype=np.intp)[codes.index]


def same_rows(left: Any, right: Any) -> tuple[Any, Any]:
    """Two vectors of any kind on the same rows; what is not children stands for every child."""
    if left.frame is right.frame:
        return left, right
    if isinstance(left.frame, Below) and left.frame.parent is right.frame:
        return left, right.take(left.frame.span.index).bound_to(left.frame)
    if isinstance(right.frame, Below) and right.frame.parent is left.frame:
        return left.take(right.frame.span.index).bound_to(right.frame), right
    raise NotInColumns("children of different levels")


__all__ = ["Codes", "Condition", "chosen_codes", "compared", "paired", "same_rows"]
