"""Reads an uploaded template: finds tables by their codes wherever they stand, and answers cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tanzhi.presentation.intake.cells import is_blank
from tanzhi.presentation.intake.reader import Book, Rows, Sheet, read_file
from tanzhi.presentation.intake.units import factor, unit_in, unit_named
from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.spelling import short, spelled_number

from .answer import Expected, ReadResult
from .grid import Builder, Grid
from .layout import HEADER_ROWS, META_SHEET, columns_of, sheets_of, unit_words

SEARCHED_ROWS = 20  # how far down the codes may have been moved


def read_workbook(content: bytes | Book, name: str, form: FormSpec, expected: Expected | None = None) -> ReadResult:
    """The record in a filled template, read already or not, and a finding for each cell that cannot be taken."""
    builder = Builder(form, expected or Expected())
    sheets = opened(content, name, builder)
    if sheets is None or not _right_template(builder, sheets, name):
        return builder.answer
    places = _tables_in(form, sheets)
    for table in sheets_of(form):
        _table(builder, table, sheets, places.get(table.level, []))
    if not builder.seen and not builder.answer.errors:
        builder.tell("XLS-EMPTY", name, found=name)
        return builder.answer
    return builder.finish()


def opened(content: bytes | Book, name: str, builder: Builder) -> dict[str, Sheet] | None:
    """The sheets by name, or nothing where the file was refused."""
    book = content if isinstance(content, Book) else read_file(content, name, builder.expected.limits)
    builder.answer.findings += book.findings
    return None if book.findings else book.sheets


def _right_template(builder: Builder, sheets: Mapping[str, Sheet], name: str) -> bool:
    """Whether the hidden sheet names this form, this year, this enterprise."""
    form, expected = builder.form, builder.expected
    meta = sheets.get(META_SHEET, Sheet(META_SHEET))
    states = {str(row[0]): str(row[1]) for row in meta.rows if len(row) > 1}
    if not _tables_in(form, sheets):
        builder.tell("XLS-TEMPLATE", name, found=states.get("form", name), expected=form.code)
    elif states.get("form", form.code) != form.code:
        builder.tell("XLS-TEMPLATE", name, found=states["form"], expected=form.code)
    elif states.get("year", str(form.year)) != str(form.year):
        builder.tell("XLS-YEAR", name, found=states["year"], expected=str(form.year))
    elif expected.enterprise and states.get("enterprise", "") not in ("", expected.enterprise):
        builder.tell("XLS-ENTERPRISE", name, found=states["enterprise"], expected=expected.enterprise)
    elif "form" not in states:
        builder.tell("XLS-META", name, found=META_SHEET)
    return not builder.answer.errors


def _tables_in(form: FormSpec, sheets: Mapping[str, Sheet]) -> dict[str, list[tuple[str, int]]]:
    """In which sheets, at which row of codes, each table stands: a sheet is the table most of whose codes it holds."""
    places: dict[str, list[tuple[str, int]]] = {}
    for name, sheet in sheets.items():
        scored = []
        for table in sheets_of(form):
            at = code_row(table, sheet.rows)
            if at is not None:
                columns = {field.name for field in columns_of(table)}
                scored.append((len(columns & _codes(sheet.rows[at])) / len(columns), table.level, at))
        if scored:
            _, level, at = max(scored, key=lambda score: score[0])
            places.setdefault(level, []).append((name, at))
    return places


def _codes(row: Sequence[Any]) -> set[str]:
    return {cell for cell in row if isinstance(cell, str)}


def code_row(table: TableSpec, rows: Rows) -> int | None:
    """The row that holds this table's codes: its own fields tell it from the tables above and below."""
    own = {field.name for field in table.fields}
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        codes = _codes(row)
        if own & codes and (table.key is None or table.key.name in codes):
            return index
    return None


def _table(builder: Builder, table: TableSpec, sheets: Mapping[str, Sheet], places: Sequence[tuple[str, int]]) -> None:
    if not places:
        builder.tell("XLS-SHEET", table.label.zh, label=table.label)
        return
    name, at = places[0]
    for other, _ in places[1:]:
        builder.tell("XLS-TWICE", other, label=table.label, found=other, expected=name)
    if len(places) > 1:
        return
    if name not in (table.label.zh[:31], table.label.en[:31]):
        builder.tell("XLS-RENAMED", name, label=table.label, found=name, expected=table.label.zh)
    sheet = sheets[name]
    # What a sheet of values may not hold.
    for code, cells, content in (
        ("XLS-FORMULA", sheet.formulas, "="),
        ("XLS-ERROR", sheet.errors, "#"),
        ("XLS-MERGED", sheet.merged, ""),
    ):
        for cell in cells:
            builder.tell(code, f"{sheet.name}!{cell}", found=content or cell)
    grid = _grid(builder, table, sheet, at)
    if grid:
        builder.take(table, grid)


def _grid(builder: Builder, table: TableSpec, sheet: Sheet, at: int) -> Grid | None:
    """The table's rows, or nothing where a key column is missing or a column stands twice."""
    columns: dict[str, int] = {}
    fields = {field.name: field for field in columns_of(table)}
    twice = False
    for i, cell in enumerate(sheet.rows[at]):
        if cell in fields and cell in columns:
            builder.tell("XLS-CODE", f"{sheet.name}!{letters(i + 1)}{at + 1}", field=cell, found=cell)
            twice = True
        elif cell in fields:
            columns[cell] = i
    for field in fields.values():
        if field.name not in columns:
            place = f"{sheet.name}!{at + 1}"
            builder.tell("XLS-COLUMN", place, field=field.name, label=field.label, expected=field.name)
    if twice or not fields.keys() - {f.name for f in table.fields} <= columns.keys():
        return None
    first = at + 1
    while first < at + HEADER_ROWS and _is_heading(sheet.rows[first : first + 1], columns, fields):
        first += 1
    numbers = {name: columns[name] for name, field in fields.items() if field.kind == "number" and name in columns}
    factors = _stated_units(builder, fields, numbers, sheet, range(at + 1, first))
    rows = [_converted(row, factors) for row in sheet.rows[first:]] if factors else sheet.rows[first:]
    return Grid(sheet.name, rows, columns, first + 1, source=sheet)


def _stated_units(
    builder: Builder, fields: Mapping[str, FieldSpec], numbers: Mapping[str, int], sheet: Sheet, headings: range
) -> dict[int, Decimal]:
    """Columns over which another unit stands than the template's: by what they are multiplied, or told."""
    factors: dict[int, Decimal] = {}
    for name, column in numbers.items():
        field = fields[name]
        for row in headings:
            cell = sheet.rows[row][column] if column < len(sheet.rows[row]) else None
            stated = (unit_named(cell) or unit_in(cell)) if isinstance(cell, str) else ""
            if not stated or cell in (field.label.zh, field.label.en, unit_words(field)):
                continue
            times, place = factor(stated, field.unit), f"{sheet.name}!{letters(column + 1)}{row + 1}"
            if stated == unit_named(field.unit):
                continue
            builder.tell(
                "VAL-UNIT" if times is None else "VAL-CONVERTED",
                place,
                field=name,
                label=field.label,
                found=stated,
                expected=field.unit,
            )
            factors |= {column: times} if times is not None else {}
    return factors


def _converted(row: Sequence[Any], factors: Mapping[int, Decimal]) -> list[Any]:
    """A row's numbers in the units of the template; what is no number is left for its reading."""
    cells = list(row)
    for column, times in factors.items():
        number = spelled_number(cells[column]) if column < len(cells) else None
        if number and number.value:
            cells[column] = short(Decimal(number.value) * times)
    return cells


def _is_heading(rows: Rows, columns: Mapping[str, int], fields: Mapping[str, FieldSpec]) -> bool:
    """Whether a row below the codes is a row of labels or units; who deletes one must not lose a row of data."""
    row = rows[0] if rows else []
    filled = [(fields[name], row[at]) for name, at in columns.items() if at < len(row) and not is_blank(row[at])]
    words = [cell in (field.label.zh, field.label.en, unit_words(field)) for field, cell in filled]
    return 2 * sum(words) > len(words) or (not filled and bool(rows))
