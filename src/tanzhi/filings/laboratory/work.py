"""The only writers of laboratory reports: record some, withdraw one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.transitions import CaseType, begin
from tanzhi.actions.validation import Label
from tanzhi.filings.intake.records import bytes_of
from tanzhi.filings.shared.inputs import place_of_organisation
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Refers
from tanzhi.presentation.intake.cells import readable_record
from tanzhi.rulebook.kernel import Text

from .checks import findings_of_reports
from .form import LAW, MATERIAL, REPORT, REPORTED, report_form, tested_guideline
from .model import ON_RECORD, WITHDRAWN, LaboratoryReport

BASIS = f"{LAW}；CETS-AG-01.01-V02-2022"
_NONE = Text(
    "{name}所属行业的月度数据不取自检测报告", "months of {name} take nothing from laboratory reports in its industry"
)
_WRONG = Text("检测报告有 {n} 处须改", "{n} things in the laboratory reports must be corrected")


class RecordReportInput(Input):
    organisation_id: Annotated[int, Label("单位", "Organisation"), Refers(Organisation)]
    report: Annotated[dict[str, Any], Label("检测报告", "Report")]


class RecordReportsInput(Input):
    organisation_id: Annotated[int, Label("单位", "Organisation"), Refers(Organisation)]
    record: Annotated[dict[str, Any], Label("检测报告", "Reports")]


class WithdrawReportInput(Input):
    reason: Reason


def _new_reports(call: Call, organisation_id: int, rows: Any) -> list[LaboratoryReport]:
    """One report for each row, not saved; refused whole while any row is wrong."""
    organisation = Organisation.objects.select_related("region").get(pk=organisation_id)
    guideline = tested_guideline(organisation)
    if guideline is None:
        raise Refused("LAB-NONE", _NONE.format(name=organisation.name), 422)
    record = readable_record(report_form(guideline, call.today.year), {REPORTED: rows})
    if findings := findings_of_reports(organisation, guideline, record, call.today):
        raise Refused("LAB-FINDINGS", _WRONG.format(n=len(findings)), 422, findings)
    reports = []
    for row in record[REPORTED]:
        content = bytes_of(row)
        report = LaboratoryReport(
            organisation=organisation,
            guideline=guideline.name,
            number=row[REPORT],
            month=row["month"],
            unit=row.get("unit") or "",
            material=row[MATERIAL],
            sampled_on=date.fromisoformat(row["sampled_on"]),
            reported_on=date.fromisoformat(row["reported_on"]),
            laboratory=row["laboratory"],
            laboratory_mark=row["laboratory_mark"],
            values=content.decode(),
            digest=hashlib.sha256(content).hexdigest(),
            person_id=call.actor.person_id or 0,
            person_name=call.actor.name,
        )
        reports.append(report)
    return reports


def record_report(call: Call) -> LaboratoryReport:
    """Keep what one report of a laboratory says; its number is known once for a plant."""
    (report,) = _new_reports(call, call.data.organisation_id, [call.data.report])
    call.attach("values", report.digest)
    return report


@action(
    "filings.record_reports",
    label=Text("登记检测报告", "Record laboratory reports"),
    by=PLANT,
    input=RecordReportsInput,
    place=place_of_organisation,
    law=BASIS,
    prepares=True,
)
def record_reports(call: Call) -> list[LaboratoryReport]:
    """Keep several reports at once, all of them or none."""
    rows = call.data.record.get(REPORTED)
    if not rows or set(call.data.record) != {REPORTED}:
        raise Refused("FIL-SHAPE", Text("内容不是这张表的数据", "this is not the content of the form"), 422)
    reports = _new_reports(call, call.data.organisation_id, rows)
    for report in reports:
        begin(call, LABORATORY_REPORT, report)
    call.attach("reports", {report.number: report.digest for report in reports})
    return reports


RESTING: list[Callable[[LaboratoryReport], dict[str, str]]] = []
"""Who knows which months rest on a report, with their addresses: those that file months."""


def resting_on(report: LaboratoryReport) -> dict[str, str]:
    """The months that rest on a report, in order, each with its address."""
    months = {month: address for resting in RESTING for month, address in resting(report).items()}
    return dict(sorted(months.items()))


_USED = Text(
    "{months} 的数据取自该报告，请先更正有关月份", "data of {months} rest on this report: correct these months first"
)


def withdraw_report(call: Call, report: LaboratoryReport) -> None:
    """Take a report that was recorded wrongly off the record; no month may rest on it."""
    if months := resting_on(report):
        raise Refused("LAB-USED", _USED.format(months=", ".join(months)), 409)
    report.withdrawn_because = call.data.reason
    call.attach("reason", call.data.reason)


LABORATORY_REPORT = CaseType(
    "filings.laboratory_report",
    model=LaboratoryReport,
    title=Text("检测报告", "Laboratory report"),
    law=BASIS,
    start=ON_RECORD,
    comments=frozenset(PLANT),
    rows_to_do=lambda rows, _actor: rows.none(),
    states=(
        State(ON_RECORD, Text("已登记", "on record"), tone="ok"),
        State(WITHDRAWN, Text("已撤销", "withdrawn"), tone="late", end=True),
    ),
    opening=Opening(
        "filings.record_report",
        Text("登记一份检测报告", "Record a laboratory report"),
        by=PLANT,
        do=record_report,
        place=place_of_organisation,
        prepares=True,
        input=RecordReportInput,
    ),
    moves=(
        Move(
            "filings.withdraw_report",
            Text("撤销登记", "Withdraw the report"),
            leaves=(ON_RECORD,),
            enters=WITHDRAWN,
            by=PLANT,
            input=WithdrawReportInput,
            do=withdraw_report,
            forward=False,
        ),
    ),
)
