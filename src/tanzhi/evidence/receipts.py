"""Receipts: one small JSON file with which a stranger proves that an entry stands in the log.

A receipt proves by digests alone. For whoever may see the subject it also carries the particulars with their salt, so
that the offline verifier shows what was done. Who may is the business of the rooms above, which say so once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .log import algorithm
from .models import Entry, Head, Payload
from .numbers import number_of
from .sealer import head_fields
from .stored_tree import StoredTree
from .tree import Tree

Audience = Callable[[Any, str], bool]
_audience: list[Audience] = []


def decides_audience(function: Audience) -> Audience:
    """Register who may see the particulars: a function of the reader and the subject's reference."""
    _audience[:] = [function]
    return function


def may_read(reader: Any, entry: Entry) -> bool:
    """Whether a reader may see what the entry keeps from the public; nobody may where no room has said who."""
    return bool(entry.subject) and any(decides(reader, entry.subject) for decides in _audience)


def receipt(
    entry: Entry, head: Head | None = None, tree: Tree | None = None, *, particulars: bool = False
) -> dict[str, Any] | None:
    """The receipt of a sealed entry against a head (the first that covers it), None before it is sealed.

    `particulars` adds what the entry keeps from the public, with its salt: for whoever may see the subject.
    """
    if entry.leaf_index is None:
        return None
    head = head or Head.objects.filter(size__gt=entry.leaf_index).order_by("size").first()
    if head is None:
        return None
    path = (tree or StoredTree(head.size)).inclusion(entry.leaf_index, head.size)
    answer = {
        "receipt": number_of(entry.leaf_index),
        "hash": algorithm(),
        "leaf": bytes(entry.canonical).decode(),
        "index": entry.leaf_index,
        "path": [node.hex() for node in path],
        "head": head_fields(head),
        "key": head.key,
        "signature": bytes(head.signature).hex(),
    }
    of_entry = Payload.objects.filter(entry=entry, part=Payload.PARTICULARS, content__isnull=False)  # none once erased
    row = of_entry.first() if particulars else None
    if row is not None:
        content, salt = bytes(row.content or b""), bytes(row.salt or b"")
        answer["particulars"] = {"content": content.decode(), "salt": salt.hex()}
    return answer
