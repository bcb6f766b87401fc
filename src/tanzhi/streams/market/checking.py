"""Recomputes the books on a path of its own and names what does not agree; reads only, shares nothing with posting."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from tanzhi.actions.models import Performed
from tanzhi.law.evaluation import day, parameter
from tanzhi.rulebook.allocation.eligibility import Offsets, credit_refused, vintage_refused
from tanzhi.rulebook.kernel.text import Text, same

from .invariants import INVARIANTS, Invariant
from .ledger import ALLOWANCE, Account, Command, Transfer
from .models import AllocationLine, Surrender

MOST = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the books that does not agree: which rule, where, whose account."""

    code: str
    place: str
    message: Text
    account: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "place": self.place, "message": self.message.as_dict(), "account": self.account}


@dataclass(slots=True)
class Report:
    """What a check found."""

    entries: int = 0
    transfers: int = 0
    checked: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        counted = {"entries": self.entries, "transfers": self.transfers, "checked": self.checked}
        return {"agrees": self.agrees, **counted, "faults": [fault.as_dict() for fault in self.faults]}


def check(codes: Iterable[str] = ()) -> Report:
    """All invariants, or those of the codes; each tells its first hundred faults."""
    selected = set(codes)
    report = Report(_count("registry_entry"), _count("registry_transfer"))
    for invariant in INVARIANTS:
        if not selected or invariant.code in selected:
            report.checked.append(invariant.code)
            report.faults += _asked(invariant)
    for code, function in OTHERS.items():
        if not selected or code in selected:
            report.checked.append(code)
            report.faults += list(function())[:MOST]
    return report


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  # a name of our own
        return int(cursor.fetchone()[0])


def _asked(invariant: Invariant) -> list[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(invariant.query)
        rows = cursor.fetchmany(MOST)
    return [
        Fault(invariant.code, str(place), _BROKEN.format(claim=invariant.claim), account) for place, account in rows
    ]


def _payloads() -> Iterator[Fault]:
    """I-17: the payload of every command re-hashes."""
    for command in Command.objects.order_by("pk").iterator():
        digest = hashlib.sha256(f"{command.kind}\n{command.payload}".encode()).hexdigest()
        if digest != command.payload_hash:
            yield Fault("I-17", f"command {command.pk}", _BROKEN.format(claim=_PAYLOAD))


def _debits_while_closed() -> Iterator[Fault]:
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
                yield Fault("I-21", f"transfer {row.pk}", _BROKEN.format(claim=_CLOSED), account)


def _surrendered_too_much() -> Iterator[Fault]:
    """I-16: nobody surrendered more than he owed, more CCER than their share, or units that do not pay."""
    owed: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    lines = AllocationLine.objects.filter(run__state="issued", run__stage="final").select_related("run")
    for line in lines.order_by("run_id"):
        owed[line.run.cycle_id, line.organisation_id][line.run.year] = line.obligation or 0
    totals: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    confirmed = Surrender.objects.filter(state="confirmed").select_related("account", "cycle")
    for surrender in confirmed:
        key = surrender.cycle_id, surrender.account.organisation_id or 0
        totals[key][0] += surrender.allowances + surrender.credits
        totals[key][1] += surrender.credits
    shares = {
        cycle.pk: parameter("surrender.offset_share", on=date(cycle.last_year, 12, 31))
        for cycle in {surrender.cycle for surrender in confirmed}
    }
    for key, (total, credits_) in totals.items():
        most = sum(owed[key].values())
        if total > most or credits_ > most * shares[key[0]]:
            account = Account.objects.filter(organisation=key[1], kind="holding").values_list("pk", flat=True).first()
            yield Fault("I-16b", f"cycle {key[0]}, organisation {key[1]}", _BROKEN.format(claim=_LIMIT), account)
    yield from _ineligible(confirmed)


def _ineligible(confirmed: Iterable[Surrender]) -> Iterator[Fault]:
    for surrender in confirmed:
        for moved in Transfer.objects.filter(command=surrender.command_id).select_related("unit"):
            unit, year = moved.unit, surrender.cycle.last_year
            if surrender.on is None:
                barred = None
            elif unit.kind == ALLOWANCE:
                barred = vintage_refused(unit.last_year, year, surrender.on)
            else:
                law = Offsets(
                    day("procedure.new_credits_from", on=surrender.on),
                    day("procedure.old_credits_until", on=surrender.on),
                )
                barred = credit_refused(unit.registered_on, year, surrender.on, law) if unit.registered_on else None
            if barred:
                yield Fault("I-16b", f"transfer {moved.pk} {unit.code}", barred, surrender.account_id)


OTHERS = {"I-16b": _surrendered_too_much, "I-17": _payloads, "I-21": _debits_while_closed}
_BROKEN = Text("不成立：{claim}", "not so: {claim}")
_PAYLOAD = Text("记账指令的内容与其摘要相符", "a command's payload matches its digest")
_CLOSED = Text("限制转出或销户后没有借出", "nothing leaves an account that is restricted or closed")
_LIMIT = Text("清缴不超过应清缴量，CCER 不超过抵销比例", "no more is surrendered than owed, CCER at most their share")


def named(fault: Fault) -> Text:
    """A fault as one line."""
    return same(f"{fault.code} {fault.place}") + same(": ") + fault.message
