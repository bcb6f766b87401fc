"""The words that columns know, by name; `words.py` fills the table, and every vector asks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .frames import NotInColumns

WORDS: dict[str, Callable[..., Any]] = {}


def perform(word: str, *arguments: Any) -> Any:
    """The word by its name; a word that columns do not have is left to records."""
    if word not in WORDS:
        raise NotInColumns(word)
    return WORDS[word](*arguments)
