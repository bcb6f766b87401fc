"""The form of laboratory reports: the columns of `form.yaml`, the materials of the industry's monthly form."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from tanzhi.filings.shared.forms import MONTH_FORM, field_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting
from tanzhi.rulebook.kernel import FieldSpec, FormSpec, Guideline, LaboratoryTests, TableSpec, Text, form
from tanzhi.rulebook.kernel.yaml_files import read_yaml

CONTENT: dict[str, Any] = read_yaml(Path(__file__).with_name("form.yaml"))
REPORT, REPORTED, MATERIAL = "report", "reports", "material"
LAW: str = CONTENT["law"]
TITLE = Text("检测报告", "Laboratory reports")
_NUMBER = Text("报告编号", "Report number")


def tests_of(guideline: Guideline | None) -> LaboratoryTests | None:
    """What a guideline's months take from laboratory reports, or None where they take nothing from them."""
    return guideline.industry.tests if guideline and guideline.industry else None


def tested_guideline(organisation: Organisation) -> Guideline | None:
    """The guideline by which an organisation accounts, where its months rest on laboratory reports."""
    guideline = accounting(organisation)
    return guideline if tests_of(guideline) else None


def tested_table(spec: FormSpec, tests: LaboratoryTests) -> TableSpec:
    """The table of a monthly form in which the tested fuel or material stands."""
    return next(table for table in spec.tables if any(field.name == tests.number for field in table.fields))


@lru_cache(maxsize=64)
def report_form(guideline: Guideline, year: int) -> FormSpec:
    """The reports on samples of a year's months, a row each."""
    tests = tests_of(guideline)
    if tests is None:
        raise LookupError(f"{guideline.name} takes nothing from laboratory reports")
    tested = tested_table(form(guideline, MONTH_FORM, year), tests)
    options = tested.key.options if tested.key else {}
    material = FieldSpec(
        name=MATERIAL,
        label=tested.label,
        kind="choice",
        required=True,
        options={code: label for code, label in options.items() if code in tests.materials},
    )
    columns = [field_of(CONTENT, spec) for spec in CONTENT["columns"]]
    table = TableSpec(
        level=REPORT,
        plural=REPORTED,
        label=TITLE,
        key=FieldSpec(name=REPORT, label=_NUMBER, kind="text", required=True),
        parents=(),
        fields=(columns[0], material, *columns[1:]),
    )
    return FormSpec(code=f"{guideline.name}.laboratory", title=TITLE, year=year, tables=(table,))
