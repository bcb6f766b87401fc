"""The twelve months of many enterprises at once: what is owed, begun and deposited, as the database counts it.

A set of months is a number here, a bit for each, January the lowest; so a plant's year is one row of four numbers,
whatever it filed, and a province's year is counted without reading a single filing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.functions import Cast, Substr

from tanzhi.filings.months.completeness import ALL_MONTHS, MONTHS, fewer_months_owed, months_named
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import deposited_by
from tanzhi.filings.plans.form import planned_guidelines
from tanzhi.filings.shared.forms import MONTH_FORM
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import reporters
from tanzhi.organisations.sectors import industries

from .duties import day_of, earliest_day, inner_deadlines, months_ended, open_years


@dataclass(frozen=True, slots=True)
class FirmMonths:
    """The months of a year that an enterprise owes by the register, has begun, has deposited, and did so in time."""

    owed: int
    begun: int = 0
    deposited: int = 0
    in_time: int = 0


@dataclass(frozen=True, slots=True)
class MonthsOfYear:
    """Of all enterprises that a reader sees, by their keys and forms."""

    fewer: dict[int, int]  # months owed by whoever does not owe them all
    filed: dict[tuple[int, str], tuple[int, int, int]]

    def of(self, firm: int, form_code: str, ended: int) -> FirmMonths:
        """What it owes of the months that have ended."""
        return FirmMonths(self.fewer.get(firm, ALL_MONTHS) & ended, *self.filed.get((firm, form_code), ()))


def months_of_year(firms: QuerySet[Organisation], year: int) -> MonthsOfYear:
    """Two queries for any number of enterprises."""
    number = Cast(Substr("period", 6, 2), IntegerField())
    bit = CombinedExpression(Value(1), Combinable.BITLEFTSHIFT, number - 1)
    filings = Filing.objects.filter(organisation__in=firms.order_by().values("pk"), period__in=months_named(year))
    deposited = Q(deposited_at__isnull=False)
    rows = (
        filings.order_by()
        .values("organisation_id", "form_code")
        .annotate(
            begun=Sum(bit),
            deposited=Sum(bit, filter=deposited, default=0),
            in_time=Sum(bit, filter=deposited & Q(late=False), default=0),
        )
        .values_list("organisation_id", "form_code", "begun", "deposited", "in_time")
    )
    filed = {(firm, form_code): (begun, done, in_time) for firm, form_code, begun, done, in_time in rows}
    return MonthsOfYear(fewer_months_owed(firms, year), filed)


def months_before(year: int, month: str) -> int:
    """Those of a year that lie before a month."""
    return sum(1 << at for at, each in enumerate(months_named(year)) if each < month)


def counted(sets: Iterable[int]) -> list[int]:
    """In how many of these sets each of the twelve months is."""
    alike = Counter(sets)
    return [sum(n for months, n in alike.items() if months >> at & 1) for at in MONTHS]


@dataclass(frozen=True, slots=True)
class OwedMonths:
    """The months of an open year that an enterprise owes by one form and that have ended, and the region it lies in."""

    firm: int
    path: str
    form_code: str
    year: int
    months: FirmMonths

    @property
    def unbegun(self) -> int:
        return self.months.owed & ~self.months.begun

    @property
    def lacking(self) -> int:
        """Those that are not deposited."""
        return self.months.owed & ~self.months.deposited


@dataclass(frozen=True, slots=True)
class OwedYears:
    """What many enterprises owe by months: `duties` in numbers."""

    rows: list[OwedMonths]
    days: dict[
        tuple[str, str, int], dict[str, date]
    ]  # by region, form and year, each month's day: the law's or earlier

    def late(self, today: date) -> Iterator[tuple[int, int]]:
        """Enterprises, and of each year and form how many months nobody has begun though their day has passed."""
        passed = {
            of_region: sum(bit_of(month) for month, day in days.items() if day < today)
            for of_region, days in self.days.items()
        }
        for row in self.rows:
            if months := row.unbegun & passed[row.path, row.form_code, row.year]:
                yield row.firm, months.bit_count()


def owed_years(firms: QuerySet[Organisation], today: date) -> OwedYears:
    """Of the open years, with as many queries for many enterprises as for one."""
    paths = dict(firms.order_by().values_list("pk", "region__path"))
    years, inner = open_years(today), inner_deadlines()
    planned = {year: {name for name in planned_guidelines(year) if name in industries()} for year in years}
    reporting = reporters({year: day_of(year, today) for year in years}, set().union(*planned.values()), paths)
    owed = OwedYears([], {})
    for year in years:
        due = {month: deposited_by(month) for month in months_ended(year, today)}
        ended, of_firms = sum(map(bit_of, due)), months_of_year(firms, year)
        for name in planned[year]:
            form_code = f"{name}.{MONTH_FORM}"
            for key in reporting[year, name] & paths.keys():
                owed.rows.append(OwedMonths(key, paths[key], form_code, year, of_firms.of(key, form_code, ended)))
                if (paths[key], form_code, year) not in owed.days:
                    owed.days[paths[key], form_code, year] = {
                        month: earliest_day(paths[key], form_code, month, day, inner) for month, day in due.items()
                    }
    return owed


def bit_of(month: str) -> int:
    """A month among the twelve of its year."""
    return 1 << int(month[5:7]) - 1
