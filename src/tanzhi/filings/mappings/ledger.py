"""A plant's ledger beside a form: what its sheets and columns are called, and what they were matched to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.actions.typed import whole
from tanzhi.filings.intake import Mapped
from tanzhi.filings.intake.answer import Expected
from tanzhi.filings.intake.grid import Builder
from tanzhi.filings.intake.layout import columns_of, sheets_of
from tanzhi.filings.intake.mapping import LedgerColumn, conversion_for, mapped_of
from tanzhi.filings.intake.workbook import opened
from tanzhi.presentation.intake.units import unit_in
from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.kernel import FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.finding import Finding
from tanzhi.rulebook.kernel.spelling import short

HEADER_ROW, LAST_HEADER_ROW = 1, 999
BRACKETS = re.compile(r"\s*[（(\[【][^（(\[【]*$")
SAMPLES = 3
SEARCHED_ROWS = 8
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Offered:
    """A column of a ledger: its letters, its heading, and what stands in its first rows."""

    letters: str
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerWorkbook:
    """A workbook that was read safely: its sheets with their rows; or what was found wrong with it."""

    rows: Mapping[str, Sequence[Sequence[Any]]]
    formulas: frozenset[str]
    findings: tuple[Finding, ...] = ()

    def columns(self, sheet: str, header_row: int) -> list[Offered]:
        """The columns of a sheet by the headings in a row."""
        rows = self.rows.get(sheet, [])
        head = rows[header_row - 1] if 0 < header_row <= len(rows) else []
        below = rows[header_row : header_row + SAMPLES]
        width = min(max([len(head), *(len(row) for row in below)]), MOST_COLUMNS)
        return [
            Offered(letters(at + 1), _words(head, at), tuple(filter(None, (_words(row, at) for row in below))))
            for at in range(width)
        ]

    def likeliest(self, table: TableSpec) -> tuple[str, int]:
        """The sheet and the row whose headings are called most like the table's inputs; none where nothing is."""
        names = {word for spec in columns_of(table) for word in _names(spec)}
        own = {word for spec in table.fields for word in _names(spec)}
        best = ("", HEADER_ROW, 0)
        for sheet in self.rows:
            for row in range(1, SEARCHED_ROWS + 1):
                headings = {column.heading for column in self.columns(sheet, row)}
                if own & headings and len(names & headings) > best[2]:
                    best = (sheet, row, len(names & headings))
        return best[:2]


def _words(row: Sequence[Any], at: int) -> str:
    cell = row[at] if at < len(row) else None
    words = short(cell) if isinstance(cell, Decimal) else "" if cell is None else str(cell)
    return words.strip()[:40]


def read_ledger(content: bytes, name: str, form: FormSpec) -> LedgerWorkbook:
    """A ledger as it is, through the same gate as every workbook."""
    builder = Builder(form, Expected())
    sheets = opened(content, name, builder)
    if sheets is None:
        return LedgerWorkbook({}, frozenset(), tuple(builder.answer.findings))
    visible = {name: sheet for name, sheet in sheets.items() if not sheet.hidden}
    rows = {name: sheet.rows for name, sheet in visible.items()}
    return LedgerWorkbook(rows, frozenset(name for name, sheet in visible.items() if sheet.formulas))


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One input of the form, and what was chosen for it."""

    field: FieldSpec
    column: str = ""
    constant: str = ""
    conversion: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A table of the form beside a sheet of the ledger."""

    table: TableSpec
    sheet: str
    header_row: int
    cached_formulas: bool
    offered: list[Offered]
    choices: list[ColumnChoice]


def matches(
    form: FormSpec, ledger: LedgerWorkbook, sent: Mapping[str, str], before: Sequence[Mapped] = ()
) -> list[Match]:
    """Every table with the sheet and the columns that were chosen, kept before, or are called as the input is."""
    by_level = {part.level: part for part in before}
    every = []
    for table in sheets_of(form):
        level, earlier = table.level, by_level.get(table.level)
        likely = (earlier.sheet, earlier.first_row - 1) if earlier else ledger.likeliest(table)
        sheet = sent.get(f"{level}-sheet", likely[0])
        row = sent.get(f"{level}-row", str(likely[1]))
        header = whole(row, LAST_HEADER_ROW) or HEADER_ROW
        offered = ledger.columns(sheet, header)
        choices = [_choice(level, spec, offered, sent, earlier) for spec in columns_of(table)]
        cached = f"{level}-cached" in sent if sent else bool(earlier and earlier.cached_formulas)
        every.append(Match(table, sheet, header, cached, offered, choices))
    return every


def _names(spec: FieldSpec) -> set[str]:
    return {spec.name, spec.label.zh, spec.label.en}


def _choice(
    level: str, spec: FieldSpec, offered: list[Offered], sent: Mapping[str, str], before: Mapped | None
) -> ColumnChoice:
    previous = next((c for c in before.columns if c.field == spec.name), None) if before else None
    name = f"{level}-{spec.name}"
    if f"{name}-column" in sent:
        parts = (sent.get(f"{name}-{part}", "").strip() for part in ("column", "constant", "conversion"))
        return ColumnChoice(spec, *parts)
    if previous:
        return ColumnChoice(spec, previous.column, previous.constant, previous.conversion)
    names = _names(spec)
    # By its heading, or by that without the unit in its brackets.
    match = next(
        (
            column
            for column in offered
            if column.heading in names or (unit_in(column.heading) and BRACKETS.sub("", column.heading) in names)
        ),
        None,
    )
    return (
        ColumnChoice(spec, match.letters, "", conversion_for(match.heading, spec.unit)) if match else ColumnChoice(spec)
    )


def parts_of(matches: Sequence[Match]) -> list[dict[str, Any]]:
    """What is kept: tables with a sheet, inputs with a column or a constant."""
    parts = []
    for match in matches:
        columns = [
            LedgerColumn(
                field=choice.field.name,
                column=choice.column,
                constant=choice.constant,
                conversion=choice.conversion if choice.column else "",  # a fixed value has none
            )
            for choice in match.choices
            if choice.column or choice.constant
        ]
        if match.sheet and columns:
            part = Mapped(
                level=match.table.level,
                sheet=match.sheet,
                first_row=match.header_row + 1,
                columns=tuple(columns),
                cached_formulas=match.cached_formulas,
            )
            parts.append(part.model_dump(mode="json"))
    return parts


def column_of(parts: Sequence[Mapping[str, Any]], level: str, field: str) -> tuple[str, LedgerColumn] | None:
    """From which sheet and column a mapping takes an input of a level."""
    for part in mapped_of(parts):
        column = next((c for c in part.columns if c.field == field), None)
        if part.level == level and column:
            return part.sheet, column
    return None
