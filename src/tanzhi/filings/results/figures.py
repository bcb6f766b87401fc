"""The published figures over filings and the register of key emission units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tanzhi.actions import clock
from tanzhi.figures import FigureAnswer, Part, Question, Span, figure, group, ratio, sum_of
from tanzhi.figures.answers import counted
from tanzhi.figures.places import region_of
from tanzhi.filings.months.model import Filing, Result
from tanzhi.filings.months.queries import reports_of
from tanzhi.filings.months.status import deposited_by, is_deposited
from tanzhi.filings.shared.forms import ANNUAL_FORM, MONTH_FORM
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.register.queries import reporters, reporting
from tanzhi.organisations.scope import within
from tanzhi.organisations.sectors import industries, sector_name
from tanzhi.rulebook.clocks import last_day
from tanzhi.rulebook.kernel import Industry, Mark, Text, Value
from tanzhi.rulebook.kernel.states import KNOWN
from tanzhi.rulebook.kernel.text import same

from . import lineage

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Reported:
    """An annual report that was submitted: its total, and its units' emissions."""

    name: Text
    total: Result
    units: tuple[Result, ...]


def industries_of(question: Question) -> dict[str, Industry]:
    """The industries of the sector that the question asks for, by guideline; all that the rulebook has, without one."""
    sector_code = question.filters.get("sector", "")
    return {name: industry for name, industry in industries().items() if sector_code in ("", industry.sector)}


def enterprises_of(question: Question) -> Text:
    """What the enterprises of the question are called: power enterprises, or key emission units."""
    if "sector" not in question.filters:
        return Text("重点排放单位", "key emission units")
    label = sector_name(question.filters["sector"])
    return Text(f"{label.zh}企业", f"{label.en.lower()} enterprises")


def reported(question: Question) -> list[Reported]:
    """The deposited annual reports of the question's year, in its region and its sector."""
    reports: list[Reported] = []
    for name, industry in industries_of(question).items():
        submitted = reports_of(f"{name}.{ANNUAL_FORM}", str(question.span.year), region_of(question))
        names = names_of([report.filing.organisation for report in submitted], question.span.last)
        stored = Result.objects.filter(
            version__in=[report.version for report in submitted], quantity__in=(industry.total, industry.unit_total)
        ).order_by("pk")
        latest = {(r.version_id, r.where, r.quantity): r for r in stored}  # the last release that computed it
        by_version: dict[int, list[Result]] = defaultdict(list)
        for result in latest.values():
            by_version[result.version_id].append(result)
        reports += [
            Reported(
                names.get(report.filing.organisation_id, same(report.filing.organisation.code)),
                next(result for result in by_version[report.version.pk] if result.quantity == industry.total),
                tuple(result for result in by_version[report.version.pk] if result.quantity == industry.unit_total),
            )
            for report in submitted
        ]
    return reports


@figure(
    "verification.reported_emission",
    title=Text("企业报告排放量", "Emissions reported by enterprises"),
    of_sector=Text("{sector}企业报告排放量", "Emissions reported by {sector} enterprises"),
    unit="t",
    stream="verification",
    row=19,
)
def reported_emission(question: Question) -> FigureAnswer:
    """Sum of the submitted annual reports of a sector, or of all (报告排放量); every total rounded by law before."""
    reports = reported(question)
    enterprises = len(reports)
    units = sum(len(report.units) for report in reports)
    last, region = question.span.last, region_of(question)
    sectors = {industry.sector for industry in industries_of(question).values()}
    listed = sum(reporting(question.span.year, sector, last, region).count() for sector in sectors)
    words = Text(
        "{n} 家{who}（名录内 {listed} 家），{units} 台机组",
        "{n} {who} ({listed} on the list), {units} units",
    )
    scope = words.format(n=enterprises, who=enterprises_of(question), listed=listed, units=units)
    parts = [
        Part(
            label=report.name,
            value=Decimal(total.value) if total.value is not None and total.state == KNOWN else None,
            unit="t",
            ref=f"result:{total.pk}",
            state=total.state,
            detail=Text("{n} 台机组", "{n} units").format(n=len(report.units)),
            marks=marks_of(total.version_id, total.release, total.quantity),
        )
        for report in reports
        for total in [report.total]
    ]
    return sum_of(parts, Text("Σ 企业排放量", "Σ emission of enterprises"), scope)


@lru_cache(maxsize=4096)
def marks_of(version_id: int, release: str, total: str) -> frozenset[Mark]:
    """The reservations of a version's total; a version never changes, so it is computed once for a release."""
    root = lineage.root_of(version_id, release)
    value: Value = root.value(total)
    return value.marks


@figure(
    "verification.reporting_enterprises",
    title=Text("提交年度报告的企业", "Enterprises that submitted an annual report"),
    of_sector=Text("提交年度报告的{sector}企业", "{Sector} enterprises that submitted an annual report"),
    unit="enterprises",
    stream="verification",
)
def reporting_enterprises(question: Question) -> FigureAnswer:
    """How many enterprises of a sector, or of all, submitted their annual report (提交年度报告的企业数)."""
    parts = [Part(r.name, ONE, "enterprises", f"filing:{r.total.filing_id}") for r in reported(question)]
    return counted(parts, Text("计数：已提交的年度报告", "count of submitted annual reports"))


@figure(
    "verification.reporting_units",
    title=Text("年度报告涉及的机组", "Generating units in the annual reports"),
    unit="units",
    stream="verification",
)
def reporting_units(question: Question) -> FigureAnswer:
    """How many generating units the annual reports cover (机组数)."""
    parts = [
        group(
            report.name,
            [Part(lineage.where_words(result), ONE, "units", f"result:{result.pk}") for result in report.units],
            "units",
        )
        for report in reported(question)
    ]
    return counted(parts, Text("Σ 各企业机组数", "Σ units of enterprises"))


@figure(
    "market.deposit_punctuality",
    title=Text("月度数据按期存证率", "Monthly data deposited on time"),
    unit="%",
    stream="market",
    row=16,
    law="CETS-AG-01.01-V02-2022",
)
def deposit_punctuality(question: Question) -> FigureAnswer:
    """Deposits made on time ÷ deposits due in the period, over all enterprises together (按期存证率)."""
    # Every enterprise on the list of a month's year owes that month, filed or not.
    region, due = region_of(question), list[Due]()
    for month in months_due(question.span, clock.today()):
        year, names_asked = int(month[:4]), list(industries_of(question))
        reporting_by = reporters({year: last_day(month)}, names_asked)
        for name in names_asked:
            keys = reporting_by[year, name]
            listed = list(within(Organisation.objects.filter(pk__in=keys), region).order_by("code"))
            filings = Filing.objects.filter(form_code=f"{name}.{MONTH_FORM}", period=month, organisation__in=listed)
            by_organisation = {filing.organisation_id: filing for filing in filings}
            names = names_of(listed, last_day(month))
            due += [
                Due(each, names.get(each.pk, same(each.code)), month, by_organisation.get(each.pk)) for each in listed
            ]
    done = group(Text("按期存证", "Deposited on time"), _by_enterprise([d for d in due if d.on_time]), "deposits")
    all_due = group(Text("应存证", "Due"), _by_enterprise(due), "deposits")
    return ratio(done, all_due, Text("按期存证 ÷ 应存证", "deposited on time ÷ due"))


@dataclass(frozen=True, slots=True)
class Due:
    """One monthly deposit that fell due, and the filing, if there is one."""

    organisation: Organisation
    name: Text
    month: str
    filing: Filing | None

    @property
    def on_time(self) -> bool:
        return bool(self.filing and self.filing.deposited_at and not self.filing.late)


def months_due(span: Span, today: date) -> list[str]:
    """Months whose legal deadline lies in the span and has come."""
    before = Span.parse(str(span.year - 1)).month_codes
    candidates = (month for month in (*before, *Span.parse(str(span.year)).month_codes) if is_deposited(month))
    return [month for month in candidates if span.first <= deposited_by(month) <= min(span.last, today)]


def _by_enterprise(due: list[Due]) -> list[Part]:
    names = {entry.organisation.pk: entry.name for entry in due}
    months = {
        pk: [
            Part(same(entry.month), ONE, "deposits", f"filing:{entry.filing.pk}" if entry.filing else "")
            for entry in due
            if entry.organisation.pk == pk
        ]
        for pk in names
    }
    return [group(names[pk], parts, "deposits") for pk, parts in months.items()]
