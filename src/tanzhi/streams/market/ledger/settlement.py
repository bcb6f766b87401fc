"""Trades of a statement become postings: between a plant's account and the world outside the province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.rulebook.kernel.text import Text

from .accounts import holding_of, own_account
from .legs import Leg
from .model import MARKET, Command, UnitKind
from .posting import Who, post, reversal, short


@dataclass(frozen=True, slots=True)
class TradeSide:
    """One side of a trade, as far as the ledger is concerned."""

    number: str
    organisation: Organisation
    unit: str
    tonnes: int
    bought: bool
    day: date


_NO_UNIT = Text("账簿中没有配额种类 {found}", "the books have no allowances {found}")


def settle(call: Call, venue: str, region: Region, deals: Sequence[TradeSide]) -> None:
    """A command for each trade, by day; what was bought on a day arrives before what was sold leaves."""
    codes = {deal.unit for deal in deals}
    units = {unit.code: unit for unit in UnitKind.objects.filter(code__in=codes, serialised=False)}
    if missing := codes - units.keys():
        raise Refused("REG-UNIT", _NO_UNIT.format(found=", ".join(sorted(missing))), 422)
    market, who = own_account(region, MARKET, call.now), Who.of(call)
    accounts = {deal.organisation.pk: holding_of(deal.organisation) for deal in deals}
    for deal in sorted(deals, key=lambda deal: (deal.day, not deal.bought, deal.number)):
        debit, credit = (
            (market, accounts[deal.organisation.pk]) if deal.bought else (accounts[deal.organisation.pk], market)
        )
        leg = Leg("trade", units[deal.unit].pk, debit.pk, credit.pk, deal.tonnes)
        payload = {"venue": venue, "number": deal.number, "tonnes": deal.tonnes, "unit": deal.unit}
        post(Who(who.initiator, who.approver, who.at, deal.day), key_of(venue, deal), "trade", payload, [leg])


_NOT_SETTLED = Text("成交 {found} 未交收", "the trade {found} was not settled")


def unsettle(call: Call, venue: str, deal: TradeSide, reason: str) -> None:
    """Mirror what a trade posted, while the units are still there."""
    command = Command.objects.filter(key=key_of(venue, deal)).first()
    if command is None:
        raise Refused("REG-COMMAND", _NOT_SETTLED.format(found=deal.number), 409)
    legs = reversal(command)
    if missing := short(legs):
        raise missing
    post(Who.of(call), f"reverse:{command.pk}", "reverse", {"of": command.pk, "why": reason}, legs)


def key_of(venue: str, deal: TradeSide) -> str:
    side = "buy" if deal.bought else "sell"
    return f"trade:{venue}:{deal.number}:{side}"[:100]
