"""Who keeps a deposited filing from being corrected: rooms above this one say so, by what they do with it."""

from __future__ import annotations

from collections.abc import Callable

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .model import Filing

Lock = Callable[[Filing], Text | None]
LOCKS: list[Lock] = []
"""Each answers why a filing stays as it is, or nothing."""


def refuse_locked(filing: Filing) -> None:
    """FIL-LOCKED: somebody else's work rests on what was deposited."""
    for lock in LOCKS:
        if why := lock(filing):
            raise Refused("FIL-LOCKED", why, 409)
