"""A list as a file: the same rows, headings in both languages, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.typed import printable
from tanzhi.rulebook.kernel.text import Text

from .listed import Declaration, as_words, batches, queryable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .listed import Rows

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_ROWS = 50_000
EXACT_DIGITS = 15  # what a spreadsheet's number holds
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def response(listing: Declaration, rows: Rows, kind: str) -> HttpResponse:
    """The file, named by list and day."""
    count = rows.count() if queryable(rows) else len(rows)
    if count > MOST_ROWS:
        message = Text("有 {n} 行，一次至多导出 {most} 行，请先筛选", "{n} rows; one file holds {most}: filter first")
        raise Refused("PRE-EXPORT", message.format(n=count, most=MOST_ROWS), 422)
    content = (_xlsx if kind == "xlsx" else _csv)(listing, rows)
    name = f"{listing.name.replace('.', '-')}-{clock.today():%Y%m%d}.{kind}"
    return HttpResponse(
        content, content_type=FORMATS[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def neutral(text: str) -> str:
    """Text that a file can hold and no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def _table(listing: Declaration, rows: Rows) -> Iterator[list[Any]]:
    for row in batches(rows, listing):
        yield [column.of(row) for column in listing.columns]


def _csv(listing: Declaration, rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([neutral(f"{column.heading.zh} {column.heading.en}") for column in listing.columns])
    writer.writerows([_plain(value) for value in values] for values in _table(listing, rows))
    return out.getvalue().encode("utf-8-sig")  # spreadsheets need the mark to read Chinese


def _plain(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return as_words(value)  # a negative number is a number
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return neutral(as_words(value))


def _xlsx(listing: Declaration, rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title="list")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(listing.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = 18 if column.kind in ("number", "date") else 28
    sheet.append([_heading(sheet, f"{column.heading.zh}\n{column.heading.en}") for column in listing.columns])
    for values in _table(listing, rows):
        sheet.append([_cell(sheet, value) for value in values])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(sheet: Any, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=neutral(words))
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    cell.fill = PatternFill("solid", fgColor="F3F0E7")
    return cell


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """A number as a number where a spreadsheet can hold it, a day as a day, everything else as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and _fits(value):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=neutral(as_words(value)))
    cell.data_type = "s"
    return cell


def _fits(value: int | Decimal) -> bool:
    return len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS
