"""A table out of an uploaded workbook or CSV: headings and rows of plain strings, as a person sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tanzhi.presentation.intake import reader
from tanzhi.presentation.intake.limits import Limits
from tanzhi.presentation.intake.messages import finding
from tanzhi.presentation.intake.workbook import area, letters
from tanzhi.rulebook.kernel.spelling import short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.rulebook.kernel.finding import Finding

SEARCHED = 10  # how far down the headings may stand
_YEAR = re.compile(r"((?:19|20)\d{2})年?", re.ASCII)


@dataclass(slots=True)
class ImportSheet:
    """The headings, the rows below them as strings, the number of the first row, and what stops the reading."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    first: int = 2
    findings: list[Finding] = field(default_factory=list)
    name: str = ""
    from_1904: bool = False  # days are counted from 1904, as older spreadsheets of Macintosh did
    addresses: list[list[str]] = field(default_factory=list)  # of a turned table: where each cell stands in the file


def read(
    content: bytes, name: str, labels: Iterable[str], limits: Limits | None = None, *, years_beside: bool = False
) -> ImportSheet:
    """The first sheet that is to be seen, or a CSV; its headings are the row that holds most of the `labels`.

    Where the years of a table may stand beside each other, a row of years is as good.
    """
    allowed = limits or Limits()
    book = reader.read_file(content, name, allowed, delimited=name.lower().endswith(".csv"))
    visible = [sheet for sheet in book.sheets.values() if not sheet.hidden]
    if book.findings or not visible:
        return ImportSheet(findings=book.findings or [finding("XLS-EMPTY", name, found=name)])
    source, known_labels = visible[0], set(labels)
    rows = [[written(cell) for cell in row] for row in source.rows]
    filled = [(at, row) for at, row in enumerate(rows) if any(row)]
    if not filled:
        return ImportSheet(findings=[finding("XLS-EMPTY", name, found=name)])

    def likeness(row: list[str]) -> int:
        years = sum(year_of(cell) != "" for cell in row) if years_beside else 0
        # a heading of our own template has its words in both languages, a line each
        named = {cell for cell in row if known_labels & {cell, *(line.rstrip("*") for line in cell.splitlines())}}
        return len(named) + (years if years > 1 else 0)

    at, headings = max(filled[:SEARCHED], key=lambda pair: (likeness(pair[1]), -pair[0]))
    below = rows[at + 1 :]
    if sum(1 for row in below if any(row)) > allowed.rows:
        too_long = finding("XLS-ROWS", name, found=str(len(below)), expected=str(allowed.rows))
        return ImportSheet(findings=[too_long])
    # Headings that can be told from each other; one that is read by its name may stand there only once.
    heads: list[str] = []
    findings = []
    for column, heading in enumerate(headings, 1):
        again = heading in heads and heading != ""
        if again and heading in known_labels:
            place = f"{source.name}!{letters(column)}{at + 1}"
            findings.append(finding("XLS-CODE", place, field=heading, found=heading))
        heads.append(f"{heading} ({letters(column)})" if again else heading)
    return ImportSheet(heads, below, at + 2, findings + _unseen(source, at + 1), source.name, book.from_1904)


def year_of(heading: str) -> str:
    """The year that a heading is: 2019, 2019年; blank where it is none."""
    match = _YEAR.fullmatch("".join(heading.split()))
    return match[1] if match else ""


def written(cell: Any) -> str:
    """A cell as its author saw it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return short(cell)
    return str(cell).strip()


def _unseen(source: reader.Sheet, heading_row: int) -> list[Finding]:
    """Formulas, and values that nobody sees as they are stored, below the headings."""
    name = source.name
    cells = [("XLS-FORMULA", cell, "=") for cell in source.formulas if _row_of(cell) > heading_row]
    cells += [("XLS-ERROR", cell, "#") for cell in source.errors if _row_of(cell) > heading_row]
    cells += [("XLS-MERGED", cells_of, cells_of) for cells_of in source.merged if _row_of(cells_of) > heading_row]
    cells += [("XLS-HIDDEN", str(row), str(row)) for row in sorted(source.hidden_rows) if row > heading_row]
    for column in sorted(source.hidden_columns):
        if any(column <= len(row) and row[column - 1] is not None for row in source.rows[heading_row:]):
            cells.append(("XLS-HIDDEN", letters(column), letters(column)))
    cells += [
        ("XLS-FORMAT", f"{letters(column)}{row}", kind)
        for (row, column), kind in source.displayed.items()
        if row > heading_row
    ]
    return [finding(code, f"{name}!{place}", found=content) for code, place, content in cells]


def _row_of(place: str) -> int:
    """The last row of a cell or a range."""
    corners = area(place)
    return corners[3] if corners else 0
