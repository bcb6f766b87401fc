"""Gansu as an example: the regions are real, every organisation, person and number is synthetic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tanzhi.rulebook.kernel import Text

TODAY = date(2024, 7, 16)
"""The day on which a demonstration stands still: its half-year is complete, its deadlines lie ahead."""

PROVINCE = "620000"


def load(progress: Callable[[int, int, Text], None]) -> Any:
    """Write the example province; see `load.py`."""
    from .load import load as write

    return write(progress)
