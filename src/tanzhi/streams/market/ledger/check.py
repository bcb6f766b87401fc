"""Recomputes the books on a path of its own and names what does not agree; reads only, shares nothing with posting."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from tanzhi.actions.models import Performed
from tanzhi.rulebook.kernel.text import Text, same

from .invariants import INVARIANTS
from .model import Command, Transfer

MOST = 100
BROKEN = Text("不成立：{claim}", "not so: {claim}")
PAYLOAD = Text("记账指令的内容与其摘要相符", "a command's payload matches its digest")
CLOSED_ACCOUNT = Text("限制转出或销户后没有借出", "nothing leaves an account that is restricted or closed")


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """Something in the books that does not agree: which rule, where, whose account."""

    code: str
    place: str
    message: Text
    account: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "place": self.place, "message": self.message.as_dict(), "account": self.account}


@dataclass(slots=True)
class LedgerCheckReport:
    """What a check found."""

    entries: int = 0
    transfers: int = 0
    checked: list[str] = field(default_factory=list)
    faults: list[LedgerFault] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        counted = {"entries": self.entries, "transfers": self.transfers, "checked": self.checked}
        return {"agrees": self.agrees, **counted, "faults": [fault.as_dict() for fault in self.faults]}


Check = Callable[[], Iterator[LedgerFault]]
FURTHER: dict[str, Check] = {}
"""By code, what no query alone can say; a later feature registers its own."""


def invariant(code: str) -> Callable[[Check], Check]:
    """Register a function that gives the faults of one invariant; a decorator."""

    def registered(function: Check) -> Check:
        FURTHER[code] = function
        return function

    return registered


def check(codes: Iterable[str] = ()) -> LedgerCheckReport:
    """All invariants, or those of the codes; each tells its first hundred faults."""
    selected = set(codes)
    report = LedgerCheckReport(_count("registry_entry"), _count("registry_transfer"))
    for rule in INVARIANTS:
        if not selected or rule.code in selected:
            report.checked.append(rule.code)
            with connection.cursor() as cursor:
                cursor.execute(rule.sql)
                rows = cursor.fetchmany(MOST)
            words = BROKEN.format(claim=rule.claim)
            report.faults += [LedgerFault(rule.code, str(place), words, account) for place, account in rows]
    for code, function in FURTHER.items():
        if not selected or code in selected:
            report.checked.append(code)
            report.faults += list(function())[:MOST]
    return report


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  # a name of our own
        return int(cursor.fetchone()[0])


@invariant("I-17")
def _payloads() -> Iterator[LedgerFault]:
    """I-17: the payload of every command re-hashes."""
    for command in Command.objects.order_by("pk").iterator():
        digest = hashlib.sha256(f"{command.kind}\n{command.payload}".encode()).hexdigest()
        if digest != command.payload_hash:
            yield LedgerFault("I-17", f"command {command.pk}", BROKEN.format(claim=PAYLOAD))


@invariant("I-21")
def _debits_while_closed() -> Iterator[LedgerFault]:
    """I-21: nothing left an account between its restriction and the end of that, or after it was closed."""
    acts = ("registry.restrict", "registry.block_account", "registry.close_account", "registry.unrestrict")
    spans: dict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for line in Performed.objects.filter(action__in=acts).order_by("pk"):
        if line.action != "registry.unrestrict":
            spans[line.subject].append((line.at, None))
        elif spans[line.subject]:
            spans[line.subject][-1] = (spans[line.subject][-1][0], line.at)
    for subject, closed in spans.items():
        account = int(subject.rpartition(":")[2])
        for begun, ended in closed:
            rows = Transfer.objects.filter(debit=account, posted_at__gt=begun)
            for row in rows.filter(posted_at__lt=ended) if ended else rows:
                yield LedgerFault("I-21", f"transfer {row.pk}", BROKEN.format(claim=CLOSED_ACCOUNT), account)


def named(fault: LedgerFault) -> Text:
    """A fault as one line."""
    return same(f"{fault.code} {fault.place}") + same(": ") + fault.message
