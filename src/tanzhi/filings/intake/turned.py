"""A plant's report by rows (项目, 计量单位, then a column for each month): items to inputs by a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tanzhi.presentation.intake.cells import is_blank
from tanzhi.presentation.intake.reader import Book, Sheet
from tanzhi.presentation.intake.units import unit_named
from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.kernel.forms import FormSpec, TableSpec
from tanzhi.rulebook.kernel.spelling import NARROW, short, spelled_day
from tanzhi.rulebook.kernel.text import same

from .answer import Expected, ReadResult
from .grid import Builder, Grid
from .mapping import CONVERSIONS
from .records import descend, path_of, steps_of

SEARCHED_ROWS = 20
ITEM_HEADINGS = ("项目", "项目名称", "指标", "指标名称")
UNIT_HEADINGS = ("计量单位", "单位")
THIS_PERIOD = ("本期", "本月", "本期数", "本月数")
_IN_WORDS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?")
_YEAR = re.compile(r"(20\d{2})年?")


class TurnedItem(BaseModel):
    """One item of the report: in which unit it stands there, which input of whose row it is, how it is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: Annotated[str, Field(min_length=1, max_length=200)]
    unit: Annotated[str, Field(max_length=40)] = ""
    level: Annotated[str, Field(max_length=40)]
    field: Annotated[str, Field(max_length=100)]
    keys: dict[str, str]  # of every level but the month's: {"unit": "1", "fuel": "bituminous"}
    conversion: str = ""

    @field_validator("conversion")
    @classmethod
    def is_conversion(cls, code: str) -> str:
        if code not in CONVERSIONS:
            raise ValueError(f"one of {', '.join(CONVERSIONS)}")
        return code


class TurnedPart(BaseModel):
    """What a report by rows maps: its sheet and items. Headings are looked for anew in every file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sheet: Annotated[str, Field(max_length=100)]
    items: Annotated[tuple[TurnedItem, ...], Field(min_length=1, max_length=500)]
    cached_formulas: bool = False


def turned_of(parts: Iterable[Mapping[str, Any]]) -> list[TurnedPart]:
    """The parts of a mapping that are reports by rows."""
    return [TurnedPart.model_validate(part) for part in parts if "items" in part]


@dataclass(frozen=True, slots=True)
class TurnedSheet:
    """A sheet by rows: where its headings stand, and which column is which month."""

    sheet: Sheet
    row: int  # of the headings, from zero
    item: int
    unit: int
    months: dict[str, int]  # 2024-06 → column; a column of this period goes under a blank
    years: frozenset[str]  # that the lines above the headings name

    def words(self, row: Sequence[Any], column: int) -> str:
        return _plain(row[column]) if column < len(row) else ""

    def lines(self) -> Iterable[tuple[int, Sequence[Any]]]:
        """The rows of items below the headings, numbered from zero."""
        for number, row in enumerate(self.sheet.rows[self.row + 1 :], self.row + 1):
            if self.words(row, self.item):
                yield number, row

    def cell(self, number: int, column: int) -> str:
        return f"{self.sheet.name}!{letters(column + 1)}{number + 1}"


def _plain(cell: Any) -> str:
    words = short(cell) if isinstance(cell, Decimal) else "" if cell is None else str(cell)
    return "".join(words.translate(NARROW).split())


def month_headed(cell: Any, year: int) -> str:
    """The month that a heading names: 6月, 六月, 2024年6月, a day of it; blank where it names none."""
    if isinstance(cell, date):
        return cell.isoformat()[:7]
    words = _plain(cell)
    if month := spelled_day(words, month=True).value:
        return month
    match = _MONTH.fullmatch(words)
    number = 0
    if match:
        number = int(match[1]) if match[1].isdigit() else _IN_WORDS.index(match[1]) + 1 if match[1] in _IN_WORDS else 0
    return f"{year}-{number:02d}" if 1 <= number <= len(_IN_WORDS) else ""


def turned_sheet(sheet: Sheet, year: int) -> TurnedSheet | None:
    """None where no row of a sheet has the headings of a report by rows."""
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        words = [_plain(cell) for cell in row]
        item = next((at for at, word in enumerate(words) if word in ITEM_HEADINGS), None)
        unit = next((at for at, word in enumerate(words) if word in UNIT_HEADINGS), None)
        if item is None or unit is None:
            continue
        months = {month: at for at, cell in reversed(list(enumerate(row))) if (month := month_headed(cell, year))}
        if period := [at for at, word in enumerate(words) if word in THIS_PERIOD]:
            months[""] = period[0]
        if months:
            above = " ".join(_plain(cell) for line in sheet.rows[:number] for cell in line)
            return TurnedSheet(sheet, number, item, unit, months, frozenset(_YEAR.findall(above)))
    return None


def turned_in(book: Book, year: int) -> list[TurnedSheet]:
    """The sheets of a workbook that are laid out by rows."""
    return [turned for sheet in book.sheets.values() if (turned := turned_sheet(sheet, year))]


def read_turned(book: Book, name: str, form: FormSpec, part: TurnedPart, expected: Expected) -> ReadResult:
    """The month's column of a report by rows, or all months of the year; not examined yet: more may stand beside it."""
    builder = Builder(form, expected)
    builder.answer.findings += book.findings
    if book.findings:
        return builder.answer
    turned = turned_in(book, form.year)
    source = next((each for each in turned if each.sheet.name == part.sheet), turned[0] if len(turned) == 1 else None)
    if source is None:
        builder.tell("XLS-SHEET", part.sheet, label=same(part.sheet))
        return builder.answer
    place = f"{source.sheet.name}!{source.row + 1}"
    if other := [year for year in sorted(source.years) if int(year) != form.year]:
        builder.tell("XLS-YEAR", place, found=", ".join(other), expected=str(form.year))
        return builder.answer
    months = {month: at for month, at in source.months.items() if month.startswith(expected.period)}
    if not months and "" in source.months and len(expected.period) == len("2024-06"):
        months = {expected.period: source.months[""]}
    if not months:
        seen = "、".join(filter(None, source.months))
        builder.tell("XLS-TURNED", place, found=seen, expected=expected.period)
        return builder.answer
    _TurnedReader(builder, source, part).take(months)
    return builder.answer


@dataclass(slots=True)
class _TurnedReader:
    builder: Builder
    source: TurnedSheet
    part: TurnedPart
    lines: dict[str, tuple[int, Sequence[Any]]] = field(default_factory=dict)

    def take(self, months: Mapping[str, int]) -> None:
        """The items of the mapping, each out of its own row."""
        twice: dict[str, str] = {}
        for number, row in self.source.lines():
            words = self.source.words(row, self.source.item)
            if words in self.lines:
                twice[words] = self.source.cell(number, self.source.item)
            self.lines.setdefault(words, (number, row))
        sheet = self.source.sheet
        formulas = frozenset(sheet.uncomputed if self.part.cached_formulas else sheet.formulas)
        self.builder.answer.accepted_formulas = bool(sheet.formulas) and self.part.cached_formulas
        rows_used = [(number, row) for number, row in self.lines.values()]
        for month, column in months.items():
            grid = Grid(sheet.name, sheet.rows, {month: column}, 1, source=sheet)
            self.builder.tell_unseen(grid, rows_used)
        for item in self.part.items:
            line = self.lines.get(_plain(item.words))
            if line is None:
                self.builder.tell("XLS-ITEM", sheet.name, field=item.field, label=same(item.words), found=item.words)
            elif _plain(item.words) in twice:
                place = twice[_plain(item.words)]
                self.builder.tell("XLS-ITEMS", place, field=item.field, label=same(item.words), found=item.words)
            elif self._has_unit(item, *line):
                for month, column in months.items():
                    self._value(item, line, (month, column), formulas)

    def _has_unit(self, item: TurnedItem, number: int, row: Sequence[Any]) -> bool:
        """Whether the item still stands in the unit that it was mapped in."""
        stated = self.source.words(row, self.source.unit)
        same_unit = stated == _plain(item.unit) or (unit_named(stated) and unit_named(stated) == unit_named(item.unit))
        if not same_unit:
            place = self.source.cell(number, self.source.unit)
            label = same(item.words)
            self.builder.tell("VAL-UNIT", place, field=item.field, label=label, found=stated, expected=item.unit)
        return bool(same_unit)

    def _value(
        self, item: TurnedItem, line: tuple[int, Sequence[Any]], of: tuple[str, int], formulas: frozenset[str]
    ) -> None:
        (number, row), (month, column), form = line, of, self.builder.form
        table = form.table(item.level)
        spec = next((each for each in table.fields if each.name == item.field), None) if table else None
        raw = row[column] if column < len(row) else None
        if table is None or spec is None:
            return
        place = self.source.cell(number, column)
        if place.rpartition("!")[2] in formulas:
            self.builder.tell("XLS-FORMULA", place, field=item.field, label=spec.label, found="=")
            return
        if is_blank(raw):
            return
        steps = steps_of(form, table, _keys(table, item, month))
        path, answer = path_of(steps), self.builder.answer
        for deep in range(1, len(steps) + 1):
            answer.places.setdefault(path_of(steps[:deep]), place)
        answer.places[f"{path}.{item.field}"] = place
        self.builder.seen.setdefault((table.level, path), place)
        if value := self.builder.number(spec, raw, place, Decimal(CONVERSIONS[item.conversion][0])):
            descend(answer.record, steps)[item.field] = value


def _keys(table: TableSpec, item: TurnedItem, month: str) -> dict[str, str]:
    levels = [*(parent.name for parent in table.parents), *([table.level] if table.key else [])]
    return {level: month if level == "month" else item.keys.get(level, "") for level in levels}


def items_unknown(form: FormSpec, part: TurnedPart) -> list[str]:
    """Items whose input or row the form does not have, and inputs that are mapped twice."""
    odd, seen = [], set()
    for item in part.items:
        table = form.table(item.level)
        keys = _keys(table, item, "month") if table else {}
        options = table.key.options if table and table.key else {}
        known_input = table is not None and any(spec.name == item.field for spec in table.fields)
        known_row = all(keys.values()) and (not options or keys[item.level] in options)
        place = (item.level, item.field, tuple(sorted(item.keys.items())))
        if not known_input or not known_row or place in seen or set(item.keys) - set(keys):
            odd.append(item.words)
        seen.add(place)
    return odd
