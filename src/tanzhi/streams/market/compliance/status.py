"""Where a plant stands in a cycle: what it owes and handed in, as dated events for the law's pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.register.queries import POWER_MARKET, MembershipDecision, decisions, member_years
from tanzhi.rulebook.allocation.compliance import ALLOWANCES, CREDITS, OWED, Compliance, ComplianceEvent, compliance
from tanzhi.rulebook.allocation.surrender import surrender
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.allocation.computation import whole
from tanzhi.streams.market.allocation.model import FINAL, ISSUED, AllocationLine, Cycle
from tanzhi.streams.market.ledger.model import ALLOWANCE, LIVE, Balance

from .model import CONFIRMED, REVERSED, CarriedIn, Surrender


@dataclass(frozen=True, slots=True)
class ComplianceStatus:
    """One plant in one cycle on a day."""

    organisation: Organisation
    name: Text
    cycle: Cycle
    compliance: Compliance
    allocated: int | None
    holding: int
    years: tuple[int, ...] = ()  # of the cycle, in which it is a member
    lacking: tuple[int, ...] = ()  # of these, not allocated yet: while there are any, nothing is determined

    @property
    def pk(self) -> int:
        return self.organisation.pk

    @property
    def balance(self) -> int | None:
        """Holdings less what is still owed: positive a surplus, negative a gap."""
        left = self.compliance.remaining
        return None if left is None else self.holding - left


@dataclass(slots=True)
class CyclePast:
    """A plant's dated events in a cycle, and the years that it rests on."""

    events: list[ComplianceEvent] = field(default_factory=list)
    years: tuple[int, ...] = ()
    lacking: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedYear:
    """What a plant owes for a year by a final run, and the day of the run's issue."""

    year: int
    on: date
    owed: int


def current_cycle() -> Cycle | None:
    """The newest cycle that has something to show."""
    rows = list(Cycle.objects.select_related("region"))
    return next(
        (cycle for cycle in rows if cycle.runs.exists() or cycle.carried_in.exists()), rows[0] if rows else None
    )


def standings(cycle: Cycle, on: date, of: Iterable[Organisation] | None = None) -> list[ComplianceStatus]:
    """Every plant of a cycle, by its code; `of` narrows them."""
    books = books_of(cycle, on, None if of is None else [plant.pk for plant in of])
    plants = list(Organisation.objects.filter(pk__in=books).select_related("region").order_by("code"))
    # What the runs of the cycle issued to each plant.
    lines = AllocationLine.objects.filter(run__cycle=cycle, run__state=ISSUED).order_by()
    lines = lines if of is None else lines.filter(organisation__in=books)
    allocated: dict[int, int] = defaultdict(int)
    for key, tonnes in lines.values_list("organisation", "to_issue"):
        allocated[key] += tonnes or 0
    balances: dict[int, int] = defaultdict(int)
    tradable = Balance.objects.filter(account__organisation__in=plants, account__kind__in=LIVE, unit__kind=ALLOWANCE)
    for key, amount in tradable.values_list("account__organisation", "amount"):
        balances[key] += amount
    names = names_of(plants, on)
    return [
        ComplianceStatus(
            plant,
            names.get(plant.pk, same(plant.code)),
            cycle,
            compliance(books[plant.pk].events, cycle.deadline, on),
            allocated.get(plant.pk),
            balances.get(plant.pk, 0),
            books[plant.pk].years,
            books[plant.pk].lacking,
        )
        for plant in plants
    ]


def standing(cycle: Cycle, organisation: Organisation, on: date) -> Compliance:
    """One plant's; while a year of its membership is not allocated, its obligation is not determined."""
    past = past_of(cycle, organisation.pk, on) or CyclePast()
    return compliance(past.events, cycle.deadline, on)


def past_of(cycle: Cycle, plant: int, on: date) -> CyclePast | None:
    """One plant's, by its key; None where it has nothing to do with the cycle."""
    return books_of(cycle, on, [plant]).get(plant)


def books_of(cycle: Cycle, on: date, of: Collection[int] | None = None) -> dict[int, CyclePast]:
    """Whoever is a member in a year of the cycle, has been carried in, or has surrendered: its events and its years.

    `of` narrows them, by the keys of plants: nobody else's records are read.
    """
    books: dict[int, CyclePast] = defaultdict(CyclePast)
    # What is owed stands once every year of a plant's membership is allocated; run and decision change it by day.
    taken = decisions(POWER_MARKET, cycle.years, region=cycle.region, of=of, on=on)
    issued: dict[int, list[IssuedYear]] = defaultdict(list)
    lines = AllocationLine.objects.filter(run__cycle=cycle, run__stage=FINAL, run__state=ISSUED, run__issued_on__lte=on)
    surrenders = Surrender.objects.filter(cycle=cycle, state__in=(CONFIRMED, REVERSED))
    carried_in = CarriedIn.objects.filter(cycle=cycle)
    if of is not None:
        lines, carried_in = lines.filter(organisation__in=of), carried_in.filter(organisation__in=of)
        surrenders = surrenders.filter(account__organisation__in=of)
    # Without the record that each line was computed from: a page of text a plant.
    columns = ("organisation_id", "run__year", "run__issued_on", "obligation")
    for plant, year, issued_on, owed in lines.order_by("run__issued_on", "run_id").values_list(*columns):
        issued[plant].append(IssuedYear(year, issued_on, owed or 0))
    for plant, memberships_taken in taken.items():
        events, years, lacking = _obligation(memberships_taken, issued[plant])
        if years or events:
            books[plant] = CyclePast(events, years, lacking)
    amounts = ("account__organisation_id", "allowances", "credits", "on", "reversed_on")
    for plant, allowances, credit_tonnes, confirmed_on, reversed_on in surrenders.values_list(*amounts):
        events = books[plant or 0].events
        for kind, tonnes in ((ALLOWANCES, allowances), (CREDITS, credit_tonnes)):
            if tonnes and confirmed_on:
                events.append(ComplianceEvent(confirmed_on, kind, tonnes))
            if tonnes and reversed_on:
                events.append(ComplianceEvent(reversed_on, kind, -tonnes))
    for carried in carried_in:
        day = carried.met_on or cycle.deadline
        own = books[carried.organisation_id]
        own.events += [ComplianceEvent(day, OWED, carried.owed), ComplianceEvent(day, ALLOWANCES, carried.surrendered)]
        own.lacking = ()
    return dict(books)


Owed = tuple[list[ComplianceEvent], tuple[int, ...], tuple[int, ...]]


def _obligation(taken: list[MembershipDecision], lines: list[IssuedYear]) -> Owed:
    """A plant's obligation day by day: of the years in which it is a member, known once all of them are allocated."""
    days = {line.on for line in lines} | {row.decided_on for row in taken}
    events: list[ComplianceEvent] = []
    before: int | None = None
    years: list[int] = []
    allocated: dict[int, int] = {}
    for day in sorted(days):
        years = member_years({row.year: row for row in taken if row.decided_on <= day})
        allocated = {line.year: line.owed for line in lines if line.on <= day}
        if not years and before is None:
            continue
        if set(years) <= allocated.keys():
            owed = sum(allocated[year] for year in years)
            if owed != before:
                events.append(ComplianceEvent(day, OWED, owed - (before or 0)))
            before = owed
    lacking = tuple(year for year in years if year not in allocated)
    return [] if lacking else events, tuple(years), lacking


def offset_limit(obligation: int, year: int) -> int | None:
    """How much of an obligation CCER may cover (抵销上限), t: by the law of the allowance year's last day."""
    return whole(evaluate(surrender, date(year, 12, 31), {"obligation": str(obligation)}).value("offset_limit"))
