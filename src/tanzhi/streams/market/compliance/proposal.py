"""What a plant may still hand in for a cycle, and what it would hand in: the oldest holdings that pay, CCER first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tanzhi.law.evaluation import day
from tanzhi.rulebook.allocation.compliance import Compliance, compliance
from tanzhi.rulebook.allocation.eligibility import Offsets, credit_refused, vintage_refused
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.model import ALLOWANCE, CREDIT, Account, Balance, UnitKind

from .model import REQUESTED, Surrender
from .status import CyclePast, offset_limit, past_of


def offsets_on(on: date) -> Offsets:
    """Which CCER offset, by the law of a day."""
    return Offsets(day("procedure.new_credits_from", on=on), day("procedure.old_credits_until", on=on))


_NO_DATE = Text("项目登记日期不明", "the project's registration is not dated")


def usable(unit: UnitKind, cycle: Cycle, on: date) -> Text | None:
    """Why a unit does not pay for a cycle; None where it does."""
    if unit.kind == ALLOWANCE:
        return vintage_refused(unit.last_year, cycle.last_year, on, day("procedure.arrears_opened", on=on))
    return credit_refused(unit.registered_on, cycle.last_year, on, offsets_on(on)) if unit.registered_on else _NO_DATE


@dataclass(frozen=True, slots=True)
class OfferedUnit:
    """A holding: how much there is, how much of it is taken, and why it does not pay where it does not."""

    unit: UnitKind
    amount: int
    taken: int = 0
    refused: Text | None = None


def offered_units(account: Account, cycle: Cycle, kind: str, tonnes: int, on: date) -> list[OfferedUnit]:
    """The holdings of a kind, the oldest first; of those that pay as much as is asked for."""
    rows = Balance.objects.filter(account=account, unit__kind=kind, amount__gt=0).select_related("unit")
    left, units = tonnes, []
    for row in rows.order_by("unit__first_year", "unit__code"):
        reason = usable(row.unit, cycle, on)
        taken = 0 if reason else min(left, row.amount)
        left -= taken
        units.append(OfferedUnit(row.unit, row.amount, taken, reason))
    return units


@dataclass(frozen=True, slots=True)
class SurrenderRoom:
    """What is still owed and not asked for yet, and how much of it CCER may cover; None: not determined."""

    status: Compliance
    past: CyclePast
    left: int | None
    offset: int | None


def room_of(account: Account, cycle: Cycle, on: date) -> SurrenderRoom:
    """What is left after what was handed in and what waits to be confirmed."""
    past = past_of(cycle, account.organisation_id or 0, on) or CyclePast()
    now = compliance(past.events, cycle.deadline, on)
    if now.obligation is None or now.remaining is None:
        return SurrenderRoom(now, past, None, None)
    waiting = Surrender.objects.filter(account=account, cycle=cycle, state=REQUESTED)
    pending = [(surrender.allowances, surrender.credits) for surrender in waiting]
    left = now.remaining - sum(a + c for a, c in pending)
    limit = offset_limit(now.obligation, cycle.last_year)
    offset = None if limit is None else max(0, limit - now.credits - sum(c for _, c in pending))
    return SurrenderRoom(now, past, left, offset)


@dataclass(frozen=True, slots=True)
class SurrenderProposal:
    """What a plant would hand in now for a cycle, unit by unit."""

    room: SurrenderRoom
    allowances: int
    credits: int
    units: tuple[OfferedUnit, ...] = field(default_factory=tuple)

    @property
    def short(self) -> int:
        """How much of what is owed no holding pays for."""
        return max(0, (self.room.left or 0) - self.allowances - self.credits)


def proposal_of(account: Account, cycle: Cycle, on: date) -> SurrenderProposal:
    """CCER within their limit, then allowances for the rest; nothing while nothing is determined."""
    room = room_of(account, cycle, on)
    left = max(0, room.left or 0)
    credited = offered_units(account, cycle, CREDIT, min(left, room.offset or 0), on)
    credits = sum(unit.taken for unit in credited)
    allowed = offered_units(account, cycle, ALLOWANCE, left - credits, on)
    return SurrenderProposal(room, sum(unit.taken for unit in allowed), credits, (*credited, *allowed))
