"""The grid of a filing's page: rows out of a version, and what was typed back into a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.kernel import FieldSpec, Finding, FormSpec, RecordNode, TableSpec, Text, Value
from tanzhi.rulebook.kernel.text import same

from . import Expected, ReadResult
from .grid import Builder, Grid
from .layout import CarriedOver, columns_of, sheets_of
from .records import path_of, rows_of, steps_of

Offered = tuple[str, dict[str, str], Mapping[str, Any]]  # path, keys, values

EMITTED = {"tCO2", "tCH4", "tN2O"}
EMPTY_ROWS = 2
MOST_ROWS = 400
OTHER_FIELDS = 20
CARRIED = "carried"
"""The mark of a cell that was taken over from the period before."""


@dataclass(frozen=True, slots=True)
class CellMark:
    """Something that is said of a cell: what it is, and where it is read."""

    where: str
    field: str
    words: Text
    address: str
    tone: str = "due"


def anchor_of(where: str, field: str) -> str:
    """By which a page is opened at a cell."""
    return f"{where}.{field}".lstrip(".").replace("[", "-").replace("]", "")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One input: its name in the form sent, the value, and how it is marked."""

    name: str
    spec: FieldSpec
    value: str
    mark: str = ""
    key: bool = False
    where: str = ""  # the row that it stands in, as the rulebook writes it; empty at the top and in rows to be added
    marks: tuple[CellMark, ...] = ()

    @property
    def anchor(self) -> str:
        return anchor_of(self.where, self.spec.name)

    @property
    def words(self) -> Text:
        """The value as people read it: an option by its label."""
        return self.spec.options.get(self.value) or same(self.value or "–")


@dataclass(frozen=True, slots=True)
class GridRow:
    """Inputs, and what follows from them."""

    cells: list[GridCell]
    computed: list[Value] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        """Whether anything stands in it; the empty rows at the end are for typing."""
        return any(cell.value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class GridSheet:
    """A table of the form with its rows and its computed columns."""

    table: TableSpec
    columns: list[FieldSpec]
    computed: list[tuple[Text, str]]
    rows: list[GridRow]
    usual: frozenset[str] = frozenset()  # columns that the period before filled

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def filled(self) -> bool:
        return any(row.filled for row in self.rows)

    @property
    def rare(self) -> set[str]:
        """Columns that most plants leave blank: they are folded away until something stands in them."""
        filled = {
            cell.spec.name
            for row in self.rows
            for cell in row.cells
            if cell.value or cell.mark or cell.marks or cell.key
        }
        keys = {self.table.key.name} if self.table.key else set()
        visible = filled | keys | self.usual | {field.name for field in self.table.parents}
        folded = {c.name for c in self.columns if c.name not in visible and not c.required and not c.evidence}
        return folded if len(folded) < len(self.table.fields) else set()


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
        sheets.append(GridSheet(table, columns, heads, grid_rows, usual))
    return sheets


def pinned(sheets: Sequence[GridSheet], marks: Sequence[CellMark]) -> list[GridSheet]:
    """The sheets with what is said of their cells; a row that is still to be added has none."""
    by_cell: dict[tuple[str, str], tuple[CellMark, ...]] = {}
    for mark in marks:
        by_cell[mark.where, mark.field] = (*by_cell.get((mark.where, mark.field), ()), mark)

    def marked(row: GridRow, is_offered: bool) -> GridRow:
        if is_offered:
            return row
        return replace(row, cells=[replace(c, marks=by_cell.get((c.where, c.spec.name), ())) for c in row.cells])

    return [
        replace(sheet, rows=[marked(row, bool(sheet.table.key) and not row.cells[0].where) for row in sheet.rows])
        for sheet in sheets
    ]


def _marks(findings: Sequence[Finding]) -> dict[str, str]:
    """How cells are marked: errors before questions."""
    marks: dict[str, str] = {}
    for finding in sorted(findings, key=lambda f: f.severity != "error"):
        for name in finding.field.split(", "):
            mark = {"error": "bad", "question": "ask"}.get(finding.severity, "")
            marks.setdefault(f"{finding.place}.{name}".lstrip("."), mark)
    return marks


def typed_again(spec: FormSpec, sent: Mapping[str, str], findings: Sequence[Finding]) -> list[GridSheet]:
    """The sheets as they were typed, letter by letter, for a page that says what cannot be taken: nothing is lost."""
    marks, again = _marks(findings), []
    for table in sheets_of(spec):
        columns, grid_rows = columns_of(table), []
        for index in range(MOST_ROWS + 1):
            values = {c.name: sent.get(f"{table.level}-{index}-{c.name}") for c in columns}
            if all(value is None for value in values.values()):
                break
            keys = {name: str(values.get(name) or "") for name in (*(p.name for p in table.parents), table.level)}
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
                cells.append(GridCell(name, column, values[column.name] or "", mark, where=where))
            grid_rows.append(GridRow(cells))
        again.append(GridSheet(table, columns, [], grid_rows))
    return again


def most_fields(spec: FormSpec) -> int:
    """How many inputs the grid of a form sends with all its rows filled, and the few beside them."""
    return MOST_ROWS * sum(len(columns_of(table)) for table in sheets_of(spec)) + OTHER_FIELDS


def typed_into(spec: FormSpec, expected: Expected, sent: Mapping[str, str]) -> ReadResult:
    """What was typed into the grid of any form, read like a workbook."""
    builder = Builder(spec, expected)
    for table in sheets_of(spec):
        columns = columns_of(table)
        rows = []
        for index in range(MOST_ROWS + 1):
            names = [f"{table.level}-{index}-{c.name}" for c in columns]
            if not any(name in sent for name in names):
                break
            if index == MOST_ROWS:
                builder.tell("XLS-ROWS", table.label.zh, found=f"> {MOST_ROWS}", expected=str(MOST_ROWS))
                break
            # A row of which only the outer keys stand there was offered, not filled in.
            cells = [sent.get(name, "") for name in names]
            rows.append(
                cells
                if any(cell.strip() for cell in cells[(len(columns) - len(table.fields)) :])
                else [""] * len(cells)
            )
        builder.take(table, Grid(table.label.zh, rows, {c.name: i for i, c in enumerate(columns)}))
    return builder.finish()
