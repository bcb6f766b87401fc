"""Compliance cycles (履约周期): opened, begun with the national registry's balances, closed once nobody owes anything.

What a plant owes is a deadline of its own in the cycle: it runs from the issue that determines the obligation until the
surrender that meets it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call
from tanzhi.actions.transitions import CaseType, bring_along
from tanzhi.organisations.register.membership_work import AFTER_DECISION
from tanzhi.organisations.register.model import Membership, Organisation
from tanzhi.organisations.register.queries import POWER_MARKET, organisation_by_code
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.inputs import CycleInput, place_of_region
from tanzhi.streams.market.allocation.model import FINAL, AllocationRun, Cycle
from tanzhi.streams.market.allocation.work import AFTER_ISSUE, open_cycle
from tanzhi.streams.market.ledger.accounts import holding_of, own_account
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import MARKET, Command
from tanzhi.streams.market.ledger.posting import Who, post
from tanzhi.streams.market.ledger.units import allowance_unit
from tanzhi.streams.market.ledger.work import DIRECTOR, OFFICER, RULES
from tanzhi.workflow.clocks import clocks
from tanzhi.workflow.clocks.limit import Limit

from .inputs import CarriedInput
from .model import CarriedIn
from .status import standings

MEASURES = "碳排放权交易管理办法（试行）, 第二十八、二十九条"
OPEN, CLOSED = "open", "closed"
_TWICE = Text("{who} 在 {cycle} 周期的结余已导入", "the balance of {who} in {cycle} is carried in already")


def carry_in(call: Call, cycle: Cycle) -> None:
    """What the national registry states of the cycle before our books begin; posted as its vintage, once a plant."""
    source = own_account(cycle.region, MARKET, call.now)
    unit, legs = allowance_unit(cycle.last_year), []
    for row in call.data.rows:
        organisation = organisation_by_code(row.organisation)
        call.require(organisation.place)
        fields = {name: getattr(row, name) for name in ("owed", "surrendered", "met_on", "holding")}
        _, new = CarriedIn.objects.get_or_create(
            cycle=cycle, organisation=organisation, defaults={**fields, "source": call.data.source}
        )
        if not new:
            raise Refused("REG-TWICE", _TWICE.format(who=organisation.name, cycle=cycle.code), 409)
        if row.holding:
            legs.append(Leg("opening", unit.pk, source.pk, holding_of(organisation).pk, row.holding))
    payload = {"cycle": cycle.code, "rows": [row.model_dump(mode="json") for row in call.data.rows]}
    key = opening_key(cycle, call.data.rows[0].organisation)
    # Undone and carried in again, it is another command.
    earlier = Command.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:")).count()
    post(Who.of(call), f"{key}:{earlier}" if earlier else key, "opening", payload, legs)


def opening_key(cycle: Cycle, code: str) -> str:
    """The key of the command that carries in; one that follows has a number behind it."""
    return f"opening:{cycle.pk}:{code}"


def after_carrying(call: Call, cycle: Cycle) -> None:
    """Whoever begins with something owed is asked for it."""
    follow_owed(call, cycle, "registry.issue_run", [organisation_by_code(row.organisation) for row in call.data.rows])


_OWING = Text("{cycle} 还有 {n} 家企业未足额清缴或未核定，不能结束", "{n} plants of {cycle} owe or are not determined")


def nobody_owes(call: Call, cycle: Cycle) -> None:
    open_ones = [row for row in standings(cycle, call.today) if row.compliance.remaining != 0]
    if open_ones:
        raise Refused("REG-OWING", _OWING.format(cycle=cycle.code, n=len(open_ones)), 409)


SURRENDER_BY = Limit(
    "surrender",
    Text("清缴配额", "Surrender"),
    due=lambda _call, cycle: cycle.deadline,
    who={"enterprise_approver"},
    law=MEASURES,
)
CYCLE = CaseType(
    "registry.cycle",
    model=Cycle,
    title=Text("履约周期", "Compliance cycle"),
    law=MEASURES,
    start=OPEN,
    comments=frozenset(),
    further=(SURRENDER_BY,),
    states=(
        State(OPEN, Text("履约中", "open"), tone="due"),
        State(CLOSED, Text("已结束", "closed"), tone="ok", end=True),
    ),
    opening=Opening(
        "registry.open_cycle",
        Text("设立履约周期", "Open a cycle"),
        by=OFFICER,
        do=open_cycle,
        place=place_of_region,
        input=CycleInput,
    ),
    moves=(
        Move(
            "registry.carry_in",
            Text("导入上一周期结余", "Import opening balances"),
            leaves=(OPEN,),
            enters=None,
            by=OFFICER,
            approvers=DIRECTOR,
            second_person=True,
            input=CarriedInput,
            do=carry_in,
            after=after_carrying,
            law=RULES,
        ),
        Move(
            "registry.close_cycle",
            Text("结束履约周期", "Close the cycle"),
            leaves=(OPEN,),
            enters=CLOSED,
            by=OFFICER,
            guard=nobody_owes,
        ),
        *(
            Move(name, label, leaves=(CLOSED,), enters=OPEN, by=OFFICER, approvers=DIRECTOR, second_person=True,
                 brought=True)
            for name, label in (
                ("registry.issue_run", Text("发放配额", "Issue the allowances")),
                ("registry.reverse", Text("冲正", "Reverse")),
                ("organisations.decide_membership", Text("确定年度纳入单位", "Decide a year's members")),
            )
        ),
    ),
)  # fmt: skip


def follow_owed(call: Call, cycle: Cycle, act: str, plants: Sequence[Organisation] | None = None) -> None:
    """Each plant's deadline follows what it owes now; a closed cycle in which one owes is open again."""
    now = standings(cycle, call.today, plants)
    # Who owes how much; None once it is met, or while it is not determined.
    owed: dict[Organisation, Text | None] = dict.fromkeys(plants or ())
    words = Text("{cycle} {name} 尚欠 {n} 吨", "{cycle}, {name} owes {n} t")
    for row in now:
        tonnes = row.compliance.remaining
        stated = words.format(cycle=row.cycle.code, name=row.name, n=f"{tonnes:,}") if tonnes else None
        owed[row.organisation] = stated
    clocks.follow(call, CYCLE, SURRENDER_BY, cycle, owed)
    if cycle.ended and any(row.compliance.remaining for row in now):
        bring_along(call, cycle, act)


def follow_issue(call: Call, run: AllocationRun) -> None:
    """A final issue determines what is owed."""
    if run.stage == FINAL:
        follow_owed(call, run.cycle, "registry.issue_run")


def follow_decision(call: Call, decided: list[Membership]) -> None:
    """Who belongs to a year owes for it, and who does not belong any more owes nothing."""
    rows = [row for row in decided if row.market == POWER_MARKET]
    for cycle in Cycle.objects.select_related("region") if rows else ():
        if plants := [row.organisation for row in rows if row.year in cycle.years]:
            follow_owed(call, cycle, "organisations.decide_membership", plants)


AFTER_ISSUE.append(follow_issue)
AFTER_DECISION.append(follow_decision)
