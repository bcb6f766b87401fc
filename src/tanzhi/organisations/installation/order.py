"""Places in an order that an installation chose, over what the program and its later releases bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def ordered(every: Sequence[Item], order: Sequence[Item]) -> list[Item]:
    """All of them: those that the order names first, in its order; what it does not know stays at the end."""
    return [each for each in order if each in every] + [each for each in every if each not in order]


def placed(every: Sequence[Item], moving: Item, after: Item | None) -> tuple[Item, ...]:
    """The order with one of them right after another; without one at the beginning."""
    others = [each for each in every if each != moving]
    before = 0 if after is None else others.index(after) + 1
    return (*others[:before], moving, *others[before:])
