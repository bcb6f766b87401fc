"""Records that an earlier law computed: each stream says which it stores, and how they are computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text

from .evaluation import in_force, numbers_by_release, releases_since
from .models import SAME, ComparedRecord, ParameterEntry

NAMED = 6  # so many records are named; all of them are counted
Names = Mapping[int, tuple[Text, str]]  # by key: what a record is called, and where it stands


@dataclass(frozen=True, slots=True)
class EarlierResults:
    """Records of a stream that one release computed about the same days, and why they stay if they never change."""

    guideline: str
    release: str
    since: date
    until: date
    keys: tuple[int, ...]
    stays: Text | None = None

    @classmethod
    def of_year(
        cls, guideline: str, release: str, year: int, keys: Iterable[int], stays: Text | None = None
    ) -> EarlierResults:
        """Of records about a whole year."""
        return cls(guideline, release, date(year, 1, 1), date(year, 12, 31), tuple(keys), stays)

    @property
    def year(self) -> int:
        return self.since.year


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One stored value beside what the law in force gives; values are exact decimal strings, codes, or nothing."""

    label: Text
    place: Text
    unit: str
    before: str | None
    after: str | None
    before_ref: str = ""  # the references under which both are explained, where they are
    after_ref: str = ""

    @property
    def difference(self) -> Decimal | None:
        """After less before; none between codes or beside nothing."""
        try:
            return Decimal(self.after or "") - Decimal(self.before or "")
        except ArithmeticError:
            return None

    @property
    def line(self) -> str:
        return f"{self.place.en}, {self.label.en}: {self.before or '-'} → {self.after or '-'}"


def _nothing() -> str:
    return ""


def _none_of(_keys: Sequence[int]) -> set[int]:
    return set()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A stored record computed by the law in force: what changes, line by line, and how it is kept."""

    changes: tuple[ValueChange, ...] = ()  # what a reader compares
    lines: tuple[str, ...] = ()  # every difference: place, quantity, before, after
    keep: Callable[[], str] = field(
        default=_nothing, compare=False
    )  # writes it, gives a digest; unless an own act does
    problem: Text | None = None  # why it cannot be computed by the law in force

    @classmethod
    def of(cls, changes: Iterable[ValueChange], keep: Callable[[], str] = _nothing) -> Evaluation:
        """Where a reader compares every difference."""
        every = tuple(changes)
        return cls(every, tuple(change.line for change in every), keep)


@dataclass(frozen=True, slots=True)
class Stream:
    """What a room stores of computations: by which guidelines, and by which act it is computed anew.

    `evaluate` computes one record again beside what is stored, so that before and after are seen. `given_again` tells
    of many records of a guideline and year at once which come out as stored; those are not computed one by one.
    Where the stream has an act of its own (`own_act`), that keeps the new values: `act` names it, and it begins at
    `address`; otherwise the act of two people of this room does.
    """

    code: str
    label: Text
    model: str  # of its records, as references name it
    guidelines: frozenset[str]
    act: Text
    standing: Callable[[Actor], Iterable[EarlierResults]]
    names: Callable[[Sequence[int]], Names]
    address: Callable[[EarlierResults, Actor], str] = lambda _standing, _actor: ""
    evaluate: Callable[[int], Evaluation] | None = None
    given_again: Callable[[Sequence[int]], set[int]] = _none_of
    own_act: bool = False


STREAMS: dict[str, Stream] = {}
NOT_STORED: dict[str, Text] = {}
"""Guidelines of which nothing computed is stored, with the reason."""


def register(stream: Stream) -> Stream:
    """Have a stream's records listed under an earlier law."""
    unknown = stream.guidelines - guidelines().keys()
    if unknown:
        raise ValueError(f"{stream.code}: no guidelines {sorted(unknown)}")
    STREAMS[stream.code] = stream
    return stream


def nothing_is_stored(guideline: str, reason: Text) -> None:
    """State why no stored value of a guideline can be of an earlier law."""
    NOT_STORED[guideline] = reason


@dataclass(frozen=True, slots=True)
class Entered:
    """An entered value: of what, for which days, and the releases that know it."""

    guideline: str
    since: date
    until: date
    releases: frozenset[str]

    @classmethod
    def of(cls, entry: ParameterEntry) -> Entered:
        releases = releases_since(entry.guideline, entry.number)
        return cls(entry.guideline, entry.since, entry.until or date.max, releases)

    def reaches(self, standing: EarlierResults) -> bool:
        """Whether records were computed about its days by a law that did not have it yet."""
        overlap = standing.since <= self.until and self.since <= standing.until
        return standing.guideline == self.guideline and overlap and standing.release not in self.releases


@dataclass(frozen=True, slots=True)
class Earlier:
    """Records of one stream, guideline and year under an earlier law; none changes until somebody acts."""

    stream: Stream
    guideline: Text
    code: str
    year: int
    keys: tuple[int, ...]
    named: tuple[tuple[Text, str], ...]
    stays: Text | None
    address: str  # where the stream's own act begins; none: on the page of each

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def compares(self) -> bool:
        """Whether before and after of each can be compared."""
        return self.stream.evaluate is not None and self.stays is None


def earlier(entered: Entered, actor: Actor) -> list[Earlier]:
    """Whatever any stream computed about these days by a law that did not have the value yet."""
    return list(_listed(actor, entered.reaches))


def computed_earlier(actor: Actor) -> list[Earlier]:
    """The standing records of every stream whose law has changed since in a value for their days."""
    return list(_listed(actor, Reach()))


def standing_of(stream: Stream, guideline: str, year: int, actor: Actor) -> dict[int, str]:
    """The records of a stream and year that an earlier law computed and that may change, with the release of each."""
    reaches = Reach()
    groups = [
        standing
        for standing in stream.standing(actor)
        if standing.stays is None and (standing.guideline, standing.year) == (guideline, year) and reaches(standing)
    ]
    same = compared_and_same(stream, [guideline])[guideline] if groups else set()
    return {key: standing.release for standing in groups for key in standing.keys if key not in same}


class Reach:
    """Whether the law in force differs from that of a release in a value for some days; each is asked once."""

    def __init__(self) -> None:
        self._answers: dict[tuple[Any, ...], bool] = {}

    def __call__(self, standing: EarlierResults) -> bool:
        law = (standing.guideline, standing.release, standing.since, standing.until)
        if law not in self._answers:
            self._answers[law] = self._differs(standing)
        return self._answers[law]

    def _differs(self, standing: EarlierResults) -> bool:
        guideline = guidelines()[standing.guideline]
        if standing.release in ("", in_force(guideline).release):
            return False
        number = numbers_by_release(guideline).get(standing.release)
        if number is None:  # the rules or tables of another package: every value may be another
            return True
        later = ParameterEntry.objects.filter(guideline=guideline.name, number__gt=number, since__lte=standing.until)
        return later.exclude(until__lt=standing.since).exists()


def _listed(actor: Actor, reaches: Callable[[EarlierResults], bool]) -> Iterator[Earlier]:
    """By stream, guideline and year, the newest first; what was compared and came out the same is left out."""
    for stream in STREAMS.values():
        groups: dict[tuple[str, int, Text | None], list[EarlierResults]] = {}
        for standing in stream.standing(actor):
            if reaches(standing):
                groups.setdefault((standing.guideline, standing.year, standing.stays), []).append(standing)
        if not groups:
            continue
        same = compared_and_same(stream, {code for code, _, _ in groups})
        keys_of: dict[tuple[str, int, Text | None], tuple[int, ...]] = {}
        for group, standings in groups.items():
            every = dict.fromkeys(key for standing in standings for key in standing.keys)
            keys_of[group] = tuple(key for key in every if key not in same[group[0]])
        # All that a stream names at once: it asks no more for many groups than for one.
        names = stream.names([key for keys in keys_of.values() for key in keys[:NAMED]])
        for group, standings in sorted(groups.items(), key=lambda group: (group[0][0], -group[0][1])):
            code, year, stays = group
            if keys := keys_of[group]:
                named = tuple(names[key] for key in keys[:NAMED] if key in names)
                address = stream.address(standings[0], actor) if stays is None else ""
                yield Earlier(stream, guidelines()[code].title, code, year, keys, named, stays, address)


def compared_and_same(stream: Stream, names: Iterable[str]) -> dict[str, set[int]]:
    """By guideline, the records that the law in force was found to give the same."""
    same: dict[str, set[int]] = {name: set() for name in names}
    releases = {name: in_force(guidelines()[name]).release for name in same}
    rows = ComparedRecord.objects.filter(
        state=SAME, comparison__stream=stream.code, comparison__release__in=set(releases.values())
    )
    for name, release, key in rows.values_list("comparison__guideline", "comparison__release", "key"):
        if releases.get(name) == release:
            same[name].add(key)
    return same
