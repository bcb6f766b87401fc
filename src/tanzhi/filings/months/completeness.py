"""Whether a month or a year is whole: against the register of units, the fuels of the last month and the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tanzhi.filings.plans.form import planned_guidelines
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.register.form import ENTERPRISE, MERGED_INTO, UNIT, missing_attributes
from tanzhi.organisations.register.model import FacilityOperator, Organisation, Unit
from tanzhi.organisations.sectors import accounting
from tanzhi.rulebook.clocks import last_day
from tanzhi.rulebook.kernel import Finding, FormSpec, Guideline, Text, guidelines
from tanzhi.rulebook.kernel.finding import ERROR, QUESTION
from tanzhi.rulebook.kernel.text import same

from .history import Past
from .model import Filing
from .register_facts import Facts, contradictions
from .totals import stated_number

MONTH = "month"
Row = dict[str, Any]
_TWO_VALUES = Text(
    "删除该项或更正为登记值；登记有误的先更正登记",
    "leave it out or correct it; where the register is wrong, change that first",
)
_REGISTERED = Text("在单位登记中补填", "stated in the register")
_REASON = Text("停运原因", "why it stood still")
_PLAN = Text("经审定的数据质量控制方案", "an approved data quality control plan")
LAW = "CETS-AG-01.01：分机组核算；碳排放权交易管理暂行条例第九、十条"


def running_units(organisation: Organisation, month: str, present: Sequence[Unit] = ()) -> list[Unit]:
    """The units that an organisation ran on some day of a month, by facility and number."""
    return running_in(organisation, [month], present)[month]


def running_in(
    organisation: Organisation, months: Iterable[str], present: Sequence[Unit] = ()
) -> dict[str, list[Unit]]:
    """The same for many months: a facility's units are its operator's on a month's last day.

    `present` are the units of its present facilities (`units_of`), where they are read already: nearly always they are
    all that it ever ran.
    """
    runs = list(FacilityOperator.objects.filter(organisation=organisation))
    facilities = {run.facility_id for run in runs}
    ordered = list(present)
    if facilities - {unit.facility_id for unit in ordered}:
        units = Unit.objects.filter(facility__in=facilities).select_related("facility")
        ordered = list(units.prefetch_related("versions").order_by("facility__code", "number"))
    by_month = {}
    for month in months:
        by_month[month] = _running(runs, ordered, *_days_of(month))
    return by_month


def _days_of(month: str) -> tuple[date, date]:
    return date.fromisoformat(f"{month}-01"), last_day(month)


def _running(runs: Iterable[FacilityOperator], units: Iterable[Unit], first: date, last: date) -> list[Unit]:
    """Those of some units that ran in a month at facilities run on its last day."""
    own = {run.facility_id for run in runs if run.holds_on(last)}
    return [
        unit
        for unit in units
        if unit.facility_id in own and unit.since <= last and (unit.until is None or unit.until > first)
    ]


def months_owed(organisation: Organisation, year: int) -> list[str]:
    """Months of a year in which an organisation ran a unit; all of them where the register knows none."""
    return months_owed_by([organisation.pk], [year])[organisation.pk, year]


def months_owed_by(organisations: Collection[int], years: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    """The same for many organisations, by their keys, and years."""
    owed = {}
    for year in years:
        months, fewer = months_named(year), fewer_months_owed(organisations, year)
        for key in organisations:
            of_firm = fewer.get(key, ALL_MONTHS)
            owed[key, year] = [month for at, month in enumerate(months) if of_firm >> at & 1]
    return owed


MONTHS = range(12)
ALL_MONTHS = 0b111111111111
"""Twelve months of a year as the bits of a number, January the lowest."""


def months_named(year: int) -> list[str]:
    """The months of a year as their filings have them: "2024-01"."""
    return [f"{year}-{at + 1:02d}" for at in MONTHS]


def fewer_months_owed(organisations: Collection[int] | QuerySet[Organisation], year: int) -> dict[int, int]:
    """Of those organisations that do not owe all months of a year: the months owed, as bits.

    Nearly every plant runs some unit all the year; only the operators and units of the others are read.
    """
    spans = [_days_of(month) for month in months_named(year)]
    ends_of_january, december = spans[0][1], spans[-1]
    runs_all_year = in_force(december[1]) & Q(since__lte=ends_of_january)
    has_unit_all_year = Q(facility__units__since__lte=ends_of_january) & (
        Q(facility__units__until=None) | Q(facility__units__until__gt=december[0])
    )
    whole = FacilityOperator.objects.filter(runs_all_year, has_unit_all_year).order_by().values("organisation_id")
    others = FacilityOperator.objects.filter(organisation__in=organisations, facility__units__isnull=False)
    months: dict[int, int] = defaultdict(int)
    for key, run_since, run_until, since, until in (
        others.exclude(organisation__in=whole)
        .order_by()
        .values_list("organisation_id", "since", "until", "facility__units__since", "facility__units__until")
    ):
        for at, (first, last) in enumerate(spans):
            runs = run_since <= last and (run_until is None or last < run_until)
            if runs and since <= last and (until is None or until > first):
                months[key] |= 1 << at
    return {key: of_firm for key, of_firm in months.items() if of_firm}


def asks_completeness(filing: Filing) -> bool:
    """Filings of what is monitored at registered units; other forms have no register to be held against."""
    own = accounting(filing.organisation)
    return own is not None and own.name == filing.guideline_name and own.name in planned_guidelines(filing.year)


def findings_of_completeness(filing: Filing, record: Row, past: Past, present: Sequence[Unit]) -> list[Finding]:
    """What a month lacks, beside its past and the units of the present facilities."""
    if not asks_completeness(filing) or filing.is_annual:
        return []
    guideline = guidelines()[filing.guideline_name]
    units = running_units(filing.organisation, filing.period, present)
    rows = _rows(guideline, record, filing.period)
    findings: list[Finding] = []
    # Attributes that the law requires and the register does not have.
    organisation, on = filing.organisation, last_day(filing.period)
    registered: list[tuple[str, str, Organisation | Unit]] = [("", ENTERPRISE, organisation)]
    registered += [(_place(guideline, unit.number), UNIT, unit) for unit in units]
    for place, kind, subject in registered:
        findings += [
            _finding("CMP-REGISTER", place, missing.field, missing.message, _REGISTERED)
            for missing in missing_attributes(organisation, kind, subject.attributes_on(on), on)
        ]
    # Every unit has its row; one that stood still says so by zeros, and why.
    findings += _missing(guideline, units, rows, filing.period)
    for number, row in rows.items():
        if nil := _stood_still(guideline, row):
            place = _place(guideline, number, filing.period)
            findings.append(_finding("CMP-STILL", place, nil[-1], same("0"), _REASON))
    findings += _of_what_is_used(guideline, rows, _rows(guideline, past.before, ""), filing.period)
    # Data are obtained by an approved quality control plan; without one somebody says why.
    if past.plan is None:
        none = Text("{year} 年无", "none for {year}").format(year=filing.year)
        findings.append(_finding("CMP-PLAN", "", "", none, _PLAN))
    return findings


def gaps_of_year(filing: Filing, record: Row, months: Iterable[str]) -> list[Finding]:
    """Registered units without a row in a deposited month of the year: the register may have learned of them since."""
    if not asks_completeness(filing):
        return []
    guideline = guidelines()[filing.guideline_name]
    running = running_in(filing.organisation, months)
    return [
        gap
        for month, units in running.items()
        for gap in _missing(guideline, units, _rows(guideline, record, month), month)
    ]


def stated_beside(guideline: Guideline, spec: FormSpec, record: Row, facts: Facts) -> list[Finding]:
    """What a plant states of a unit otherwise than the register: refused, with both values named."""
    fields = {field.name: field for table in spec.tables for field in table.fields}
    findings = []
    for number, name, stated, of_register in contradictions(guideline, record, facts):
        options = fields[name].options if name in fields else {}
        label = fields[name].label if name in fields else same(name)
        registered = same(of_register) if of_register else Text("不全，无法得出", "not complete enough to know it")
        words = Text("{label}：填报 {stated}，登记 {known}", "{label}: stated {stated}, registered {known}")
        message = words.format(label=label, stated=stated, known=registered)
        expected = options.get(of_register) or registered
        findings.append(
            Finding(
                "CMP-STATED", ERROR, _place(guideline, number), name, same(stated), expected, message, LAW, _TWO_VALUES
            )
        )
    return findings


def _place(guideline: Guideline, number: str, month: str = "") -> str:
    """Where a unit's row, or one of its months, stands in a record."""
    levels = guideline.levels
    row = f"{levels[guideline.unit_level].plural}[{number}]"
    return f"{row}.{levels[MONTH].plural}[{month}]" if month else row


def _rows(guideline: Guideline, record: Row, month: str) -> dict[str, Row]:
    """Each unit's row of a month (of the only one, without a month), by the unit's number."""
    levels, unit_level = guideline.levels, guideline.unit_level
    by_unit = {}
    for unit in record.get(levels[unit_level].plural, []):
        for row in unit.get(levels[MONTH].plural, []):
            if month in ("", str(row.get(MONTH))):
                by_unit[str(unit.get(unit_level))] = row
    return by_unit


_ROW = Text("每台在册设备一行，停运的填 0", "a row for each registered unit; zeros where it stood still")


def _missing(guideline: Guideline, units: list[Unit], rows: dict[str, Row], month: str) -> Iterator[Finding]:
    """A unit that is reported under another one has no row of its own."""
    numbers = {unit.number for unit in units}
    for unit in units:
        under = unit.attributes_on(last_day(month)).get(MERGED_INTO, "")
        if unit.number not in rows and under not in numbers - {unit.number}:
            what = guideline.levels[guideline.unit_level].label
            who = Text("{n} 号{what}（{month}）", "{what} {n} ({month})")
            named = who.format(n=unit.number, what=Text(what.zh, what.en.lower()), month=month)
            yield _finding("CMP-UNIT", _place(guideline, unit.number), "", named, _ROW)


_FUEL = Text("该项一行，未用的填 0", "a row for it; zero where none was used")


def _of_what_is_used(
    guideline: Guideline, rows: dict[str, Row], before: dict[str, Row], month: str
) -> Iterator[Finding]:
    """A fuel or material of the month before that a running unit does not state: nil is stated as nil."""
    amount = guideline.industry.used if guideline.industry else ""
    if not amount:
        return
    level = guideline.rules[amount][-1].level
    plural = guideline.levels[level].plural
    for number, row in rows.items():
        stated = {str(used.get(level)) for used in row.get(plural, [])}
        for used in before.get(number, {}).get(plural, []):
            code = str(used.get(level))
            if code not in stated and stated_number(used.get(amount)) and not _stood_still(guideline, row):
                yield _finding("CMP-FUEL", _place(guideline, number, month), plural, same(code), _FUEL)


def _stood_still(guideline: Guideline, row: Row) -> tuple[str, ...]:
    """The inputs that say so, all of them nil; none where the unit ran."""
    nil = guideline.industry.standstill if guideline.industry else ()
    return nil if all(stated_number(row.get(name)) == 0 for name in nil) else ()


_MESSAGES = {
    "CMP-REGISTER": (ERROR, Text("登记事项不全：{found}", "the register is not complete: {found}")),
    "CMP-UNIT": (ERROR, Text("缺少{found}的数据", "no data of {found}")),
    "CMP-STILL": (QUESTION, Text("设备全月停运，请说明原因", "the unit stood still all month; please say why")),
    "CMP-FUEL": (
        QUESTION,
        Text("上月使用的 {found} 本月未填，请说明", "{found} of last month is not stated; please explain"),
    ),
    "CMP-PLAN": (
        QUESTION,
        Text(
            "没有经审定的质量控制方案（{found}），请说明", "no approved quality control plan ({found}); please explain"
        ),
    ),
}
_REMEDY = Text("补齐后重新检查；属实的说明原因", "Complete it and check again; where it is right, say why")


def _finding(code: str, place: str, field: str, actual: Text, expected: Text) -> Finding:
    severity, message = _MESSAGES[code]
    return Finding(code, severity, place, field, actual, expected, message.format(found=actual), LAW, _REMEDY)
