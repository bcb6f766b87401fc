"""Receipt numbers: a leaf's place in the tree with two check digits."""

from __future__ import annotations


def number_of(index: int) -> str:
    """Receipt number with two check digits (ISO 7064 MOD 97-10), for example R-000482-61."""
    return f"R-{index:06d}-{check_digits(index):02d}"


def check_digits(index: int) -> int:
    return 98 - (index * 100) % 97


def index_of(number: str) -> int | None:
    """The leaf that a receipt number names; None where it is malformed or its check digits are wrong."""
    parts = number.strip().upper().split("-")
    if len(parts) != 3 or parts[0] != "R" or not (parts[1].isdigit() and parts[2].isdigit()):
        return None
    return int(parts[1]) if check_digits(int(parts[1])) == int(parts[2]) else None
