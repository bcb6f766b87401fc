"""What features above a case add to it: parts of its page, and what must be done before its conclusion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.actions.table import Call

    from .model import Verification


@dataclass(frozen=True, slots=True)
class CasePart:
    """A part of a case's page: its template draws `content`."""

    template: str
    content: Any


CASE_PARTS: list[Callable[[Verification, Actor], CasePart | None]] = []
"""Each answers the part that this reader is shown, or None."""

BEFORE_CONCLUSION: list[Callable[[Call, Verification], None]] = []
"""Each refuses a conclusion for which something is still to be done."""
