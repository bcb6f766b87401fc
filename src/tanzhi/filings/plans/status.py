"""How a data quality control plan stands: its form, what it starts from, what is still missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from tanzhi.filings.intake import Expected
from tanzhi.filings.intake.ordering import ordered
from tanzhi.filings.intake.records import rows_of
from tanzhi.filings.shared.units import units_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel import Finding, FormSpec, Text, examine, guidelines
from tanzhi.rulebook.kernel.finding import ERROR

from .form import CONTENT, LAW, PARAMETER, PARAMETERS, monitored, plan_form, proven
from .model import Plan, PlanVersion

SHAPELESS = {"FORM-TABLE", "FORM-UNKNOWN"}
_COVER = Text("方案未列入必填参数：{label}", "the plan leaves out a required parameter: {label}")
_METER = Text("自行计量的参数须填{label}", "{label} is needed for a datum by the plant's own meter")


def form_of_plan(plan: Plan) -> FormSpec:
    return plan_form(guidelines()[plan.guideline], plan.year)


def unit_table(spec: FormSpec) -> Any:
    """The table of units: it has keys only, and the parameters stand below it."""
    return next(table for table in spec.tables if table.key and not table.parents)


def expected_of_plan(plan: Plan) -> Expected:
    """The units of the register; a plan speaks of no others."""
    units = frozenset(unit.number for unit in units_of(plan.organisation))
    return Expected(str(plan.year), plan.organisation.code, units, guidelines()[plan.guideline].unit_level)


def first_record(plan: Plan) -> dict[str, Any]:
    """What a new plan starts from: last year's approved one, or a row for each parameter that must be proven."""
    before = Plan.objects.filter(organisation=plan.organisation, guideline=plan.guideline, year__lt=plan.year)
    last = next((v for p in before.order_by("-year") if (v := p.approved_version)), None)
    if last:
        record: dict[str, Any] = last.record
        return record
    table = unit_table(form_of_plan(plan))
    names = [field.name for field in proven(monitored(guidelines()[plan.guideline], plan.year))]
    rows = [{table.level: u.number, PARAMETERS: [{PARAMETER: n} for n in names]} for u in units_of(plan.organisation)]
    return {table.plural: rows}


def findings_of_plan(plan: Plan, record: dict[str, Any]) -> list[Finding]:
    """What the form finds, what no row covers, and meters without their details."""
    spec = form_of_plan(plan)
    findings = examine(spec, record)
    if any(finding.code in SHAPELESS for finding in findings):
        return findings
    # Every unit of the register plans every datum that its monthly form requires.
    table = unit_table(spec)
    planned = {
        (str(row.get(table.level)), parameter.get(PARAMETER))
        for row in record.get(table.plural, [])
        for parameter in row.get(PARAMETERS, [])
    }
    required = [field for field in monitored(guidelines()[plan.guideline], plan.year) if field.required]
    uncovered = [
        _finding(
            "PLAN-COVER", f"{table.plural}[{unit.number}]", PARAMETER, field.label, _COVER.format(label=field.label)
        )
        for unit in units_of(plan.organisation)
        for field in required
        if (unit.number, field.name) not in planned
    ]
    # A datum by the plant's own meter names the meter, its accuracy and its calibration.
    rows = spec.table(PARAMETER)
    labels = {field.name: field.label for field in rows.fields} if rows else {}
    without_meter = [
        _finding(
            "PLAN-METER",
            f"{table.plural}[{keys[table.level]}].{PARAMETERS}[{keys[PARAMETER]}]",
            name,
            labels[name],
            _METER.format(label=labels[name]),
        )
        for keys, row in (rows_of(spec, rows, record) if rows else ())
        if row.get("method") in CONTENT["metered"]
        for name in CONTENT["measured_columns"]
        if not row.get(name)
    ]
    return ordered(findings, [*uncovered, *without_meter])


def shapeless(plan: Plan, record: dict[str, Any]) -> list[Finding]:
    """What keeps a record from being read as this plan at all; anything else may be completed later."""
    return [finding for finding in examine(form_of_plan(plan), record) if finding.code in SHAPELESS]


_REMEDY = Text("请补充后再提交", "Fill it in and submit again")


def _finding(code: str, place: str, field: str, label: Text, message: Text) -> Finding:
    return Finding(code, ERROR, place, field, Text("空白", "blank"), label, message, LAW, _REMEDY)


def plan_in_force(organisation: Organisation, guideline: str, on: date) -> PlanVersion | None:
    """The approved version of the plan for a day's year; other rooms compare what was filed with what was planned."""
    plan = Plan.objects.filter(organisation=organisation, guideline=guideline, year=on.year).first()
    version: PlanVersion | None = plan.approved_version if plan else None
    return version


def row_in_force(version: PlanVersion, unit: str, parameter: str) -> dict[str, Any] | None:
    """How the plan says that a datum of a unit is obtained."""
    spec = form_of_plan(version.plan)
    table = spec.table(PARAMETER)
    level = unit_table(spec).level
    rows = rows_of(spec, table, version.record) if table else ()
    return next((row for keys, row in rows if (keys[level], keys[PARAMETER]) == (unit, parameter)), None)
