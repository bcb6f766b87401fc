"""Receipts: one small JSON file with which a stranger proves that an entry stands in the log."""

from __future__ import annotations

from typing import Any

from .log import algorithm
from .models import Entry, Head
from .numbers import number_of
from .sealer import tree_of_sealed
from .tree import Tree


def receipt(entry: Entry, head: Head | None = None, tree: Tree | None = None) -> dict[str, Any] | None:
    """The receipt of a sealed entry against a head (the first that covers it), None before it is sealed."""
    if entry.leaf_index is None:
        return None
    head = head or Head.objects.filter(size__gt=entry.leaf_index).order_by("size").first()
    if head is None:
        return None
    path = (tree or tree_of_sealed()).inclusion(entry.leaf_index, head.size)
    return {
        "receipt": number_of(entry.leaf_index),
        "hash": algorithm(),
        "leaf": bytes(entry.canonical).decode(),
        "index": entry.leaf_index,
        "path": [node.hex() for node in path],
        "head": {
            "log": head.log,
            "size": head.size,
            "root": bytes(head.root).hex(),
            "at": head.at.isoformat(timespec="microseconds"),
        },
        "key": head.key,
        "signature": bytes(head.signature).hex(),
    }
