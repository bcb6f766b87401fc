"""The Merkle tree against RFC 6962's definition written naively, and against pymerkle."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from tanzhi.evidence.tree import ObservedTree, Tree, consistent, hasher, root_from_inclusion


def naive(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def grown(size: int) -> Tree:
    tree = Tree()
    tree.extend(tree.leaf_hash(b"%d" % i) for i in range(size))
    return tree


@pytest.mark.parametrize("size", range(66))
def test_root_is_that_of_the_definition(size: int) -> None:
    leaves = [b"%d" % i for i in range(size)]
    assert grown(66).root(size) == naive(leaves)


def test_root_is_that_of_pymerkle() -> None:
    other = InmemoryTree(algorithm="sha256")
    for i in range(100):
        other.append_entry(b"%d" % i)
    assert grown(100).root() == other.get_root()


@given(st.integers(1, 80), st.data())
def test_an_audit_path_leads_to_the_root_and_no_other_leaf_does(size: int, data: st.DataObject) -> None:
    tree, index = grown(80), data.draw(st.integers(0, size - 1))
    path = tree.inclusion(index, size)
    leaf = tree.node(0, index)
    assert root_from_inclusion(leaf, index, size, path, tree.hash) == tree.root(size)
    assert root_from_inclusion(tree.hash(leaf), index, size, path, tree.hash) != tree.root(size)
    assert root_from_inclusion(leaf, index, size, [*path, leaf], tree.hash) is None


@given(st.integers(1, 80), st.integers(1, 80))
def test_an_older_tree_is_proven_to_be_the_beginning(one: int, two: int) -> None:
    old, new = sorted((one, two))
    tree = grown(80)
    proof = tree.consistency(old, new)
    assert consistent(ObservedTree(old, tree.root(old)), ObservedTree(new, tree.root(new)), proof, tree.hash)
    assert not consistent(ObservedTree(old, tree.hash(b"other")), ObservedTree(new, tree.root(new)), proof, tree.hash)


def test_sm3_gives_the_standards_digest() -> None:
    # GB/T 32905-2016, example 1: "abc"
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hasher("sm3")(b"abc").hex() == expected


def test_a_leaf_costs_no_more_than_eighty_bytes() -> None:
    tree = grown(4096)
    assert sum(len(level) for level in tree.levels) / 4096 <= 80


def test_an_unknown_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="md5"):
        hasher("md5")


def test_a_leaf_beyond_the_tree_has_no_path() -> None:
    with pytest.raises(IndexError):
        grown(3).inclusion(3)
    with pytest.raises(IndexError):
        grown(3).consistency(0)
