"""Known, blank, not reported, excluded, not determinable: five different things, and how each travels.

A rule never sees a missing number as zero. What is missing arrives as `Absent`, which
- swallows arithmetic and comparisons (anything with an Absent is that Absent, the stronger of two wins);
- cannot be asked for yes or no: a rule that tries yields the Absent itself.

Strength between the arguments of one rule (SCALARS), strongest first:
    excluded > not_determinable > not_reported > blank
    (what is excluded needs no parameter, so a missing parameter does not matter there).
Over children (FOLDS), strongest first:
    not_determinable > not_reported > known > blank
    excluded children are left out; if nothing but excluded children is there, the fold is excluded;
    blank children are left out, and the result bears the mark "incomplete"; all blank, or no child, is blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .text import Text

KNOWN = "known"
BLANK = "blank"
NOT_REPORTED = "not_reported"
EXCLUDED = "excluded"
NOT_DETERMINABLE = "not_determinable"

STATES = {
    KNOWN: Text("已知", "known"),
    BLANK: Text("未填", "blank"),
    NOT_REPORTED: Text("未报告", "not reported"),
    EXCLUDED: Text("不计入", "excluded"),
    NOT_DETERMINABLE: Text("无法确定", "not determinable"),
}
SCALARS = (EXCLUDED, NOT_DETERMINABLE, NOT_REPORTED, BLANK)
FOLDS = (NOT_DETERMINABLE, NOT_REPORTED)


class Undecided(Exception):
    """A rule asked something absent for yes or no; the evaluator turns this into the absent value."""

    def __init__(self, absent: Absent) -> None:
        super().__init__(absent.state)
        self.absent = absent


def _absorb(self: Absent, other: Any = None, modulo: Any = None) -> Any:
    if hasattr(other, "each"):
        return NotImplemented  # children go one by one
    return stronger(self, other) if isinstance(other, Absent) else self


class Absent:
    """A number that is not there, with the state that says in which way, and the reason."""

    __slots__ = ("reason", "state")

    def __init__(self, state: str = BLANK, reason: Text | None = None) -> None:
        self.state, self.reason = state, reason

    def __repr__(self) -> str:
        return f"Absent({self.state})"

    def __bool__(self) -> bool:
        raise Undecided(self)

    __hash__ = object.__hash__
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _absorb
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = __pos__ = __abs__ = _absorb
    __lt__ = __le__ = __gt__ = __ge__ = _absorb
    __eq__ = __ne__ = _absorb  # what is compared with something absent is absent, not a bool


NOTHING = Absent()


def stronger(left: Absent, right: Absent) -> Absent:
    """Of two absent arguments of one rule the one that decides."""
    return left if SCALARS.index(left.state) <= SCALARS.index(right.state) else right


def strongest(absents: Iterable[Absent], order: tuple[str, ...]) -> Absent | None:
    """The first absent of the strongest state in `order`, if any has one of these states."""
    first: Absent | None = None
    for absent in absents:
        if absent.state in order and (first is None or order.index(absent.state) < order.index(first.state)):
            first = absent
    return first
