"""The Merkle tree of RFC 6962: append, root, inclusion and consistency proofs. Pure, in memory.

One bytearray a level holds the hashes of all *complete* subtrees of that height, so a leaf costs two hashes and 64
bytes in the long run. The ragged right edge is folded when a root or a proof is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Hash = Callable[[bytes], bytes]
ALGORITHMS = ("sha256", "sm3")


def hasher(algorithm: str) -> Hash:
    """A function from bytes to digest; SM3 through a template that is copied, which spares a look-up each time."""
    if algorithm == "sha256":
        return lambda data: hashlib.sha256(data).digest()
    if algorithm not in ALGORITHMS:
        raise ValueError(f"hash {algorithm!r} is none of {', '.join(ALGORITHMS)}")
    template = hashlib.new(algorithm)

    def digest(data: bytes) -> bytes:
        instance = template.copy()
        instance.update(data)
        return instance.digest()

    return digest


class Tree:
    """An append-only tree over leaf hashes."""

    def __init__(self, algorithm: str = "sha256") -> None:
        self.algorithm, self.hash = algorithm, hasher(algorithm)
        self.width = len(self.hash(b""))
        self.levels: list[bytearray] = [bytearray()]
        self.size = 0

    def leaf_hash(self, data: bytes) -> bytes:
        return self.hash(b"\x00" + data)

    def append(self, leaf_hash: bytes) -> int:
        """Add a leaf; gives its index."""
        node, index, level = leaf_hash, self.size, 0
        self.levels[0] += node
        while index & 1:
            level += 1
            index >>= 1
            below = self.levels[level - 1]
            node = self.hash(b"\x01" + below[-2 * self.width :])
            if level == len(self.levels):
                self.levels.append(bytearray())
            self.levels[level] += node
        self.size += 1
        return self.size - 1

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        for leaf_hash in leaf_hashes:
            self.append(leaf_hash)

    def node(self, level: int, index: int) -> bytes:
        return bytes(self.levels[level][index * self.width : (index + 1) * self.width])

    def root(self, size: int | None = None) -> bytes:
        """The head's hash when the tree had that many leaves."""
        return self._range(0, self.size if size is None else size)

    def _range(self, first: int, last: int) -> bytes:
        """Hash over leaves first … last - 1; `first` is a multiple of the largest power of two below the length."""
        length = last - first
        if length == 0:
            return self.hash(b"")
        if length & (length - 1) == 0 and first % length == 0:
            level = length.bit_length() - 1
            return self.node(level, first >> level)
        split = _split(length)
        return self.hash(b"\x01" + self._range(first, first + split) + self._range(first + split, last))

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The audit path of a leaf in the tree of that size, from the leaf upwards (RFC 6962, 2.1.1)."""
        size = self.size if size is None else size
        if not 0 <= index < size <= self.size:
            raise IndexError(f"leaf {index} is not in a tree of {size}")
        path: list[bytes] = []
        first, last = 0, size
        while last - first > 1:
            middle = first + _split(last - first)
            left = index < middle
            path.append(self._range(middle, last) if left else self._range(first, middle))
            first, last = (first, middle) if left else (middle, last)
        return path[::-1]

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Proof that the tree of `old` leaves is the beginning of the one of `new` (RFC 6962, 2.1.2)."""
        new = self.size if new is None else new
        if not 0 < old <= new <= self.size:
            raise IndexError(f"no consistency between {old} and {new} leaves")
        return self._subproof(old, 0, new, True)

    def _subproof(self, old: int, first: int, last: int, whole: bool) -> list[bytes]:
        length = last - first
        if old == length:
            return [] if whole else [self._range(first, last)]
        split = _split(length)
        if old <= split:
            return [*self._subproof(old, first, first + split, whole), self._range(first + split, last)]
        return [*self._subproof(old - split, first + split, last, False), self._range(first, first + split)]


def peaks_of(size: int) -> list[tuple[int, int]]:
    """Level and index of the complete subtrees of which a tree of that size consists, from the right."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]


class Frontier:
    """The right edge of a tree: one hash for each complete subtree, which is all that appending needs."""

    def __init__(self, algorithm: str, size: int = 0, peaks: dict[int, bytes] | None = None) -> None:
        self.hash, self.size, self.peaks = hasher(algorithm), size, dict(peaks or {})

    def append(self, leaf_hash: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf; gives level, index and hash of the subtrees above it that are complete now."""
        completed, node, level = [], leaf_hash, 0
        while self.size >> level & 1:
            node = self.hash(b"\x01" + self.peaks.pop(level) + node)
            level += 1
            completed.append((level, self.size >> level, node))
        self.peaks[level] = node
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The head's hash at this size."""
        levels = sorted(self.peaks)
        if not levels:
            return self.hash(b"")
        node = self.peaks[levels[0]]
        for level in levels[1:]:
            node = self.hash(b"\x01" + self.peaks[level] + node)
        return node


def _split(length: int) -> int:
    """The largest power of two below the length."""
    return 1 << ((length - 1).bit_length() - 1)


def root_from_inclusion(leaf_hash: bytes, index: int, size: int, path: list[bytes], hash_: Hash) -> bytes | None:
    """The root to which an audit path leads, or None where the path does not fit index and size."""
    if not 0 <= index < size:
        return None
    node, last = leaf_hash, size - 1
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            node = hash_(b"\x01" + sibling + node)
            index, last = (index, last) if index & 1 else _climb(index, last)
        else:
            node = hash_(b"\x01" + node + sibling)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


@dataclass(frozen=True, slots=True)
class ObservedTree:
    """A tree as somebody saw it: how many leaves, and the root."""

    size: int
    root: bytes


def consistent(old: ObservedTree, new: ObservedTree, proof: list[bytes], hash_: Hash) -> bool:
    """Whether the proof shows the old tree to be the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if old.size == new.size:
        return not proof and old.root == new.root
    if old.size & (old.size - 1) == 0:
        proof = [old.root, *proof]
    if not proof or not 0 < old.size < new.size:
        return False
    index, last = old.size - 1, new.size - 1
    while index & 1:  # up while the node is a right child
        index, last = index >> 1, last >> 1
    old_node = new_node = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            old_node, new_node = hash_(b"\x01" + sibling + old_node), hash_(b"\x01" + sibling + new_node)
            index, last = (index, last) if index & 1 else _climb(index, last)
        else:
            new_node = hash_(b"\x01" + new_node + sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and (old_node, new_node) == (old.root, new.root)


def _climb(index: int, last: int) -> tuple[int, int]:
    """Up while the node is a left child without a sibling."""
    while not index & 1 and index:
        index, last = index >> 1, last >> 1
    return index, last
