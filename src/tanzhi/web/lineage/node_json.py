"""A node of the walk as JSON, for the API and `tanzhi explain --json`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tanzhi.figures.nodes import LineageNode
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.rounding import plain


def node_json(node: LineageNode) -> dict[str, Any]:
    """The node with the parts that came along: numbers as exact strings, messages in both languages."""
    return {
        "ref": node.ref,
        "label": node.label.as_dict(),
        "value": plain(node.value) if isinstance(node.value, Decimal) else node.value,
        "unit": node.unit,
        "state": node.state,
        "reason": _words(node.reason),
        "detail": _words(node.detail),
        "formula": _words(node.formula),
        "numbers": _words(node.numbers),
        "rounding": _words(node.rounding),
        "law": node.law,
        "marks": [mark.as_dict() for mark in node.marks],
        "facts": [{"label": f.label.as_dict(), "words": f.words.as_dict(), "link": f.link} for f in node.facts],
        "parts_count": node.parts_count,
        "parts": [node_json(part) for part in node.parts],
        "link": node.link,
    }


def _words(text: Text | None) -> dict[str, str] | None:
    return text.as_dict() if text else None
