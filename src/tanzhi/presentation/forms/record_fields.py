"""A record of a rulebook's form inside an action's form: a control for each field, a line for each row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.text import Text

CONTROLS = {"number": "decimal", "choice": "choice", "date": "date", "text": "text"}
SEPARATORS = ("\t", "|", "｜")


@dataclass(frozen=True, slots=True)
class Control:
    """One control, with what stands in it."""

    name: str
    label: Text
    control: str
    required: bool
    value: str
    options: list[tuple[str, Text]] = field(default_factory=list)
    help: Text | None = None
    columns: list[Text] = field(default_factory=list)


def controls_of(name: str, form: FormSpec, data: Mapping[str, Any]) -> list[Control]:
    """The controls of a form; `data` is what was posted, or holds the record under `name`."""
    stored = data.get(name)
    record = stored if isinstance(stored, Mapping) else {}
    controls: list[Control] = []
    for table in form.tables:
        if table.key is None:
            controls += [
                _single(name, spec, str(data.get(f"{name}.{spec.name}", record.get(spec.name, ""))))
                for spec in table.fields
            ]
        else:
            columns = _columns(table)
            posted_as = f"{name}.{table.plural}"
            # A row as it is typed: choices by their Chinese words, which reading knows again.
            value = str(data.get(posted_as, "")) or "\n".join(
                " | ".join(
                    spec.options[cell].zh if cell in spec.options else cell
                    for spec, cell in ((spec, str(row.get(spec.name, ""))) for spec in columns)
                ).rstrip(" |")
                for row in record.get(table.plural, [])
            )
            # What may stand in the columns that are chosen from.
            texts = [
                Text("{label}：{options}", "{label}: {options}").format(
                    label=spec.label,
                    options=Text(
                        "、".join(t.zh for t in spec.options.values()), ", ".join(t.en for t in spec.options.values())
                    ),
                )
                for spec in columns
                if spec.options
            ]
            controls.append(
                Control(
                    posted_as,
                    table.label,
                    "rows",
                    False,
                    value,
                    help=Text("；".join(t.zh for t in texts), "; ".join(t.en for t in texts)) if texts else None,
                    columns=[*map(named, columns)],
                )
            )
    return controls


def record_from(name: str, form: FormSpec, posted: Mapping[str, Any]) -> dict[str, Any]:
    """What was posted, as a record of the form; blanks are left out."""
    record: dict[str, Any] = {}
    for table in form.tables:
        if table.key is None:
            values = {spec.name: str(posted.get(f"{name}.{spec.name}", "")).strip() for spec in table.fields}
            record |= {key: value for key, value in values.items() if value}
        else:
            lines = str(posted.get(f"{name}.{table.plural}", "")).splitlines()
            columns, rows = _columns(table), []
            for line in filter(str.strip, lines):
                cells, beyond = cells_of_line(line, len(columns))
                # The code of a choice that was written in words of either language.
                row = {
                    spec.name: next(
                        (c for c, t in spec.options.items() if cell.lower() in (c, t.zh, t.en.lower())), cell
                    )
                    for spec, cell in zip(columns, cells, strict=False)
                    if cell
                }
                rows.append(row | beyond)
            record |= {table.plural: rows} if rows else {}
    return record


def cells_of_line(line: str, columns: int) -> tuple[list[str], dict[str, str]]:
    """What a line holds, apart by a tab (as pasted from a sheet) or a bar; and what stands beyond its last column.

    That is kept by its place, so that it is told and not lost.
    """
    apart = next((mark for mark in SEPARATORS if mark in line), "\t")
    cells = [cell.strip() for cell in line.split(apart)]
    beyond = {f"column {at}": cell for at, cell in enumerate(cells[columns:], columns + 1) if cell}
    return cells[:columns], beyond


def named(spec: FieldSpec) -> Text:
    """A field's label with its unit, once."""
    unit = "" if spec.unit == "1" else spec.unit
    return Text(f"{spec.label.zh}（{unit}）", f"{spec.label.en} ({unit})") if unit else spec.label


def _single(name: str, spec: FieldSpec, value: str) -> Control:
    options = list(spec.options.items())
    return Control(
        f"{name}.{spec.name}",
        named(spec),
        CONTROLS.get(spec.kind, "text"),
        spec.required,
        value,
        options,
        spec.evidence,
    )


def _columns(table: TableSpec) -> list[FieldSpec]:
    return ([table.key] if table.key else []) + list(table.fields)
