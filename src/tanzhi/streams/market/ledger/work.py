"""The only writers of accounts and of what moves between them; allocation, holds and surrender stand beside."""

from __future__ import annotations

from collections.abc import Callable

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.rulebook.kernel.text import Text

from .accounts import open_account, own_account, province_of
from .credits import Batch, issue_credits
from .holders import refuse_other_holders
from .inputs import (
    AccountInput,
    CreditsInput,
    HoldInput,
    MarketReasonInput,
    UnitCancelInput,
    place_of_organisation,
    place_of_owner,
)
from .legs import Leg
from .model import (
    CANCEL,
    CLOSED,
    CREDIT,
    FROZEN,
    HOLDING,
    OPEN,
    REVERSIBLE,
    SOURCE,
    Account,
    Balance,
    Command,
    UnitKind,
)
from .posting import Who, post, reversal, short
from .units import CreditOrigin

OFFICER, DIRECTOR = {"provincial_officer"}, {"provincial_director"}
RULES = "碳排放权登记管理规则（试行）"
AFTER_REVERSAL: dict[str, Callable[[Call, Command], None]] = {}
"""By kind of command: what the feature that posts it does once its postings are mirrored."""


@action(
    "registry.open_account",
    label=Text("开立账户", "Open an account"),
    by=OFFICER,
    input=AccountInput,
    place=place_of_organisation,
    law=RULES,
)
def open_for(call: Call) -> Account:
    """One holding account for an organisation."""
    return open_account(organisation_by_code(call.data.organisation), call.now)


_NO_UNIT = Text("没有单位种类 {found}", "there is no unit {found}")


def unit_of(code: str) -> UnitKind:
    unit = UnitKind.objects.filter(code=code).first()
    if unit is None:
        raise Refused("REG-UNIT", _NO_UNIT.format(found=code), 422)
    return unit


@action(
    "registry.enter_credits",
    label=Text("登记减排量批次", "Enter a CCER batch"),
    by=OFFICER,
    approvers=DIRECTOR,
    input=CreditsInput,
    place=place_of_owner,
    second_person=True,
    law=RULES,
)
def enter_credits(call: Call) -> Command:
    """An issued batch of CCER into its owner's account, by project and year, with its serial numbers."""
    data: CreditsInput = call.data
    project = CreditOrigin(data.project, Text(data.zh, data.en), data.registered_on)
    batch = Batch(organisation_by_code(data.owner), project, data.year, data.tonnes, data.first)
    return issue_credits(call, f"batch:{data.project}:{data.year}:{data.first or call.now.isoformat()}", batch)


@action(
    "registry.restrict",
    label=Text("限制转出", "Stop debits"),
    by=OFFICER,
    subject=Account,
    leaves={OPEN},
    enters=FROZEN,
    input=MarketReasonInput,
    law=RULES,
)
def restrict(call: Call, account: Account) -> Account:
    """Nothing leaves the account until this is lifted; what it is given still arrives."""
    account.reason = call.data.reason
    account.save(update_fields=["reason"])
    return account


@action(
    "registry.unrestrict",
    label=Text("解除限制", "Allow debits again"),
    by=OFFICER,
    approvers=DIRECTOR,
    subject=Account,
    leaves={FROZEN, "blocked"},
    enters=OPEN,
    input=MarketReasonInput,
    second_person=True,
    law=RULES,
)
def unrestrict(call: Call, account: Account) -> Account:
    """The account works again."""
    account.reason = call.data.reason
    account.save(update_fields=["reason"])
    return account


_HOLDS = Text("账户仍有持有量，不能销户", "the account still holds something")


@action(
    "registry.close_account",
    label=Text("销户", "Close the account"),
    by=OFFICER,
    approvers=DIRECTOR,
    subject=Account,
    leaves={OPEN},
    enters=CLOSED,
    input=MarketReasonInput,
    second_person=True,
    law=RULES,
)
def close_account(call: Call, account: Account) -> Account:
    """Only an account that holds nothing, on hold neither, is closed."""
    balances = Balance.objects.filter(account__organisation=account.organisation_id, amount__gt=0)
    if account.kind != HOLDING or balances.exists():
        raise Refused("REG-HOLDS", _HOLDS, 409)
    account.reason = call.data.reason
    account.save(update_fields=["reason"])
    return account


_ONLY_ALLOWANCES = Text("只能核减配额", "only allowances are deducted")


@action(
    "registry.deduct",
    label=Text("核减配额", "Deduct allowances"),
    by=OFFICER,
    approvers=DIRECTOR,
    subject=Account,
    leaves={OPEN},
    input=HoldInput,
    second_person=True,
    law="国环规气候〔2024〕1号",
)
def deduct(call: Call, account: Account) -> Account:
    """Allowances go back to where they were issued from, by a decision (核减、退回)."""
    unit = unit_of(call.data.unit)
    if unit.kind == CREDIT:
        raise Refused("REG-UNIT", _ONLY_ALLOWANCES, 422)
    source = own_account(province_of(account.region), SOURCE, call.now)
    _moved(call, account, Leg("deduct", unit.pk, account.pk, source.pk, call.data.tonnes))
    return account


@action(
    "registry.cancel_units",
    label=Text("自愿注销", "Cancel voluntarily"),
    by={"enterprise_approver", "project_owner"},
    approvers=OFFICER,
    subject=Account,
    leaves={OPEN},
    input=UnitCancelInput,
    second_person=True,
    law=RULES,
)
def cancel_units(call: Call, account: Account) -> Account:
    """The units leave the market for good."""
    refuse_other_holders(call, account)
    sink = own_account(province_of(account.region), CANCEL, call.now)
    _moved(call, account, Leg("cancel", unit_of(call.data.unit).pk, account.pk, sink.pk, call.data.tonnes))
    return account


def _moved(call: Call, account: Account, leg: Leg) -> Command:
    payload = {"account": account.number, "unit": call.data.unit, "tonnes": leg.amount, "reason": call.data.reason}
    call.attach("tonnes", leg.amount)
    return post(Who.of(call), key_of(call, leg.kind, account), leg.kind, payload, [leg])


def key_of(call: Call, kind: str, account: Account) -> str:
    """A key for a command that has no other: what, where and when; the action's own key guards against repetition."""
    return f"{kind}:{account.pk}:{account.revision}:{call.now.timestamp():.6f}"


_NO_REVERSAL = Text("“{kind}”不能冲正", "“{kind}” cannot be reversed")


@action(
    "registry.reverse",
    label=Text("冲正", "Reverse"),
    by=OFFICER,
    approvers=DIRECTOR,
    subject=Command,
    input=MarketReasonInput,
    second_person=True,
    law=RULES,
)
def reverse(call: Call, command: Command) -> Command:
    """Mirror every posting of a command, once, while the units are still where it put them."""
    legs = reversal(command)
    if command.kind not in REVERSIBLE:
        raise Refused("REG-MIRROR", _NO_REVERSAL.format(kind=command.kind_label), 409)
    missing = short(legs)
    if missing is not None:
        raise missing
    reversing = post(
        Who.of(call), f"reverse:{command.pk}", "reverse", {"of": command.pk, "why": call.data.reason}, legs
    )
    if command.kind in AFTER_REVERSAL:
        AFTER_REVERSAL[command.kind](call, command)
    return reversing
