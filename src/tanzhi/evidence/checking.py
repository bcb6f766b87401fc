"""Recomputes the whole log from what is stored, and names the first thing that is not as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from tanzhi.rulebook.kernel.text import Text

from .files import place_of
from .keys import signed_by
from .log import algorithm
from .models import Entry, Head, Payload, StoredFile
from .sealer import head_message
from .tree import Tree


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the log that is not as it was sealed."""

    code: str
    place: str
    message: Text

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "place": self.place, "message": self.message.as_dict()}


@dataclass(slots=True)
class Report:
    """What a full recomputation found."""

    size: int = 0
    waiting: int = 0
    root: str = ""
    heads: int = 0
    files: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        counted = {"size": self.size, "waiting": self.waiting, "heads": self.heads, "files": self.files}
        return {"intact": self.intact, **counted, "root": self.root, "faults": [f.as_dict() for f in self.faults]}


ALTERED = Text("第 {index} 条的内容与其摘要不符", "entry {index} does not match its digest")
GAP = Text("应为第 {expected} 条，实为第 {index} 条：有条目被删除或插入", "entry {expected} expected, {index} found")
NO_HEAD = Text(
    "{size} 条已编号，但没有任何树头涵盖第 {index} 条以后", "{size} entries, but no head covers {index} and later"
)
ROOT = Text("规模 {size} 的树头与条目不符", "the head of size {size} does not follow from the entries")
SHORT = Text("树头记有 {size} 条，现仅 {found} 条：末尾条目被删除", "a head counts {size} entries, {found} are left")
SIGNATURE = Text("规模 {size} 的树头签名无效", "the signature of the head of size {size} is invalid")
ORDER = Text("第 {index} 条早于其前一条，条目次序被调换", "entry {index} was written before the one in front of it")
ERASED = Text("第 {index} 条旁存的个人数据与其摘要不符", "personal data beside entry {index} do not match their digest")
LOST = Text("文件 {name} 缺失", "file {name} is missing")
CHANGED = Text("文件 {name} 的内容已改变", "file {name} has changed")


Comparison = Callable[[], Iterator[Fault]]
COMPARISONS: list[Comparison] = []


def compares(function: Comparison) -> Comparison:
    """Register how a room's own records are compared with what the log says of them; usable as a decorator."""
    if function not in COMPARISONS:
        COMPARISONS.append(function)
    return function


def verify() -> Report:
    """Re-hash every stored entry, root, signature, payload and file, and compare the rooms' records with the log."""
    report, tree = Report(), Tree(algorithm())
    report.faults += _entries(tree)
    report.size, report.root = tree.size, tree.root().hex()
    report.waiting = Entry.objects.filter(leaf_index__isnull=True).count()
    report.faults += [*_heads(tree, report), *_payloads(), *_files(report)]
    report.faults += [fault for comparison in COMPARISONS for fault in comparison()]
    return report


def _entries(tree: Tree) -> Iterator[Fault]:
    """Leaves in order: no gap, and each the hash of its stored bytes."""
    last_id = 0
    for entry in Entry.objects.filter(leaf_index__isnull=False).order_by("leaf_index").iterator(chunk_size=2000):
        index = int(entry.leaf_index or 0)
        if index != tree.size:
            yield _fault("EVD-2", f"entry:{tree.size}", GAP.format(expected=tree.size, index=index))
            return
        computed = tree.leaf_hash(bytes(entry.canonical))
        if computed != bytes(entry.leaf_hash):
            yield _fault("EVD-1", f"entry:{index}", ALTERED.format(index=index))
        if entry.pk < last_id:
            yield _fault("EVD-6", f"entry:{index}", ORDER.format(index=index))
        last_id = entry.pk
        tree.append(computed)


def _heads(tree: Tree, report: Report) -> Iterator[Fault]:
    """Every head follows from the leaves before it, is signed, and the last one covers all."""
    covered = 0
    for head in Head.objects.order_by("size").iterator(chunk_size=2000):
        report.heads += 1
        yield from _head(tree, head)
        covered = head.size
    if covered < tree.size:
        yield _fault("EVD-3", f"entry:{covered}", NO_HEAD.format(size=tree.size, index=covered))


def _head(tree: Tree, head: Head) -> Iterator[Fault]:
    place, root = f"head:{head.size}", bytes(head.root)
    message = head_message(head.log, head.size, root.hex(), head.at.isoformat(timespec="microseconds"))
    if not signed_by(head.key, message, bytes(head.signature)):
        yield _fault("EVD-5", place, SIGNATURE.format(size=head.size))
    if head.size > tree.size:
        yield _fault("EVD-2", place, SHORT.format(size=head.size, found=tree.size))
    elif tree.root(head.size) != root:
        yield _fault("EVD-4", place, ROOT.format(size=head.size))


def _payloads() -> Iterator[Fault]:
    """Personal data that are still there match the salted digest in their entry."""
    held = Payload.objects.filter(content__isnull=False).annotate(index=F("entry__leaf_index")).select_related("entry")
    for payload in held.iterator(chunk_size=2000):
        digest = hashlib.sha256(bytes(payload.salt) + bytes(payload.content or b"")).hexdigest()
        if digest.encode() not in bytes(payload.entry.canonical):
            index = payload.entry.leaf_index
            yield _fault("EVD-7", f"entry:{index}", ERASED.format(index=index))


def _files(report: Report) -> Iterator[Fault]:
    for stored in StoredFile.objects.order_by("id").iterator(chunk_size=500):
        report.files += 1
        place = place_of(stored.sha256)
        if not place.exists():
            yield _fault("EVD-8", f"file:{stored.sha256}", LOST.format(name=stored.name))
        elif _digest(place.read_bytes()) != stored.sha256:
            yield _fault("EVD-9", f"file:{stored.sha256}", CHANGED.format(name=stored.name))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _fault(code: str, place: str, message: Text) -> Fault:
    return Fault(code, place, message)
