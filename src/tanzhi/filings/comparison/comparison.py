"""Totals of a month or a year beside the period before and the same one a year before, for pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.filings.months.model import Filing, Version
from tanzhi.filings.months.status import composed, evaluated
from tanzhi.filings.months.totals import (
    PeriodTotal,
    PeriodTotals,
    Where,
    compared_names,
    deposited_totals,
    months_before,
    of_periods,
    percentage,
    totals_in,
    used_in,
)
from tanzhi.filings.shared.forms import ANNUAL_FORM, guideline_of, is_regional
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.clocks import MONTHS
from tanzhi.rulebook.kernel import Guideline, RecordNode, Text
from tanzhi.rulebook.kernel.states import STATES
from tanzhi.rulebook.kernel.text import same

NOT_FILED = Text("未报", "not reported")


@dataclass(frozen=True, slots=True)
class Beside:
    """An earlier value beside the present one."""

    total: PeriodTotal | None
    now: PeriodTotal | None

    @property
    def difference(self) -> Decimal | None:
        """The present value less the earlier one; nothing where either was not reported."""
        if self.total is None or self.now is None or self.total.number is None or self.now.number is None:
            return None
        return self.now.number - self.total.number

    @property
    def percentage(self) -> str:
        """The difference in per cent of the earlier value; nothing of nothing."""
        difference = self.difference
        if difference is None or self.total is None or not self.total.number:
            return ""
        return percentage(difference / abs(self.total.number))

    @property
    def words(self) -> Text:
        return state_words(self.total)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One total of an enterprise, a unit or a fuel with what it is set beside."""

    label: Text
    unit: str
    now: PeriodTotal | None
    beside: tuple[Beside, ...]

    @property
    def words(self) -> Text:
        return state_words(self.now)


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """The totals of the enterprise, of one unit, or of the fuels."""

    title: Text
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class FilingComparison:
    """The totals of a period with those of earlier ones; `periods` are these, with whether they are deposited."""

    periods: tuple[tuple[Text, PeriodTotals | None], ...]
    groups: tuple[ComparedGroup, ...]


def state_words(total: PeriodTotal | None) -> Text:
    """Why a total has no number: a blank is not reported, and never nil."""
    return NOT_FILED if total is None else STATES.get(total.state, same(total.state))


def present_totals(filing: Filing, record: Mapping[str, Any]) -> dict[Where, PeriodTotal]:
    """What a record under way comes to, by the law of today."""
    guideline = guideline_of(filing.form_code)
    amounts = totals_in(evaluated(filing, dict(record)), compared_names(guideline))
    return {**amounts, **used_in(guideline, record, filing.year)}


def totals_of(filing: Filing, periods: Iterable[str]) -> dict[str, PeriodTotals]:
    """Other periods of a filing's subject: as deposited, else as they stand under way."""
    periods_asked = list(periods)
    totals = deposited_totals(filing, periods_asked)
    filings = of_periods(filing, [period for period in periods_asked if period not in totals])
    versions = {version.filing_id: version for version in Version.objects.filter(filing__in=filings).order_by("number")}
    for pk, version in versions.items():
        other = filings[pk]
        totals[other.period] = PeriodTotals(other.period, False, present_totals(other, version.record), other)
    return totals


def comparison_of(filing: Filing, record: Mapping[str, Any]) -> FilingComparison | None:
    """A filing's totals beside those of the month and the year before; of a year, beside the year before."""
    guideline = guideline_of(filing.form_code)
    if is_regional(filing.form_code) or not compared_names(guideline) or not record:
        return None
    if filing.is_annual:
        periods = {str(filing.year - 1): Text("上年", "Year before")}
    else:
        last, year_ago = months_before(filing.period, 1), months_before(filing.period, MONTHS)
        periods = {last: Text("上月", "Month before"), year_ago: Text("上年同月", "Same month, year before")}
    earlier = totals_of(filing, periods)
    now = present_totals(filing, record)
    return FilingComparison(
        tuple((words, earlier.get(period)) for period, words in periods.items()),
        tuple(groups_of(guideline, now, [earlier.get(period) for period in periods])),
    )


FUELS = Text("按品种的消耗量", "Consumption by kind")
WHOLE = Text("企业合计", "The enterprise")
Amounts = Mapping[Where, PeriodTotal]


def groups_of(guideline: Guideline, now: Amounts, earlier: Iterable[PeriodTotals | None]) -> Iterable[ComparedGroup]:
    """The enterprise first, then its units, then what was used by kind; a total that nobody has is left out."""
    past = [totals.amounts if totals else {} for totals in earlier]
    for title, places in places_by_title(guideline, (now, *past)).items():
        rows = []
        for where in places:
            values = [amounts.get(where) for amounts in (now, *past)]
            total = next(total for total in values if total)
            rows.append(
                ComparedRow(total.label, total.unit, values[0], tuple(Beside(t, values[0]) for t in values[1:]))
            )
        yield ComparedGroup(title, tuple(rows))


def places_by_title(guideline: Guideline, amounts: Iterable[Amounts]) -> dict[Text, list[Where]]:
    """Where there is a number in any of some periods: of the enterprise, of each unit, of the fuels."""
    used = guideline.industry.used if guideline.industry else ""
    places = dict.fromkeys(where for own in amounts for where, total in own.items() if total.number is not None)
    titles: dict[Text, list[Where]] = {WHOLE: []}
    for where in places:
        if where[1] != used:
            titles.setdefault(place_words(guideline, where[0]) or WHOLE, []).append(where)
    titles[FUELS] = [where for where in places if where[1] == used]
    return {title: own for title, own in titles.items() if own}


# --- a plant's year ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One total of one month, beside the month before and the same month of the year before."""

    now: PeriodTotal | None
    before: Beside
    year_ago: Beside

    @property
    def words(self) -> Text:
        return state_words(self.now)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The totals of one month; without any where nothing was filed."""

    month: str
    totals: PeriodTotals | None
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class YearTable:
    """The totals of an enterprise, a unit or the fuels by month, and the deposited months of the year together."""

    title: Text
    columns: tuple[ComparedRow, ...]
    months: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class PlantYear:
    """A subject's year: its tables, the months that its sums are of, and those that the year before lacks of these."""

    tables: tuple[YearTable, ...]
    sums: Amounts
    deposited: tuple[str, ...]
    lacking: tuple[str, ...]


def plant_year(month: Filing) -> PlantYear:
    """A subject's year by month; `month` is a filing of any of its months, saved or not."""
    guideline = guideline_of(month.form_code)
    months = [f"{month.year}-{number:02d}" for number in range(1, MONTHS + 1)]
    before = [months_before(period, MONTHS) for period in months]
    totals = totals_of(month, [*before, *months])
    deposited = [period for period in months if period in totals and totals[period].deposited]
    compared = [months_before(period, MONTHS) for period in deposited]
    sums = year_sums(month, deposited), year_sums(month, compared)
    tables = []
    every = (*sums, *(totals[period].amounts for period in months if period in totals))
    for title, places in places_by_title(guideline, every).items():
        columns = []
        for where in places:
            stated = [own[where] for own in every if where in own]
            values = sums[0].get(where), sums[1].get(where)
            label, unit = stated[0].label, stated[0].unit
            columns.append(ComparedRow(label, unit, values[0], (Beside(values[1], values[0]),)))
        rows = []
        for period in months:
            periods = (period, months_before(period, 1), months_before(period, MONTHS))
            here, last, year_ago = (totals[p].amounts if p in totals else {} for p in periods)
            cells = tuple(
                MonthCell(now, Beside(last.get(where), now), Beside(year_ago.get(where), now))
                for where in places
                for now in (here.get(where),)
            )
            rows.append(MonthRow(period, totals.get(period), cells))
        tables.append(YearTable(title, tuple(columns), tuple(rows)))
    lacking = tuple(period for period in compared if period not in totals or not totals[period].deposited)
    return PlantYear(tuple(tables), sums[0], tuple(deposited), lacking)


def year_sums(month: Filing, periods: list[str]) -> dict[Where, PeriodTotal]:
    """Deposited months together by the rules of a year, with what was used of each fuel."""
    node = year_node(month, periods)
    if node is None:
        return {}
    guideline = guideline_of(month.form_code)
    used = used_in(guideline, node.data, node.year)
    return {**totals_in(node, compared_names(guideline)), **used}


def year_node(month: Filing, periods: list[str]) -> RecordNode | None:
    """Deposited months of a subject together, evaluated as a report of these months would be; None without any."""
    filings = sorted(of_periods(month, periods).values(), key=lambda filing: filing.period)
    record = composed(filings)
    if not record:
        return None
    whole = Filing(
        form_code=f"{month.guideline_name}.{ANNUAL_FORM}",
        subject=month.subject,
        organisation=month.organisation,
        period=periods[0][:4],
    )
    return evaluated(whole, record)
