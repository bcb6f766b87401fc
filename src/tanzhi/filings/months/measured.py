"""A month's measured values come from laboratory reports: which are there, what they say, which months rest on one."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tanzhi.filings.intake.records import rows_of
from tanzhi.filings.laboratory.checks import is_about
from tanzhi.filings.laboratory.form import tested_table, tests_of
from tanzhi.filings.laboratory.model import ON_RECORD, LaboratoryReport
from tanzhi.filings.laboratory.work import RESTING
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of
from tanzhi.rulebook.kernel import form

from .model import Filing, Version
from .status import form_of


@dataclass(frozen=True, slots=True)
class Measured:
    """The laboratory reports beside a month, and whether they say what its record does not have yet."""

    reports: list[LaboratoryReport]
    adds: bool


def measured_of(filing: Filing, record: dict[str, Any]) -> Measured | None:
    """None for a year, and where nothing of a month comes from laboratory reports."""
    if filing.is_annual or tests_of(guideline_of(filing.form_code)) is None:
        return None
    reports = reports_of(filing)
    return Measured(reports, with_reports(filing, record, reports) != record)


def reports_of(filing: Filing) -> list[LaboratoryReport]:
    """The reports on record about a month's samples."""
    if filing.is_annual or tests_of(guideline_of(filing.form_code)) is None:
        return []
    rows = LaboratoryReport.objects.filter(organisation=filing.organisation, month=filing.period, state=ON_RECORD)
    return list(rows.order_by("unit", "material", "number"))


def with_reports(filing: Filing, record: dict[str, Any], reports: list[LaboratoryReport]) -> dict[str, Any]:
    """The record with what the reports say in each row that they are about.

    A row that names a report takes that one; a row that names none takes the only one there is. Of several, nobody but
    the plant knows which one counts: the row stays as it is.
    """
    guideline, spec = guideline_of(filing.form_code), form_of(filing)
    tests = tests_of(guideline)
    filled = deepcopy(record)
    if tests is None or not reports:
        return filled
    table = tested_table(spec, tests)
    names = {field.name for field in table.fields}
    for keys, row in rows_of(spec, table, filled):
        about = [
            report
            for report in reports
            if is_about(report, filing.period, keys.get(guideline.unit_level, ""), keys[table.level])
            and row.get(tests.number) in (None, "", report.number)
        ]
        if len(about) == 1:
            values = about[0].row
            taken = {name: values[column] for name, column in tests.stated.items() if values.get(column)}
            row.update({tests.number: about[0].number, **{name: taken[name] for name in taken if name in names}})
    return filled


def months_resting_on(report: LaboratoryReport) -> dict[str, str]:
    """The months whose values that stand, or that were stated last, name the report."""
    number = json.dumps(report.number, ensure_ascii=False)  # as a version's canonical JSON writes it
    rows = Version.objects.filter(filing__organisation=report.organisation_id, values__contains=number)
    months = {}
    for version in rows.select_related("filing"):
        filing = version.filing
        if not filing.is_annual and version in (filing.latest, filing.deposited_version):
            guideline = guideline_of(filing.form_code)
            tests = tests_of(guideline)
            spec = form(guideline, MONTH_FORM, filing.year)
            rows_named = rows_of(spec, tested_table(spec, tests), version.record) if tests else ()
            if tests and any(row.get(tests.number) == report.number for _, row in rows_named):
                months[filing.period] = filing.get_absolute_url()
    return months


RESTING.append(months_resting_on)
