"""The grid of a filing's page: rows out of a version, and what was typed back into a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tanzhi.actions.typed import printable
from tanzhi.presentation.intake.workbook import letters
from tanzhi.presentation.sheets.posted import posted_rows
from tanzhi.presentation.sheets.sheet import BAD, GridCell, GridRow, GridSheet
from tanzhi.rulebook.kernel import Finding, FormSpec, RecordNode, TableSpec
from tanzhi.rulebook.kernel.finding import ERROR

from . import Expected, ReadResult
from .grid import Builder, Grid
from .layout import CarriedOver, columns_of, sheets_of
from .records import path_of, rows_of, steps_of

Offered = tuple[str, dict[str, str], Mapping[str, Any]]  # path, keys, values

EMITTED = {"tCO2", "tCH4", "tN2O"}
EMPTY_ROWS = 2
CARRIED = "carried"
"""The mark of a cell that was taken over from the period before."""


def laid_out(
    spec: FormSpec,
    record: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    nodes: Mapping[str, RecordNode] | None = None,
    carried: CarriedOver | None = None,
) -> list[GridSheet]:
    """The sheets of any form, filled from a record, with its findings marked and what was computed beside it."""
    begun = carried or CarriedOver()
    marks = {**dict.fromkeys(begun.cells, CARRIED), **_marks(findings)}
    sheets = []
    for table in sheets_of(spec):
        columns, grid_rows = columns_of(table), []
        offered: list[Offered] = [
            (path_of(steps_of(spec, table, keys)), keys, row) for keys, row in rows_of(spec, table, dict(record))
        ]
        offered += [("", {}, {})] * (EMPTY_ROWS if table.key else 0)
        for index, (path, keys, row) in enumerate(offered):
            cells = [
                GridCell(
                    f"{table.level}-{index}-{column.name}",
                    column,
                    str(keys.get(column.name) or row.get(column.name) or ""),
                    marks.get(f"{path}.{column.name}", ""),
                    column.name in keys,
                    path,
                )
                for column in columns
            ]
            # The emissions that follow at this record.
            node = (nodes or {}).get(path) if path or not table.key else None
            values = [v for v in node.all_values() if v.rule and not v.rule.filed] if node else []
            grid_rows.append(GridRow(cells, [value for value in values if value.unit in EMITTED][-1:]))
        heads = next(([(v.label, v.unit) for v in row.computed] for row in grid_rows if row.computed), [])
        usual = frozenset(name for level, name in begun.usual if level == table.level)
        sheets.append(replace(_sheet(table), rows=grid_rows, computed=heads, usual=usual))
    return sheets


def _sheet(table: TableSpec) -> GridSheet:
    """A table of a form as a grid without rows."""
    keys = frozenset(key.name for key in (*table.parents, *([table.key] if table.key else [])))
    return GridSheet(table.level, table.label, columns_of(table), [], keys, grows=table.key is not None)


def _marks(findings: Sequence[Finding]) -> dict[str, str]:
    """How cells are marked: errors before questions."""
    marks: dict[str, str] = {}
    for finding in sorted(findings, key=lambda f: f.severity != "error"):
        for name in finding.field.split(", "):
            mark = {"error": BAD, "question": "ask"}.get(finding.severity, "")
            marks.setdefault(f"{finding.place}.{name}".lstrip("."), mark)
    return marks


def typed_again(spec: FormSpec, sent: Mapping[str, str], findings: Sequence[Finding]) -> list[GridSheet]:
    """The sheets as they were typed, letter by letter, for a page that says what cannot be taken: nothing is lost."""
    marks, again = _marks(findings), []
    for table in sheets_of(spec):
        columns, grid_rows = columns_of(table), []
        for index, line in enumerate(posted_rows(sent, table.level, [c.name for c in columns]).rows):
            values = {column.name: printable(cell) for column, cell in zip(columns, line, strict=True)}
            keys = {name: values.get(name, "") for name in (*(p.name for p in table.parents), table.level)}
            path = path_of(steps_of(spec, table, keys)) if table.key else ""
            cells = []
            for number, column in enumerate(columns, start=1):
                # What a cell cannot be read as is told at the cell, what the form or an act finds at the record.
                told_at = (f"{table.label.zh}!{letters(number)}{index + 1}", path)
                mark = next(
                    (marks[at] for place in told_at if (at := f"{place}.{column.name}".lstrip(".")) in marks), ""
                )
                name = f"{table.level}-{index}-{column.name}"
                where = path if all(keys.values()) else ""
                cells.append(GridCell(name, column, values[column.name], mark, where=where))
            grid_rows.append(GridRow(cells))
        if table.key and not grid_rows:  # what was sent is no grid
            grid_rows.append(GridRow([GridCell(f"{table.level}-0-{column.name}", column, "") for column in columns]))
        again.append(replace(_sheet(table), rows=grid_rows))
    return again


def mended_in_place(spec: FormSpec, answer: ReadResult) -> list[GridSheet]:
    """What a workbook said, with what was written in the cells that cannot be read, to be mended on the page itself.

    None where an error stands outside the cells of a row that was placed: the grid would lack what the workbook has.
    """
    cells = {cell: path for path, cell in answer.places.items()}
    if not answer.record or not all(finding.field and finding.place in cells for finding in answer.errors):
        return []
    at_rows = [
        replace(finding, place=cells[finding.place].removesuffix(finding.field).rstrip("."))
        for finding in answer.findings
        if finding.place in cells
    ]
    written = {(finding.place, finding.field): finding.found for finding in at_rows if finding.severity == ERROR}
    sheets = laid_out(spec, answer.record, at_rows)

    def again(cell: GridCell) -> GridCell:
        typed = written.get((cell.where, cell.spec.name))
        return replace(cell, value=printable(typed)) if isinstance(typed, str) and not cell.value else cell

    return [
        replace(sheet, rows=[replace(row, cells=[again(cell) for cell in row.cells]) for row in sheet.rows])
        for sheet in sheets
    ]


def typed_into(spec: FormSpec, expected: Expected, sent: Mapping[str, str]) -> ReadResult:
    """What was typed into the grid of any form, read like a workbook."""
    builder = Builder(spec, expected)
    for table in sheets_of(spec):
        columns = columns_of(table)
        sheet = posted_rows(sent, table.level, [column.name for column in columns])
        builder.answer.findings += sheet.findings
        # A row of which only the outer keys stand there was offered, not filled in.
        outer = len(columns) - len(table.fields)
        rows = [line if any(map(str.strip, line[outer:])) else [""] * len(line) for line in sheet.rows]
        builder.take(table, Grid(table.label.zh, rows, {c.name: i for i, c in enumerate(columns)}))
    return builder.finish()
