"""A block copied out of a spreadsheet: tab-separated, with or without its header."""

from __future__ import annotations

from collections.abc import Mapping

from tanzhi.rulebook.kernel.forms import FormSpec, TableSpec

from .answer import Answer, Expected
from .grid import Builder, Grid
from .layout import columns_of


def read_paste(
    text: str, form: FormSpec, level: str, expected: Expected | None = None, constants: Mapping[str, str] | None = None
) -> Answer:
    """The rows of a paste into the table of a level; `constants` are keys that stand on the page already."""
    builder = Builder(form, expected or Expected())
    table = form.table(level)
    if table is None:
        builder.tell("XLS-TEMPLATE", level, found=level, expected=form.code)
        return builder.answer
    given = dict(constants or {})
    rows = [line.split("\t") for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    columns, header = _columns(table, rows, given)
    builder.take(table, Grid(table.label.zh, rows[header:], columns, header + 1, given))
    return builder.finish()


def _columns(table: TableSpec, rows: list[list[str]], given: Mapping[str, str]) -> tuple[dict[str, int], int]:
    """By the header where there is one (codes or labels in either language), else in the order of the form."""
    fields = [field for field in columns_of(table) if field.name not in given]
    names = {word: f.name for f in fields for word in (f.name, f.label.zh, f.label.en)}
    first = [cell.strip() for cell in rows[0]] if rows else []
    found = {names[cell]: i for i, cell in enumerate(first) if cell in names}
    if len(found) >= min(2, len(fields)):
        return found, 1
    return {field.name: i for i, field in enumerate(fields)}, 0
