"""The one way into the ledger: a command with its transfers, posted as a set or not at all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Q

from tanzhi.actions.references import plain
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.evidence.canonical import canonical
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from . import blocks
from .legs import Leg
from .model import Account, Balance, Command, Transfer, UnitKind


@dataclass(frozen=True, slots=True)
class Who:
    """Who asked, who approved, when."""

    initiator: int
    approver: int | None
    at: datetime
    day: date

    @classmethod
    def of(cls, call: Call) -> Who:
        person = call.actor.person_id or 0
        if call.proposer is None:
            return cls(person, None, call.now, call.today)
        return cls(call.proposer, person, call.now, call.today)


_SHORT = Text("账户余额不足", "the account holds too little")
_TOLD = {
    "REG-CLOSED": Text(
        "账户已限制转出、锁定或销户，不能记账",
        "an account may not be debited, is blocked or closed: nothing was posted",
    ),
    "REG-MIRROR": Text(
        "冲正须与原记录相反、数量相同，且一笔只能冲正一次", "a reversal mirrors the original and may be made once"
    ),
    "REG-TIME": Text("记账时间早于该账户上一笔", "the time lies before the account's last entry"),
    "REG-BLOCK": Text("编号段与已有编号重叠", "the serial numbers overlap with others"),
    "reverses_id": Text("该笔已冲正", "this was reversed already"),
}


def post(who: Who, key: str, kind: str, payload: Any, legs: Sequence[Leg]) -> Command:
    """Post the legs under a key, in their order; the same key with the same payload again posts nothing."""
    body = canonical(plain(payload)).decode()
    digest = hashlib.sha256(f"{kind}\n{body}".encode()).hexdigest()
    earlier = Command.objects.filter(key=key).first()
    if earlier is not None:
        return _again(earlier, digest)
    try:
        with transaction.atomic():
            fields = (key, kind, body, digest)
            write = _postgresql if connection.vendor == "postgresql" else _sqlite
            command = Command.objects.get(pk=write(who, fields, legs))
            blocks.follow(command, legs)
    except DatabaseError as fault:
        if earlier := Command.objects.filter(key=key).first():  # another came first with the same key
            return _again(earlier, digest)
        # What the database refused, in words.
        if "above_floor" in str(fault):
            raise (short(legs) or Refused("REG-SHORT", _SHORT, 409)) from fault
        code = next((code for code in _TOLD if code in str(fault)), None)
        if code is None:
            raise
        raise Refused(code, _TOLD[code], 409) from fault
    return command


_REPEATED = Text("办理编号 {key} 已用于另一内容", "the key {key} was used for something else")


def _again(earlier: Command, digest: str) -> Command:
    if earlier.payload_hash != digest:
        raise Refused("REG-REPEAT", _REPEATED.format(key=earlier.key), 409)
    return earlier


def _postgresql(who: Who, fields: tuple[str, str, str, str], legs: Sequence[Leg]) -> int:
    """One statement: the function locks, numbers and posts."""
    columns = [[getattr(leg, n) for leg in legs] for n in ("kind", "unit", "debit", "credit", "amount", "reverses")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT registry_post(%s, %s, %s, %s, %s, %s, %s, %s, %s::text[], %s::bigint[], %s::bigint[], "
            "%s::bigint[], %s::bigint[], %s::bigint[])",
            [*fields, who.initiator, who.approver, who.at, who.day, *columns],
        )
        return int(cursor.fetchone()[0])


def _sqlite(who: Who, fields: tuple[str, str, str, str], legs: Sequence[Leg]) -> int:
    """One writer at a time; the trigger posts each row that goes in."""
    key, kind, payload, digest = fields
    command = Command.objects.create(
        key=key, kind=kind, payload=payload, payload_hash=digest,
        initiator=who.initiator, approver=who.approver, at=who.at, business_date=who.day,
    )  # fmt: skip
    # An account's entries stand in the order of their times.
    touched = {account for leg in legs for account in (leg.debit, leg.credit)}
    if len(touched) > 500:
        last = Balance.objects.aggregate(last=Max("last_at"))["last"]
    else:
        last = Balance.objects.filter(account__in=touched).aggregate(last=Max("last_at"))["last"]
    moment = connection.ops.adapt_datetimefield_value(max(who.at, last) if last else who.at)
    day = connection.ops.adapt_datefield_value(who.day)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO registry_transfer (command_id, kind, unit_id, debit_id, credit_id, amount, reverses_id, "
            "business_date, posted_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (command.pk, leg.kind, leg.unit, leg.debit, leg.credit, leg.amount, leg.reverses, day, moment)
                for leg in legs
            ],
        )
    return command.pk


_TOO_LITTLE = Text(
    "账户 {account} 持有 {unit} {held} 吨，不足 {wanted} 吨",
    "account {account} holds {held} t of {unit}, not {wanted} t",
)


def short(legs: Sequence[Leg]) -> Refused | None:
    """A refusal that names each account that holds too little, what it holds and what was asked; None if none does."""
    required: dict[tuple[int, int], int] = defaultdict(int)
    for leg in legs:
        required[leg.debit, leg.unit] += leg.amount
    accounts = {a.pk: a for a in Account.objects.filter(pk__in={a for a, _ in required}).select_related("organisation")}
    units = {u.pk: u for u in UnitKind.objects.filter(pk__in={u for _, u in required})}
    rows = Balance.objects.filter(Q(account__in=accounts), Q(unit__in=units))
    balances = {(row.account_id, row.unit_id): row.amount for row in rows}
    missing = []
    for (account_id, unit_id), amount in required.items():
        account, unit, balance = accounts[account_id], units[unit_id], balances.get((account_id, unit_id), 0)
        if account.floor is not None and balance < amount:
            of = {"account": account.number, "unit": unit.code}
            message = _TOO_LITTLE.format(**of, held=f"{balance:,}", wanted=f"{amount:,}")
            expected = Text("至多 {n} 吨", "at most {n} t").format(n=f"{balance:,}")
            place = f"{account.number} {unit.code}"
            missing.append(Finding("REG-SHORT", ERROR, place, "amount", same(f"{amount:,}"), expected, message))
    if not missing:
        return None
    words = missing[0].message
    return Refused("REG-SHORT", words if isinstance(words, Text) else same(words), 409, missing)


def reversal(command: Command) -> list[Leg]:
    """The mirror of all that a command moved, the last first."""
    rows = Transfer.objects.filter(command=command).order_by("-pk")
    return [Leg("reverse", t.unit_id, t.credit_id, t.debit_id, t.amount, reverses=t.pk) for t in rows]
