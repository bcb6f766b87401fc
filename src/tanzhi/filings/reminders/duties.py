"""Who has to state what by when: from list, register, calendar and law, whether or not somebody opened a form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tanzhi.actions import clock
from tanzhi.filings.months.completeness import months_named, months_owed_by
from tanzhi.filings.months.model import Filing, InnerDeadline
from tanzhi.filings.months.status import deposited_by, due_on, is_deposited
from tanzhi.filings.plans.form import planned_guidelines
from tanzhi.filings.shared.forms import ANNUAL_FORM, MONTH_FORM, known_forms
from tanzhi.law.evaluation import count, day_in, is_set
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import reporters
from tanzhi.organisations.sectors import industries
from tanzhi.rulebook.clocks import deposit_due, last_day


@dataclass(frozen=True, slots=True)
class FilingDuty:
    """A month or a year that an enterprise has to state, and the filing where there is one."""

    organisation_id: int
    form_code: str
    period: str
    due_on: date
    filing: Filing | None = None

    @property
    def is_deposited(self) -> bool:
        """Deposited at some time; a correction leaves the deposited version standing."""
        return self.filing is not None and self.filing.deposited_at is not None

    @property
    def key(self) -> str:
        """By which it is known as long as there is no filing."""
        return f"filings.duty:{self.organisation_id}:{self.form_code}:{self.period}"


SURRENDER_YEARS = "procedure.surrender_years_after"


def open_years(today: date) -> list[int]:
    """The years whose allowances are still to be surrendered, by the law of each: this one, and those before it."""
    years: list[int] = []
    for year in range(today.year, 0, -1):
        first = date(year, 1, 1)
        if not is_set(SURRENDER_YEARS, on=first):
            break
        due = day_in(year + count(SURRENDER_YEARS, on=first), "procedure.surrender_due", on=first)
        if due < today:
            break
        years.insert(0, year)
    return years


def day_of(year: int, today: date) -> date:
    """The day on which a year's lists are read: its last one, or today."""
    return min(date(year, 12, 31), today)


def duties(firms: Iterable[Organisation], today: date | None = None, monthly: bool = True) -> list[FilingDuty]:
    """Everything that these enterprises have to state for the open years and that has ended, by deadline.

    Without `monthly` their annual reports alone.
    """
    on, rows = today or clock.today(), {firm.pk: firm for firm in firms}
    years = open_years(on)
    since = str(min(years, default=on.year))
    filings = Filing.objects.filter(organisation__in=rows, period__gte=since).defer("correction_reason")
    filed = {(filing.organisation_id, filing.form_code, filing.period): filing for filing in filings}
    owed = [*(_months(rows, years, on) if monthly else ()), *reports_owed(rows, years, on)]
    inner = inner_deadlines()
    earliest: dict[tuple[str, str, str], date] = {}
    owing = []
    for key, form_code, period, due in owed:
        path = rows[key].region.path
        if (path, form_code, period) not in earliest:
            earliest[path, form_code, period] = earliest_day(path, form_code, period, due, inner)
        day = earliest[path, form_code, period]
        owing.append(FilingDuty(key, form_code, period, day, filed.get((key, form_code, period))))
    return sorted(owing, key=lambda duty: (duty.due_on, duty.period, duty.organisation_id))


Owed = tuple[int, str, str, date]


def _months(firms: Collection[int], years: Iterable[int], on: date) -> Iterator[Owed]:
    """Months that have ended, in which an enterprise on the year's list ran a unit."""
    by_year = {year: [name for name in planned_guidelines(year) if name in industries()] for year in years}
    names = {name for planned in by_year.values() for name in planned}
    reporting = reporters({year: day_of(year, on) for year in years}, names, firms)
    owed = months_owed_by(set().union(*reporting.values()).intersection(firms), years)
    for year, planned in by_year.items():
        ended = months_ended(year, on)
        due = {month: deposited_by(month) for month in ended}
        for name in planned:
            for key in reporting[year, name] & set(firms):
                months = set(owed[key, year])
                yield from ((key, f"{name}.{MONTH_FORM}", month, due[month]) for month in ended if month in months)


def reports_owed(firms: Collection[int], years: Iterable[int], on: date) -> Iterator[Owed]:
    """The report of each year that has ended, of every enterprise on its list whose guideline has one."""
    reports = {name: f"{name}.{ANNUAL_FORM}" for name in industries() if f"{name}.{ANNUAL_FORM}" in known_forms()}
    ended = [year for year in years if year < on.year]
    reporting = reporters({year: day_of(year, on) for year in ended}, reports, firms) if ended else {}
    for year in ended:
        for name, code in reports.items():
            due = due_on(code, str(year))
            yield from ((key, code, str(year), due) for key in reporting[year, name] & set(firms))


def months_ended(year: int, on: date) -> list[str]:
    """The months of a year that have ended by a day and whose data the law has deposited."""
    return [month for month in months_named(year) if month < f"{on:%Y-%m}" and is_deposited(month)]


def inner_deadlines() -> list[InnerDeadline]:
    """The regions' own days for data of months."""
    return list(InnerDeadline.objects.select_related("region"))


def earliest_day(path: str, form_code: str, period: str, due: date, inner: Iterable[InnerDeadline]) -> date:
    """The law's day, or the own earlier one of a region above `path` that held at the month's end."""
    if not form_code.endswith(f".{MONTH_FORM}"):
        return due
    end = last_day(period)
    days = [
        row.days
        for row in inner
        if row.form_code == form_code and path.startswith(row.region.path) and row.holds_on(end)
    ]
    return min([due, *(deposit_due(period, number) for number in days)])
