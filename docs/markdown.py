"""Markdown of the generated pages: a heading's notice, tables, text in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

NOTICE = "Written by `make docs` from the code; do not edit."


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table; nothing at all without rows."""
    body = [_row(row) for row in rows]
    return "\n".join([_row(heads), "|" + "---|" * len(heads), *body, ""]) if body else ""


def both(text: dict[str, str] | None) -> str:
    """Chinese and English side by side."""
    if not text:
        return ""
    return text["zh"] if text["zh"] == text["en"] else f"{text['zh']} · {text['en']}"


def code(words: Any) -> str:
    return f"`{words}`" if words not in (None, "") else ""


def years(since: str | None, until: str | None) -> str:
    """From which day to which, both included; whole years as years, which are data years."""
    since = since.removesuffix("-01-01") if since else None
    until = until.removesuffix("-12-31") if until else None
    if since and until:
        return f"{since}–{until}"
    return f"from {since}" if since else f"until {until}" if until else ""


def _row(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: Any) -> str:
    words = "" if cell is None else str(cell)
    return words.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
