"""Rows of cells into a record: every way in (template, paste, ledger) ends here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tanzhi.presentation.intake.cells import is_blank, read_cell
from tanzhi.presentation.intake.formats import PERCENT
from tanzhi.presentation.intake.messages import finding
from tanzhi.presentation.intake.reader import Sheet
from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.kernel.examine import examine
from tanzhi.rulebook.kernel.finding import Finding
from tanzhi.rulebook.kernel.forms import NUMBER, FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.reading import EXCLUDED_CODE, NOT_REPORTED_CODE
from tanzhi.rulebook.kernel.rounding import plain, round_legally
from tanzhi.rulebook.kernel.spelling import Spelled, short
from tanzhi.rulebook.kernel.text import Text

from .answer import Expected, ReadResult
from .records import descend, path_of, steps_of

ABSENT = (NOT_REPORTED_CODE, EXCLUDED_CODE)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one sheet: which column holds which field, and the number of the first row as people count."""

    sheet: str
    rows: Sequence[Sequence[Any]]
    columns: Mapping[str, int]
    first_row: int = 1
    constants: Mapping[str, str] = field(default_factory=dict)
    source: Sheet = field(default_factory=lambda: Sheet(""))  # what a person sees of the cells, where it is a workbook
    converted: frozenset[int] = frozenset()  # columns of shares, of which it is declared that they are percentages

    def cell(self, row: int, name: str) -> str:
        """The address of a field in the n-th row: 燃料!E5."""
        column = self.columns.get(name)
        where = f"{letters(column + 1)}{row + self.first_row}" if column is not None else str(row + self.first_row)
        return f"{self.sheet}!{where}"

    def raw(self, row: Sequence[Any], name: str) -> Any:
        column = self.columns.get(name)
        if column is None:
            return self.constants.get(name)
        return row[column] if column < len(row) else None


@dataclass(slots=True)
class Builder:
    """Collects the record, the places of its values and the findings."""

    form: FormSpec
    expected: Expected
    answer: ReadResult = field(default_factory=ReadResult)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, table: TableSpec, grid: Grid) -> None:
        """All rows of a grid into the table."""
        filled = [
            (i, row)
            for i, row in enumerate(grid.rows)
            if any(not is_blank(row[column]) for column in grid.columns.values() if column < len(row))
        ]
        if len(filled) > self.expected.limits.rows:
            limit = str(self.expected.limits.rows)
            self.tell("XLS-ROWS", grid.sheet, found=str(len(filled)), expected=limit)
            return
        self.tell_unseen(grid, filled)
        for index, row in filled:
            self._row(table, grid, index, row)

    def tell_unseen(self, grid: Grid, filled: Sequence[tuple[int, Sequence[Any]]]) -> None:
        """Values in a hidden sheet, row or column, and cells that show something else than they hold."""
        sheet, used = grid.source, sorted(set(grid.columns.values()))
        if sheet.hidden and filled:
            self.tell("XLS-HIDDEN", sheet.name, found=sheet.name)
        for index, _ in filled:
            if (number := index + grid.first_row) in sheet.hidden_rows:
                self.tell("XLS-HIDDEN", f"{sheet.name}!{number}", found=str(number))
        for column in used:
            values = (row[column] for _, row in filled if column < len(row))
            if column + 1 in sheet.hidden_columns and not all(is_blank(value) for value in values):
                self.tell("XLS-HIDDEN", f"{sheet.name}!{letters(column + 1)}", found=letters(column + 1))
        for (row_number, column_number), kind in sheet.displayed.items():
            declared = kind == PERCENT and column_number - 1 in grid.converted
            if row_number >= grid.first_row and column_number - 1 in used and not declared:
                self.tell("XLS-FORMAT", f"{sheet.name}!{letters(column_number)}{row_number}", found=kind)

    def _row(self, table: TableSpec, grid: Grid, index: int, row: Sequence[Any]) -> None:
        key_fields = [*table.parents, *([table.key] if table.key else [])]
        keys = {f.name: self._key(f, grid, index, row) for f in key_fields}
        if not all(keys.values()):
            return
        steps = steps_of(self.form, table, {name: str(key) for name, key in keys.items()})
        path, here = path_of(steps), grid.cell(index, key_fields[-1].name if key_fields else "")
        if (table.level, path) in self.seen and table.key:
            self.tell("XLS-DUPLICATE", here, label=table.label, found=f"{path} ({self.seen[table.level, path]})")
            return
        self.seen[table.level, path] = here
        self.answer.places[path] = here
        record = descend(self.answer.record, steps)
        for spec in table.fields:
            self._value(spec, grid, index, row, (record, path))

    def _key(self, spec: FieldSpec, grid: Grid, index: int, row: Sequence[Any]) -> str:
        """A key's value; blank where the row cannot be placed, and then something was told."""
        raw, place = grid.raw(row, spec.name), grid.cell(index, spec.name)
        if is_blank(raw):
            self.tell("XLS-KEY", place, field=spec.name, label=spec.label)
            return ""
        read = read_cell(spec, raw)
        if self._tell_unread(read, spec, place, raw):
            return ""
        code, expected = self._misplaced(spec, read.value)
        if code:
            self.tell(code, place, field=spec.name, label=spec.label, found=read.value, expected=expected)
            return ""
        return read.value

    def _misplaced(self, spec: FieldSpec, key: str) -> tuple[str, str]:
        """Whether a key belongs to another period or another enterprise."""
        if spec.name == "month":
            period = self.expected.period or str(self.form.year)
            return ("", "") if key.startswith(period) else ("XLS-PERIOD", period)
        if spec.name == self.expected.unit_level and self.expected.units and key not in self.expected.units:
            return "XLS-UNIT", ", ".join(sorted(self.expected.units))
        return "", ""

    def _value(
        self, spec: FieldSpec, grid: Grid, index: int, row: Sequence[Any], into: tuple[dict[str, Any], str]
    ) -> None:
        if spec.name not in grid.columns and spec.name not in grid.constants:
            return
        raw, place = grid.raw(row, spec.name), grid.cell(index, spec.name)
        record, path = into
        self.answer.places[f"{path}.{spec.name}" if path else spec.name] = place
        if raw is None or raw == "":
            return  # most cells of a wide form
        if spec.kind == NUMBER and self.expected.rounds:
            value = self.number(spec, raw, place)
        else:
            read = read_cell(spec, raw, self.expected.limits.text)
            self._tell_unread(read, spec, place, raw)
            value = read.value
        if value:
            record[spec.name] = value

    def number(self, spec: FieldSpec, raw: Any, place: str, times: Decimal = Decimal(1)) -> str:
        """A number in the unit of the field; with more places than the form keeps it is rounded half up, and told."""
        read = read_cell(spec, raw, self.expected.limits.text)
        if self._tell_unread(read, spec, place, raw) or read.value in ("", *ABSENT):
            return read.value
        exact = Decimal(short(Decimal(read.value) * times))
        if spec.decimals is None:
            return plain(exact)
        rounded = plain(round_legally(exact, spec.decimals))
        if Decimal(rounded) != exact:
            self.tell("VAL-ROUNDED", place, field=spec.name, label=spec.label, found=plain(exact), expected=rounded)
        return rounded

    def _tell_unread(self, read: Spelled, spec: FieldSpec, place: str, raw: Any) -> bool:
        """Tells what was found about a cell; true where it holds no usable value."""
        if read.code:
            self.tell(read.code, place, field=spec.name, label=spec.label, found=str(raw), expected=read.expected)
        return bool(read.code) and not read.value

    def tell(self, code: str, place: str, **details: Any) -> None:
        self.answer.findings.append(finding(code, place, **details))

    def finish(self) -> ReadResult:
        """What the form finds in the whole record, told at the cells, after what the cells told themselves."""
        answer = self.answer
        if not self.seen and not answer.findings:
            self.tell("XLS-EMPTY", self.form.code, found=self.form.code)
        error_fields = {(f.place, f.field) for f in answer.errors}  # a note on how a value is written hides no error
        for fault in examine(self.form, answer.record):
            located = locate(fault, answer.places)
            if (located.place, located.field) not in error_fields:
                answer.findings.append(located)
        return answer


def locate(finding: Finding, places: Mapping[str, str]) -> Finding:
    """The same finding, at the cell in which the value stands."""
    path = f"{finding.place}.{finding.field.split(', ')[0]}".lstrip(".")
    place = places.get(path) or places.get(finding.place) or finding.place
    return Finding(
        finding.code,
        finding.severity,
        place,
        finding.field,
        finding.found,
        finding.expected,
        finding.message,
        finding.law,
        finding.remedy,
    )


def label_of(form: FormSpec, name: str) -> Text | None:
    """What a field is called."""
    fields = (f for t in form.tables for f in (*t.parents, *([t.key] if t.key else []), *t.fields))
    return next((f.label for f in fields if f.name == name), None)
