"""The published figures of compliance: rows 10 to 12 of the press conference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tanzhi.figures import FigureAnswer, Part, Question, count_of, figure, group, ratio, sum_of
from tanzhi.figures.amounts import day
from tanzhi.figures.places import region_of
from tanzhi.law.evaluation import InForce
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.register.queries import POWER_MARKET, member_years, memberships
from tanzhi.rulebook.kernel import Mark, Text
from tanzhi.rulebook.kernel.states import BLANK
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.market.allocation.computation import rules_of_today
from tanzhi.streams.market.allocation.lineage import evaluated, line_ref
from tanzhi.streams.market.allocation.model import FINAL, ISSUED, STATED, AllocationLine, Cycle

from .model import CONFIRMED, CarriedIn, Surrender
from .queries import Window, closed_window
from .status import ComplianceStatus, standings

TONNES = "t"
ONE = Decimal(1)
NOTHING = Text("尚无已到期的履约周期", "no cycle has ended yet")
SCOPE = Text("{cycle}年度履约周期", "compliance cycle {cycle}")


def window_of(question: Question) -> Window | None:
    """The newest cycle that had ended when the period did."""
    return closed_window(region_of(question), question.span.last)


def nothing() -> FigureAnswer:
    return FigureAnswer(None, BLANK, reason=NOTHING)


_STATED = Text("期初结余，{source}", "opening balance, {source}")
_LACKING = Text(
    "{scope}；{n}家有年度尚未核定，其应清缴量不完整",
    "{scope}; of {n} a year is not determined, so that their obligation is not whole",
)


@figure(
    "market.cycle_obligation",
    title=Text("履约周期应清缴配额", "Obligation of the compliance cycle"),
    unit=TONNES,
    stream="market",
    row=10,
)
def cycle_obligation(question: Question) -> FigureAnswer:
    """Σ of what the cycle's plants owe, both years (应清缴配额量): emission, by whom the mark says, t."""
    window = window_of(question)
    if window is None:
        return nothing()
    on = question.span.last
    # Of plants that were members in their year: what was excluded since is not owed.
    by_plant = memberships(POWER_MARKET, window.cycle.years, region=window.cycle.region, on=on)
    years = {plant: member_years(rows) for plant, rows in by_plant.items()}
    lines = [line for line in _lines(window.cycle, final=True) if line.run.year in years.get(line.organisation_id, [])]
    carried = carried_in(window.cycle)
    scope = _scope(window, len({line.organisation_id for line in lines} | {row.organisation_id for row in carried}))
    if lacking := sum(bool(row.lacking) for row in standings(window.cycle, on)):
        scope = _LACKING.format(scope=scope, n=lacking)
    return sum_of(
        [*_by_plant(lines, "obligation", "enterprise_obligation"), *(_brought(row) for row in carried)],
        Text("Σ 企业应清缴配额量", "Σ obligation of the plants"),
        scope,
    )


@figure(
    "market.cycle_issued",
    title=Text("履约周期核发配额", "Allowances issued for the cycle"),
    unit=TONNES,
    stream="market",
    row=11,
)
def cycle_issued(question: Question) -> FigureAnswer:
    """Σ of what all runs of the cycle issued, ahead and finally (核发配额量), t."""
    window = window_of(question)
    if window is None:
        return nothing()
    lines = _lines(window.cycle, final=False)
    return sum_of(
        _by_plant(lines, "to_issue", ""),
        Text("Σ 预分配与核定实发配额", "Σ of what was issued ahead and finally"),
        _scope(window, len({line.organisation_id for line in lines})),
    )


def carried_in(cycle: Cycle) -> list[CarriedIn]:
    """What the national registry stated of the cycle's accounts when our books began."""
    return list(CarriedIn.objects.filter(cycle=cycle).select_related("organisation").order_by("organisation__code"))


def _brought(row: CarriedIn) -> Part:
    """What a plant owed before our books began, by the statement that it was taken from."""
    return Part(row.organisation.name, Decimal(row.owed), TONNES, detail=_STATED.format(source=row.source))


def _lines(cycle: Cycle, final: bool) -> list[AllocationLine]:
    """The issued lines of a cycle; of final runs only the last of each year says what is owed."""
    rows = AllocationLine.objects.filter(run__cycle=cycle, run__state=ISSUED).select_related("run", "organisation")
    if not final:
        return list(rows.order_by("organisation__code", "run__year", "run_id"))
    ordered = rows.filter(run__stage=FINAL).order_by("organisation__code", "run__year", "run__number")
    return list({(line.organisation_id, line.run.year): line for line in ordered}.values())


def _by_plant(lines: Iterable[AllocationLine], field: str, quantity: str) -> list[Part]:
    plants: dict[Organisation, list[AllocationLine]] = defaultdict(list)
    for line in lines:
        plants[line.organisation].append(line)
    days = [line.run.issued_on for own in plants.values() for line in own if line.run.issued_on]
    names, rules = names_of(plants, max(days)) if days else {}, rules_of_today()
    return [
        group(names.get(plant.pk, same(plant.code)), [_part(line, field, quantity, rules) for line in own], TONNES)
        for plant, own in plants.items()
    ]


def _part(line: AllocationLine, field: str, quantity: str, rules: InForce) -> Part:
    name = quantity or ("final_issue" if line.run.stage == FINAL else "pre_issue")
    amount = getattr(line, field)
    value = Decimal(amount) if amount is not None else None
    marks = evaluated(line, rules).value(name).marks
    if not line.verified:
        marks |= {Mark("stated", STATED, "")}
    return Part(line.run.name, value, TONNES, ref=line_ref(line, name), marks=marks)


def _scope(window: Window, plants: int) -> Text:
    words = Text("{cycle}年度履约周期，{n}家发电企业", "compliance cycle {cycle}, {n} power enterprises")
    return words.format(cycle=window.years, n=plants)


_UNTIL = Text(
    "{cycle}年度履约周期应清缴企业{n}家，截至{day}",
    "compliance cycle {cycle}, {n} with an obligation, as of {day}",
)


@figure(
    "market.surrendered_in_full",
    title=Text("按期足额清缴企业", "Plants that surrendered in full and on time"),
    unit="enterprises",
    stream="market",
    row=12,
)
def surrendered_in_full(question: Question) -> FigureAnswer:
    """How many plants met their obligation by the deadline (按时足额清缴企业数)."""
    window = window_of(question)
    if window is None:
        return nothing()
    every = standings(window.cycle, question.span.last)
    met = [standing for standing in every if standing.compliance.standing == "met"]
    refs = _refs(window.cycle)
    days = [standing.compliance.met_on for standing in met if standing.compliance.met_on]
    until = day(max(days)).short if days else same("—")
    return count_of(
        [_plant(standing, refs) for standing in met],
        Text("计数：截止日前足额清缴的企业", "count of plants that met their obligation by the deadline"),
        _UNTIL.format(cycle=window.years, n=len(every), day=until),
    )


def _plant(standing: ComplianceStatus, refs: dict[int, list[Part]]) -> Part:
    met = standing.compliance.met_on.isoformat() if standing.compliance.met_on else "—"
    detail = Text("{day} 足额清缴", "met on {day}").format(day=met)
    return Part(standing.name, ONE, "enterprises", detail=detail, parts=refs.get(standing.organisation.pk, []))


def _refs(cycle: Cycle) -> dict[int, list[Part]]:
    """The surrenders of each plant, to walk on to."""
    by_plant: dict[int, list[Part]] = defaultdict(list)
    rows = Surrender.objects.filter(cycle=cycle, state=CONFIRMED).select_related("account__organisation", "cycle")
    for row in rows:
        part = Part(row.name, ONE, "enterprises", ref=f"registry.surrender:{row.pk}", detail=row.state_label)
        by_plant[row.account.organisation_id or 0].append(part)
    return by_plant


@figure(
    "market.surrender_rate",
    title=Text("清缴完成率", "Share of plants that surrendered in full"),
    unit="%",
    stream="market",
)
def surrender_rate(question: Question) -> FigureAnswer:
    """Plants that met their obligation by the deadline ÷ plants that owed (清缴完成率), %."""
    window = window_of(question)
    if window is None:
        return nothing()
    every = standings(window.cycle, question.span.last)
    refs = _refs(window.cycle)
    parts = [(_plant(standing, refs), standing.compliance.standing == "met") for standing in every]
    return ratio(
        group(Text("按期足额清缴企业", "met in time"), [part for part, met in parts if met], "enterprises"),
        group(Text("应清缴企业", "owed"), [part for part, _ in parts], "enterprises"),
        Text("按期足额清缴企业 ÷ 应清缴企业", "met in time ÷ owed"),
        scope=SCOPE.format(cycle=window.years),
    )
