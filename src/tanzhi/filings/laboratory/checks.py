"""What is found in laboratory reports when they are recorded, and in a month that states measured values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tanzhi.filings.intake.records import path_of, rows_of, steps_of
from tanzhi.law.evaluation import count, is_set
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.rulebook.clocks import last_day
from tanzhi.rulebook.kernel import Finding, FormSpec, Guideline, LaboratoryTests, Text, examine
from tanzhi.rulebook.kernel.finding import ERROR
from tanzhi.rulebook.kernel.text import same

from .form import CONTENT, LAW, REPORT, REPORTED, report_form, tested_table, tests_of
from .model import ON_RECORD, LaboratoryReport

REQUIRED = "procedure.laboratory_report_required"
_REMEDY = Text("请更正后重新保存", "Correct it and save again")
_MESSAGES = {
    "LAB-NUMBER": Text("报告编号已登记：{found}", "a report of this number is on record: {found}"),
    "LAB-UNIT": Text("登记中没有该机组或生产线：{found}", "the register has no such unit or line: {found}"),
    "LAB-DATES": Text("日期先后不符或晚于今日：{found}", "dates out of order or after today: {found}"),
    "LAB-BLANK": Text("报告没有任何检测值", "the report has no measured value"),
    "LAB-REPORT": Text("实测值没有已登记的检测报告：{found}", "a measured value without a report on record: {found}"),
    "LAB-OTHER": Text("该检测报告不是本月、本机组、本品种的：{found}", "the report is on something else: {found}"),
    "LAB-VALUE": Text("与检测报告不一致：{found}", "differs from the report: {found}"),
}
_NEW_NUMBER = Text("未登记过的编号", "a number that is not on record")
_IN_ORDER = Text("采样、收样、检测、报告依次，不晚于今日", "sampled, received, tested, reported in this order")
_ON_RECORD = Text("先登记该月的检测报告，再填其编号", "record the month's report first, then state its number")
_ABOUT = Text("{n}：{m}，{u} 号，{k}", "{n}: {m}, unit {u}, {k}")
_OWN = Text("本月、本机组（或全厂）、本品种的检测报告", "a report on this month, unit (or plant) and material")
_TOLD = Text("（填报 {found}）", " (stated {found})")
_MEASURED = Text("至少一项检测值", "at least one measured value")


def findings_of_reports(
    organisation: Organisation, guideline: Guideline, record: dict[str, Any], today: date
) -> list[Finding]:
    """What keeps reports from being recorded: the form's findings, then numbers, units, dates, blanks."""
    rows = [row for row in record.get(REPORTED, []) if isinstance(row, dict)]
    # By the form of each sample's own year: reports of several years may come together.
    months = [month for row in rows if isinstance(month := row.get("month"), str)]
    years = sorted({int(month[:4]) for month in months if month[:4].isdigit() and int(month[:4]) > 0})
    by_year = [examine(report_form(guideline, year), record) for year in years or [today.year]]
    # A month outside one year's form lies within another's; a finding of every form is one.
    findings = [f for f in by_year[0] if f.code != "FORM-PERIOD" and all(f in others for others in by_year)]
    if findings:
        return findings
    numbers = [row[REPORT] for row in rows]
    on_record = LaboratoryReport.objects.filter(organisation=organisation, state=ON_RECORD, number__in=numbers)
    recorded = set(on_record.values_list("number", flat=True))
    units = set(Unit.objects.filter(facility__organisation=organisation).values_list("number", flat=True))
    measured = [spec["name"] for spec in CONTENT["columns"] if "decimals" in spec]
    for row in rows:
        place = f"{REPORTED}[{row[REPORT]}]"
        if row[REPORT] in recorded:
            findings.append(_finding("LAB-NUMBER", place, REPORT, same(row[REPORT]), _NEW_NUMBER))
        if row.get("unit") and row["unit"] not in units:
            findings.append(_finding("LAB-UNIT", place, "unit", same(row["unit"]), same(", ".join(sorted(units)))))
        days = [row[name] for name in CONTENT["dates"]]
        if days != sorted(days) or days[-1] > today.isoformat():
            findings.append(_finding("LAB-DATES", place, "reported_on", same(" → ".join(days)), _IN_ORDER))
        if not any(row.get(name) not in (None, "") for name in measured):
            findings.append(_finding("LAB-BLANK", place, measured[0], Text("空白", "blank"), _MEASURED))
    return findings


def findings_of_measured(
    organisation: Organisation, guideline: Guideline, spec: FormSpec, record: dict[str, Any], month: str
) -> list[Finding]:
    """What a month states as measured counts with a report on record that is about it and says the same."""
    tests, on = tests_of(guideline), last_day(month)
    if tests is None or not is_set(REQUIRED, on=on) or count(REQUIRED, on=on) == 0:
        return []
    table = tested_table(spec, tests)
    rows = [pair for pair in rows_of(spec, table, record) if _states_measured(tests, table.level, *pair)]
    if not rows:
        return []
    numbers = {str(row.get(tests.number) or "") for _, row in rows}
    on_record = LaboratoryReport.objects.filter(organisation=organisation, state=ON_RECORD, number__in=numbers)
    reports = {report.number: report for report in on_record}
    fields = {field.name: field for field in table.fields}
    findings: list[Finding] = []
    for keys, row in rows:
        place, number = path_of(steps_of(spec, table, keys)), str(row.get(tests.number) or "")
        report = reports.get(number)
        if report is None:
            actual = same(number) if number else Text("未填报告编号", "no report number")
            findings.append(_finding("LAB-REPORT", place, tests.number, actual, _ON_RECORD))
        elif not is_about(report, month, keys.get(guideline.unit_level, ""), keys[table.level]):
            material = table.key.options.get(report.material, same(report.material)) if table.key else same("")
            of_what = _ABOUT.format(n=number, m=report.month, u=report.unit or "-", k=material)
            findings.append(_finding("LAB-OTHER", place, tests.number, of_what, _OWN))
        else:
            tested = report.row
            for name, column in tests.stated.items():
                stated, reported = row.get(name), tested.get(column)
                if stated not in (None, "") and not _equal(stated, reported):
                    field = fields[name]
                    expected = field.options.get(str(reported)) or same(str(reported or "–"))
                    actual = field.options.get(str(stated)) or same(str(stated))
                    findings.append(
                        _finding("LAB-VALUE", place, name, field.label + _TOLD.format(found=actual), expected)
                    )
    return findings


def _states_measured(tests: LaboratoryTests, level: str, keys: dict[str, str], row: dict[str, Any]) -> bool:
    """Whether a row of the material, or a sample below it, states a measured value."""
    below = [low for value in row.values() if isinstance(value, list) for low in value if isinstance(low, dict)]
    return keys[level] in tests.materials and any(
        each.get(name) not in (None, "") for each in (row, *below) for name in tests.measured
    )


def is_about(report: LaboratoryReport, month: str, unit: str, material: str) -> bool:
    return report.month == month and report.unit in ("", unit) and report.material == material


def _equal(stated: Any, reported: Any) -> bool:
    """Numbers by their value, 57.1 and 57.10; words and days as they are."""
    try:
        return Decimal(str(stated)) == Decimal(str(reported))
    except InvalidOperation:
        return str(stated) == str(reported)


def _finding(code: str, place: str, field: str, actual: Text, expected: Text) -> Finding:
    message = _MESSAGES[code].format(found=actual)
    return Finding(code, ERROR, place, field, actual, expected, message, LAW, _REMEDY)
