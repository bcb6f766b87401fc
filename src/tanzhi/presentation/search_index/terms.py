"""Texts cut into terms: pairs of Chinese signs, and words of Latin letters and digits; the same on every database.

A word of letters and digits is found by its beginning, also behind a hyphen: "GS-2024-001" by "gs", "2024" and "001".
Chinese has no spaces: every two signs that stand together are a term, so that any two of them are found anywhere.
Terms are kept as bytes, because databases order letters in their own ways and bytes in one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 40  # letters of a term
LATIN = re.compile(r"[a-z0-9]+(?:[-._/][a-z0-9]+)*")
LATIN_PART = re.compile(r"[a-z0-9]+")
SIGNS = re.compile(r"[^\W_a-z0-9]+")
ABOVE = b"\xff"  # no byte of a text in UTF-8


@dataclass(frozen=True, slots=True)
class TermRange:
    """The terms that a part of a question matches: one term, or all that begin with it."""

    term: bytes
    begins: bool

    @property
    def lookups(self) -> dict[str, bytes]:
        """As a filter on the index."""
        return {"term__gte": self.term, "term__lt": self.term + ABOVE} if self.begins else {"term": self.term}


def terms_of(text: str) -> set[bytes]:
    """Under which terms a text is found."""
    plain = _plain(text)
    terms: set[str] = set()
    for word in LATIN.findall(plain):
        terms |= {word[part.start() :][:LONGEST] for part in LATIN_PART.finditer(word)}
    for run in SIGNS.findall(plain):
        terms |= {run[at : at + 2] for at in range(len(run))}  # the last sign alone, too
    return {term.encode() for term in terms}


def ranges_of(word: str) -> list[TermRange]:
    """What a text must have to be found by a word; nothing where the word has neither letter nor digit."""
    plain = _plain(word)
    ranges = [TermRange(part[:LONGEST].encode(), begins=True) for part in LATIN.findall(plain)]
    for run in SIGNS.findall(plain):
        if len(run) == 1:
            ranges.append(TermRange(run.encode(), begins=True))
        ranges += [TermRange(run[at : at + 2].encode(), begins=False) for at in range(len(run) - 1)]
    return ranges


def _plain(text: str) -> str:
    """Small letters, and full-width ones as others."""
    return unicodedata.normalize("NFKC", text).lower()
