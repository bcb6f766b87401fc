"""Who may read a figure: whoever prepares it, whom it tells nothing new, and everybody once it is published.

The bulletin registers how it knows what was published; a published figure is public as it was published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

from tanzhi.actions.actor import Actor, Place
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.rounding import EXACT
from tanzhi.rulebook.kernel.states import BLANK, KNOWN

from .answers import PERCENT, Part
from .nodes import WITHHELD
from .questions import Question, Unanswerable
from .readers import open_references
from .registry import FigureValue

# A sum over fewer organisations than this tells one of them, or tells it to the other: it is not shown.
SMALLEST = 3
Statement = dict[str, Any]
PUBLISHED: list[Callable[[str, Question], Statement | None]] = []
"""Queries that know what was published of a figure: its statement as it was printed, or None."""


def publishes(query: Callable[[str, Question], Statement | None]) -> Callable[[str, Question], Statement | None]:
    """Register a query that knows what was published."""
    PUBLISHED.append(query)
    return query


def published(code: str, question: Question) -> Statement | None:
    """What was last published of a figure for that question, as it was printed."""
    statements = (query(code, question) for query in PUBLISHED)
    return next((statement for statement in statements if statement is not None), None)


def prepares(viewer: Actor | None, question: Question) -> bool:
    """Whether it is the reader's duty to prepare or check the figures of the region."""
    from .places import region_of  # the records of regions stand ready only once all rooms are loaded

    return viewer is not None and viewer.oversees(Place(region_path=region_of(question).path))


_UNPUBLISHED = Text("“{title}”尚未发布", "“{title}” is not published yet")


_MOVED = Text(
    "此为发布时的数据；此后记录有变动，将在更正或下一期发布稿中给出",
    "as it was published; records have changed since, which a correction or the next bulletin will show",
)


def readable(value: FigureValue, viewer: Actor | None) -> FigureValue:
    """The figure as this reader may have it: whole, as it was published with parts summed up, or refused."""
    question = value.question
    if prepares(viewer, question):
        return value
    opened = open_references(references_in(value.answer.parts), viewer)
    printed = published(value.figure.code, question)
    if printed is None:
        if value.answer.parts and all(_opens(part, opened) for part in value.answer.parts):
            return value
        raise Unanswerable("FIG-UNPUBLISHED", _UNPUBLISHED.format(title=value.title))
    if (printed["value"], printed["state"]) != (value.written(), value.answer.state):
        # The value that was published; the records below have moved since, and belong to the next edition.
        written = printed["value"]
        number = None if written is None else value.read(written)
        answer = replace(
            value.answer, value=number, state=printed["state"], parts=(), numbers=None, reason=_MOVED, scope=None
        )
        return replace(value, answer=answer)
    parts = tuple(screened(value.answer.parts, opened))
    numbers = None if any(part.state == WITHHELD for part in parts) else value.answer.numbers
    return replace(value, answer=replace(value.answer, parts=parts, numbers=numbers))


def readable_of(values: Iterable[FigureValue], viewer: Actor | None) -> list[FigureValue]:
    """Those of the figures that this reader is shown at all, each as he may have it."""
    visible = []
    for value in values:
        try:
            visible.append(readable(value, viewer))
        except Unanswerable:
            continue
    return visible


def references_in(parts: Iterable[Part]) -> set[str]:
    """The references of parts and of all that stands below them."""
    return {ref for part in parts for ref in (part.ref, *references_in(part.parts)) if ref}


_FEW = Text("项数过少，合计会泄露单项，不公开", "too few for a sum that does not tell one of them: not public")
_REST = Text("另有 {n} 项，明细不公开", "{n} more, not shown one by one")


def screened(parts: Sequence[Part], opened: set[str]) -> list[Part]:
    """The parts that a reader may see; the others together as one sum with their number."""
    visible = [part for part in parts if part.together or _opens(part, opened)]
    closed = [part for part in parts if part not in visible]
    visible = [_together(part, opened) if part.together else part for part in visible]
    if not closed:
        return visible
    label, unit = _REST.format(n=len(closed)), closed[0].unit
    if len(closed) < SMALLEST or unit == PERCENT:
        return [*visible, Part(label, None, unit, state=WITHHELD, reason=_FEW if unit != PERCENT else None)]
    numbers = [part.value for part in closed if part.value is not None]
    with localcontext(EXACT):
        value = sum(numbers, Decimal(0)) if numbers else None
    return [*visible, Part(label, value, unit, state=BLANK if value is None else KNOWN)]


def _opens(part: Part, opened: set[str]) -> bool:
    """Whether a part may be shown: its record, and every record below it; one that names no record may not."""
    if part.ref and part.ref not in opened:
        return False
    return bool(part.ref) if not part.parts else all(_opens(below, opened) for below in part.parts)


def _together(part: Part, opened: set[str]) -> Part:
    """A numerator or denominator: a sum over many, unless there are too few of them."""
    if len(part.parts) < SMALLEST and not all(_opens(below, opened) for below in part.parts):
        return replace(part, value=None, state=WITHHELD, reason=_FEW, parts=())
    return replace(part, parts=tuple(screened(part.parts, opened)))
