"""A second province, tiny and invented: it lives beside the first and publishes its own bulletin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tanzhi.rulebook.kernel import Text

TODAY = date(2025, 7, 16)
"""The day on which a demonstration of this province alone stands still."""
PROVINCE = "950000"


def load(progress: Callable[[int, int, Text], None]) -> Any:
    """Write the second province; see `load.py`."""
    from .load import load as write

    return write(progress)
