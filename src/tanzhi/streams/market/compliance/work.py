"""Surrender (清缴): the plant sets units aside for a cycle, the province confirms; CCER within their limit.

And the balances that a cycle begins with, as the national registry states them.
"""

from __future__ import annotations

from datetime import date

from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call
from tanzhi.actions.transitions import CaseType, bring_along
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.accounts import own_account, part_of, province_of
from tanzhi.streams.market.ledger.holders import refuse_other_holders
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import (
    ALLOWANCE,
    CREDIT,
    HOLDING,
    OPEN,
    PENDING,
    SURRENDER,
    Account,
    Command,
    Transfer,
    UnitKind,
)
from tanzhi.streams.market.ledger.posting import Who, post
from tanzhi.streams.market.ledger.work import AFTER_REVERSAL, OFFICER
from tanzhi.workflow.clocks.limit import Limit

from .cycle_work import MEASURES, follow_owed
from .inputs import ReturnInput, SurrenderInput
from .model import CONFIRMED, REQUESTED, RETURNED, REVERSED, Surrender
from .proposal import offered_units, room_of
from .status import CyclePast

_NO_CYCLE = Text("请选择履约周期，并从持有账户清缴", "choose a cycle, and surrender from a holding account")


_NOTHING = Text("清缴数量须大于零", "nothing to surrender")
_OVER = Text("清缴 {found} 吨超过尚欠的 {most} 吨", "{found} t are more than the {most} t still owed")
_OFFSET = Text(
    "CCER {found} 吨超过尚可抵销的 {most} 吨", "{found} t of CCER are more than the {most} t that may offset"
)


def ask(call: Call, account: Account) -> Surrender:
    """Set aside what is to be handed in: eligible units, the oldest first, at most what is still owed."""
    data: SurrenderInput = call.data
    cycle = Cycle.objects.filter(pk=data.cycle).first()
    if cycle is None or account.organisation is None or account.kind != HOLDING:
        raise Refused("REG-CYCLE", _NO_CYCLE, 422)
    refuse_other_holders(call, account)
    # No more than is owed, and of credits no more than may stand for allowances.
    total = data.allowances + data.credits
    if total < 1:
        raise Refused("REG-AMOUNT", _NOTHING, 422)
    room = room_of(account, cycle, call.today)
    if room.left is None or room.offset is None:
        raise undetermined(cycle, room.past)
    if total > room.left:
        raise over("REG-OVER", "allowances", total, room.left, _OVER)
    if data.credits > room.offset:
        raise over("REG-OFFSET", "credits", data.credits, room.offset, _OFFSET)
    units = [
        *_units_to_surrender(account, cycle, ALLOWANCE, data.allowances, call.today),
        *_units_to_surrender(account, cycle, CREDIT, data.credits, call.today),
    ]
    part = part_of(account, PENDING, call.now)
    legs = [Leg("reserve", unit.pk, account.pk, part.pk, tonnes) for unit, tonnes in units]
    payload = {"account": account.number, "cycle": cycle.code, "allowances": data.allowances, "credits": data.credits}
    key = f"surrender:{account.pk}:{account.revision}:{cycle.pk}"
    reserved = post(Who.of(call), key, "reserve", payload, legs)
    call.attach("units", [[unit.code, tonnes] for unit, tonnes in units])
    return Surrender(
        account=account,
        cycle=cycle,
        allowances=data.allowances,
        credits=data.credits,
        asked_at=call.now,
        asked_by=call.actor.person_id or 0,
        reserved=reserved,
    )


_NO_MEMBER = Text("{cycle} 各年度均未纳入", "not a member in any year of {cycle}")
_UNDETERMINED = Text(
    "{cycle} 应清缴量尚未核定：{years} 年度配额未核定发放",
    "the obligation of {cycle} is not determined yet: allowances of {years} are not issued",
)


def undetermined(cycle: Cycle, own: CyclePast) -> Refused:
    """Nothing can be handed in yet: which years of its membership are not allocated, or that it is no member."""
    if not own.years:
        return Refused("REG-MEMBER", _NO_MEMBER.format(cycle=cycle.name), 409)
    years = "、".join(map(str, own.lacking))
    return Refused("REG-OBLIGATION", _UNDETERMINED.format(cycle=cycle.name, years=years), 409)


def over(code: str, field: str, actual: int, most: int, words: Text) -> Refused:
    """A refusal that says what was asked and what is left."""
    message = words.format(found=f"{actual:,}", most=f"{most:,}")
    expected = Text("至多 {n} 吨", "at most {n} t").format(n=f"{most:,}")
    finding = Finding(code, ERROR, "registry.surrender", field, same(f"{actual:,}"), expected, message)
    return Refused(code, message, 422, [finding])


_TOO_FEW = Text("可用的 {kind} 只有 {have} 吨，不足 {wanted} 吨", "only {have} t of {kind} may be used, not {wanted} t")


def _units_to_surrender(account: Account, cycle: Cycle, kind: str, tonnes: int, on: date) -> list[tuple[UnitKind, int]]:
    """Eligible holdings, the oldest first, until the tonnes are there."""
    units = offered_units(account, cycle, kind, tonnes, on)
    left = tonnes - sum(unit.taken for unit in units)
    if left:
        have = tonnes - left
        message = _TOO_FEW.format(have=f"{have:,}", wanted=f"{tonnes:,}", kind=same(kind))
        expected = Text("可用于本周期", "may be used")
        barred = [
            Finding("REG-ELIGIBLE", ERROR, row.unit.code, "unit", same(f"{row.amount:,}"), expected, row.refused)
            for row in units
            if row.refused
        ]
        raise Refused("REG-SHORT", message, 409, barred)
    return [(unit.unit, unit.taken) for unit in units if unit.taken]


def confirm(call: Call, surrender: Surrender) -> None:
    """The province confirms: the units are surrendered. Nobody confirms for an organisation of his own."""
    account = surrender.account
    sink = own_account(province_of(account.region), SURRENDER, call.now, surrender.cycle.code)
    legs = [Leg("surrender", t.unit_id, t.credit_id, sink.pk, t.amount) for t in _reserved(surrender)]
    who = Who(surrender.asked_by, call.actor.person_id or 0, call.now, call.today)
    payload = {"surrender": surrender.pk, "account": account.number, "cycle": surrender.cycle.code}
    surrender.command = post(who, f"surrender:{surrender.pk}:confirmed", "surrender", payload, legs)
    surrender.on = call.today
    call.attach("tonnes", surrender.allowances + surrender.credits)


def send_back(call: Call, surrender: Surrender) -> None:
    """Not confirmed: what was set aside is the plant's to use again."""
    legs = [Leg("release", t.unit_id, t.credit_id, t.debit_id, t.amount) for t in _reserved(surrender)]
    post(Who.of(call), f"surrender:{surrender.pk}:returned", "release", {"surrender": surrender.pk}, legs)
    surrender.reason = call.data.reason


def _reserved(surrender: Surrender) -> list[Transfer]:
    return list(Transfer.objects.filter(command=surrender.reserved).order_by("pk"))


def bring_surrenders_along(call: Call, command: Command) -> None:
    """A surrender whose postings were mirrored counts no longer from that day on."""
    for surrender in Surrender.objects.filter(command=command):
        bring_along(call, surrender, "registry.reverse")


AFTER_REVERSAL["surrender"] = bring_surrenders_along


def mirrored(call: Call, surrender: Surrender) -> None:
    surrender.reversed_on, surrender.reason = call.today, call.data.reason


def after_surrender(call: Call, surrender: Surrender) -> None:
    """What the plant still owes is what it is asked for."""
    plant = surrender.account.organisation
    follow_owed(call, surrender.cycle, "registry.reverse", [plant] if plant else [])


CONFIRM = Limit(
    "confirm",
    Text("确认清缴", "Confirm a surrender"),
    due=lambda _call, surrender: surrender.cycle.deadline,
    who=OFFICER,
    escalate={"provincial_director"},
    law=MEASURES,
)
SURRENDERED = CaseType(
    "registry.surrender",
    model=Surrender,
    title=Text("配额清缴", "Surrender"),
    law=MEASURES,
    start=REQUESTED,
    states=(
        State(REQUESTED, Text("待省厅确认", "to be confirmed"), tone="due"),
        State(CONFIRMED, Text("已清缴", "surrendered"), tone="ok", end=True),
        State(RETURNED, Text("已退回", "returned"), tone="late", end=True, aside=True),
        State(REVERSED, Text("已冲正", "reversed"), tone="late", end=True, aside=True),
    ),
    opening=Opening(
        "registry.surrender",
        Text("清缴", "Surrender"),
        by={"enterprise_approver"},
        subject=Account,
        leaves={OPEN},
        input=SurrenderInput,
        do=ask,
        starts=(CONFIRM,),
    ),
    moves=(
        Move(
            "registry.confirm_surrender",
            Text("确认清缴", "Confirm"),
            leaves=(REQUESTED,),
            enters=CONFIRMED,
            by=OFFICER,
            authors=lambda surrender: [surrender.asked_by],
            do=confirm,
            after=after_surrender,
            stops=(CONFIRM,),
        ),
        Move(
            "registry.return_surrender",
            Text("退回清缴申请", "Return"),
            leaves=(REQUESTED,),
            enters=RETURNED,
            by=OFFICER,
            authors=lambda surrender: [surrender.asked_by],
            input=ReturnInput,
            do=send_back,
            stops=(CONFIRM,),
            forward=False,
        ),
        Move(
            "registry.reverse",
            Text("冲正", "Reverse"),
            leaves=(CONFIRMED,),
            enters=REVERSED,
            by=OFFICER,
            approvers={"provincial_director"},
            second_person=True,
            brought=True,
            do=mirrored,
            after=after_surrender,
        ),
    ),
)
