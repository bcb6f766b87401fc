"""Gansu as an example: the regions are real, every organisation, person and number is synthetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tanzhi.rulebook.kernel import Text


def load(progress: Callable[[int, int, Text], None]) -> Any:
    """Write the example province; see `load.py`."""
    from .load import load as write

    return write(progress)
