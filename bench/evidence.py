"""The log: appending, proving, canonical bytes, against bare hashes and the packages that do the same."""

from __future__ import annotations

import hashlib
import random
import statistics
import tracemalloc
from collections import deque
from collections.abc import Callable
from typing import Any

import orjson
import rfc8785
from pymerkle import InmemoryTree

from bench.lines import RUNS, Line, line, seconds
from tanzhi.evidence.canonical import canonical
from tanzhi.evidence.tree import Tree, root_from_inclusion

TITLE = "Evidence"
LEAF_BYTES = 200
PROOF_HASHES = 20
"""A proof in a log of a million leaves has so many hashes."""


def leaves(size: int) -> list[bytes]:
    draw = random.Random(2024)
    return [draw.randbytes(LEAF_BYTES) for _ in range(size)]


def nodes(size: int) -> list[bytes]:
    """What an inner node hashes: a prefix and two digests."""
    draw = random.Random(6962)
    return [b"\x01" + draw.randbytes(64) for _ in range(size)]


def bare(data: list[bytes]) -> None:
    """Nothing but the hash function, one digest after the other."""
    sha256 = hashlib.sha256
    for one in data:
        sha256(one).digest()


def appended(data: list[bytes], algorithm: str = "sha256") -> Tree:
    tree = Tree(algorithm)
    tree.extend(tree.leaf_hash(one) for one in data)
    return tree


def by_pymerkle(data: list[bytes]) -> Any:
    tree = InmemoryTree(algorithm="sha256")
    for one in data:
        tree.append_entry(one)
    return tree


def proofs(tree: Tree, data: list[bytes], count: int) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Finding that many audit paths, and verifying them; both as works to be timed."""
    chosen = random.Random(9162).choices(range(tree.size), k=count)
    known = [(tree.leaf_hash(data[i]), i, tree.inclusion(i)) for i in chosen]
    root = tree.root()

    def found() -> Any:
        return [tree.inclusion(i) for i in chosen]

    def verified() -> Any:
        return [root_from_inclusion(leaf, i, tree.size, path, tree.hash) for leaf, i, path in known]

    if set(verified()) != {root}:
        raise AssertionError("a proof does not lead to the root")
    return found, verified


def bytes_a_leaf(data: list[bytes]) -> float:
    hashes = [hashlib.sha256(one).digest() for one in data]
    tracemalloc.start()
    tree = Tree()
    tree.extend(hashes)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held / tree.size


def records(size: int) -> list[dict[str, Any]]:
    """Records of fourteen fields and some 500 bytes, as an entry of the log has."""
    draw = random.Random(8785)
    return [
        {
            "id": draw.randbytes(16).hex(), "kind": "filings.deposit", "at": "2024-07-01T08:30:00.123456+08:00",
            "subject": f"filing:{draw.randrange(10**6)}", "enterprise": "某某发电有限责任公司第二热电厂",
            "region": f"62{draw.randrange(100):02d}00", "period": f"2024-{draw.randrange(1, 13):02d}",
            "version": draw.randrange(9), "form": "power.month", "actor": "张三（企业审核人）",
            "late": draw.random() < 0.1, "tonnes": draw.randrange(10**7), "digest": draw.randbytes(32).hex(),
            "note": "经复核，燃煤消耗量与入炉煤皮带秤记录一致，同意存证。" * draw.randrange(1, 3),
        }
        for _ in range(size)
    ]  # fmt: skip


def nested(record: dict[str, Any]) -> dict[str, Any]:
    """The same as the log keeps it: what happened to what, and the rest in a body."""
    outside = ("kind", "at", "subject")
    return {k: record[k] for k in outside} | {"body": {k: v for k, v in record.items() if k not in outside}}


def measure(toy: bool = False) -> list[Line]:
    size, runs = (300, 1) if toy else (1_000_000, RUNS)
    data = leaves(size)
    return [*_appending(data, runs), *_proving(data, runs), *_writing(2_000 if toy else 100_000, runs)]


def _appending(data: list[bytes], runs: int) -> list[Line]:
    part = data[: len(data) // 5]
    if appended(part).root() != by_pymerkle(part).get_root():
        raise AssertionError("the root is not pymerkle's")
    bare_data = nodes(len(part))
    taken = seconds(
        lambda: bare(bare_data), lambda: appended(part), lambda: appended(part, "sm3"), lambda: by_pymerkle(part),
        runs=runs,
    )  # fmt: skip
    size = f"{len(part):,} leaves of {LEAF_BYTES} bytes"
    return [
        line("append ÷ half the bare hash rate", [2 * h / a for h, a, _, _ in taken], "≥ 0.45", size),
        line("append ÷ pymerkle in memory", [p / a for _, a, _, p in taken], "≥ 5", f"{size}; same root"),
        line("SM3 log ÷ SHA-256 log", [a / s for _, a, s, _ in taken], "≥ 0.45", size),
        line("bytes of memory a leaf", [bytes_a_leaf(part)], "≤ 80", "not a ratio"),
    ]


def _proving(data: list[bytes], runs: int) -> list[Line]:
    tree, count = appended(data), min(len(data), 20_000)
    found, verified = proofs(tree, data, count)
    bare_data = nodes(count * PROOF_HASHES)
    taken = seconds(lambda: bare(bare_data), found, verified, runs=runs)
    size = f"{count:,} of a log of {tree.size:,}; against {PROOF_HASHES} bare hashes each"
    return [
        line("inclusion proof ÷ its hashes bare", [h / f for h, f, _ in taken], "≥ 0.2", size),
        line("verification ÷ its hashes bare", [h / v for h, _, v in taken], "≥ 0.2", size),
    ]


def _writing(count: int, runs: int) -> list[Line]:
    flat = records(count)
    return [
        _written("canonical leaf ÷ rfc8785", flat, runs, "≥ 20"),
        _written("canonical leaf with its body ÷ rfc8785", [nested(r) for r in flat], runs, "≥ 20"),
    ]


def _written(name: str, several: list[dict[str, Any]], runs: int, aim: str) -> Line:
    if any(canonical(record) != rfc8785.dumps(record) for record in several):
        raise AssertionError("the bytes are not those of rfc8785")
    part = several[: len(several) // 5]

    def all_by(writer: Callable[[Any], bytes]) -> Callable[[], object]:
        return lambda: deque(map(writer, part), maxlen=0)

    taken = seconds(all_by(rfc8785.dumps), all_by(canonical), all_by(orjson.dumps), runs=runs)
    unproven = statistics.median(r / o for r, _, o in taken)
    notes = (
        f"{len(several):,} records of 14 fields, bytes identical; {unproven:.0f} without the proof of what may be in it"
    )
    return line(name, [r / c for r, c, _ in taken], aim, notes)
