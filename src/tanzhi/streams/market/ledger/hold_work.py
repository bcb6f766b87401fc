"""Amounts on hold: frozen, pledged, or sent to a receiver who confirms; each lies in a part of the account."""

from __future__ import annotations

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .accounts import part_of
from .holders import refuse_other_holders
from .inputs import HoldInput, MarketReasonInput, TransferInput
from .legs import Leg
from .model import (
    ACTIVE,
    CLOSED,
    DONE,
    FREEZE,
    HOLDING,
    OPEN,
    PENDING,
    PLEDGE,
    RELEASED,
    Account,
    Hold,
    Incoming,
    UnitKind,
)
from .numbers import is_account_number
from .posting import Who, post

OFFICER = {"provincial_officer"}
OWNER = {"enterprise_approver", "project_owner", "bank"}
RULES = "碳排放权登记管理规则（试行）"


_NO_UNIT = Text("没有单位种类 {found}", "there is no unit {found}")


def new_hold(call: Call, account: Account, kind: str, receiver: Account | None = None) -> Hold:
    """Set an amount aside in a part of the account."""
    unit = UnitKind.objects.filter(code=call.data.unit).first()
    if unit is None:
        raise Refused("REG-UNIT", _NO_UNIT.format(found=call.data.unit), 422)
    part = part_of(account, kind, call.now)
    hold = Hold.objects.create(
        account=account,
        part=part,
        unit=unit,
        amount=call.data.tonnes,
        receiver=receiver,
        reason=call.data.reason,
        since=call.now,
    )
    leg = Leg(kind, unit.pk, account.pk, part.pk, hold.amount)
    payload = {"account": account.number, "unit": unit.code, "tonnes": hold.amount, "reason": hold.reason}
    post(Who.of(call), f"hold:{hold.pk}", kind, payload, [leg])
    call.attach("tonnes", hold.amount)
    return hold


def ended(call: Call, hold: Hold, to: Account, state: str) -> None:
    """Let the amount go, back or on."""
    leg = Leg("release" if to.pk == hold.account_id else "transfer", hold.unit_id, hold.part_id, to.pk, hold.amount)
    payload = {"hold": hold.pk, "to": to.number, "unit": hold.unit.code, "tonnes": hold.amount}
    post(Who.of(call), f"hold:{hold.pk}:{state}", leg.kind, payload, [leg])
    Hold.objects.filter(pk=hold.pk).update(ended_at=call.now)
    call.attach("tonnes", hold.amount)


@action(
    "registry.freeze",
    label=Text("冻结", "Freeze an amount"),
    by=OFFICER,
    subject=Account,
    leaves={OPEN},
    input=HoldInput,
    law=RULES,
)
def freeze(call: Call, account: Account) -> Hold:
    """By a court or by a decision; it stays the owner's and cannot be used."""
    return new_hold(call, account, FREEZE)


@action(
    "registry.pledge",
    label=Text("质押", "Pledge an amount"),
    by={"enterprise_approver"},
    approvers=OFFICER,
    subject=Account,
    leaves={OPEN},
    input=HoldInput,
    second_person=True,
    law=RULES,
)
def pledge(call: Call, account: Account) -> Hold:
    """Pledged to a bank by contract; ownership does not change."""
    refuse_other_holders(call, account)
    return new_hold(call, account, PLEDGE)


_PENDING = Text("待对方确认的划转由双方办理", "a transfer that waits for its receiver is theirs to end")


@action(
    "registry.release",
    label=Text("解除冻结或质押", "Release"),
    by=OFFICER,
    approvers={"provincial_director"},
    subject=Hold,
    leaves={ACTIVE},
    enters=RELEASED,
    input=MarketReasonInput,
    second_person=True,
    law=RULES,
)
def release(call: Call, hold: Hold) -> Hold:
    """The amount may be used again."""
    if hold.part.kind == PENDING:
        raise Refused("REG-PENDING", _PENDING, 409)
    ended(call, hold, hold.account, RELEASED)
    return hold


@action(
    "registry.transfer",
    label=Text("划转", "Transfer"),
    by=OWNER,
    subject=Account,
    leaves={OPEN},
    input=TransferInput,
    law=RULES,
)
def transfer(call: Call, account: Account) -> Hold:
    """Sent: the amount waits apart until the receiver confirms it."""
    refuse_other_holders(call, account)
    # Wrong check digits are told before an unknown number: nobody else is credited for a slip of the pen.
    number = call.data.receiver.strip().upper()
    if not is_account_number(number):
        raise _no_account(number, Text("校验码正确的账户号", "a number with correct check digits"))
    others = Account.objects.filter(number=number, kind=HOLDING).exclude(state=CLOSED).exclude(pk=account.pk)
    receiver: Account | None = others.first()
    if receiver is None:
        raise _no_account(number, Text("另一方的持有账户", "somebody else's holding account"))
    return new_hold(call, account, PENDING, receiver)


_NO_ACCOUNT = Text("账户号 {found} 有误，应为{expected}", "account number {found}: expected {expected}")


def _no_account(number: str, expected: Text) -> Refused:
    message = _NO_ACCOUNT.format(found=number, expected=expected)
    finding = Finding("REG-NUMBER", ERROR, "receiver", "receiver", same(number), expected, message)
    return Refused("REG-NUMBER", message, 422, [finding])


@action(
    "registry.accept_transfer",
    label=Text("确认接收", "Accept"),
    by=OWNER,
    subject=Incoming,
    leaves={ACTIVE},
    enters=DONE,
    law=RULES,
)
def accept_transfer(call: Call, hold: Incoming) -> Incoming:
    """The receiver takes it: only now does it change hands."""
    receiver = _to(hold)
    refuse_other_holders(call, receiver)
    ended(call, hold, receiver, DONE)
    return hold


@action(
    "registry.decline_transfer",
    label=Text("拒绝接收", "Decline"),
    by=OWNER,
    subject=Incoming,
    leaves={ACTIVE},
    enters=RELEASED,
    input=MarketReasonInput,
    law=RULES,
)
def decline_transfer(call: Call, hold: Incoming) -> Incoming:
    """The receiver does not want it: it goes back."""
    refuse_other_holders(call, _to(hold))
    ended(call, hold, hold.account, RELEASED)
    return hold


_NOT_PENDING = Text("不是待确认的划转", "this is no transfer that waits")


@action(
    "registry.recall_transfer",
    label=Text("撤回划转", "Recall"),
    by=OWNER,
    subject=Hold,
    leaves={ACTIVE},
    enters=RELEASED,
    law=RULES,
)
def recall_transfer(call: Call, hold: Hold) -> Hold:
    """The sender takes it back while it is not confirmed."""
    if hold.receiver is None or hold.part.kind != PENDING:
        raise Refused("REG-PENDING", _NOT_PENDING, 409)
    refuse_other_holders(call, hold.account)
    ended(call, hold, hold.account, RELEASED)
    return hold


def _to(hold: Hold) -> Account:
    if hold.receiver is None:
        raise Refused("REG-PENDING", _NOT_PENDING, 409)
    return hold.receiver
