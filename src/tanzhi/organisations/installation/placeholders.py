"""Names in braces, which the program fills in: whoever words a text otherwise keeps them."""

from __future__ import annotations

from string import Formatter


def placeholders(words: str) -> frozenset[str]:
    """Names in braces; anything else in braces as it is written, and all of a text whose braces do not close."""
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        return frozenset({words})
    return frozenset(
        name if not (form or conversion) else f"{name}!{conversion or ''}:{form}"
        for _, name, form, conversion in parts
        if name is not None
    )


def written(names: frozenset[str]) -> str:
    """As they stand in a text: {from} {to}."""
    return " ".join(sorted(f"{{{name}}}" for name in names)) or "—"
