"""How far the work of the current period has come: every room adds its part, home shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.rulebook.kernel.rounding import round_legally

from .todo import READERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tanzhi.actions.actor import Actor
    from tanzhi.rulebook.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PeriodProgress:
    """What is done of what is to be done in a period, as the page behind `address` counts it.

    A share is a ratio of sums; without data there is neither a number nor a nought.
    """

    title: Text
    period: Text
    address: str
    unit: Text
    done: int
    whole: int | None  # none: nobody knows it yet
    note: Text | None = None
    state: Text | None = None  # of one thing, which is in a state rather than counted

    @property
    def share(self) -> Decimal | None:
        """Per cent to one place."""
        return round_legally(Decimal(100) * self.done / self.whole, 1) if self.whole else None


_SOURCES: list[Callable[[Actor], list[PeriodProgress]]] = []


def register_progress(source: Callable[[Actor], list[PeriodProgress]]) -> Callable[[Actor], list[PeriodProgress]]:
    """Add a source, in the order of the modules; usable as a decorator."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


_PROGRESS: UntilNextAct[tuple[PeriodProgress, ...]] = UntilNextAct(READERS)


def progress_of(actor: Actor) -> list[PeriodProgress]:
    """Everything whose progress concerns this reader."""

    def counted() -> tuple[PeriodProgress, ...]:
        return tuple(row for source in _SOURCES for row in source(actor))

    return list(_PROGRESS.of((actor.known_by, clock.today()), counted))
