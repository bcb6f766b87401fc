"""Records that an earlier law computed: each room says which of its own, and by which act they are computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text

from .evaluation import releases_since
from .models import ParameterEntry

NAMED = 6  # so many records are named; all of them are counted


@dataclass(frozen=True, slots=True)
class Entered:
    """An entered value: of what, for which days, and the releases that know it."""

    guideline: str
    since: date
    until: date
    releases: frozenset[str]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year on whose days it holds."""
        return self.since.year, self.until.year

    @classmethod
    def of(cls, entry: ParameterEntry) -> Entered:
        releases = releases_since(entry.guideline, entry.number)
        return cls(entry.guideline, entry.since, entry.until or date.max, releases)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Records of one kind that were computed before a value was entered; none changes until somebody acts."""

    kind: Text
    count: int
    named: tuple[tuple[Text, str], ...]  # what some are called, and where they stand
    act: Text  # how they are computed anew
    address: str = ""  # where that begins; none: on the page of each


Records = Callable[[Entered, Actor], Iterable[Earlier]]
_ROOMS: list[Records] = []


def computes(records: Records) -> Records:
    """Register what a room keeps of computations; usable as a decorator."""
    if records not in _ROOMS:
        _ROOMS.append(records)
    return records


def earlier(entered: Entered, actor: Actor) -> list[Earlier]:
    """Whatever any room computed about these days by a law that did not have the value yet."""
    return [group for records in _ROOMS for group in records(entered, actor) if group.count]
