"""Trades of a statement become postings: between a plant's account and the world outside the province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.organisations.models import Organisation, Region
from tanzhi.rulebook.kernel.text import Text

from .accounts import holding_of, own_account
from .ledger import MARKET, Account, Command, UnitKind
from .posting import Leg, Who, post


@dataclass(frozen=True, slots=True)
class Deal:
    """One side of a trade, as far as the ledger is concerned."""

    number: str
    organisation: Organisation
    unit: str
    tonnes: int
    bought: bool
    day: date


def settle(call: Call, key: str, region: Region, deals: Sequence[Deal]) -> list[Command]:
    """One command for each trading day; what was bought arrives before what was sold leaves."""
    market, units = own_account(region, MARKET, call.now), _units(deals)
    accounts = {deal.organisation.pk: holding_of(deal.organisation) for deal in deals}
    days: dict[date, list[Deal]] = defaultdict(list)
    for deal in sorted(deals, key=lambda one: (one.day, not one.bought, one.number)):
        days[deal.day].append(deal)
    who = Who.of(call)
    return [
        post(
            Who(who.initiator, who.approver, who.at, day),
            f"{key}:{day.isoformat()}",
            "trade",
            {"numbers": [one.number for one in done]},
            [_leg(one, accounts[one.organisation.pk], market, units[one.unit]) for one in done],
        )
        for day, done in days.items()
    ]


def _leg(deal: Deal, account: Account, market: Account, unit: UnitKind) -> Leg:
    debit, credit = (market, account) if deal.bought else (account, market)
    return Leg("trade", unit.pk, debit.pk, credit.pk, deal.tonnes)


def _units(deals: Sequence[Deal]) -> dict[str, UnitKind]:
    wanted = {deal.unit for deal in deals}
    found = {unit.code: unit for unit in UnitKind.objects.filter(code__in=wanted, serialised=False)}
    if missing := wanted - found.keys():
        raise Refused("REG-UNIT", _NO_UNIT.format(found=", ".join(sorted(missing))), 422)
    return found


_NO_UNIT = Text("账簿中没有配额种类 {found}", "the books have no allowances {found}")
