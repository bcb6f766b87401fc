"""Numbers and words from outside, parsed once: what does not parse is nothing, and never an error of the program."""

from __future__ import annotations

import json
from typing import Any

from tanzhi.rulebook.kernel.spelling import CONTROL

BIGGEST = 2**63 - 1  # what the database holds as a whole number
LAST_YEAR = 9999
DEEPEST = 30  # of lists and records within each other


def whole(words: Any, most: int = BIGGEST) -> int | None:
    """A whole number from zero to `most`, in plain digits; None for anything else, also for ² and ١."""
    text = str(words) if isinstance(words, str | int) and not isinstance(words, bool) else ""
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(BIGGEST)):
        return None
    number = int(text)
    return number if number <= most else None


def refuse_constant(word: str) -> None:
    """For `json.loads`, which would take NaN and Infinity for numbers."""
    raise json.JSONDecodeError(f"{word} is no number", "", 0)


def printable(words: str) -> str:
    """Words without what no file and no page can show."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)


def fault_in(value: Any, depth: int = 0) -> str:
    """What of some input no database, log or file can hold: the code of the fault, or nothing."""
    if depth > DEEPEST:
        return "too_deep"
    if isinstance(value, str):
        return "control_character" if CONTROL.search(value) else ""
    if isinstance(value, int):
        return "too_large" if abs(value) > BIGGEST else ""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        return next((code for part in value if (code := fault_in(part, depth + 1))), "")
    return ""
