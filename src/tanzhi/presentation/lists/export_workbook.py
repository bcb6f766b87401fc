"""A list as a workbook: apart from the rest of exporting, because openpyxl takes long to load."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .declaration import as_words
from .export_cells import neutral, table

if TYPE_CHECKING:
    from .declaration import Declaration, Rows

EXACT_DIGITS = 15  # what a spreadsheet's number holds


def workbook(listing: Declaration, rows: Rows) -> bytes:
    """The list as .xlsx, with a heading that stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title="list")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(listing.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = 18 if column.kind in ("number", "date") else 28
    headings = [WriteOnlyCell(sheet, value=neutral("\n".join(column.heading_words))) for column in listing.columns]
    for heading in headings:
        heading.font, heading.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        heading.fill = PatternFill("solid", fgColor="F3F0E7")
    sheet.append(headings)
    for values in table(listing, rows):
        sheet.append([_cell(sheet, value) for value in values])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """A number as a number where a spreadsheet can hold it, a day as a day, everything else as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    if (
        isinstance(value, int | Decimal)
        and not isinstance(value, bool)
        and len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS
    ):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=neutral(as_words(value)))
    cell.data_type = "s"
    return cell
