"""What an uploaded file holds: read in another process, given as sheets with all that a person sees in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tanzhi.rulebook.kernel.finding import Finding
from tanzhi.rulebook.kernel.spelling import cell_number

from . import pool
from .limits import Limits, Unreadable, megabytes
from .messages import finding

Rows = list[list[Any]]


@dataclass(slots=True)
class Sheet:
    """The values of a sheet, each row as long as it is filled, and what the values alone do not tell.

    A number is a `Decimal` of the digits as stored, up to the fifteen that a spreadsheet shows.
    """

    name: str
    rows: Rows = field(default_factory=list)
    state: str = "visible"
    formulas: list[str] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)  # formulas of which no value is stored
    errors: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()  # from 1; only those with a value
    hidden_columns: frozenset[int] = frozenset()  # from 1
    displayed: dict[tuple[int, int], str] = field(default_factory=dict)  # row and column from 1: see `formats`

    @property
    def hidden(self) -> bool:
        return self.state != "visible"

    def heading_above(self, row: int, column: int) -> tuple[str, int]:
        """The words that stand nearest above a row (from 1) in a column (from 0), and in which row."""
        for number in range(min(row - 1, len(self.rows)), 0, -1):
            cells = self.rows[number - 1]
            if column < len(cells) and isinstance(cells[column], str) and cells[column].strip():
                return cells[column], number
        return "", 0


@dataclass(slots=True)
class Book:
    """The sheets in the order of the file, or what stopped the reading."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    from_1904: bool = False  # how its days are counted


def read_file(content: bytes, name: str, limits: Limits | None = None, *, delimited: bool = False) -> Book:
    """A workbook, or a text table where one is expected; whatever is wrong with it is a finding."""
    allowed = limits or Limits()
    try:
        if len(content) > allowed.file_bytes:
            raise Unreadable("XLS-SIZE", actual=megabytes(len(content)), expected=megabytes(allowed.file_bytes))
        answer = pool.read("delimited" if delimited else "workbook", content, allowed)
    except Unreadable as stop:
        refusal = finding(stop.code, stop.place or name, found=stop.actual or name, expected=stop.expected)
        return Book(findings=[refusal])
    book = Book(from_1904=bool(answer.get("from_1904")))
    for raw in answer["sheets"]:
        rows = [[cell_number(cell[0]) if type(cell) is list else cell for cell in row] for row in raw["rows"]]
        for row, column in raw["dates"]:
            kind = date if len(rows[row - 1][column - 1]) == len("2024-06-30") else datetime
            rows[row - 1][column - 1] = kind.fromisoformat(rows[row - 1][column - 1])
        book.sheets[raw["name"]] = Sheet(
            raw["name"],
            rows,
            raw["state"],
            list(raw["formulas"]),
            list(raw["uncomputed"]),
            list(raw["errors"]),
            list(raw["merged"]),
            frozenset(raw["hidden_rows"]),
            frozenset(raw["hidden_columns"]),
            {(row, column): kind for row, column, kind in raw["displayed"]},
        )
    return book
