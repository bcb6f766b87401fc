"""Receipt numbers: a leaf's place in the tree with two check digits."""

from __future__ import annotations

import re

NUMBER = re.compile("R-([0-9]{6,18})-([0-9]{2})", re.IGNORECASE)
SIZE = re.compile("[0-9]{1,18}")
"""As many digits as a database counts; digits of other scripts are none."""


def number_of(index: int) -> str:
    """Receipt number with two check digits (ISO 7064 MOD 97-10), for example R-000482-61."""
    return f"R-{index:06d}-{check_digits(index):02d}"


def check_digits(index: int) -> int:
    return 98 - (index * 100) % 97


def index_of(number: str) -> int | None:
    """The leaf that a receipt number names; None where it is malformed or its check digits are wrong."""
    parts = NUMBER.fullmatch(number.strip())
    if parts is None:
        return None
    index, check = int(parts[1]), int(parts[2])
    return index if check_digits(index) == check else None


def size_of(words: str) -> int | None:
    """A size of the log as somebody outside writes it; None where it is none."""
    return int(words) if SIZE.fullmatch(words) else None
