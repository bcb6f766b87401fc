"""The matrix of deposits: enterprises by months, how many of them have deposited, and how many in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.filings.months.completeness import months_named
from tanzhi.filings.months.model import IN_CORRECTION, RETURNED, Filing
from tanzhi.filings.months.status import deposited_by, is_deposited
from tanzhi.filings.plans.form import planned_guidelines
from tanzhi.filings.shared.forms import MONTH_FORM
from tanzhi.organisations.register.model import Organisation, Region, names_of
from tanzhi.organisations.register.queries import reporters
from tanzhi.organisations.sectors import industries
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.text import Text, same

from .months_of_firms import FirmMonths, counted, months_before, months_of_year
from .work import OFFICERS


@dataclass(frozen=True, slots=True)
class Square:
    """One month of an enterprise: the filing, what is said of it, and what it counts for."""

    words: Text
    tone: str
    filing: Filing | None = None
    owed: bool = True

    @property
    def deposited(self) -> bool:
        return self.filing is not None and self.filing.deposited_at is not None

    @property
    def late(self) -> bool:
        """Past its day and still not deposited."""
        return self.tone == "late" and not self.deposited


PAGE = 50  # enterprises on one page; sums and rates are of all
NOT_OWED = Square(Text("无需", "not owed"), "", owed=False)
NOT_YET = Square(Text("–", "–"), "", owed=False)
MISSING = Square(Text("缺", "none"), "late")
UNBEGUN = Square(Text("未报", "not begun"), "")


def past_due(month: str, today: date) -> bool | None:
    """Whether the day by which a month is deposited has passed; None where the month has not ended."""
    return deposited_by(month) < today if month < f"{today:%Y-%m}" else None


def square(filing: Filing | None, passed: bool | None, today: date, owed: bool = True) -> Square:
    """Deposited, late, in correction, open, overdue, not begun, not yet due; not owed where no unit ran.

    `passed` is what `past_due` says of the month.
    """
    if filing is None:
        if passed is None:
            return NOT_YET
        missing = MISSING if passed else UNBEGUN
        return missing if owed else NOT_OWED
    if filing.state == RETURNED:
        return Square(Text("退回", "returned"), "late", filing)
    if filing.state == IN_CORRECTION:
        return Square(Text("更正", "correcting"), "due", filing)
    late = filing.late if filing.ended else filing.due_on < today
    if filing.ended:
        return Square(*((Text("逾期", "late"), "late") if late else (Text("已存", "done"), "ok")), filing)
    return Square(*((Text("逾期未存", "overdue"), "late") if late else (Text("未存", "open"), "due")), filing)


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """An enterprise with its twelve months."""

    firm: Organisation
    name: Text
    squares: list[Square]


@dataclass(frozen=True, slots=True)
class MonthRate:
    """Of one month: how many owe it, have deposited it, and did so in time."""

    month: str
    due_on: date | None
    owed: int
    deposited: int
    in_time: int

    @property
    def deposited_share(self) -> Decimal | None:
        return _share(self.deposited, self.owed)

    @property
    def in_time_share(self) -> Decimal | None:
        return _share(self.in_time, self.owed)


def _share(part: int, whole_number: int) -> Decimal | None:
    """A percentage to one place; none of nothing."""
    return round_legally(Decimal(100) * part / whole_number, 1) if whole_number else None


@login_required
def matrix(request: HttpRequest) -> HttpResponse:
    """Enterprises that file by months: also those that have filed nothing."""
    today, chosen_month = clock.today(), request.GET.get("month", "")
    year = whole(request.GET.get("year", ""), LAST_YEAR) or today.year
    months, city = months_named(year), request.GET.get("city", "")
    owing = owing_in(actor_of(request), year, city, today)
    rates = rates_of(owing, year, today)
    keys = list(owing.months)
    if chosen_month in months:
        bit = 1 << months.index(chosen_month)
        keys = [key for key, own in owing.months.items() if (own.owed | own.begun) & ~own.deposited & bit]
    firms = Organisation.objects.filter(pk__in=keys).order_by("code")
    page = Paginator(firms, PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "months": months,
        "month": chosen_month if chosen_month in months else "",
        "lines": lines_of(list(page), owing, year, today),
        "page": page,
        "rates": rates,
        "total": of_year(rates),
        "cities": {region.code: region.name for region in Region.objects.filter(kind="city")},
        "city": city,
        "reminds": bool(actor_of(request).roles & OFFICERS),
    }
    return render(request, "filings/matrix.html", context)


@dataclass(frozen=True, slots=True)
class OwingFirms:
    """Whoever is on a year's list: the form of each, and its months that have ended."""

    form_codes: dict[int, str]
    months: dict[int, FirmMonths]


def owing_in(actor: Actor, year: int, city: str, today: date) -> OwingFirms:
    """Of those whom this reader sees: the same number of queries for any number of them."""
    form_codes = {name: f"{name}.{MONTH_FORM}" for name in planned_guidelines(year) if name in industries()}
    seen = Organisation.objects.visible_to(actor)
    if city:
        seen = seen.filter(region__path__contains=f"/{city}/")
    visible = set(seen.order_by().values_list("pk", flat=True))
    reporting = reporters({year: min(date(year, 12, 31), today)}, form_codes, visible)
    owing = {key: form_codes[name] for (_, name), keys in reporting.items() for key in keys & visible}
    ended, of_firms = months_before(year, f"{today:%Y-%m}"), months_of_year(seen, year)
    months = {key: of_firms.of(key, form_code, ended) for key, form_code in owing.items()}
    return OwingFirms(owing, months)


def rates_of(owing: OwingFirms, year: int, today: date) -> list[MonthRate]:
    """Each month over all enterprises that owe it, or have begun it."""
    every = owing.months.values()
    owed = counted(own.owed | own.begun for own in every)
    deposited, in_time = counted(own.deposited for own in every), counted(own.in_time for own in every)
    return [
        MonthRate(month, deposited_by(month) if is_deposited(month) else None, owed[at], deposited[at], in_time[at])
        for at, month in enumerate(months_named(year))
    ]


@dataclass(frozen=True, slots=True)
class YearRate:
    """Over all months of a year: how many are owed, and how many of these are deposited."""

    owed: int
    deposited: int

    @property
    def share(self) -> Decimal | None:
        return _share(self.deposited, self.owed)


def of_year(rates: Iterable[MonthRate]) -> YearRate:
    """A ratio of sums, over all enterprises and months."""
    months = list(rates)
    return YearRate(sum(month.owed for month in months), sum(month.deposited for month in months))


def lines_of(firms: list[Organisation], owing: OwingFirms, year: int, today: date) -> list[MatrixLine]:
    """Some of those enterprises with their filings."""
    months, names = months_named(year), names_of(firms, today)
    passed = {month: past_due(month, today) for month in months} if firms else {}
    by_month = {
        (filing.organisation_id, filing.form_code, filing.period): filing
        for filing in Filing.objects.filter(organisation__in=firms, period__in=months)
    }
    return [
        MatrixLine(
            firm,
            names.get(firm.pk, same(firm.code)),
            [
                square(
                    by_month.get((firm.pk, owing.form_codes[firm.pk], month)),
                    passed.get(month),
                    today,
                    bool(owing.months[firm.pk].owed >> at & 1),
                )
                for at, month in enumerate(months)
            ],
        )
        for firm in firms
    ]
