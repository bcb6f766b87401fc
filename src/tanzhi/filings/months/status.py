"""How a filing stands: its form, its record with the unit register, the findings, what they still need."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from tanzhi.actions import clock
from tanzhi.actions.references import reference
from tanzhi.actions.retrieval import retrieved
from tanzhi.evidence.log import Moment, acts_since, present_moment
from tanzhi.evidence.tracking import remembered
from tanzhi.filings.intake import Expected
from tanzhi.filings.intake.ordering import ordered
from tanzhi.filings.intake.records import merged, months_in, path_of, rows_of, steps_of
from tanzhi.filings.laboratory.checks import findings_of_measured
from tanzhi.filings.shared.forms import (
    MONTH_FORM,
    MONTH_LENGTH,
    REGION_LEVEL,
    deposits_months,
    filled_form,
    guideline_of,
    is_regional,
)
from tanzhi.filings.shared.units import units_of
from tanzhi.law.evaluation import InForce, count, day_in, evaluate, is_set
from tanzhi.law.evaluation import in_force as present_law
from tanzhi.law.missing import missing_parameters
from tanzhi.organisations.register.model import Organisation, Region, Unit
from tanzhi.rulebook.clocks import add_natural_days, deposit_due, last_day
from tanzhi.rulebook.kernel import Finding, FormSpec, Guideline, RecordNode, Text, check, examine, form
from tanzhi.rulebook.kernel.finding import ERROR, QUESTION

from .completeness import findings_of_completeness, gaps_of_year, months_owed, stated_beside
from .history import findings_of_history, past_of
from .model import Answer, Filing, InnerDeadline, Version
from .register_facts import Facts, register_facts, with_facts


def form_of(filing: Filing) -> FormSpec:
    """The fields of a filing; an annual report that is composed of the monthly ones has the same."""
    return form(guideline_of(filing.form_code), filled_form(filing.form_code), filing.year)


def is_composed(filing: Filing) -> bool:
    """Whether a year's values come out of its months, unless it has a form of its own or no month is deposited."""
    guideline = guideline_of(filing.form_code)
    of_months = filled_form(filing.form_code) == MONTH_FORM and deposits_months(guideline, filing.year)
    return filing.is_annual and of_months


def due_on(form_code: str, period: str) -> date:
    """A month: so many natural days after its end. A year: a day of the next one, by the law of that year's first."""
    today = clock.today()
    if is_regional(form_code):
        return add_natural_days(today, count("procedure.regional_days", on=today))
    if len(period) == MONTH_LENGTH:
        return deposited_by(period)
    following = int(period) + 1
    return day_in(following, "procedure.report_due", on=date(following, 1, 1))


DEPOSIT_DAYS = "procedure.deposit_days"


def is_deposited(month: str) -> bool:
    """Whether the law of a month's last day has its data deposited at all."""
    return is_set(DEPOSIT_DAYS, on=last_day(month))


def deposited_by(month: str) -> date:
    """Until when a month's data are deposited, by the law of its last day."""
    return deposit_due(month, count(DEPOSIT_DAYS, on=last_day(month)))


def inner_due_on(organisation: Organisation, form_code: str, period: str) -> date | None:
    """The earliest inner deadline of the regions that the organisation lies in; it informs and is no law."""
    if len(period) != MONTH_LENGTH:
        return None

    def read() -> list[InnerDeadline]:
        return list(InnerDeadline.objects.filter(form_code=form_code).select_related("region"))

    read_from = (InnerDeadline._meta.db_table, Region._meta.db_table)
    stated = remembered(("inner deadlines", form_code), read_from, read)
    on, here = last_day(period), organisation.region.path
    days = [row.days for row in stated if row.holds_on(on) and here.startswith(row.region.path)]
    return deposit_due(period, min(days)) if days else None


def with_register(filing: Filing, record: dict[str, Any]) -> dict[str, Any]:
    """The record as the rulebook reads it: whose it is, and what the register says of each unit."""
    return _beside_register(filing, record, *register_of(filing))


def _beside_register(filing: Filing, record: dict[str, Any], on: date, facts: Facts) -> dict[str, Any]:
    if is_regional(filing.form_code):
        return {REGION_LEVEL: filing.organisation.region.code, **record}
    guideline = guideline_of(filing.form_code)
    plural = guideline.levels[guideline.unit_level].plural if guideline.unit_level else ""
    below = [with_facts(guideline, row, facts) for row in record.get(plural, [])]
    whole = {guideline.top: filing.organisation.code, **filing.organisation.attributes_on(on), **record}
    return {**whole, plural: below} if below else whole


def register_of(filing: Filing, units: list[Unit] | None = None) -> tuple[date, Facts]:
    """The last day of a filing's period, and what the register says then of each unit: it outweighs what is stated.

    `units` are those of the present facilities, where they are read already.
    """
    on = last_day(filing.period) if not filing.is_annual else date(filing.year, 12, 31)
    if is_regional(filing.form_code):
        return on, {}
    organisation = filing.organisation
    guideline = guideline_of(filing.form_code)
    present = units_of(organisation) if units is None else units
    return on, register_facts(organisation, present, guideline, on, clock.today())


def evaluated(filing: Filing, record: dict[str, Any]) -> RecordNode:
    """The record with all its quantities, by the register and the law of today."""
    return evaluated_beside(filing, with_register(filing, record))


def evaluated_beside(filing: Filing, whole: dict[str, Any], law: InForce | None = None) -> RecordNode:
    """A record that has what the register says beside it, by the law of today or by that of a stored release.

    Kept for as long as neither the record, nor the register beside it, nor the law changes: upload, check and deposit
    of a month compute it once.
    """
    guideline = guideline_of(filing.form_code)
    return node_of_record(
        guideline, filing.year, json.dumps(whole, ensure_ascii=False, sort_keys=True), law or present_law(guideline)
    )


@lru_cache(maxsize=128)
def node_of_record(guideline: Guideline, year: int, record: str, law: InForce) -> RecordNode:
    return evaluate(guideline, year, json.loads(record), under=law)


@lru_cache(maxsize=128)
def checked(node: RecordNode) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What the guideline's checks find, and the parameters that are missing."""
    return tuple(check(node)), tuple(missing_parameters(node))


def expected_of(filing: Filing, all_months: bool = False) -> Expected:
    """What an upload for this filing may hold."""
    units = frozenset(unit.number for unit in units_of(filing.organisation))
    period = str(filing.year) if all_months else filing.period
    return Expected(period, filing.organisation.code, units, guideline_of(filing.form_code).unit_level)


@dataclass(frozen=True, slots=True)
class ExaminedRecord:
    """What is found in a record, and the record with all its quantities."""

    findings: list[Finding]
    node: RecordNode


def examined_record(filing: Filing, record: dict[str, Any]) -> ExaminedRecord:
    """What the form, the guideline's checks, the past and, for a year, the closing tests find in a record."""
    spec, before = form_of(filing), past_of(filing)
    units = [] if is_regional(filing.form_code) else units_of(filing.organisation)
    on, facts = register_of(filing, units)
    node = evaluated_beside(filing, _beside_register(filing, record, on, facts))
    whole = findings_of_completeness(filing, record, before, units)
    if not is_regional(filing.form_code):
        whole += stated_beside(guideline_of(filing.form_code), spec, record, facts)
    past = findings_of_history(filing, spec, record, node, before)
    of_checks, missing = checked(node)
    if not filing.is_annual and not is_regional(filing.form_code):
        whole += findings_of_measured(filing.organisation, guideline_of(filing.form_code), spec, record, filing.period)
    findings = ordered(examine(spec, record), [*of_checks, *past, *whole, *missing])
    return ExaminedRecord(findings + (closing_findings(filing, record) if is_composed(filing) else []), node)


@dataclass(frozen=True, slots=True)
class FilingStatus:
    """A filing's findings, and those that still stand in the way of a deposit."""

    findings: list[Finding]
    unanswered: list[Finding]
    node: RecordNode | None = None

    @property
    def errors(self) -> list[Finding]:
        return [f for f in self.findings if f.severity == ERROR]

    @property
    def clear(self) -> bool:
        return not self.errors and not self.unanswered


EXAMINED: dict[tuple[int, str, date], tuple[Moment, ExaminedRecord]] = {}
"""The last versions that were examined, each with the moment of the log before that."""
MOST_EXAMINED = 128
UNCHANGING = frozenset({"filings.answer", "filings.attach", "filings.check"})
"""Acts on a filing that leave its values, and whatever they are held against, as they are."""


def _examined(filing: Filing, version: Version) -> ExaminedRecord:
    """A version examined; handed on from act to act for as long as nothing was done that could change what is found.

    Page, answers, check and deposit of a month ask for the same findings one after the other.
    """
    key = (version.pk, version.digest, clock.today())
    earlier = EXAMINED.get(key)
    if earlier is not None and _still_holds(filing, earlier[0]):
        return earlier[1]
    moment = present_moment()  # asked first: whatever is done from here on counts as done since
    examined = examined_record(filing, version.record)
    if moment is not None:
        for oldest in list(EXAMINED)[: max(len(EXAMINED) - MOST_EXAMINED + 1, 0)]:  # a copy: threads share it
            EXAMINED.pop(oldest, None)
        EXAMINED[key] = moment, examined
    return examined


def _still_holds(filing: Filing, moment: Moment) -> bool:
    """Whether all acts since were done to filings of others, or left the values of this one as they are."""
    acts = acts_since(moment)
    if acts is None:
        return False
    kind, own = f"{filing._meta.label_lower}:", reference(filing)
    subjects = {subject for act, subject in acts if subject != own or act not in UNCHANGING}
    if not all(subject.startswith(kind) for subject in subjects):
        return False
    same_subject = Filing.objects.filter(Q(organisation=filing.organisation_id) | Q(subject=filing.subject))
    return not subjects or not same_subject.filter(pk__in=[s.removeprefix(kind) for s in subjects]).exists()


def standing_of(filing: Filing, version: Version | None = None) -> FilingStatus:
    """How the latest version stands; an answer holds for as long as the same thing is found."""
    latest = version or filing.latest
    if latest is None:
        message = Text("尚未填写任何数据", "nothing has been filled in yet")
        return FilingStatus(
            [
                Finding(
                    "FIL-EMPTY", ERROR, "", "", Text("空白", "blank"), Text("至少一行数据", "at least one row"), message
                )
            ],
            [],
        )
    examined = _examined(filing, latest)
    findings = list(examined.findings)
    answered = {(a.code, a.where, a.question) for a in retrieved(answers_to, filing.pk)}
    open_questions = [f for f in findings if f.severity == QUESTION and question_key(f) not in answered]
    return FilingStatus(findings, open_questions, examined.node)


def answers_to(filing: int) -> QuerySet[Answer]:
    return Answer.objects.filter(filing=filing)


def question_key(finding: Finding) -> tuple[str, str, str]:
    """By what an answer is found again: code, place, and a digest where the words are long."""
    words = finding.found if isinstance(finding.found, str) else finding.found.zh
    return finding.code, finding.place, words if len(words) <= 190 else hashlib.sha256(words.encode()).hexdigest()


def months_of(filing: Filing) -> list[Filing]:
    """The monthly filings of an annual report's year, in order."""
    code = f"{filing.guideline_name}.{MONTH_FORM}"
    filings = Filing.objects.filter(form_code=code, subject=filing.subject, period__startswith=f"{filing.year}-")
    return list(filings.order_by("period"))


def composed(months: Iterable[Filing]) -> dict[str, Any]:
    """The year's record out of the deposited versions of its months."""
    standing = [version for month in months if (version := month.deposited_version)]
    levels = {level for version in standing for level in guideline_of(version.filing.form_code).levels}
    return merged([version.record for version in standing], levels)


def closing_findings(filing: Filing, record: dict[str, Any]) -> list[Finding]:
    """All months are there, the year is what the months say, each month opens with what the last one left."""
    months = months_of(filing)
    deposited = {m.period for m in months if m.deposited_version}
    missing = [m for m in months_owed(filing.organisation, filing.year) if m not in deposited]
    findings = [_finding("YR-MONTHS", m, m, Text("已存证", "deposited")) for m in missing]
    if record != composed(months):
        spoken = ", ".join(months_in(record)) or "-"
        findings.append(
            _finding("YR-EQUAL", str(filing.year), spoken, Text("等于已存证各月", "equal to the deposited months"))
        )
    findings += gaps_of_year(filing, record, sorted(deposited))
    spec = form_of(filing)
    for table in spec.tables:
        last: dict[tuple[str, ...], tuple[str, str]] = {}
        if not any(field.name == "opening_stock" for field in table.fields):
            continue
        for keys, row in sorted(rows_of(spec, table, record), key=lambda pair: pair[0].get(MONTH_FORM, "")):
            own = tuple(key for level, key in keys.items() if level != MONTH_FORM)
            before, opening = last.get(own), row.get("opening_stock")
            if before and opening and before[1] != opening:
                place = path_of(steps_of(spec, table, keys))
                closing = Text("{c}（{m}期末）", "{c} (closing of {m})").format(c=before[1], m=before[0])
                findings.append(_finding("YR-STOCK", place, opening, closing))
            if row.get("closing_stock"):
                last[own] = (keys.get(MONTH_FORM, ""), str(row["closing_stock"]))
    return findings


_CLOSING = {
    "YR-MONTHS": (ERROR, Text("{place} 尚未存证", "{place} is not deposited")),
    "YR-EQUAL": (ERROR, Text("年度数据与已存证各月不等", "the year differs from its deposited months")),
    "YR-STOCK": (
        QUESTION,
        Text("期初库存与上月期末不等：{found}", "opening stock differs from the last closing: {found}"),
    ),
}


def _finding(code: str, place: str, actual: str, expected: Text) -> Finding:
    severity, message = _CLOSING[code]
    remedy = Text("请更正有关月份后重新汇总", "Correct the month concerned and compose the year again")
    text = message.format(place=place, found=actual)
    return Finding(
        code, severity, place, "opening_stock" if code == "YR-STOCK" else "", actual, expected, text, remedy=remedy
    )
