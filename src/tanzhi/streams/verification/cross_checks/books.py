"""The plants' years as the cross-checks read them: out of deposited versions and stored results, in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tanzhi.filings.intake.records import path_of, rows_of, steps_of
from tanzhi.filings.months.model import Result, Version
from tanzhi.filings.months.totals import stated_number
from tanzhi.filings.shared.forms import ANNUAL_FORM, MONTH_FORM, filled_form, guideline_of
from tanzhi.organisations.register.model import FacilityOperator, Unit
from tanzhi.presentation.locations import steps_in
from tanzhi.rulebook.checks.cross.energy import FiledEnergy, filed_energy
from tanzhi.rulebook.checks.cross.year_books import FiledNumber, Series, Statistic, YearBook
from tanzhi.rulebook.kernel import Guideline, form, guidelines
from tanzhi.rulebook.kernel.states import KNOWN
from tanzhi.streams.verification.energy_books.model import EnergyStatement
from tanzhi.streams.verification.energy_books.queries import statements_of

Row = tuple[str, str, str]  # unit, row below its month, field


@dataclass(slots=True)
class YearSeries:
    """What one plant filed of one year: cells by row and month, and those of the annual report by place and field."""

    industry: str
    months: dict[Row, dict[str, FiledNumber]] = field(default_factory=lambda: defaultdict(dict))
    of_year: dict[tuple[str, str], FiledNumber] = field(default_factory=dict)
    annual: int = 0  # the version of the annual report


def year_forms() -> list[str]:
    """The forms of months and annual reports of the industries."""
    return [f"{name}.{kind}" for name, g in guidelines().items() if g.industry for kind in (MONTH_FORM, ANNUAL_FORM)]


def standing_versions(years: Iterable[int]) -> list[Version]:
    """The versions that stand of every month and annual report of the industries in some years."""
    rows = Version.objects.filter(deposited=True, filing__form_code__in=year_forms())
    rows = rows.filter(filing__period__regex=rf"^({'|'.join(str(year) for year in years)})")
    newest = {row.filing_id: row for row in rows.select_related("filing__organisation").order_by("number")}
    return list(newest.values())


def year_books(year: int) -> list[YearBook]:
    """Every plant that deposited anything of a year, with its year before."""
    books = books_of(standing_versions((year - 1, year)), year)
    stated = defaultdict(list)
    for row in statements_of(EnergyStatement.objects.filter(year=year, organisation__in={key for key, _ in books})):
        stated[row.organisation_id].append(row)
    return [
        replace(book, before=books.get((plant, year - 1)), statistics=tuple(statistics(book, stated[plant])))
        for (plant, of_year), book in books.items()
        if of_year == year
    ]


def books_of(versions: list[Version], year: int) -> dict[tuple[int, int], YearBook]:
    """By plant and year what some versions hold; the register's words of units are those of the year's last day."""
    filed: dict[tuple[int, int], YearSeries] = {}
    codes = {}
    for version in versions:
        filing = version.filing
        codes[filing.organisation_id] = filing.organisation.code
        own = filed.setdefault((filing.organisation_id, filing.year), YearSeries(filing.guideline_name))
        if own.industry == filing.guideline_name:
            read(version, own)
    emissions = emissions_of(filed)
    kinds = kinds_of({plant for plant, _ in filed}, date(year, 12, 31))
    books = {}
    for (plant, of_year), own in filed.items():
        guideline = guidelines()[own.industry]
        books[plant, of_year] = YearBook(
            codes[plant], own.industry, of_year, guideline.industry.output if guideline.industry else "",
            tuple(series_of(guideline, of_year, own)), kinds.get(plant, {}), emissions.get(own.annual, {}), own.of_year,
        )  # fmt: skip
    return books


def statistics(book: YearBook, rows: list[EnergyStatement]) -> Iterable[Statistic]:
    """What other books say of what the plant filed; of what it did not file there is no cell to ask about."""
    industry = guidelines()[book.industry].industry
    filed: dict[str, list[FiledEnergy]] = defaultdict(list)
    for fact in filed_energy(book, industry) if industry and rows else ():
        filed[fact.item].append(fact)
    for row in rows:
        facts = filed[row.item]
        if not facts:
            continue
        first = min(facts, key=lambda fact: (fact.month, fact.cell.place))
        yield Statistic(
            row.item_label, sum((fact.amount for fact in facts), Decimal(0)), row.amount, first.cell,
            first.series.field, row.book, in_report(book, facts),
            len({fact.month for fact in facts}),
        )  # fmt: skip


def in_report(book: YearBook, facts: list[FiledEnergy]) -> Decimal | None:
    """The same cells in the annual report, where it is a book of its own; None where it states none of them."""
    report = [(fact.sign, book.of_year.get((fact.cell.place, fact.series.field))) for fact in facts]
    cells = [sign * cell.number for sign, cell in report if cell is not None]
    return sum(cells, Decimal(0)) if cells else None


def read(version: Version, own: YearSeries) -> None:
    """Add a version's numbers to the months, or to the report's own book where months are deposited by themselves."""
    filing = version.filing
    guideline = guideline_of(filing.form_code)
    spec, record = form(guideline, filled_form(filing.form_code), filing.year), version.record
    composed = filing.is_annual and own_months(guideline, filing.year)
    if filing.is_annual:
        own.annual = version.pk
    for table in spec.tables:
        numbers = [column.name for column in table.fields if column.kind == "number"]
        for keys, row in rows_of(spec, table, record):
            place = path_of(steps_of(spec, table, keys))
            month = keys.get(MONTH_FORM, "")
            steps = [f"{plural}[{key}]" for plural, key in steps_in(place) if key != month]
            unit, below = (steps[0], ".".join(steps[1:])) if steps else ("", "")
            for name in numbers if month else ():
                if (number := stated_number(row.get(name))) is not None:
                    cell = FiledNumber(str(version.pk), place, format(number, "f"))
                    if composed:
                        own.of_year[place, name] = cell
                    else:
                        own.months[unit, below, name][month] = cell


def own_months(guideline: Guideline, year: int) -> bool:
    """Whether the months of a year were deposited by themselves, so that the report is a second book of them."""
    return guideline.industry is not None and year >= guideline.industry.months_since


def series_of(guideline: Guideline, year: int, own: YearSeries) -> Iterable[Series]:
    """A plant's series with their labels; a quotient or a share is a rate."""
    edition = guideline.edition(year)
    for (unit, row, name), months in own.months.items():
        rate = "/" in edition[name].unit or edition[name].unit in {"%", "1"}
        yield Series(unit, row, name, edition[name].label, rate, dict(sorted(months.items())))


def emissions_of(filed: dict[tuple[int, int], YearSeries]) -> dict[int, dict[str, Decimal]]:
    """By annual version, the emission of each unit in the year, as it was computed with the deposit."""
    versions = {own.annual: own.industry for own in filed.values() if own.annual}
    totals = {name: g.industry.unit_total for name, g in guidelines().items() if g.industry}
    rows = Result.objects.filter(version__in=versions, quantity__in=set(totals.values()), state=KNOWN).order_by("pk")
    sums: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for version, quantity, where, value in rows.values_list("version_id", "quantity", "where", "value"):
        if where and quantity == totals[versions[version]]:
            sums[version][where] = Decimal(value)
    return sums


def kinds_of(plants: set[int], on: date) -> dict[int, dict[str, str]]:
    """By plant and unit, what the register says that the unit is, in words of the register's choices."""
    runs = FacilityOperator.objects.filter(organisation__in=plants).select_related("organisation")
    operators = {run.facility_id: run.organisation for run in runs if run.holds_on(on)}
    units = Unit.objects.filter(facility__in=operators).prefetch_related("versions")
    plurals = {name: g.levels[g.unit_level].plural for name, g in guidelines().items() if g.industry and g.unit_level}
    choices = {
        rule.name for g in guidelines().values() if g.industry
        for editions in g.rules.values() for rule in editions if rule.form == "register" and rule.options
    }  # fmt: skip
    kinds: dict[int, dict[str, str]] = defaultdict(dict)
    for unit in units:
        attributes = unit.attributes_on(on)
        kind = " ".join(str(attributes[name]) for name in sorted(choices & attributes.keys()))
        for plural in set(plurals.values()):
            kinds[operators[unit.facility_id].pk][f"{plural}[{unit.number}]"] = kind
    return kinds
