"""Which days were published: rooms that publish say so, and a value for such days is entered knowingly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tanzhi.rulebook.kernel import Text

Publications = Callable[[str, date, date], list[Text]]
"""Of a guideline, what was published about days between the two, the newest first."""

_ROOMS: list[Publications] = []


def publishes_about(publications: Publications) -> Publications:
    """Register what a room has published."""
    if publications not in _ROOMS:
        _ROOMS.append(publications)
    return publications


def published(guideline: str, since: date, until: date) -> list[Text]:
    """Whatever any room has published about these days by this guideline."""
    return [name for publications in _ROOMS for name in publications(guideline, since, until)]
