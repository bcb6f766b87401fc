"""The matrix of deposits: enterprises by months, how many of them have deposited, and how many in time."""

from __future__ import annotations

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
from tanzhi.filings.months.completeness import months_owed_by
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


def square(month: str, filing: Filing | None, today: date, owed: bool = True) -> Square:
    """Deposited, late, in correction, open, overdue, not begun, not yet due; not owed where no unit ran."""
    if filing is None:
        if month >= f"{today:%Y-%m}":
            return NOT_YET
        missing = MISSING if deposited_by(month) < today else UNBEGUN
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
    months = [f"{year}-{n:02d}" for n in range(1, 13)]
    city = request.GET.get("city", "")
    lines = lines_of(actor_of(request), year, city, today)
    total = of_year(lines)
    rates = [rate_of(month, [line.squares[at] for line in lines]) for at, month in enumerate(months)]
    if chosen_month in months:
        at = months.index(chosen_month)
        lines = [line for line in lines if line.squares[at].owed and not line.squares[at].deposited]
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "months": months,
        "month": chosen_month if chosen_month in months else "",
        "lines": page.object_list,
        "page": page,
        "rates": rates,
        "total": total,
        "cities": {region.code: region.name for region in Region.objects.filter(kind="city")},
        "city": city,
        "reminds": bool(actor_of(request).roles & OFFICERS),
    }
    return render(request, "filings/matrix.html", context)


def rate_of(month: str, squares: list[Square]) -> MonthRate:
    """A month over all enterprises that owe it."""
    owed = [square for square in squares if square.owed]
    deposited = [square for square in owed if square.deposited]
    in_time = sum(not square.filing.late for square in deposited if square.filing)
    return MonthRate(month, deposited_by(month) if is_deposited(month) else None, len(owed), len(deposited), in_time)


@dataclass(frozen=True, slots=True)
class YearRate:
    """Over all months of a year: how many are owed, and how many of these are deposited."""

    owed: int
    deposited: int

    @property
    def share(self) -> Decimal | None:
        return _share(self.deposited, self.owed)


def of_year(lines: list[MatrixLine]) -> YearRate:
    """A ratio of sums, over all enterprises and months."""
    owed = [square for line in lines for square in line.squares if square.owed]
    return YearRate(len(owed), sum(square.deposited for square in owed))


def lines_of(actor: Actor, year: int, city: str, today: date) -> list[MatrixLine]:
    """Whoever is on the year's list and whom this reader sees, by code: the same number of queries for any number."""
    months = [f"{year}-{n:02d}" for n in range(1, 13)]
    planned = [name for name in planned_guidelines(year) if name in industries()]
    form_codes = {name: f"{name}.{MONTH_FORM}" for name in planned}
    reporting = reporters({year: min(date(year, 12, 31), today)}, form_codes)
    owing = {key: name for (_, name), keys in reporting.items() for key in keys}
    seen = Organisation.objects.visible_to(actor).filter(pk__in=owing).select_related("region").order_by("code")
    firms = list(seen.filter(region__path__contains=f"/{city}/") if city else seen)
    names = names_of(firms, today)
    owed = months_owed_by([firm.pk for firm in firms], [year])
    by_month: dict[tuple[int, str, str], Filing] = {
        (filing.organisation_id, filing.form_code, filing.period): filing
        for filing in Filing.objects.filter(organisation__in=firms, period__in=months)
    }
    return [
        MatrixLine(
            firm,
            names.get(firm.pk, same(firm.code)),
            [
                square(
                    month,
                    by_month.get((firm.pk, form_codes[owing[firm.pk]], month)),
                    today,
                    month in owed[firm.pk, year],
                )
                for month in months
            ],
        )
        for firm in firms
    ]
