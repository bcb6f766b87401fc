"""Recomputes the whole log from what is stored, and names what is not as it was.

One consistent snapshot, entries in pages of a fixed size: people go on working meanwhile, and memory stays flat however
long the log is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from tanzhi.rulebook.kernel.text import Text

from .entry_checks import EntryChecks
from .fault import Fault
from .faults import LogFault
from .files import place_of
from .keys import Era, history, mac_key, signed_by, valid_at
from .log import algorithm
from .models import LEVEL_BITS, Head, Node, StoredFile
from .pinned import Pin, pin
from .row_check import check as check_rows
from .sealer import head_message
from .set_aside import waiting
from .snapshot import snapshot
from .stored_tree import nodes, position
from .tree import Frontier

LEVELS = 63 - LEVEL_BITS
"""More than any log has; a position of a higher level would not fit its column."""

__all__ = ["Fault", "LogCheckReport", "verify"]


@dataclass(slots=True)
class LogCheckReport:
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


NO_HEAD = Text(
    "{size} 条已编号，但没有任何树头涵盖第 {index} 条以后", "{size} entries, but no head covers {index} and later"
)
ROOT = Text("规模 {size} 的树头与条目不符", "the head of size {size} does not follow from the entries")
SHORT = Text("树头记有 {size} 条，现仅 {found} 条：末尾条目被删除", "a head counts {size} entries, {found} are left")
SIGNATURE = Text("规模 {size} 的树头签名无效", "the signature of the head of size {size} is invalid")
FOREIGN_KEY = Text(
    "规模 {size} 的树头由不在密钥历史中的密钥签署", "the head of size {size} is signed by a key that the history lacks"
)
HEAD_GONE = Text(
    "规模 {size} 的树头之前应为规模 {expected}，实为 {found}：有树头被删除或插入",
    "before the head of size {size} stands one of {found}, it was signed after one of {expected}: a head was deleted "
    "or inserted",
)
BACK_IN_TIME = Text("规模 {size} 的树头早于其前一个树头", "the head of size {size} is older than the one before it")
NOT_KEPT = Text("存证不含树头 {head}", "the log does not hold the head {head}")
NODES = Text("树节点 {place} 与条目不符", "node {place} of the tree does not follow from the entries")
LOST = Text("文件 {name} 缺失", "file {name} is missing")
CHANGED = Text("文件 {name} 的内容已改变", "file {name} has changed")


def verify(head: Pin | None = None) -> LogCheckReport:
    """Re-hash every stored entry, root, signature, payload and file, and every row that the log answers for.

    The head signed last, which is kept outside the database, must be in it; so must `head`, if somebody kept one.
    """
    report = LogCheckReport()
    pins = [head] if head else []
    try:
        pins.append(pin())  # before the snapshot: what is signed meanwhile is not in it
        key, eras = mac_key(), history()
    except LogFault as fault:
        report.faults.append(Fault(fault.code, "keys", fault.message))
        key, eras = b"", []
    with snapshot():
        recomputation = _Recomputation(report, eras, [last for last in pins if last.size])
        report.faults += recomputation.faults(key)
        report.size, report.root = recomputation.edge.size, recomputation.edge.root().hex()
        report.waiting = waiting().count()
        for stored in StoredFile.objects.order_by("id").iterator(chunk_size=500):
            report.files += 1
            place, name = place_of(stored.sha256), f"file:{stored.sha256}"
            if not place.exists():
                report.faults.append(Fault("EVD-8", name, LOST.format(name=stored.sha256[:12])))
                continue
            with place.open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != stored.sha256:
                    report.faults.append(Fault("EVD-9", name, CHANGED.format(name=stored.sha256[:12])))
        report.faults += check_rows()
    return report


class _Recomputation:
    """The log in its order; at each size that a head or somebody outside names, the root."""

    def __init__(self, report: LogCheckReport, eras: list[Era], pins: list[Pin]) -> None:
        self.edge = Frontier(algorithm())
        self.heads = _heads(report, eras)
        self.due = next(self.heads, None)
        self.pins = {last.size: last for last in pins}

    def faults(self, key: bytes) -> Iterator[Fault]:
        checks = EntryChecks(key)
        for page in checks.pages():
            completed: list[tuple[int, int, bytes]] = []
            for leaf in page:
                yield from leaf.faults
                completed += self.edge.append(leaf.digest)
                yield from self._at_this_size()
            # The stored nodes beside those that follow from the entries.
            stored = nodes({(level, index) for level, index, _ in completed})
            for level, index, node in completed:
                if stored.get((level, index)) != node:
                    yield _node_fault(position(level, index))
        if checks.gap:
            yield checks.gap
        yield from self._beyond()
        yield from checks.waiting()

    def _at_this_size(self) -> Iterator[Fault]:
        size = self.edge.size
        while self.due is not None and self.due[0].size <= size:
            head, faults = self.due
            yield from faults
            if head.size == size and self.edge.root() != bytes(head.root):
                yield Fault("EVD-4", f"head:{size}", ROOT.format(size=size))
            self.due = next(self.heads, None)
        if size in self.pins and self.pins.pop(size).root != self.edge.root().hex():
            yield Fault("EVD-19", f"head:{size}", NOT_KEPT.format(head=str(size)))

    def _beyond(self) -> Iterator[Fault]:
        """What heads count and the entries do not reach; entries that no head covers; nodes of neither."""
        last, covered = None, Head.objects.filter(size__lte=self.edge.size).aggregate(last=Max("size"))["last"] or 0
        while self.due is not None:
            last, faults = self.due
            yield from faults
            self.due = next(self.heads, None)
        if last is not None:
            yield Fault("EVD-2", f"head:{last.size}", SHORT.format(size=last.size, found=self.edge.size))
        elif covered < self.edge.size:
            yield Fault("EVD-3", f"entry:{covered}", NO_HEAD.format(size=self.edge.size, index=covered))
        for last_head in self.pins.values():
            yield Fault("EVD-19", f"head:{last_head.size}", NOT_KEPT.format(head=str(last_head)))
        for level in range(1, LEVELS):
            first, end = position(level, self.edge.size >> level), position(level + 1, 0)
            for stray in Node.objects.filter(position__gte=first, position__lt=end).values_list("position", flat=True)[
                :9
            ]:
                yield _node_fault(stray)


def _node_fault(key: int) -> Fault:
    place = f"{key >> LEVEL_BITS}/{key & ((1 << LEVEL_BITS) - 1)}"
    return Fault("EVD-17", f"node:{place}", NODES.format(place=place))


def _heads(report: LogCheckReport, eras: list[Era]) -> Iterator[tuple[Head, list[Fault]]]:
    """Every head with what is wrong with it by itself: its key, signature, the head before it, its time."""
    before: Head | None = None
    for head in Head.objects.order_by("size").iterator(chunk_size=2000):
        report.heads += 1
        place, faults = f"head:{head.size}", []
        if not signed_by(head.key, head_message(head), bytes(head.signature)):
            faults.append(Fault("EVD-5", place, SIGNATURE.format(size=head.size)))
        elif eras and head.key != valid_at(head.size, eras):
            faults.append(Fault("EVD-5", place, FOREIGN_KEY.format(size=head.size)))
        expected = before.size if before else 0
        if head.previous != expected:
            words = HEAD_GONE.format(size=head.size, expected=head.previous, found=expected)
            faults.append(Fault("EVD-18", place, words))
        if before is not None and head.at < before.at:
            faults.append(Fault("EVD-18", place, BACK_IN_TIME.format(size=head.size)))
        before = head
        yield head, faults
