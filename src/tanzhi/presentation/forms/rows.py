"""Fields of an input that hold several things: records, single values, names with values; each is a grid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args, get_origin

from tanzhi.actions.reading import inner as type_of
from tanzhi.actions.validation import field_label, misfits
from tanzhi.presentation.sheets.posted import posted_rows, rows_field
from tanzhi.presentation.sheets.sheet import GridSheet, sheet_of
from tanzhi.rulebook.kernel.forms import FieldSpec
from tanzhi.rulebook.kernel.rules import CHOICE, DATE, WORDS
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from tanzhi.rulebook.kernel.finding import Finding

    Options = Callable[[str, FieldInfo], list[tuple[str, Text]]]

ROWS, LINES, PAIRS = "rows", "lines", "pairs"
CONTROLS = (ROWS, LINES, PAIRS)
KINDS = {Decimal: "number", int: "number", date: DATE, bool: CHOICE}
YES_OR_NO = {"true": Text("是", "Yes"), "false": Text("否", "No")}
NAME, VALUE = FieldSpec(name="name", label=Text("名称", "Name"), kind=WORDS), Text("值", "Value")
SEVERAL = Text("多个以逗号隔开", "several apart by commas")


def columns_of(control: str, info: FieldInfo, label: Text, options: Options) -> list[FieldSpec]:
    """The columns of a field's grid; `options` says what may be chosen in a field of a record."""
    kind = type_of(info.annotation)
    if control == PAIRS:
        return [NAME, FieldSpec(name="value", label=VALUE, kind=WORDS)]
    if control == LINES:
        part = get_args(kind)[0] if get_args(kind) else str
        return [FieldSpec(name="value", label=label, kind=KINDS.get(part, WORDS))]
    columns = []
    part = get_args(kind)[0]
    for name, of_field in part.model_fields.items():
        of_cell = type_of(of_field.annotation)
        offered = dict(options(name, of_field)) if get_origin(of_cell) is not list else {}
        columns.append(
            FieldSpec(
                name=name,
                label=field_label(part, name),
                kind=CHOICE if offered else KINDS.get(of_cell, WORDS),
                options=offered or (YES_OR_NO if of_cell is bool else {}),
                required=of_field.is_required(),
                help=SEVERAL if get_origin(of_cell) is list else "",
            )
        )
    return columns


def typed_rows(
    name: str, columns: Sequence[FieldSpec], posted: Mapping[str, Any], *, is_taken: bool = False
) -> list[dict[str, str]]:
    """The filled rows of a posted grid; to be taken, it is refused where it is none."""
    names = [column.name for column in columns]
    sheet = posted_rows(posted, name, names)
    if sheet.findings and is_taken:
        raise misfits(sheet.findings)
    return [dict(zip(names, line, strict=True)) for line in sheet.rows if any(map(str.strip, line))]


def was_posted(name: str, columns: Sequence[FieldSpec], data: Mapping[str, Any]) -> bool:
    return rows_field(name) in data or any(f"{name}-0-{column.name}" in data for column in columns)


def value_from(control: str, name: str, info: FieldInfo, posted: Mapping[str, Any]) -> Any:
    """What a grid holds, as the field takes it; nothing where it is blank."""
    rows = typed_rows(name, columns_of(control, info, VALUE, lambda _name, _info: []), posted, is_taken=True)
    if control == PAIRS:
        return {row["name"].strip(): row["value"].strip() for row in rows}
    if control == LINES:
        return [row["value"].strip() for row in rows] or None
    part: type[BaseModel] = get_args(type_of(info.annotation))[0]
    return [
        {key: _part(part.model_fields[key], cell.strip()) for key, cell in row.items() if cell.strip()} for row in rows
    ] or None


def _part(info: FieldInfo, cell: str) -> Any:
    """A cell that holds several is split at commas."""
    if get_origin(type_of(info.annotation)) is not list:
        return cell
    return [word.strip() for word in cell.replace("、", ",").replace("，", ",").split(",") if word.strip()]


def grid_of(
    name: str, label: Text, columns: list[FieldSpec], data: Mapping[str, Any], findings: list[Finding]
) -> GridSheet:
    """The grid of a field: with what was posted, or with what the page or the link begins with."""
    rows = typed_rows(name, columns, data) if was_posted(name, columns, data) else _begun(columns, data.get(name))
    return sheet_of(name, label, columns, rows, findings)


def _begun(columns: list[FieldSpec], value: Any) -> list[dict[str, str]]:
    """Rows out of records, a mapping, values, or the first cells that a link states."""
    if isinstance(value, Mapping):
        return [{"name": str(key), "value": str(of_key)} for key, of_key in value.items()]
    if isinstance(value, str):
        lines = [part for part in value.splitlines() if part.strip()]
        if [column.name for column in columns] == ["name", "value"]:  # of a link: name = value, line by line
            pairs = [line.partition("=") for line in lines]
            return [{"name": name.strip(), "value": code.strip()} for name, _, code in pairs]
        value = lines
    return [
        {key: str(cell) for key, cell in row.items() if cell is not None}
        if isinstance(row, Mapping)
        else {columns[0].name: str(row)}
        for row in value or ()
    ]
