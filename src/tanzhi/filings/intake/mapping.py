"""A plant's own ledger workbook: columns to inputs by a mapping that was made once on screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tanzhi.presentation.intake.cells import read_cell
from tanzhi.presentation.intake.reader import Book, Sheet
from tanzhi.presentation.intake.units import factor, unit_in, unit_named
from tanzhi.presentation.intake.workbook import letters, number_of
from tanzhi.rulebook.kernel.forms import FormSpec, TableSpec
from tanzhi.rulebook.kernel.spelling import short
from tanzhi.rulebook.kernel.text import Text

from .answer import Expected, ReadResult
from .grid import Builder, Grid
from .layout import columns_of
from .workbook import opened

SHARE = "share>%"
COLUMN = r"^([A-Za-z]|[ABab][A-Za-z])?$"  # its letters, as far as a file is read

# From the ledger's unit to the form's: the factor is exact, and is shown in the explanation.
CONVERSIONS: dict[str, tuple[str, Text]] = {
    "": ("1", Text("不换算", "as it is")),
    "kg>t": ("0.001", Text("千克 → 吨", "kg to t")),
    "10^4t>t": ("10000", Text("万吨 → 吨", "10⁴ t to t")),
    "MJ>GJ": ("0.001", Text("兆焦 → 吉焦", "MJ to GJ")),
    "kJ/kg>GJ/t": ("0.001", Text("千焦/千克 → 吉焦/吨", "kJ/kg to GJ/t")),
    "kcal/kg>GJ/t": ("0.0041868", Text("千卡/千克（4.1868 焦/卡，GB/T 2589）→ 吉焦/吨", "kcal/kg of 4.1868 J to GJ/t")),
    "kcal20/kg>GJ/t": (
        "0.0041816",
        Text("千卡/千克（20℃卡，4.1816 焦/卡，GB/T 213）→ 吉焦/吨", "kcal/kg at 20 °C, of 4.1816 J, to GJ/t"),
    ),
    "%>tC/t": ("0.01", Text("百分数 → 吨碳/吨", "% to tC/t")),
    "tC/t>%": ("100", Text("吨碳/吨 → 百分数", "tC/t to %")),
    "kW>MW": ("0.001", Text("千瓦 → 兆瓦", "kW to MW")),
    "10^4kW>MW": ("10", Text("万千瓦 → 兆瓦", "10⁴ kW to MW")),
    "TJ>GJ": ("1000", Text("太焦 → 吉焦", "TJ to GJ")),
    "kWh>MWh": ("0.001", Text("千瓦时 → 兆瓦时", "kWh to MWh")),
    "10^4kWh>MWh": ("10", Text("万千瓦时 → 兆瓦时", "10⁴ kWh to MWh")),
    "m3>10^4m3": ("0.0001", Text("立方米 → 万立方米", "m³ to 10⁴ m³")),
    SHARE: ("100", Text("小数 → 百分数", "share to %")),
}


class LedgerColumn(BaseModel):
    """One input: from which column of the ledger (letters), or as which constant, and how it is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    field: Annotated[str, Field(max_length=100)]
    column: Annotated[str, Field(pattern=COLUMN)] = ""
    constant: Annotated[str, Field(max_length=500)] = ""
    conversion: str = ""

    @field_validator("conversion")
    @classmethod
    def is_conversion(cls, code: str) -> str:
        if code not in CONVERSIONS:
            raise ValueError(f"one of {', '.join(CONVERSIONS)}")
        return code


class Mapped(BaseModel):
    """The mapping of one table: sheet, first row of data, columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    level: str
    sheet: str
    first_row: Annotated[int, Field(ge=1, le=19_999)] = 2
    columns: tuple[LedgerColumn, ...]
    cached_formulas: bool = False  # a ledger computes; its stored values may be taken, and the answer says so


def mapped_of(parts: Iterable[Mapping[str, Any]]) -> list[Mapped]:
    """The parts of a mapping that are tables by columns."""
    return [Mapped.model_validate(part) for part in parts if "items" not in part]


def read_mapped(
    content: bytes | Book, name: str, form: FormSpec, mapping: Iterable[Mapped], expected: Expected | None = None
) -> ReadResult:
    """The record in a ledger workbook, by a mapping."""
    builder = Builder(form, expected or Expected())
    sheets = opened(content, name, builder)
    if sheets is None:
        return builder.answer
    for part in mapping:
        table, sheet = form.table(part.level), sheets.get(part.sheet)
        if table is None or sheet is None:
            builder.tell("XLS-SHEET", part.sheet, label=table.label if table else None)
            continue
        uncounted = sheet.uncomputed if part.cached_formulas else sheet.formulas
        if uncounted:
            builder.tell("XLS-FORMULA", f"{part.sheet}!{uncounted[0]}", found=", ".join(uncounted[:10]))
            continue
        builder.answer.accepted_formulas |= bool(sheet.formulas)
        # Whether a heading states another unit than the one that the mapping reads its column in.
        fields = {field.name: field for field in columns_of(table) if field.kind == "number"}
        before = len(builder.answer.findings)
        for column in part.columns:
            field, at = fields.get(column.field), index_of(column.column) if column.column else -1
            heading = sheet.heading_above(part.first_row, at) if field and at >= 0 else ("", 0)
            stated = unit_in(heading[0])
            if field is None or not stated:
                continue
            read_as = column.conversion.partition(">")[0].replace("kcal20", "kcal") or field.unit
            unit = unit_named(read_as) or ("%" if column.conversion == SHARE else "")
            if unit and unit != stated and factor(stated, read_as) != 1:
                place = f"{part.sheet}!{letters(at + 1)}{heading[1]}"
                builder.tell("VAL-UNIT", place, field=field.name, label=field.label, found=stated, expected=read_as)
        if len(builder.answer.findings) == before:
            builder.take(table, _converted(table, part, sheet))
    return builder.finish()


def conversion_for(heading: str, unit: str) -> str:
    """The conversion that a heading asks for; blank where it states the form's unit, none, or a doubtful one."""
    stated = unit_in(heading)
    alike = (code for code in CONVERSIONS if code and stated and unit_named(code.partition(">")[0]) == stated)
    return next(
        (code for code in alike if stated != "kcal/kg" and unit_named(code.partition(">")[2]) == unit_named(unit)), ""
    )


def fields_unknown(form: FormSpec, mapping: Iterable[Mapped]) -> list[str]:
    """Levels and inputs that a mapping names and the form does not have, and inputs that it names twice."""
    odd: list[str] = []
    for part in mapping:
        table = form.table(part.level)
        names = {field.name for field in columns_of(table)} if table else set()
        mapped = [column.field for column in part.columns]
        odd += [] if table else [part.level]
        odd += [f"{part.level}.{name}" for name in mapped if table and (name not in names or mapped.count(name) > 1)]
    return odd


def _converted(table: TableSpec, part: Mapped, sheet: Sheet) -> Grid:
    """The ledger's rows in the form's units."""
    columns = {c.field: index_of(c.column) for c in part.columns if c.column}
    factors = {index_of(c.column): Decimal(CONVERSIONS[c.conversion][0]) for c in part.columns if c.conversion}
    fields = {columns[f.name]: f for f in table.fields if f.name in columns}
    body = [list(row) for row in sheet.rows[part.first_row - 1 :]]
    for row in body:
        for column, times in factors.items():
            if column < len(row) and column in fields:
                read = read_cell(fields[column], row[column])
                if read.value and read.value not in ("NR", "EX"):
                    row[column] = short(Decimal(read.value) * times)
    constants = {c.field: c.constant for c in part.columns if not c.column}
    shares = frozenset(index_of(c.column) for c in part.columns if c.column and c.conversion == SHARE)
    return Grid(part.sheet, body, columns, part.first_row, constants, sheet, shares)


def index_of(column: str) -> int:
    """A column's number from zero: A is 0, AA is 26."""
    return number_of(column.strip().upper()) - 1
