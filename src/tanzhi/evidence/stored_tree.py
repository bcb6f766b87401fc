"""The tree as the database keeps it: a root, an audit path or a proof reads as many nodes as its size has digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .faults import EDGE, LogFault
from .log import algorithm
from .models import LEVEL_BITS, Entry, Head, Node
from .tree import Frontier, Tree, peaks_of

T = TypeVar("T")


def position(level: int, index: int) -> int:
    """The key of a node."""
    return level << LEVEL_BITS | index


class StoredTree(Tree):
    """The tree of a size over stored nodes. Whatever is asked is run twice: to learn which nodes, then with them."""

    def __init__(self, size: int) -> None:
        super().__init__(algorithm())
        self.size = size
        self._missing: set[tuple[int, int]] = set()
        self._nodes: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, index: int) -> bytes:
        if (level, index) not in self._nodes:
            self._missing.add((level, index))
        return self._nodes.get((level, index), b"")

    def root(self, size: int | None = None) -> bytes:
        return self._answered(lambda: super(StoredTree, self).root(size))

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        return self._answered(lambda: super(StoredTree, self).inclusion(index, size))

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        return self._answered(lambda: super(StoredTree, self).consistency(old, new))

    def _answered(self, question: Callable[[], T]) -> T:
        answer = question()
        if not self._missing:
            return answer
        self._nodes |= nodes(self._missing)
        if self._missing - self._nodes.keys():
            raise LogFault("EVD-35", EDGE.format(size=self.size))
        self._missing = set()
        return question()


def nodes(places: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Stored hashes by level and index, in two queries at most; what is not there is left out."""
    leaves = [index for level, index in places if level == 0]
    higher = {position(level, index): (level, index) for level, index in places if level}
    stored: dict[tuple[int, int], bytes] = {}
    if leaves:
        for index, leaf_hash in Entry.objects.filter(leaf_index__in=leaves).values_list("leaf_index", "leaf_hash"):
            stored[0, int(index or 0)] = bytes(leaf_hash)
    if higher:
        for key, node in Node.objects.filter(position__in=higher).values_list("position", "hash"):
            stored[higher[key]] = bytes(node)
    return stored


def frontier(head: Head | None) -> Frontier:
    """The right edge of the tree under a head, ready for more leaves; refused where it does not lead to the head."""
    size = head.size if head else 0
    places = peaks_of(size)
    stored = nodes(set(places))
    edge = Frontier(algorithm(), size, {level: stored.get((level, index), b"") for level, index in places})
    if head is not None and edge.root() != bytes(head.root):
        raise LogFault("EVD-35", EDGE.format(size=size))
    return edge
