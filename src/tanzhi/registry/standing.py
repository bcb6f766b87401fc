"""Where a plant stands in a cycle: what it owes and handed in, as dated events for the law's pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tanzhi.organisations.models import Organisation, names_of
from tanzhi.rulebook.allocation.compliance import ALLOWANCES, CREDITS, OWED, Compliance, Event, compliance
from tanzhi.rulebook.allocation.surrender import surrender
from tanzhi.rulebook.kernel import evaluate
from tanzhi.rulebook.kernel.text import Text, same

from .allocating import whole
from .ledger import ALLOWANCE, LIVE, Balance
from .models import CONFIRMED, FINAL, ISSUED, REVERSED, AllocationLine, CarriedIn, Cycle, Surrender

Events = dict[int, list[Event]]


@dataclass(frozen=True, slots=True)
class Standing:
    """One plant in one cycle on a day."""

    organisation: Organisation
    name: Text
    cycle: Cycle
    compliance: Compliance
    allocated: int | None
    held: int

    @property
    def pk(self) -> int:
        return self.organisation.pk

    @property
    def balance(self) -> int | None:
        """Holdings less what is still owed: positive a surplus, negative a gap."""
        left = self.compliance.remaining
        return None if left is None else self.held - left


def standings(cycle: Cycle, on: date, of: Iterable[Organisation] | None = None) -> list[Standing]:
    """Every plant of a cycle, by its code; `of` narrows them."""
    events = events_of(cycle)
    wanted = Organisation.objects.filter(pk__in=events).select_related("region")
    if of is not None:
        wanted = wanted.filter(pk__in=[one.pk for one in of])
    plants = list(wanted.order_by("code"))
    names, held, allocated = names_of(plants, on), _held(plants), _allocated(cycle)
    return [
        Standing(
            plant,
            names.get(plant.pk, same(plant.code)),
            cycle,
            compliance(events[plant.pk], cycle.deadline, on),
            allocated.get(plant.pk),
            held.get(plant.pk, 0),
        )
        for plant in plants
    ]


def standing(cycle: Cycle, organisation: Organisation, on: date) -> Compliance:
    """One plant's; without any event its obligation is not determined."""
    return compliance(events_of(cycle).get(organisation.pk, []), cycle.deadline, on)


def events_of(cycle: Cycle) -> Events:
    """Obligations out of issued runs, surrenders as confirmed and reversed, and what was carried in."""
    found: Events = defaultdict(list)
    _owed(cycle, found)
    for one in Surrender.objects.filter(cycle=cycle, state__in=(CONFIRMED, REVERSED)).select_related("account"):
        _handed_in(one, found[one.account.organisation_id or 0])
    for row in CarriedIn.objects.filter(cycle=cycle):
        day = row.met_on or cycle.deadline
        found[row.organisation_id] += [Event(day, OWED, row.owed), Event(day, ALLOWANCES, row.surrendered)]
    return found


def _owed(cycle: Cycle, found: Events) -> None:
    """What is owed stands once every year of the cycle is allocated; a later run changes it from its day on."""
    lines = AllocationLine.objects.filter(run__cycle=cycle, run__stage=FINAL, run__state=ISSUED).select_related("run")
    known: dict[int, dict[int, int]] = defaultdict(dict)
    told: dict[int, int] = {}
    for line in lines.order_by("run__issued_on", "run_id"):
        years = known[line.organisation_id]
        years[line.run.year] = line.obligation or 0
        if len(years) == len(cycle.years) and line.run.issued_on:
            owed = sum(years.values())
            change = owed - told.get(line.organisation_id, 0)
            told[line.organisation_id] = owed
            found[line.organisation_id].append(Event(line.run.issued_on, OWED, change))
        else:
            found.setdefault(line.organisation_id, [])


def _handed_in(one: Surrender, events: list[Event]) -> None:
    for kind, tonnes in ((ALLOWANCES, one.allowances), (CREDITS, one.credits)):
        if tonnes and one.on:
            events.append(Event(one.on, kind, tonnes))
        if tonnes and one.reversed_on:
            events.append(Event(one.reversed_on, kind, -tonnes))


def _held(plants: list[Organisation]) -> dict[int, int]:
    rows = Balance.objects.filter(
        account__organisation__in=plants, account__kind__in=LIVE, unit__kind=ALLOWANCE
    ).values_list("account__organisation", "amount")
    found: dict[int, int] = defaultdict(int)
    for plant, amount in rows:
        found[plant] += amount
    return found


def _allocated(cycle: Cycle) -> dict[int, int]:
    """What the runs of the cycle issued to each plant."""
    rows = AllocationLine.objects.filter(run__cycle=cycle, run__state=ISSUED).values_list("organisation", "to_issue")
    found: dict[int, int] = defaultdict(int)
    for plant, tonnes in rows:
        found[plant] += tonnes or 0
    return found


def offset_limit(obligation: int, year: int) -> int:
    """How much of an obligation CCER may cover (抵销上限), t: the rulebook's 5 %."""
    return whole(evaluate(surrender, year, {"obligation": str(obligation)}).value("offset_limit")) or 0
