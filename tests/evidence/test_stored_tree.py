"""The tree in the database beside the one in memory: same roots, paths and proofs, by a few rows."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given as for_all
from hypothesis import strategies as st

from tanzhi.evidence import offline
from tanzhi.evidence.log import latest_head
from tanzhi.evidence.models import Entry, Head, Node
from tanzhi.evidence.receipts import receipt
from tanzhi.evidence.sealer import seal
from tanzhi.evidence.stored_tree import StoredTree, frontier, position
from tanzhi.evidence.tree import ALGORITHMS, Frontier, Tree, peaks_of
from tests.evidence.test_log import written


def leaf(number: int) -> bytes:
    return hashlib.sha256(number.to_bytes(8, "big")).digest()


@for_all(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.sampled_from(ALGORITHMS))
def test_a_tree_grown_in_batches_over_its_edge_is_the_tree(batches: list[int], algorithm: str) -> None:
    tree, edge, nodes = Tree(algorithm), Frontier(algorithm), {}
    for count in batches:
        edge = Frontier(algorithm, edge.size, edge.peaks)  # as the next sealer loads it
        for _ in range(count):
            nodes |= {(level, index): node for level, index, node in edge.append(leaf(tree.size))}
            tree.append(leaf(tree.size))
        assert edge.root() == tree.root()
        assert set(edge.peaks) == {level for level, _ in peaks_of(tree.size)}
        assert all(tree.node(level, index) == edge.peaks[level] for level, index in peaks_of(tree.size))
    expected = {(level, i) for level in range(1, len(tree.levels)) for i in range(tree.size >> level)}
    assert nodes.keys() == expected
    assert all(tree.node(level, index) == node for (level, index), node in nodes.items())


@pytest.mark.django_db
def test_every_root_path_and_proof_out_of_the_database_is_that_of_the_tree(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    tree = Tree()
    for count in (1, 2, 5, 1, 8, 3):
        written(count)
        head = seal()
        assert head
        tree.extend(
            bytes(entry.leaf_hash) for entry in Entry.objects.filter(leaf_index__gte=tree.size).order_by("leaf_index")
        )
        assert (head.size, bytes(head.root)) == (tree.size, tree.root())
        assert frontier(head).root() == tree.root()
        assert {row.position: bytes(row.hash) for row in Node.objects.all()} == {
            position(level, i): tree.node(level, i)
            for level in range(1, len(tree.levels))
            for i in range(tree.size >> level)
        }
    for size in range(1, tree.size + 1):
        assert StoredTree(tree.size).root(size) == tree.root(size)
        assert StoredTree(tree.size).consistency(size) == tree.consistency(size)
        assert [StoredTree(size).inclusion(i) for i in range(size)] == [tree.inclusion(i, size) for i in range(size)]


def queries(work: Any) -> tuple[int, int]:
    """How many questions the database is asked, and how many rows they name at most."""
    with CaptureQueriesContext(connection) as asked_for:
        work()
    texts = [query["sql"] for query in asked_for.captured_queries]
    return len(texts), max(text.count(",") for text in texts if "evidence_" in text)


@pytest.mark.django_db
def test_a_seal_a_receipt_and_a_proof_cost_as_many_queries_in_a_long_log_as_in_a_short_one(
    settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    costs: dict[str, list[tuple[int, int]]] = {"seal": [], "receipt": [], "proof": []}
    for count in (31, 992):
        written(count)
        seal()
        written(1)
        costs["seal"].append(queries(seal))
        head = latest_head()
        assert head
        entry = Entry.objects.get(leaf_index=head.size // 3)
        costs["receipt"].append(queries(lambda entry=entry, head=head: receipt(entry, head)))
        costs["proof"].append(queries(lambda head=head: StoredTree(head.size).consistency(head.size // 3)))
    for name, (few, many) in costs.items():
        assert many[0] <= few[0] + 1, name
        assert many[1] <= few[1] + 12, name  # 5 levels more: a node or two each


def run(tmp_path: Path, head: str, proof: dict[str, Any], *more: str) -> tuple[int, str]:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof), "utf-8")
    script = Path(offline.__path__[0]) / "verify_consistency.py"
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(script), head, str(file), *more]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout


@pytest.mark.django_db
def test_whoever_kept_a_head_proves_offline_that_it_is_the_beginning_of_the_newest(
    settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    heads: list[Head] = []
    for count in (1, 3, 4, 3):
        written(count)
        if head := seal():
            heads.append(head)
    for old in heads:
        kept_head = f"{old.size}:{bytes(old.root).hex()}"
        proof = Client().get("/evidence/consistency.json", {"from": old.size}).json()
        assert run(tmp_path, kept_head, proof, "--key", old.key)[0] == 0
        assert run(tmp_path, f"{old.size}:{'00' * 32}", proof)[0] == 1
        assert run(tmp_path, kept_head, proof | {"signature": "00" * 64})[0] == 1
        assert run(tmp_path, kept_head, proof | {"head": proof["head"] | {"root": "11" * 32}})[0] == 1
    assert run(tmp_path, "x", {})[0] == 2
    script = Client().get("/evidence/verify_consistency.py").content
    assert script == (Path(offline.__path__[0]) / "verify_consistency.py").read_bytes()
    assert b"verify_consistency.py" in Client().get("/evidence/").content


ODD = ["²", "", "0", "-1", "1.0", "9" * 30, "٣", "1e3", "\x00", "999"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ODD)
def test_whatever_stands_for_a_size_or_a_number_is_answered(words: str, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    written(1)
    seal()
    assert Client().get("/evidence/consistency.json", {"from": words}).status_code == 404
    for number in (f"R-{words}-00", f"R-000000-{words}", words or "-"):
        if "\x00" not in number:
            assert Client().get(f"/evidence/receipts/{number}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"index": 10**30}, {"index": True}, {"index": -1}, {"path": [1]}, {"path": ["zz"]}, {"head": {}},
        {"head": {"size": 10**30, "root": "", "log": "", "at": ""}}, {"key": "zz"}, {"leaf": "\ud800"}, {"hash": "md5"},
        {"head": {"size": 1, "root": "", "log": "\x00", "at": ""}}, {"particulars": []},
        {"particulars": {"salt": "zz"}},
        {"leaf": "[]", "particulars": {"salt": "", "content": ""}},
    ],
)  # fmt: skip
def test_a_hostile_receipt_is_answered(change: dict[str, Any], settings: Any, tmp_path: Path) -> None:
    import io

    settings.VAR = tmp_path
    written(1)
    seal()
    whole = receipt(Entry.objects.get())
    assert whole
    for content in (json.dumps(whole | change), "[" * 60_000):
        sent = {"receipt": io.BytesIO(content.encode("utf-8", "surrogatepass"))}
        assert Client().post("/evidence/verify/", sent).status_code == 422
