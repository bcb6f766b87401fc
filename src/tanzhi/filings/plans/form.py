"""The form of a data quality control plan: monitored parameters of a guideline, by the columns of `form.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from tanzhi.filings.shared.forms import deposits_months, field_of
from tanzhi.law.evaluation import day_in
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting_name
from tanzhi.presentation.forms.record_fields import named
from tanzhi.rulebook.kernel import FieldSpec, FormSpec, Guideline, TableSpec, Text, form, forms_of, guidelines
from tanzhi.rulebook.kernel.yaml_files import read_yaml

CONTENT: dict[str, Any] = read_yaml(Path(__file__).with_name("form.yaml"))
WHOLE, UNIT, PARAMETER = "plan", "unit", "parameter"
PARAMETERS = "parameters"
LAW: str = CONTENT["law"]


def plan_form(guideline: Guideline, year: int) -> FormSpec:
    """The plan of a guideline for a year: the site as a whole, and a row for each unit and monitored parameter."""
    # The level below the top, whose records the register holds: a unit, a line.
    table = _tables_above(guideline, year)[0]
    unit = TableSpec(level=table.level, plural=table.plural, label=table.label, key=table.key, parents=(), fields=())
    key = FieldSpec(
        name=PARAMETER,
        label=Text("监测参数", "Parameter"),
        kind="choice",
        required=True,
        options={field.name: named(field) for field in monitored(guideline, year)},
    )
    whole = TableSpec(
        level=WHOLE,
        plural=WHOLE,
        label=Text("总体说明", "The site as a whole"),
        key=None,
        parents=(),
        fields=tuple(field_of(CONTENT, spec) for spec in CONTENT["whole"]),
    )
    rows = TableSpec(
        level=PARAMETER,
        plural=PARAMETERS,
        label=Text("监测参数", "Monitored parameters"),
        key=key,
        parents=(unit.key,) if unit.key else (),
        fields=tuple(field_of(CONTENT, spec) for spec in CONTENT["columns"]),
    )
    return FormSpec(code=f"{guideline.name}.plan", title=guideline.title, year=year, tables=(whole, unit, rows))


def planned_guidelines(year: int) -> dict[str, Text]:
    """Guidelines whose monthly form says in that year what is monitored at a unit, with their titles."""
    by_name = {
        name: guideline
        for name, guideline in guidelines().items()
        if CONTENT["form"] in forms_of(guideline, year) and deposits_months(guideline, year)
    }
    return {name: guideline.title for name, guideline in by_name.items() if _tables_above(guideline, year)}


def planned_firms(keys: Iterable[int], year: int) -> list[Organisation]:
    """Those of these enterprises that file months, and a plan of how they measure, by their guideline of that year."""
    planned = planned_guidelines(year)
    firms = Organisation.objects.filter(pk__in=keys).order_by("code")
    return [firm for firm in firms if accounting_name(firm.sector, firm.guideline) in planned]


def monitored(guideline: Guideline, year: int) -> list[FieldSpec]:
    """The numbers that a plant files, each once, in the order of the form."""
    spec = form(guideline, CONTENT["form"], year)
    tables = [table for table in spec.tables if table.level not in CONTENT["leave_out"]]
    return list({f.name: f for table in tables for f in table.fields if f.kind == "number"}.values())


def proven(fields: Iterable[FieldSpec]) -> list[FieldSpec]:
    """Those that every unit needs, or that must be proven by a document: a new plan starts with them."""
    return [field for field in fields if field.required or field.evidence]


def due_on(year: int) -> date:
    """The plan of a year is due on a day of the year before, by the law of that year's first day."""
    return day_in(year - 1, "procedure.plan_due", on=date(year - 1, 1, 1))


def _tables_above(guideline: Guideline, year: int) -> list[TableSpec]:
    return [t for t in form(guideline, CONTENT["form"], year).tables if t.key and not t.parents]
