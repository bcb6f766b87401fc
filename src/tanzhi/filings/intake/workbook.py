"""Reads an uploaded template: finds tables by their codes wherever they stand, and answers cell by cell."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tanzhi.presentation.intake.archive import Sheet, inspect
from tanzhi.rulebook.kernel.forms import FormSpec, TableSpec

from .answer import Answer, Expected
from .grid import Builder, Grid
from .layout import HEADER_ROWS, META_SHEET, columns_of, sheets_of

SEARCHED_ROWS = 20  # how far down the codes may have been moved

Rows = list[list[Any]]


def read_workbook(content: bytes, name: str, form: FormSpec, expected: Expected | None = None) -> Answer:
    """The record in a filled template, and a finding for each cell that cannot be taken."""
    builder = Builder(form, expected or Expected())
    opened = open_safely(content, name, builder)
    if opened is None:
        return builder.answer
    sheets, rows = opened
    if not _right_template(builder, rows, name):
        return builder.answer
    for table in sheets_of(form):
        _table(builder, table, sheets, rows)
    return builder.finish() if _anything(builder, name) else builder.answer


def open_safely(content: bytes, name: str, builder: Builder) -> tuple[dict[str, Sheet], dict[str, Rows]] | None:
    """The sheets by name and their values, or nothing where the file was refused."""
    inspection = inspect(content, name, builder.expected.limits)
    builder.answer.findings += inspection.findings
    if inspection.findings:
        return None
    for sheet in inspection.sheets:
        if sheet.far:
            builder.tell("XLS-ROWS", f"{sheet.name}!{sheet.far}", found=sheet.far, expected="BZ19999")
    if builder.answer.findings:
        return None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}
    except CalamineError as fault:
        builder.tell("XLS-BROKEN", name, found=type(fault).__name__)
        return None
    return {sheet.name: sheet for sheet in inspection.sheets}, rows


def _right_template(builder: Builder, rows: Mapping[str, Rows], name: str) -> bool:
    """Whether the hidden sheet names this form, this year, this enterprise."""
    told = {str(row[0]): str(row[1]) for row in rows.get(META_SHEET, []) if len(row) > 1}
    form, expected = builder.form, builder.expected
    if not any(_codes(table, rows.values()) for table in sheets_of(form)):
        builder.tell("XLS-TEMPLATE", name, found=told.get("form", name), expected=form.code)
    elif told.get("form", form.code) != form.code:
        builder.tell("XLS-TEMPLATE", name, found=told["form"], expected=form.code)
    elif told.get("year", str(form.year)) != str(form.year):
        builder.tell("XLS-YEAR", name, found=told["year"], expected=str(form.year))
    elif expected.enterprise and told.get("enterprise", "") not in ("", expected.enterprise):
        builder.tell("XLS-ENTERPRISE", name, found=told["enterprise"], expected=expected.enterprise)
    return not builder.answer.errors


def _codes(table: TableSpec, sheets: Any) -> list[Any]:
    return [rows for rows in sheets if code_row(table, rows) is not None]


def code_row(table: TableSpec, rows: Rows) -> int | None:
    """The row that holds this table's codes: its own fields tell it from the tables above and below."""
    own = {field.name for field in table.fields}
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        codes = {cell for cell in row if isinstance(cell, str)}
        if own & codes and (table.key is None or table.key.name in codes):
            return index
    return None


def _table(builder: Builder, table: TableSpec, sheets: Mapping[str, Sheet], rows: Mapping[str, Rows]) -> None:
    found = [(name, at) for name, held in rows.items() if (at := code_row(table, held)) is not None]
    if not found:
        builder.tell("XLS-SHEET", table.label.zh, label=table.label)
        return
    name, at = found[0]
    if name not in (table.label.zh[:31], table.label.en[:31]):
        builder.tell("XLS-RENAMED", name, label=table.label, found=name, expected=table.label.zh)
    _oddities(builder, sheets.get(name) or Sheet(name), at)
    grid = _grid(builder, table, (name, at), rows[name])
    if grid:
        builder.take(table, grid)


def _grid(builder: Builder, table: TableSpec, where: tuple[str, int], rows: Rows) -> Grid | None:
    """The table's rows, or nothing where a key column is missing."""
    name, at = where
    columns = {cell: i for i, cell in enumerate(rows[at]) if isinstance(cell, str) and cell}
    wanted = columns_of(table)
    for field in wanted:
        if field.name not in columns:
            builder.tell("XLS-COLUMN", f"{name}!{at + 1}", field=field.name, label=field.label, expected=field.name)
    keys = {f.name for f in wanted} - {f.name for f in table.fields}
    if not keys <= columns.keys():
        return None
    first = at + HEADER_ROWS
    return Grid(name, rows[first:], {f.name: columns[f.name] for f in wanted if f.name in columns}, first + 1)


def _oddities(builder: Builder, sheet: Sheet, at: int) -> None:
    """Formulas, merged cells and hidden rows below the codes."""
    for cell in sheet.formulas:
        builder.tell("XLS-FORMULA", f"{sheet.name}!{cell}", found="=")
    for cell in sheet.errors:
        builder.tell("XLS-ERROR", f"{sheet.name}!{cell}", found="#")
    for merged in sheet.merged:
        builder.tell("XLS-MERGED", f"{sheet.name}!{merged}", found=merged)
    hidden = [row for row in sheet.hidden_rows if row > at + 1]
    if hidden:
        builder.tell("XLS-HIDDEN", sheet.name, found=", ".join(str(row) for row in hidden[:10]))


def _anything(builder: Builder, name: str) -> bool:
    if not builder.seen and not builder.answer.errors:
        builder.tell("XLS-EMPTY", name, found=name)
        return False
    return True
