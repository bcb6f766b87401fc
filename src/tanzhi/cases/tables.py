"""A table out of an uploaded workbook or CSV: headings and rows of plain strings, after a look inside the file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from tanzhi.presentation.intake.archive import Limits, inspect
from tanzhi.presentation.intake.messages import finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.rulebook.kernel.finding import Finding

SEARCHED = 10  # how far down the headings may stand


@dataclass(slots=True)
class Sheet:
    """The headings, the rows below them as strings, the number of the first row, and what stops the reading."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    first: int = 2
    findings: list[Finding] = field(default_factory=list)


def read(content: bytes, name: str, known: Iterable[str], limits: Limits | None = None) -> Sheet:
    """The first sheet of a workbook, or a CSV; its headings are the row that holds most of the `known` ones."""
    allowed = limits or Limits()
    if name.lower().endswith(".csv"):
        rows, findings = _csv(content, name, allowed)
    else:
        rows, findings = _workbook(content, name, allowed)
    return Sheet(findings=findings) if findings else _sheet(rows, name, set(known), allowed)


def _workbook(content: bytes, name: str, limits: Limits) -> tuple[list[list[str]], list[Finding]]:
    looked = inspect(content, name, limits)
    far = [finding("XLS-ROWS", f"{one.name}!{one.far}", found=one.far) for one in looked.sheets if one.far]
    if looked.findings or far:
        return [], looked.findings or far
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as fault:
        return [], [finding("XLS-BROKEN", name, found=type(fault).__name__)]
    return [[written(cell) for cell in row] for row in rows], []


def _csv(content: bytes, name: str, limits: Limits) -> tuple[list[list[str]], list[Finding]]:
    if len(content) > limits.file_bytes:
        return [], [finding("XLS-SIZE", name, found=str(len(content)), expected=str(limits.file_bytes))]
    words = _decoded(content)
    if words is None or "\0" in words:
        return [], [finding("XLS-FILE", name, found=name)]
    head = words.splitlines()[0] if words.strip() else ""
    apart = max(",\t;", key=head.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(words), delimiter=apart)], []


def _decoded(content: bytes) -> str | None:
    """UTF-8, or what Chinese spreadsheets write by default."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def written(cell: Any) -> str:
    """A cell as its author saw it; binary numbers go through their shortest decimal."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):  # a spreadsheet knows no other numbers
        words = format(Decimal(repr(cell)), "f")
        return words.rstrip("0").rstrip(".") if "." in words else words
    return str(cell).strip()


def _sheet(rows: list[list[str]], name: str, known: set[str], limits: Limits) -> Sheet:
    filled = [(at, row) for at, row in enumerate(rows) if any(row)]
    if not filled:
        return Sheet(findings=[finding("XLS-EMPTY", name, found=name)])
    at, headings = max(filled[:SEARCHED], key=lambda pair: (len(known & set(pair[1])), -pair[0]))
    below = rows[at + 1 :]
    while below and not any(below[-1]):
        below.pop()
    if len(below) > limits.rows:
        told = finding("XLS-ROWS", name, found=str(len(below)), expected=str(limits.rows))
        return Sheet(findings=[told])
    return Sheet(headings, below, at + 2)
