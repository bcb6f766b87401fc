"""The letters that an act would send, as they would go out, beside the form in which one decides on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tanzhi.office.paper.paper import Heading, Paper, Table, Words
from tanzhi.presentation.forms.preview import PARTS, PagePart

from .model import Letter
from .work import blocks, paper

if TYPE_CHECKING:
    from tanzhi.actions.rehearsal import Trial


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A letter that is read before it is sent; nothing of it stays."""

    paper: Paper
    parts: list[tuple[str, Any]]


def parts_of(letter_blocks: list[Words | Heading | Table]) -> list[tuple[str, Any]]:
    """The blocks of a letter with the kind of each, as its page draws them."""
    return [
        ("table" if isinstance(block, Table) else "heading" if isinstance(block, Heading) else "paragraph", block)
        for block in letter_blocks
    ]


def outgoing(trial: Trial) -> Callable[[], PagePart]:
    """Read while the letters stand, drawn when they are gone."""
    letters = [
        OutgoingLetter(paper(letter), parts_of(blocks(letter)))
        for letter in trial.new(Letter).select_related("to__region", "issuer")
    ]
    return lambda: PagePart("cases/outgoing.html", letters)


PARTS["letters"] = outgoing
