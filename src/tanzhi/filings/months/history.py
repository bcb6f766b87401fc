"""What a filing looks like beside the plant's own past and its quality control plan: questions, never verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from tanzhi.actions.retrieval import one_of
from tanzhi.filings.intake.records import path_of, rows_of, steps_of
from tanzhi.filings.plans.form import LAW, PARAMETER, plan_form, planned_guidelines
from tanzhi.filings.plans.model import PlanVersion
from tanzhi.law.evaluation import count, parameter
from tanzhi.rulebook.clocks import MONTHS, last_day
from tanzhi.rulebook.kernel import Finding, FormSpec, RecordNode, TableSpec, Text, guidelines
from tanzhi.rulebook.kernel.finding import QUESTION
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import same
from tanzhi.rulebook.kernel.yaml_files import read_yaml

from .model import Filing, Result, Version
from .totals import deposited_versions, months_before, percentage, stated_number, stored_totals, totals_in

RULES: dict[str, Any] = read_yaml(Path(__file__).with_name("history.yaml"))
Row = dict[str, Any]
Keyed = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What a month stands beside: the deposits of the month and the year before, and the plan of its year."""

    before: Row = field(default_factory=dict)
    year_before: Row = field(default_factory=dict)
    versions: Mapping[str, Version] = field(default_factory=dict)
    plan: PlanVersion | None = None


def past_of(filing: Filing) -> Past:
    """Read once for all that a month is checked against; a year has none."""
    if filing.is_annual:
        return Past()
    last, year_before = months_before(filing.period, 1), months_before(filing.period, MONTHS)
    versions = deposited_versions(filing, (last, year_before))
    plan = one_of(approved_plan, filing.organisation_id, filing.guideline_name, about=(filing.year,))
    before, earlier = (versions[period].record if period in versions else {} for period in (last, year_before))
    return Past(before, earlier, versions, plan)


def approved_plan(organisation: int, guideline: str, year: int) -> QuerySet[PlanVersion]:
    """The newest one of a year."""
    of_year = PlanVersion.objects.filter(
        plan__organisation=organisation, plan__guideline=guideline, plan__year=year, approved=True
    )
    return of_year.order_by("-number")[:1]


def findings_of_history(filing: Filing, spec: FormSpec, record: Row, node: RecordNode, past: Past) -> list[Finding]:
    """A month beside the last one, the same month a year before and the plan; a year beside the year before."""
    if filing.is_annual:
        return list(_year_on_year(filing, record, node))
    findings = []
    # GEN-1 over the month's border: a month opens with what the last one left.
    for table in spec.tables:
        by_key = _keyed(spec, table, past.before)
        for keys, (path, row) in _keyed(spec, table, record).items():
            opening, closing = row.get("opening_stock"), by_key.get(keys, ("", {}))[1].get("closing_stock")
            if opening and closing and stated_number(opening) != stated_number(closing):
                findings.append(_finding("HIS-STOCK", path, "opening_stock", same(str(opening)), same(str(closing))))
    on = last_day(filing.period)
    # GEN-16: several fields of a unit as in the same month a year before.
    copied = _equal_digits(spec, record, past.year_before)
    fewest = count("procedure.equal_fields", on=on) if past.year_before else 0
    findings += [
        _finding("GEN-16", place, "", same(str(equal)), same(f"< {fewest}"))
        for place, (equal, _) in copied.items()
        if equal >= fewest
    ]
    # Of a unit's month, too many numbers as in the month before.
    repeated = _equal_digits(spec, record, past.before)
    share = parameter("procedure.equal_share", on=on) if repeated else Decimal(0)
    of_all = Text("{n}/{all} 项", "{n} of {all}")
    findings += [
        _finding("HIS-SAME", place, "", of_all.format(n=equal, all=every), same(f"≤ {plain(share * 100)} %"))
        for place, (equal, every) in repeated.items()
        if equal and equal > every * share
    ]
    return [
        *findings,
        *_not_as_planned(filing, spec, record, past.plan),
        *_month_on_month(filing, node, past.versions),
    ]


def _keyed(spec: FormSpec, table: TableSpec, record: Row) -> dict[Keyed, tuple[str, Row]]:
    """The rows of a table by their keys without the month, each with its path."""
    return {
        tuple(key for level, key in keys.items() if level != "month"): (path_of(steps_of(spec, table, keys)), row)
        for keys, row in rows_of(spec, table, record)
    }


def _equal_digits(spec: FormSpec, record: Row, before: Row) -> dict[str, tuple[int, int]]:
    """Of each unit's numbers, how many have exactly the digits of an earlier record, and how many there are."""
    counts: dict[str, tuple[int, int]] = {}
    for table in spec.tables if before else ():
        by_key = _keyed(spec, table, before)
        for keys, (path, row) in _keyed(spec, table, record).items():
            old, unit = by_key.get(keys, ("", {}))[1], path.partition(".")[0]
            # Zero twice says nothing; digits do.
            names = [f.name for f in table.fields if f.kind == "number" and bool(stated_number(row.get(f.name)))]
            equal, every = counts.get(unit, (0, 0))
            counts[unit] = equal + sum(row[name] == old.get(name) for name in names), every + len(names)
    return counts


def _month_on_month(filing: Filing, node: RecordNode, versions: Mapping[str, Version]) -> Iterator[Finding]:
    """A total that the guideline compares, far from the month before or from the same month of the year before."""
    guideline = guidelines()[filing.guideline_name]
    industry = guideline.industry
    asked_about = [total for total in industry.compared if total.asks_as] if industry else []
    if not asked_about or not versions:
        return
    periods = {"HIS-MONTH": months_before(filing.period, 1), "HIS-YEAR": months_before(filing.period, MONTHS)}
    past = stored_totals(guideline, versions, [total.name for total in asked_about])
    on = last_day(filing.period)
    limits = {
        AMOUNT: parameter("procedure.month_amount_swing", on=on),
        INTENSITY: parameter("procedure.month_intensity_swing", on=on),
    }
    for total in asked_about:
        limit = limits[total.asks_as]
        for where, amount in totals_in(node, (total.name,)).items():
            for code, period in periods.items():
                was = past.get(period, {}).get(where)
                if amount.number and was is not None and was.number:
                    yield from _change(code, where[0], (amount.number, was.number), limit, amount.label)


def _not_as_planned(filing: Filing, spec: FormSpec, record: Row, plan: PlanVersion | None) -> Iterator[Finding]:
    """GEN-11: a datum that the approved plan obtains by measuring was not filed for a unit that is."""
    guideline = filing.guideline_name
    if plan is None or guideline not in planned_guidelines(filing.year):
        return
    fields = {field.name: field for table in spec.tables for field in table.fields}
    # Which unit filed a value of which input, at whatever level.
    filed = {
        (next(iter(keys.values()), ""), field.name)
        for table in spec.tables
        for keys, row in rows_of(spec, table, record)
        for field in table.fields
        if row.get(field.name)
    }
    units = next((table for table in spec.tables if table.key and not table.parents), None)
    places = []
    if units is not None:
        rows = rows_of(spec, units, record)
        places = [(path_of(steps_of(spec, units, keys)), keys[units.level]) for keys, _ in rows]
    form = plan_form(guidelines()[guideline], filing.year)
    planned = form.table(PARAMETER)
    for keys, row in rows_of(form, planned, plan.record) if planned else ():
        unit, name = next(iter(keys.values())), str(row.get(PARAMETER))
        if row.get("method") in RULES["metered"] and name in fields and (unit, name) not in filed:
            for place in (path for path, here in places if here == unit):
                yield _finding("HIS-METHOD", place, name, Text("空白", "blank"), fields[name].label)


def _year_on_year(filing: Filing, record: Row, node: RecordNode) -> Iterator[Finding]:
    """GEN-5: the year's emission, and emission per unit of output, against the deposited report of the year before."""
    industry = guidelines()[filing.guideline_name].industry
    before = Filing.objects.filter(
        form_code=filing.form_code, subject=filing.subject, period=str(filing.year - 1)
    ).first()
    version = before.deposited_version if before else None
    if industry is None or version is None:
        return
    on = date(filing.year, 12, 31)
    result = Result.objects.filter(version=version, quantity=industry.total, where="").order_by("-pk").first()
    total, was = stated_number(node.value(industry.total).number), (stated_number(result.value) if result else None)
    output, output_was = (_filed_sum(r, industry.output) for r in (record, version.record))
    if total and was:
        yield from _change("GEN-5", "", (total, was), parameter("procedure.yearly_change", on=on))
    if total and was and output and output_was:
        intensities = total / output, was / output_was
        yield from _change("GEN-5I", "", intensities, parameter("procedure.yearly_intensity_change", on=on))


def _filed_sum(record: Any, name: str) -> Decimal:
    """An input added up over a whole record."""
    if isinstance(record, list):
        return sum((_filed_sum(row, name) for row in record), Decimal(0))
    if not isinstance(record, dict):
        return Decimal(0)
    below = sum((_filed_sum(value, name) for value in record.values()), Decimal(0))
    return (stated_number(record.get(name)) or Decimal(0)) + below


def _change(
    code: str, place: str, values: tuple[Decimal, Decimal], limit: Decimal, label: Text | None = None
) -> Iterator[Finding]:
    """A value that changed by more than the limit against what it was; it is called by its label if it has one."""
    now, was = values
    change = (now - was) / was
    if abs(change) > limit:
        words = same(percentage(change))
        actual = Text("{label} {change}", "{label} {change}").format(label=label, change=words) if label else words
        yield _finding(code, place, "", actual, same(f"±{plain(limit * 100)} %"))


_MESSAGES = {
    "HIS-STOCK": Text(
        "期初库存 {found} 与上月已存证的期末库存 {expected} 不等，请说明",
        "Opening stock {found} differs from the last month's deposited closing stock {expected}; please explain",
    ),
    "GEN-16": Text(
        "有 {found} 项与上年同月数字完全相同，请说明",
        "{found} fields have exactly the digits of the same month a year before; please explain",
    ),
    "HIS-SAME": Text(
        "{found}与上月数字完全相同，请说明",
        "{found} numbers have exactly the digits of the month before; please explain",
    ),
    "HIS-MONTH": Text(
        "较上月变化较大：{found}，请说明", "A large change against the month before: {found}; please explain"
    ),
    "HIS-YEAR": Text(
        "较上年同月变化较大：{found}，请说明",
        "A large change against the same month of the year before: {found}; please explain",
    ),
    "HIS-METHOD": Text(
        "质量控制方案规定实测“{expected}”，本月未填，请说明",
        "The quality control plan measures “{expected}”; it was not filed this month, please explain",
    ),
    "GEN-5": Text(
        "排放量较上年变化 {found}，请说明", "Emission changed by {found} against the year before; please explain"
    ),
    "GEN-5I": Text(
        "单位产出排放较上年变化 {found}，请说明",
        "Emission per unit of output changed by {found} against the year before; please explain",
    ),
}
_REMEDY = Text(
    "请核对；属实的说明原因，随数据存证", "Check it; where it is right, say why: it is deposited with the data"
)


def _finding(code: str, place: str, field: str, actual: Text, expected: Text) -> Finding:
    message = _MESSAGES[code].format(found=actual, expected=expected)
    return Finding(code, QUESTION, place, field, actual, expected, message, LAW, _REMEDY)
