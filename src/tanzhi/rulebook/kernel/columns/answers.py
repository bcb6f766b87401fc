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
        found = np.take(self.index, index) if isinstance(self.index, np.ndarray) else self.index
        state = self.state if isinstance(self.state, int) else np.take(self.state, index)
        return Codes(self.frame, found, self.categories, state)


def compared(one: Column, two: Column, question: np.ufunc) -> Condition:
    """The answer to each row; rows where the bounds overlap are doubtful."""
    places = max(one.places, two.places)
    one, two = one.moved(places), two.moved(places)
    state = joined(one.state, two.state)
    if one.exact and two.exact:
        return Condition(one.frame, _plain(question(one.m, two.m)), state)
    slack = (one.error + two.error + U * (one.peak + two.peak)) * SAFE
    if one.low - two.high > slack or two.low - one.high > slack:
        return Condition(one.frame, bool(question(one.low, two.low)), state)
    assert one.frame is not None
    near = np.abs(one.m - two.m) <= slack
    if near.any():
        one.frame.note_doubt(_plain(near))
    return Condition(one.frame, _plain(question(one.m, two.m)), state)


def _plain(answer: Any) -> Mask:
    return answer if isinstance(answer, np.ndarray) and answer.ndim else bool(answer)


def chosen_codes(mask: Mask, one: Codes, two: Codes) -> Codes:
    """`one` where the mask says so, else `two`."""
    if isinstance(mask, bool):
        return one if mask else two
    categories = tuple(dict.fromkeys((*one.categories, *two.categories)))
    first, second = _renumbered(one, categories), _renumbered(two, categories)
    return Codes(one.frame, np.where(mask, first, second), categories, chosen_state(mask, one.state, two.state))


def _renumbered(codes: Codes, categories: tuple[str, ...]) -> Any:
    if codes.categories == categories[: len(codes.categories)]:
        return codes.index
    return np.array([categories.index(c) for c in codes.categories], dtype=np.intp)[codes.index]


def same_rows(one: Any, other: Any) -> tuple[Any, Any]:
    """Two vectors of any kind on the same rows; what is not children stands for every child."""
    if one.frame is other.frame:
        return one, other
    if isinstance(one.frame, Below) and one.frame.parent is other.frame:
        return one, other.take(one.frame.span.index).bound_to(one.frame)
    if isinstance(other.frame, Below) and other.frame.parent is one.frame:
        return one.take(other.frame.span.index).bound_to(other.frame), other
    raise NotInColumns("children of different levels")


__all__ = ["Codes", "Condition", "chosen_codes", "compared", "paired", "same_rows"]
