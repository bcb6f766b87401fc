"""A methodology's form and calculator, for a design as for a monitoring report: the same equations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tanzhi.actions.refusal import Refused
from tanzhi.law.evaluation import InForce, evaluate, under_release
from tanzhi.presentation.intake.cells import read_record
from tanzhi.rulebook.ccer.methodologies import methodologies
from tanzhi.rulebook.kernel import Guideline, RecordNode, check, examine, form
from tanzhi.rulebook.kernel.entries import Period, When
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.forms import FormSpec
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from .models import CreditProject, CreditReport

YEAR = 2024  # a form is the same in every year; the values of its parameters are not


def guideline_of(code: str) -> Guideline | None:
    """The calculator of a methodology; None where the case is kept without one."""
    edition = methodologies().get(code)
    return edition.guideline if edition else None


def form_of(code: str) -> FormSpec:
    """What a methodology needs for a period; empty where no calculator is here."""
    guideline = guideline_of(code)
    if guideline is None:
        return FormSpec(code=code, title=Text("无计算表", "no calculator"), year=YEAR, tables=())
    return form(guideline, "period", YEAR)


def evaluated(code: str, when: When, record: dict[str, Any], law: InForce | None = None) -> RecordNode:
    """The reduction of a record by the methodology's equations."""
    guideline = guideline_of(code)
    if guideline is None:
        message = Text("方法学 {code} 尚未提供计算表", "there is no calculator for {code} yet").format(code=code)
        raise Refused("CCR-06", message, 409)
    return evaluate(guideline, when, record, under=law)


def of_design(project: CreditProject, law: InForce | None = None) -> RecordNode:
    return evaluated(project.methodology, project.design_year or YEAR, project.design, law)


def of_report(report: CreditReport, law: InForce | None = None) -> RecordNode:
    """By what is law on all days of the monitoring period: where a value changes within it, it is to be divided."""
    return evaluated(report.project.methodology, Period(report.first, report.last), report.record, law)


def design_as_stored(project: CreditProject) -> RecordNode:
    """The design by the release that computed what is stored; by today's where that cannot be had any more."""
    return of_design(project, _stored(project.methodology, project.release))


def report_as_stored(report: CreditReport) -> RecordNode:
    """The same of what was monitored."""
    return of_report(report, _stored(report.project.methodology, report.release))


def _stored(code: str, release: str) -> InForce | None:
    guideline = guideline_of(code)
    return under_release(guideline, release) if guideline else None


def read_form(code: str, values: dict[str, Any], field: str) -> dict[str, Any]:
    """What was filed, as it is stored: blanks left out, every value read as a workbook's would be."""
    filled = {name: value for name, value in values.items() if value not in ("", [], None)}
    record, unreadable = read_record(form_of(code), filled)
    _refuse(unreadable, field)
    return record


def refuse_findings(code: str, record: dict[str, Any], node: RecordNode, field: str) -> None:
    """What form and methodology find wrong, all at once, each at its field."""
    _refuse(
        [*examine(form_of(code), record), *(finding for finding in check(node) if finding.severity == ERROR)], field
    )


def _refuse(findings: list[Finding], field: str) -> None:
    if findings:
        message = Text("有 {n} 处不符合方法学要求", "{n} entries do not fit the methodology").format(n=len(findings))
        placed = []
        for finding in findings:
            table = finding.place.split("[", maxsplit=1)[0].lstrip(".")  # that holds its row, if one does
            placed.append(replace(finding, field=f"{field}.{table or finding.field.split(',', maxsplit=1)[0]}"))
        raise Refused("CCR-16", message, 422, placed)
