"""The workbook in the layout of the national platform's month form; the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from tanzhi.actions.typed import printable

from .national_layout import HEADINGS
from .national_values import NationalRow
from .template_sheets import packed_book

_HEAD = PatternFill("solid", fgColor="EFEBE0")
WIDTHS = (12, 30, 14, 26, 10, 16, 14, 44, 24)


def national_book(rows: Sequence[NationalRow], period: str) -> bytes:
    """One sheet that is named by its month; every cell filled, so that it can be sorted and filtered."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = period
    sheet.append(list(HEADINGS.values()))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(astuple(row), 1):
            cell = sheet.cell(number, column, value if isinstance(value, Decimal) else printable(value) or None)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(WIDTHS))}{len(rows) + 1}"
    return packed_book(book)
