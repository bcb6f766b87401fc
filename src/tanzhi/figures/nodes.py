"""A node of the lineage: what page, JSON and text show alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tanzhi.actions.actor import Place
from tanzhi.rulebook.kernel import Mark, Text
from tanzhi.rulebook.kernel.states import KNOWN, STATES
from tanzhi.rulebook.kernel.text import same
from tanzhi.rulebook.kernel.trace import tidy

from .amounts import COUNTED
from .answers import Part, marks_of

RESERVED = Text("{words}（{n} 项依据）", "{words} ({n} sources)")
WITHHELD = "withheld"
LABELS = STATES | {WITHHELD: Text("不公开", "not public")}
PAGE = 50
"""How many parts of one node are shown at once."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line beside the headline or the node: scope, release, head, cell, who and when, receipt.

    One that is only for those who work with a place says which in `inside` (`readers.py` asks).
    """

    label: Text
    words: Text
    link: str = ""
    inside: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageNode:
    """One step of the walk: the value, how it came about, its law and reservations, and what it is made of.

    `ref` asks for this node again; `parts` may be empty although `parts_count` is not: asking for `ref` fills them.
    Where nothing else is said, `parts_count` counts the parts that stand there. A value that is only for those who
    work with a place says which in `inside`, as a fact does; `numbers_inside` says it of the formula with its numbers.
    """

    ref: str
    label: Text
    value: Decimal | str | None
    unit: str = ""
    state: str = KNOWN
    reason: Text | None = None
    detail: Text | None = None
    formula: Text | None = None
    numbers: Text | None = None
    law: str = ""
    rounding: Text | None = None
    marks: Sequence[Mark] = ()
    facts: Sequence[Fact] = ()
    parts: Sequence[LineageNode] = ()
    parts_count: int = 0
    link: str = ""
    inside: Place | None = None
    numbers_inside: Place | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts_count", self.parts_count or len(self.parts))

    @property
    def state_label(self) -> Text:
        return LABELS[self.state]

    @property
    def unit_words(self) -> Text:
        """A count says what it counts; any other unit is itself."""
        return COUNTED.get(self.unit) or same(self.unit)

    @property
    def reservations(self) -> tuple[Text, ...]:
        return reservations(self.marks)

    @property
    def expandable(self) -> bool:
        """Whether there is more to be had by asking for its `ref`."""
        return bool(self.ref) and len(self.parts) < self.parts_count

    def walk(self) -> Iterator[LineageNode]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def folded(self) -> LineageNode:
        """Without what lies below; asking for its `ref` brings that back."""
        return replace(self, parts=())

    def page(self, start: int, size: int = PAGE) -> LineageNode:
        """With only so many of its parts, from `start` on."""
        return replace(self, parts=tuple(self.parts[start : start + size]))


def reservations(marks: Iterable[Mark]) -> tuple[Text, ...]:
    """Each kind of reservation once, with how many rules or parameters bear it."""
    counted = Counter(mark.text for mark in marks)
    return tuple(RESERVED.format(words=words, n=n) if n > 1 else words for words, n in counted.items())


def of_part(part: Part) -> LineageNode:
    """A part of a figure as a node; what stands right below it comes along."""
    return LineageNode(
        ref=part.ref,
        label=part.label,
        value=part.value,
        unit=part.unit,
        state=part.state,
        detail=part.detail,
        reason=part.reason,
        marks=tidy(marks_of(part)),
        parts=tuple(map(of_part, part.parts)),
        parts_count=len(part.parts) or int(bool(part.ref)),
    )
