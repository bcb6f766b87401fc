"""Who else counts a project's reductions: rooms that stand on this one answer here, so that it need not know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

CLAIMS: list[Callable[[str], Iterable[Any]]] = []
"""Each gives, for a CCER project's number, the records that claim the same tonnes; they have a name and a page."""


def claims_on(number: str) -> list[Any]:
    """Every claim on the tonnes of a project, whichever room holds it."""
    return [one for ask in CLAIMS for one in ask(number)]
