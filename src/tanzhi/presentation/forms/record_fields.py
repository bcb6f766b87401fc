"""A record of a rulebook's form inside an action's form: a control for each field, a grid for each of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tanzhi.presentation.locations import steps_in
from tanzhi.presentation.sheets.sheet import GridSheet, sheet_of
from tanzhi.presentation.units import printed
from tanzhi.rulebook.kernel.finding import Finding
from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.spelling import spelled_choice
from tanzhi.rulebook.kernel.text import Text

from .rows import ROWS, typed_rows, was_posted

CONTROLS = {"number": "decimal", "choice": "choice", "date": "date", "text": "text"}


@dataclass(frozen=True, slots=True)
class Control:
    """One control, with what stands in it."""

    name: str
    label: Text
    control: str
    required: bool
    value: str = ""
    options: list[tuple[str, Text]] = field(default_factory=list)
    help: Text | None = None
    sheet: GridSheet | None = None


def controls_of(name: str, form: FormSpec, data: Mapping[str, Any], findings: Sequence[Finding] = ()) -> list[Control]:
    """The controls of a form; `data` is what was posted, or holds the record under `name`."""
    stored = data.get(name)
    record = stored if isinstance(stored, Mapping) else {}
    controls: list[Control] = []
    for table in form.tables:
        if table.key is None:
            controls += [
                Control(
                    f"{name}.{spec.name}",
                    named(spec),
                    CONTROLS.get(spec.kind, "text"),
                    spec.required,
                    str(data.get(f"{name}.{spec.name}", record.get(spec.name, ""))),
                    list(spec.options.items()),
                    spec.evidence,
                )
                for spec in table.fields
            ]
        else:
            posted_as, columns = f"{name}.{table.plural}", _columns(table)
            rows = _typed(name, table, data) or [
                {key: str(cell) for key, cell in row.items()} for row in record.get(table.plural, [])
            ]
            of_table = [each for each in findings if each.field.startswith(posted_as)]
            sheet = sheet_of(posted_as, table.label, columns, rows, of_table)
            controls.append(Control(posted_as, table.label, ROWS, False, sheet=sheet))
    return controls


def record_from(name: str, form: FormSpec, posted: Mapping[str, Any]) -> dict[str, Any]:
    """What was posted, as a record of the form; blanks are left out, options are told by their words too."""
    record: dict[str, Any] = {}
    for table in form.tables:
        if table.key is None:
            values = {spec.name: str(posted.get(f"{name}.{spec.name}", "")).strip() for spec in table.fields}
            record |= {key: value for key, value in values.items() if value}
            continue
        options = {spec.name: spec.options for spec in _columns(table) if spec.options}
        rows = [
            {
                key: spelled_choice(cell, options[key]).value or cell.strip() if key in options else cell.strip()
                for key, cell in row.items()
                if cell.strip()
            }
            for row in typed_rows(f"{name}.{table.plural}", _columns(table), posted, is_taken=True)
        ]
        record |= {table.plural: rows} if rows else {}
    return record


def located(name: str, form: FormSpec, data: Mapping[str, Any], finding: Finding) -> Finding:
    """A finding about the record with the field under which its control or its cell was posted."""
    steps = steps_in(finding.place)
    if not steps:
        own = {spec.name for table in form.tables if table.key is None for spec in table.fields}
        return replace(finding, field=f"{name}.{finding.field}") if finding.field in own else finding
    [(plural, key), *below] = steps
    table = next((each for each in form.tables if each.key and each.plural == plural), None)
    if table is None or below:
        return finding
    # The rulebook names a row by its key, and by its number where the key is blank.
    keys = [row.get(table.level, "").strip() for row in _typed(name, table, data)]
    row = keys.index(key) if key in keys else int(key) - 1 if key.isdecimal() else None
    return finding if row is None else replace(finding, field=f"{name}.{plural}.{row}.{finding.field}")


def _typed(name: str, table: TableSpec, data: Mapping[str, Any]) -> list[dict[str, str]]:
    posted_as, columns = f"{name}.{table.plural}", _columns(table)
    return typed_rows(posted_as, columns, data) if was_posted(posted_as, columns, data) else []


def named(spec: FieldSpec) -> Text:
    """A field's label with its unit, once."""
    unit = "" if spec.unit == "1" else printed(spec.unit)
    return Text(f"{spec.label.zh}（{unit}）", f"{spec.label.en} ({unit})") if unit else spec.label


def _columns(table: TableSpec) -> list[FieldSpec]:
    return ([table.key] if table.key else []) + list(table.fields)
