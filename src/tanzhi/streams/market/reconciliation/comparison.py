"""Which row of a registry's statement is which posting of ours: a pure function, the same for every order of its input.

Each row and each posting of the period comes out exactly once: as a pair that agrees, as a pair that differs in its
day or its quantity, or alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

NEAR_DAYS = 10
"""How far apart the two days of one movement may lie; our choice: a settlement is posted a working day after its trade,
and the longest holidays of the calendar close both books for eight days."""


@dataclass(frozen=True, slots=True)
class StatementMovement:
    """A row of the statement: what came in (positive) or went out, tonnes."""

    key: int
    unit: str
    day: date
    amount: int
    kind: str = ""  # our word for the registry's operation; empty where its word leads to none


@dataclass(frozen=True, slots=True)
class LedgerMovement(StatementMovement):
    """A posting of ours; what lies outside of the period may be a row's partner and is missing nowhere."""

    within: bool = True
    mirrors: int = 0  # the key of the posting that it reverses


@dataclass(frozen=True, slots=True)
class Pair:
    """A row, a posting, or both."""

    row: StatementMovement | None
    posting: LedgerMovement | None

    @property
    def keys(self) -> tuple[int | None, int | None]:
        return self.row.key if self.row else None, self.posting.key if self.posting else None


@dataclass(frozen=True, slots=True)
class StatementComparison:
    """The groups; `reversed_here` are postings of ours and their reversals, which no statement need know of."""

    matched: tuple[Pair, ...]
    different: tuple[Pair, ...]
    missing_here: tuple[Pair, ...]
    missing_there: tuple[Pair, ...]
    reversed_here: tuple[Pair, ...]


Rows = list[StatementMovement]
Postings = list[LedgerMovement]


def compare(rows: Iterable[StatementMovement], postings: Iterable[LedgerMovement]) -> StatementComparison:
    """Agreement in all first, then another day, then another quantity; the nearest go together."""
    left, right = sorted(rows, key=_order), sorted(postings, key=_order)
    matched = paired(left, right, lambda each: (each.unit, each.day, each.amount, each.kind), same_day)
    matched += paired(left, right, lambda each: (each.unit, each.day, each.amount), same_day)
    different = paired(left, right, lambda each: (each.unit, each.amount), days_apart)
    different += paired(left, right, lambda each: (each.unit, each.day, each.amount > 0), tonnes_apart)
    mirrored = {posting.mirrors for posting in right if posting.mirrors}
    keys = {posting.key for posting in right}
    both = [each for each in right if each.key in mirrored or each.mirrors in keys]
    alone = [each for each in right if each not in both and each.within]
    return StatementComparison(
        tuple(sorted(matched, key=_of_pair)),
        tuple(sorted(different, key=_of_pair)),
        tuple(Pair(row, None) for row in left),
        tuple(Pair(None, posting) for posting in alone),
        tuple(Pair(None, posting) for posting in both if posting.within),
    )


def _order(each: StatementMovement) -> tuple[str, date, int, str, int]:
    return each.unit, each.day, each.amount, each.kind, each.key


def _of_pair(pair: Pair) -> tuple[str, date, int, str, int]:
    movement = pair.row or pair.posting
    assert movement is not None  # a pair of nothing is never made
    return _order(movement)


def paired(
    left: Rows,
    right: Postings,
    alike: Callable[[StatementMovement], Hashable],
    distance: Callable[[StatementMovement, LedgerMovement], int | None],
) -> list[Pair]:
    """Pairs of what is alike, the nearest first; they leave `left` and `right`."""
    places: dict[Hashable, Postings] = defaultdict(list)
    for posting in right:
        places[alike(posting)].append(posting)
    near = []
    for at, row in enumerate(left):
        for posting in places.get(alike(row), ()):
            apart = distance(row, posting)
            if apart is not None:
                near.append((apart, at, _order(posting), row, posting))
    pairs: list[Pair] = []
    rows_taken, postings_taken = set[int](), set[int]()
    for _, _, _, row, posting in sorted(near, key=lambda each: each[:3]):
        if row.key not in rows_taken and posting.key not in postings_taken:
            pairs.append(Pair(row, posting))
            rows_taken.add(row.key)
            postings_taken.add(posting.key)
    left[:] = [row for row in left if row.key not in rows_taken]
    right[:] = [posting for posting in right if posting.key not in postings_taken]
    return pairs


def same_day(_row: StatementMovement, posting: LedgerMovement) -> int | None:
    return 0 if posting.within else None


def days_apart(row: StatementMovement, posting: LedgerMovement) -> int | None:
    apart = abs((row.day - posting.day).days)
    return apart if apart <= NEAR_DAYS else None


def tonnes_apart(row: StatementMovement, posting: LedgerMovement) -> int | None:
    """Only what may be the same operation: where both say which, it is the same."""
    other = row.kind and posting.kind and row.kind != posting.kind
    return None if other or not posting.within else abs(row.amount - posting.amount)
