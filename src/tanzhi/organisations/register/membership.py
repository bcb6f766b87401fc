"""Membership of a year (年度纳入): the one reader of who belongs to which market in which year, and why not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from tanzhi.organisations.dated import in_force
from tanzhi.organisations.scope import within
from tanzhi.organisations.sectors import accounting_name, guidelines_in, industries
from tanzhi.rulebook.kernel.text import Text, same

from .model import KeyUnitStatus, Membership, Organisation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from .model import Region

POWER_MARKET = "power"
FEW = 50  # enterprises that are named to the database one by one


@dataclass(frozen=True, slots=True)
class Market:
    """A covered industry of the national market: its list is drawn up year by year (按年度分行业制定)."""

    label: Text
    sector: str  # of the list of key emission units, in which its enterprises stand
    guideline: str  # by which they account; others of the sector stay outside


MARKETS = {
    POWER_MARKET: Market(Text("全国碳市场：发电", "National market: power"), "power", "power"),
    "steel": Market(Text("全国碳市场：钢铁", "National market: steel"), "steel", "iron_and_steel"),
    "cement": Market(Text("全国碳市场：水泥", "National market: cement"), "building_materials", "cement"),
    "aluminium": Market(Text("全国碳市场：铝冶炼", "National market: aluminium"), "non_ferrous", "aluminium"),
}
MARKET_LABELS = {code: market.label for code, market in MARKETS.items()}

MEMBER, EXCLUDED, LEFT = "member", "excluded", "left"
STANDINGS = {
    MEMBER: Text("纳入配额管理", "Member"),
    EXCLUDED: Text("在名录内，当年不纳入配额管理", "On the list, outside allocation that year"),
    LEFT: Text("移出名录", "Removed from the list"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an enterprise is excluded or has left, and by which law."""

    label: Text
    standing: str
    law: str


PLAN_SCOPE = "各年度发电行业配额总量和分配方案，实施范围"
MEASURES = "碳排放权交易管理办法（试行）第十一条"
REASONS = {
    "closed_before_allocation": Reason(Text("核定前关停", "Closed before the final allocation"), EXCLUDED, PLAN_SCOPE),
    "new_in_year": Reason(Text("机组均为当年新投产", "All its units began that year"), EXCLUDED, PLAN_SCOPE),
    "heat_only": Reason(Text("仅有纯供热机组", "Only units that give heat alone"), EXCLUDED, PLAN_SCOPE),
    "units_excluded": Reason(Text("机组均暂不纳入", "All its units are outside allocation"), EXCLUDED, PLAN_SCOPE),
    "below_threshold": Reason(Text("连续两年未达门槛", "Two years below the threshold"), LEFT, f"{MEASURES}（一）"),
    "ceased": Reason(Text("停业、关闭，不再排放", "Ceased, emits no longer"), LEFT, f"{MEASURES}（二）"),
    "merged": Reason(Text("并入他单位", "Merged into another"), LEFT, "碳排放权交易管理办法（试行）第十八条"),
    "other_list": Reason(Text("转入其他行业名录", "Moved to another industry's list"), LEFT, "环办气候函〔2026〕32号"),
}
REASON_LABELS = {code: reason.label for code, reason in REASONS.items()}


class MembershipDecision(NamedTuple):
    """What a decision on an enterprise says, without its basis."""

    year: int
    standing: str
    decided_on: date


Years = dict[int, dict[int, Membership]]
"""Organisation → year → the decision that stands."""


def market_label(code: str) -> Text:
    """A market by its name; one that is not known by its code."""
    return MARKET_LABELS.get(code) or same(code)


def reason_label(code: str) -> Text:
    return REASON_LABELS.get(code) or same(code or "—")


def law_of(reason: str) -> str:
    """The law by which an enterprise is excluded or has left."""
    return REASONS[reason].law if reason in REASONS else ""


def decisions(
    market: str,
    years: Iterable[int],
    *,
    region: Region | None = None,
    of: Iterable[Organisation | int] | None = None,
    on: date | None = None,
) -> dict[int, list[MembershipDecision]]:
    """All decisions on each enterprise, the older first, as taken by a day (by now, without one)."""
    rows = _within(Membership.objects.filter(market=market, year__in=list(years)), region, of, on)
    taken: dict[int, list[MembershipDecision]] = defaultdict(list)
    for key, *decision in rows.order_by("pk").values_list("organisation_id", *MembershipDecision._fields):
        taken[key].append(MembershipDecision(*decision))
    return dict(taken)


def _within(
    rows: QuerySet[Membership], region: Region | None, of: Iterable[Organisation | int] | None, on: date | None
) -> QuerySet[Membership]:
    rows = within(rows, region, "organisation__region")
    if of is not None:
        rows = rows.filter(organisation__in=list(of))
    return rows if on is None else rows.filter(decided_on__lte=on)


def memberships(
    market: str,
    years: Iterable[int],
    *,
    region: Region | None = None,
    of: Iterable[Organisation] | None = None,
    on: date | None = None,
) -> Years:
    """What stands for each enterprise and year, as decided by a day (by now, without one)."""
    rows = Membership.objects.filter(market=market, year__in=list(years)).select_related("organisation__region")
    standing: Years = defaultdict(dict)
    for row in _within(rows, region, of, on).order_by("pk"):
        standing[row.organisation_id][row.year] = row
    return dict(standing)


def membership(organisation: Organisation, year: int, market: str, on: date | None = None) -> Membership | None:
    """What stands for one enterprise in a year; None where nothing was decided."""
    return memberships(market, [year], of=[organisation], on=on).get(organisation.pk, {}).get(year)


def market_of(organisation: Organisation, year: int) -> str:
    """The market on whose list of a year an enterprise stands; empty where it stands on none.

    A list that was not drawn up says nothing against an industry that is one market as a whole (power, steel).
    """
    possible = [
        code
        for code, market in MARKETS.items()
        if market.sector == organisation.sector and organisation.guideline in ("", market.guideline)
    ]
    for code in possible:
        standing = membership(organisation, year, code)
        if standing is not None:
            return code if standing.standing != LEFT else ""
    return organisation.sector if organisation.sector in possible else ""


def member_years(standing: Mapping[int, Membership | MembershipDecision]) -> list[int]:
    """Those of an enterprise's years in which it is a member."""
    return sorted(year for year, row in standing.items() if row.standing == MEMBER)


def members(
    year: int, market: str = POWER_MARKET, *, region: Region | None = None, on: date | None = None
) -> QuerySet[Organisation]:
    """The enterprises that belong to a market in a year, by code."""
    return _standing(year, market, {MEMBER}, region, on)


def listed(
    year: int, market: str = POWER_MARKET, *, region: Region | None = None, on: date | None = None
) -> QuerySet[Organisation]:
    """The enterprises on a market's list of a year, those outside allocation too: they report and are verified."""
    return _standing(year, market, {MEMBER, EXCLUDED}, region, on)


def _standing(
    year: int, market: str, standings: set[str], region: Region | None, on: date | None
) -> QuerySet[Organisation]:
    decided = decisions(market, [year], region=region, on=on)
    keys = [key for key, taken in decided.items() if taken[-1].standing in standings]
    return Organisation.objects.filter(pk__in=keys).order_by("code")


def on_the_list(year: int, market: str, region: Region) -> QuerySet[Organisation]:
    """Whoever stood on the list of key emission units for a market's industry on some day of a year.

    Who accounts by another guideline of the sector is not of the market; who chose none yet may be decided on.
    """
    during = Q(since__year__lte=year) & (Q(until=None) | Q(until__gt=date(year, 1, 1)))
    statuses = KeyUnitStatus.objects.filter(during, sector=MARKETS[market].sector)
    rows = Organisation.objects.filter(
        pk__in=statuses.values("organisation_id"), guideline__in=("", MARKETS[market].guideline)
    )
    return within(rows, region).order_by("code")


def reporting(year: int, sector: str, on: date, region: Region | None = None) -> QuerySet[Organisation]:
    """Who reports for a year in a sector: whoever its markets' lists of the year name, as decided by a day.

    Before a year's list is decided, and in industries without a market, it is the list of key emission units that day.
    """
    return within(Organisation.objects.filter(pk__in=reporting_keys(year, [sector], on)), region).order_by("code")


def reporting_keys(year: int, sectors: Iterable[str], on: date) -> set[int]:
    """The keys of all that report for a year in some sectors."""
    names = {sector: guidelines_in(sector) for sector in sectors}
    keys = set().union(*reporters({year: on}, [name for every in names.values() for name in every]).values())
    # who chose no guideline yet, and sectors in which nothing is computed
    several = [sector for sector, every in names.items() if len(every) != 1]
    if several:
        listed = KeyUnitStatus.objects.filter(in_force(on), sector__in=several)
        theirs = {name for sector in several for name in names[sector]}
        keys |= set(listed.exclude(organisation__guideline__in=theirs).values_list("organisation_id", flat=True))
    return keys


def reporters(
    days: Mapping[int, date], guidelines: Iterable[str], of: Collection[int] | None = None
) -> dict[tuple[int, str], set[int]]:
    """Who reports, in many years and by many guidelines at once, by the keys of enterprises.

    `days` has the day of each year on which its lists are read. Where only some enterprises (`of`) matter and they are
    few, others are not looked for; where they are many, others may be in the answer.
    """
    few = of if of is not None and len(of) <= FEW else None
    names = frozenset(guidelines)
    sectors = {name: industry.sector for name, industry in industries().items() if name in names}
    markets = {code: market.guideline for code, market in MARKETS.items() if market.guideline in sectors}
    standing: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    by_then = reduce(or_, (Q(year=year, decided_on__lte=day) for year, day in days.items()), Q(pk__in=[]))
    # Whether a year's list is decided is asked of all enterprises, whoever is looked for.
    rows = Membership.objects.filter(by_then, market__in=markets).order_by("pk")
    for market, year in rows.order_by().values_list("market", "year").distinct() if few is not None else ():
        standing[year, markets[market]] = {}
    if few is not None:
        rows = rows.filter(organisation__in=few)
    for market, year, key, decision in rows.values_list("market", "year", "organisation_id", "standing"):
        standing[year, markets[market]][key] = decision
    reporting = {
        of_year: {key for key, decision in taken.items() if decision != LEFT} for of_year, taken in standing.items()
    }
    # Where no list of the year is decided yet, or never is, it is the list of key emission units.
    by_list = {(year, name) for year in days for name in sectors} - set(reporting)
    by_choice: dict[tuple[str, str], str] = {}
    listed_in = {sectors[name] for _, name in by_list}
    for day in {days[year] for year, _ in by_list}:
        years = {year for year, _ in by_list if days[year] == day}
        statuses = KeyUnitStatus.objects.filter(in_force(day), sector__in=listed_in).order_by()
        if few is not None:
            statuses = statuses.filter(organisation__in=few)
        for key, sector, own in statuses.values_list("organisation_id", "sector", "organisation__guideline"):
            if (sector, own) not in by_choice:
                by_choice[sector, own] = accounting_name(sector, own)
            for year in years:
                if (year, by_choice[sector, own]) in by_list:
                    reporting.setdefault((year, by_choice[sector, own]), set()).add(key)
    return {(year, name): reporting.get((year, name), set()) for year in days for name in sectors}


def key_units(on: date, region: Region | None = None, sector: str = "") -> QuerySet[Organisation]:
    """Organisations on the list of key emission units on a day, in a region and below it."""
    statuses = KeyUnitStatus.objects.filter(in_force(on))
    if sector:
        statuses = statuses.filter(sector=sector)
    rows = Organisation.objects.filter(pk__in=statuses.values("organisation_id"))
    return within(rows, region)
