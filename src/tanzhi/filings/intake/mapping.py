"""A plant's own ledger workbook: columns to inputs by a mapping that was made once on screen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from tanzhi.rulebook.kernel.forms import FormSpec
from tanzhi.rulebook.kernel.text import Text

from .answer import Answer, Expected
from .cells import read_cell, short
from .grid import Builder, Grid
from .workbook import open_safely

# From the ledger's unit to the form's: the factor is exact, and is shown in the explanation.
CONVERSIONS: dict[str, tuple[str, Text]] = {
    "": ("1", Text("不换算", "as it is")),
    "kg>t": ("0.001", Text("千克 → 吨", "kg to t")),
    "10^4t>t": ("10000", Text("万吨 → 吨", "10^4 t to t")),
    "MJ>GJ": ("0.001", Text("兆焦 → 吉焦", "MJ to GJ")),
    "kJ/kg>GJ/t": ("0.001", Text("千焦/千克 → 吉焦/吨", "kJ/kg to GJ/t")),
    "kWh>MWh": ("0.001", Text("千瓦时 → 兆瓦时", "kWh to MWh")),
    "10^4kWh>MWh": ("10", Text("万千瓦时 → 兆瓦时", "10^4 kWh to MWh")),
    "m3>10^4m3": ("0.0001", Text("立方米 → 万立方米", "m3 to 10^4 m3")),
    "share>%": ("100", Text("小数 → 百分数", "share to %")),
}


class Column(BaseModel):
    """One input: from which column of the ledger (letters), or as which constant, and how it is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    field: str
    column: str = ""
    constant: str = ""
    conversion: str = ""

    @field_validator("conversion")
    @classmethod
    def known(cls, code: str) -> str:
        if code not in CONVERSIONS:
            raise ValueError(f"one of {', '.join(CONVERSIONS)}")
        return code


class Mapped(BaseModel):
    """The mapping of one table: sheet, first row of data, columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    level: str
    sheet: str
    first_row: int = 2
    columns: tuple[Column, ...]
    cached_formulas: bool = False  # a ledger computes; its stored values may be taken, and the answer says so


def read_mapped(
    content: bytes, name: str, form: FormSpec, mapping: Iterable[Mapped], expected: Expected | None = None
) -> Answer:
    """The record in a ledger workbook, by a mapping."""
    builder = Builder(form, expected or Expected())
    opened = open_safely(content, name, builder)
    if opened is None:
        return builder.answer
    sheets, rows = opened
    for part in mapping:
        table = form.table(part.level)
        if table is None or part.sheet not in rows:
            builder.tell("XLS-SHEET", part.sheet, label=table.label if table else None)
            continue
        formulas = sheets[part.sheet].formulas if part.sheet in sheets else []
        if formulas and not part.cached_formulas:
            builder.tell("XLS-FORMULA", f"{part.sheet}!{formulas[0]}", found=", ".join(formulas[:10]))
            continue
        builder.answer.accepted_formulas |= bool(formulas)
        builder.take(table, _converted(form, part, rows[part.sheet]))
    return builder.finish()


def _converted(form: FormSpec, part: Mapped, rows: list[list[Any]]) -> Grid:
    """The ledger's rows in the form's units."""
    columns = {c.field: index_of(c.column) for c in part.columns if c.column}
    factors = {index_of(c.column): Decimal(CONVERSIONS[c.conversion][0]) for c in part.columns if c.conversion}
    table = form.table(part.level)
    fields = {columns[f.name]: f for f in (table.fields if table else ()) if f.name in columns}
    body = [list(row) for row in rows[part.first_row - 1 :]]
    for row in body:
        for column, factor in factors.items():
            if column < len(row) and column in fields:
                read = read_cell(fields[column], row[column])
                row[column] = short(Decimal(read.value) * factor) if _is_number(read.value) else row[column]
    constants = {c.field: c.constant for c in part.columns if not c.column}
    return Grid(part.sheet, body, columns, part.first_row, constants)


def _is_number(words: str) -> bool:
    return bool(words) and words not in ("NR", "EX")


def index_of(column: str) -> int:
    """A column's number from zero: A is 0, AA is 26."""
    number = 0
    for letter in column.strip().upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
