"""Reads the national platform's month form: known by its headings, a row for each value, answered cell by cell.

Line, source and material stand once and hold for the rows below. What is stated as a default or as computed is no
input: it is handed on, to be set beside what the rules make of the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tanzhi.presentation.intake.cells import is_blank
from tanzhi.presentation.intake.reader import Book, Sheet
from tanzhi.presentation.intake.units import factor, unit_named
from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.kernel import FieldSpec
from tanzhi.rulebook.kernel.spelling import NARROW, short, spelled_choice, spelled_day
from tanzhi.rulebook.kernel.text import Text, same

from .answer import Expected, ReadResult
from .grid import ABSENT, Builder, Grid
from .national_layout import (
    COMPUTED,
    DEFAULT,
    HEADINGS,
    LINE,
    MATERIAL,
    MEASURED,
    METHOD,
    METHODS,
    ORIGIN,
    PAPERS,
    PARAMETER,
    SOURCE,
    UNIT,
    VALUE,
    LayoutParameter,
    LayoutSource,
    MonthLayout,
)
from .records import descend, path_of, steps_of

SEARCHED_ROWS = 20
ENOUGH = 4  # headings by which the form is known; one that is missing then is told
NEEDED = tuple(name for name in HEADINGS if name not in (ORIGIN, PAPERS))
_LINE = re.compile(r"(?:生产线|机组)?\s*[#№]?\s*(.+?)\s*[#号]?\s*(?:机组|生产线)?")
_YEAR = re.compile(r"(.+?)[-—](\d{4}(?:-\d{2})?)年?")


@dataclass(frozen=True, slots=True)
class StatedRow:
    """A row that states a default or a computed value, in the form's unit, and the row of the record it is about."""

    path: str
    row: dict[str, Any]
    parameter: LayoutParameter
    method: str
    value: Decimal
    place: str
    unit: str


def own_times(parameter: LayoutParameter, unit: str) -> Decimal:
    """From the platform's unit to that of our form: carbon of 0.5783 tC/t is 57.83 %."""
    own = factor(unit, parameter.field.unit) if parameter.field else None
    return Decimal(1) if own is None else own


@dataclass(frozen=True, slots=True)
class ReadMonth:
    """The answer to a file in the national layout, and what it states beside its inputs."""

    answer: ReadResult
    stated: list[StatedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Head:
    sheet: Sheet
    row: int  # from zero
    columns: dict[str, int]
    twice: tuple[str, ...] = ()


def _plain(cell: Any) -> str:
    """A cell's words without spaces, in narrow digits; a number as it is written."""
    words = short(cell) if isinstance(cell, Decimal) else "" if cell is None else str(cell)
    return "".join(words.translate(NARROW).split())


def heading_of(book: Book) -> _Head | None:
    """The row of headings of the national platform's form; None where no sheet has them."""
    names = {words: name for name, words in HEADINGS.items()}
    for sheet in book.sheets.values():
        for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
            here = [(names[words], column) for column, cell in enumerate(row) if (words := _plain(cell)) in names]
            columns = dict(reversed(here))
            if len(columns.keys() & set(NEEDED)) >= ENOUGH:
                twice = tuple(name for name in columns if [other for other, _ in here].count(name) > 1)
                return _Head(sheet, number, columns, twice)
    return None


def is_national(book: Book) -> bool:
    return heading_of(book) is not None


def read_month(book: Book, layout: MonthLayout, expected: Expected) -> ReadMonth:
    """The record in a file that is laid out like the national platform's form."""
    head, builder = heading_of(book), Builder(layout.form, expected)
    if head is None or not _is_whole(head, builder, expected):
        return ReadMonth(builder.answer)
    reader = _Reader(layout, head, builder)
    body = head.sheet.rows[head.row + 1 :]
    used = {name: column for name, column in head.columns.items() if name in NEEDED}
    grid = Grid(head.sheet.name, body, {VALUE: used[VALUE]}, head.row + 2, source=head.sheet)
    filled = [(at, row) for at, row in enumerate(body) if not is_blank(grid.raw(row, VALUE))]
    builder.tell_unseen(grid, filled)
    for cell in head.sheet.formulas:
        if cell.rstrip("0123456789") == letters(used[VALUE] + 1):
            builder.tell("XLS-FORMULA", f"{head.sheet.name}!{cell}", found="=")
    for at, row in enumerate(body, head.row + 1):
        if any(not is_blank(row[column]) for column in used.values() if column < len(row)):
            reader.take(at, row)
    reader.tell_missing()
    if not builder.seen and not builder.answer.errors:
        builder.tell("XLS-EMPTY", head.sheet.name, found=head.sheet.name)
        return ReadMonth(builder.answer)
    answer = builder.finish()
    # A row that is wrong for another reason holds no value: that alone is told.
    answer.findings = [f for f in answer.findings if f.code != "FORM-REQUIRED" or not reader.is_wrong(f.place)]
    return ReadMonth(answer, reader.stated)


def _is_whole(head: _Head, builder: Builder, expected: Expected) -> bool:
    """Whether every heading stands once, and the sheet's name is of no other month."""
    place = f"{head.sheet.name}!{head.row + 1}"
    for name in (*(name for name in NEEDED if name not in head.columns), *head.twice):
        builder.tell("NAT-COLUMN", place, found=HEADINGS[name], expected="、".join(HEADINGS.values()))
    month = spelled_day(head.sheet.name, month=True).value
    if month and month != expected.period:
        builder.tell("NAT-PERIOD", head.sheet.name, found=head.sheet.name, expected=expected.period)
    return not builder.answer.errors


@dataclass(slots=True)
class _Reader:
    """Goes down the rows and keeps in mind which line, source and material they are about."""

    layout: MonthLayout
    head: _Head
    builder: Builder
    stated: list[StatedRow] = field(default_factory=list)
    above: dict[str, tuple[str, str]] = field(default_factory=dict)  # heading → words and their cell
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)  # path → the row of the record
    cells: dict[str, str] = field(default_factory=dict)  # path and parameter → the cell of its words
    row_places: dict[str, tuple[str, ...]] = field(default_factory=dict)  # cell of a value → all cells of its row
    unclear: set[str] = field(default_factory=set)  # paths of which a parameter is unknown: it may be the missing one
    refused: set[tuple[str, str]] = field(default_factory=set)  # code and cell: told once for all rows below it

    def take(self, number: int, row: list[Any]) -> None:
        """One row: whose, of what, and its value by the method that it states."""
        cells = {name: row[at] if at < len(row) else None for name, at in self.head.columns.items()}
        name_of = self.head.sheet.name
        places = {name: f"{name_of}!{letters(at + 1)}{number + 1}" for name, at in self.head.columns.items()}
        self.row_places[places[VALUE]] = tuple(places.values())
        for name, below in ((LINE, (SOURCE, MATERIAL)), (SOURCE, (MATERIAL,)), (MATERIAL, ())):
            if not is_blank(cells[name]):
                self.above = {key: value for key, value in self.above.items() if key not in below}
                self.above[name] = (_plain(cells[name]), places[name])
        line, source = self._line(places), self._source(places)
        if not line or source is None:
            return
        keys = {self.layout.guideline.unit_level: line, self.layout.month.level: self.builder.expected.period}
        if source.level == self.layout.material.level:
            material = self._material(places)
            if not material:
                return
            keys[source.level] = material
        path = self.row_of(source, keys, places)
        parameter = self._parameter(source, path, _plain(cells[PARAMETER]), places[PARAMETER])
        if parameter is not None:
            unit = self.layout.unit_of(parameter, keys.get(self.layout.material.level, ""))
            self._value(parameter, path, cells, places, unit)
            if parameter.papers and not is_blank(cells.get(PAPERS)):
                self.paper(path, str(cells[PAPERS]).strip(), places[PAPERS])

    def _refuse(self, code: str, name: str, places: Mapping[str, str], expected: Any, **details: Any) -> None:
        words, place = self.above.get(name, ("", places[name]))
        if (code, place) not in self.refused:
            self.refused.add((code, place))
            self.builder.tell(code, place, found=words, expected=expected, **details)

    def _line(self, places: Mapping[str, str]) -> str:
        words, units = self.above.get(LINE, ("", ""))[0], self.builder.expected.units
        match = _LINE.fullmatch(words)
        number = words if words in units else match[1] if match else ""
        if number and (number in units or not units):
            return number
        self._refuse("NAT-LINE", LINE, places, ", ".join(f"{self.layout.line}{unit}" for unit in sorted(units)))
        return ""

    def _source(self, places: Mapping[str, str]) -> LayoutSource | None:
        words, expected = self.above.get(SOURCE, ("", ""))[0], self.builder.expected.period
        match = _YEAR.fullmatch(words)
        name = match[1] if match else words
        kind = name.partition("-")[0]
        source = next((s for s in self.layout.sources if name == s.words or kind == s.words.partition("-")[0]), None)
        if source is None:
            options = "、".join(f"{s.words}-{expected[:4]}" for s in self.layout.sources)
            self._refuse("NAT-SOURCE", SOURCE, places, options)
        elif match and not expected.startswith(match[2]):
            self._refuse("NAT-PERIOD", SOURCE, places, expected)
            return None
        return source

    def _material(self, places: Mapping[str, str]) -> str:
        words = self.above.get(MATERIAL, ("", ""))[0]
        options = self.layout.material.key.options if self.layout.material.key else {}
        code = self.layout.synonyms.get(words) or spelled_choice(words, options).value
        if code in options:
            return code
        choices = Text("、".join(t.zh for t in options.values()), ", ".join(t.en for t in options.values()))
        self._refuse("NAT-MATERIAL", MATERIAL, places, choices)
        return ""

    def row_of(self, source: LayoutSource, keys: dict[str, str], places: Mapping[str, str]) -> str:
        """The path of the record's row that the source is about; made where it is new."""
        layout, answer = self.layout, self.builder.answer
        table = layout.material if source.level == layout.material.level else layout.month
        steps = steps_of(layout.form, table, keys)
        path = path_of(steps)
        if path not in self.rows:
            self.rows[path] = descend(answer.record, steps)
            self.builder.seen[table.level, path] = places[PARAMETER]
        for deep, (level, _, _) in enumerate(steps, 1):
            where = MATERIAL if level == layout.material.level else LINE
            answer.places.setdefault(path_of(steps[:deep]), self.above[where][1])
            self.rows.setdefault(path_of(steps[:deep]), descend(answer.record, steps[:deep]))
            if level == layout.month.level:
                self.builder.seen.setdefault((level, path_of(steps[:deep])), self.above[where][1])
        return path

    def _parameter(self, source: LayoutSource, path: str, words: str, place: str) -> LayoutParameter | None:
        """By the platform's words, or by those of our form."""
        offered = [parameter for parameter in self.layout.parameters if parameter.source == source]
        parameter = next((p for p in offered if words in (p.words, *p.also)), None) or next(
            (p for p in offered if p.field and words in (p.field.label.zh, p.field.name)), None
        )
        if parameter is None:
            self.unclear.add(path)
            self.builder.tell("NAT-PARAMETER", place, found=words, expected="、".join(p.words for p in offered))
            return None
        before = self.cells.setdefault(f"{path}.{parameter.words}", place)
        if before == place:
            return parameter
        self.builder.tell("NAT-TWICE", place, label=same(parameter.words), found=before)
        return None

    def _value(
        self, parameter: LayoutParameter, path: str, cells: Mapping[str, Any], places: Mapping[str, str], unit: str
    ) -> None:
        """By the method that the row states: an input is filed, what is computed or laid down is set beside ours."""
        spec, builder, place = parameter.field, self.builder, places[VALUE]
        label, name = (spec.label, spec.name) if spec else (same(parameter.words), parameter.words)
        if spec:
            builder.answer.places[f"{path}.{name}"] = place
        if is_blank(cells[VALUE]):
            return
        method, allowed = _plain(cells[METHOD]), [m for m in METHODS if m != MEASURED or spec]
        if method not in allowed:
            words = "、".join(allowed)
            builder.tell("NAT-METHOD", places[METHOD], field=name, label=label, found=method, expected=words)
            return
        times = self.factor_of(parameter, unit, cells[UNIT], places[UNIT])
        if times is None:
            return
        if (method == DEFAULT and parameter.default) or (method == COMPUTED and parameter.computed):
            beside = FieldSpec(name=name, label=label, unit=unit)
            number = builder.number(beside, cells[VALUE], place, times)
            if number and number not in ABSENT:
                row = self.rows[path]
                self.stated.append(StatedRow(path, row, parameter, method, Decimal(number), place, unit))
        elif spec and (value := builder.number(spec, cells[VALUE], place, times * own_times(parameter, unit))):
            self.rows[path][name] = value

    def factor_of(self, parameter: LayoutParameter, unit: str, cell: Any, place: str) -> Decimal | None:
        """From the unit that the row states to the form's; None, and told, where nobody may say."""
        stated = _plain(cell)
        if stated == _plain(unit) or (unit_named(stated) and unit_named(stated) == unit_named(unit)):
            return Decimal(1)
        times, name = factor(stated, unit), parameter.field.name if parameter.field else parameter.words
        code = "NAT-UNIT" if times is None else "VAL-CONVERTED"
        self.builder.tell(code, place, field=name, label=same(parameter.words), found=stated, expected=unit)
        return times

    def paper(self, path: str, number: str, place: str) -> None:
        """The number of the laboratory's report: one for a material."""
        name = self.layout.papers
        before = self.rows[path].setdefault(name, number)
        self.builder.answer.places.setdefault(f"{path}.{name}", place)
        if before != number:
            self.builder.tell("NAT-TWICE", place, field=name, label=Text("报告编号", "Report number"), found=before)

    def tell_missing(self) -> None:
        """Required inputs for which a line or a material has no row, or no value in it."""
        answer = self.builder.answer
        for level, path in self.builder.seen:
            if path in self.unclear:
                continue
            for parameter in self.layout.parameters:
                spec = parameter.field
                if spec is None or not spec.required or parameter.source.level != level:
                    continue
                cell = answer.places.get(f"{path}.{spec.name}", "")
                if self.rows[path].get(spec.name) in (None, "") and not self.is_wrong(cell):
                    words, place = parameter.words, cell or answer.places[path]
                    self.builder.tell("NAT-MISSING", place, field=spec.name, found=words, expected=words)

    def is_wrong(self, cell: str) -> bool:
        """Whether something was told in the row of the file, or of the record, that a cell stands for."""
        if cell in {self.builder.answer.places[path] for path in self.unclear}:
            return True
        wrong = {finding.place for finding in self.builder.answer.errors if finding.code != "FORM-REQUIRED"}
        return any(place in wrong for place in self.row_places.get(cell, ()))
