"""A list as a file: the same rows, headings in both languages, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .declaration import Declaration, as_words, queryable
from .export_cells import FORMULA, neutral, table

if TYPE_CHECKING:
    from .declaration import Rows

__all__ = ["FORMULA", "neutral", "response"]

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_ROWS = 50_000


def response(listing: Declaration, rows: Rows, kind: str) -> HttpResponse:
    """The file, named by list and day."""
    count = rows.count() if queryable(rows) else len(rows)
    if count > MOST_ROWS:
        message = Text("有 {n} 行，一次至多导出 {most} 行，请先筛选", "{n} rows; one file holds {most}: filter first")
        raise Refused("PRE-EXPORT", message.format(n=count, most=MOST_ROWS), 422)
    if kind == "xlsx":
        from .export_workbook import workbook  # openpyxl is loaded by the first workbook, not by every start

        content = workbook(listing, rows)
    else:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([neutral(" ".join(column.heading_words)) for column in listing.columns])
        writer.writerows([_plain(value) for value in values] for values in table(listing, rows))
        content = out.getvalue().encode("utf-8-sig")  # spreadsheets need the mark to read Chinese
    name = f"{listing.name.replace('.', '-')}-{clock.today():%Y%m%d}.{kind}"
    return HttpResponse(
        content, content_type=FORMATS[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _plain(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return as_words(value)  # a negative number is a number
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return neutral(as_words(value))
