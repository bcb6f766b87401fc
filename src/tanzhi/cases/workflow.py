"""A kind of work as a table that registers itself, and the questions one may put to such a table."""

from __future__ import annotations

from dataclasses import dataclass

from tanzhi.rulebook.kernel.text import Text

from .kinds import CASE_TYPES, Findings, Kind, Move, Opening, State, case_type
from .limits import Limit
from .registering import register

__all__ = [
    "CASE_TYPES",
    "CaseType",
    "Findings",
    "Limit",
    "Move",
    "Opening",
    "State",
    "Transition",
    "case_type",
    "dead_ends",
    "transitions_of",
    "unreachable",
]


class CaseType(Kind):
    """A kind of work. Declaring it registers it and makes its opening and every move an action."""

    __slots__ = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        register(self)
        CASE_TYPES[self.name] = self


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow: from a state (empty: opening) by an act to a state."""

    before: str
    act: str
    after: str
    move: Move | Opening
    kind: Kind

    @property
    def before_label(self) -> Text | None:
        return self.kind.state(self.before).label if self.before else None

    @property
    def after_label(self) -> Text:
        return self.kind.state(self.after).label


def transitions_of(kind: Kind) -> list[Transition]:
    """Every arrow of the table, the openings first; a move that stays is an arrow to where it is."""
    opened = [Transition("", one.name, one.enters or kind.first, one, kind) for one in kind.openings]
    return opened + [
        Transition(before, move.name, after, move, kind)
        for move in kind.moves
        for before in move.leaves
        for after in (move.targets or (before,))
    ]


def dead_ends(kind: Kind) -> list[str]:
    """States that are no end and that nothing leaves."""
    left = {one.before for one in transitions_of(kind) if one.before != one.after}
    return [one.code for one in kind.states if not one.end and one.code not in left]


def unreachable(kind: Kind) -> list[str]:
    """States that no way from the start leads to."""
    arrows = transitions_of(kind)
    reached = {kind.first} | {one.after for one in arrows if not one.before}
    while more := {one.after for one in arrows if one.before in reached} - reached:
        reached |= more
    return [one.code for one in kind.states if one.code not in reached]
