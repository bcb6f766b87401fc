"""The tables of a filing's page, and what was typed back into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tanzhi.filings.intake import ReadResult
from tanzhi.filings.intake.layout import CarriedOver
from tanzhi.filings.intake.records import merged, path_of, rows_of, steps_of
from tanzhi.filings.intake.sheet import laid_out, typed_into
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of, is_regional
from tanzhi.filings.shared.units import units_of
from tanzhi.presentation.sheets.sheet import CellMark, GridSheet, anchor_of, pinned
from tanzhi.rulebook.kernel import FieldSpec, Text
from tanzhi.rulebook.kernel.text import same

from .carried import carried_over
from .model import Filing, Remark
from .status import FilingStatus, evaluated, expected_of, form_of


def sheets(
    filing: Filing, record: Mapping[str, Any], standing: FilingStatus | None, marks: Sequence[CellMark] = ()
) -> list[GridSheet]:
    """The tables of a filing's page, filled from a record; an empty one starts with a row for each unit."""
    carried = carried_over(filing)
    content = dict(record) or dict(begun_record(filing, carried))
    begun = replace(carried, cells=frozenset()) if record else carried
    nodes = {here.path: here for here in evaluated(filing, content).walk()}
    return pinned(laid_out(form_of(filing), content, standing.findings if standing else [], nodes, begun), marks)


def begun_record(filing: Filing, carried: CarriedOver) -> Mapping[str, Any]:
    """What a filing without any version begins with: each unit of the register, with the rows of the month before."""
    guideline = guideline_of(filing.form_code)
    blank: dict[str, Any] = {}
    if not is_regional(filing.form_code):
        level, plural = guideline.unit_level, guideline.levels[guideline.unit_level].plural
        blank = {plural: [{level: unit.number} for unit in units_of(filing.organisation)]}
        if monthly := guideline.levels.get(MONTH_FORM):  # allocation data know units and no months
            for row in blank[plural]:
                row[monthly.plural] = [] if filing.is_annual else [{"month": filing.period}]
    return merged([blank, dict(carried.record)], set(guideline.levels)) if carried.record else blank


def typed(filing: Filing, sent: Mapping[str, str]) -> ReadResult:
    """What was typed into the grid of a filing."""
    return typed_into(form_of(filing), expected_of(filing), sent)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell to read: its value in words, its anchor on the page, the remarks to it, and what is open about it."""

    where: str
    field: FieldSpec
    words: Text
    number: bool
    remarks: tuple[str, ...] = ()
    marks: tuple[CellMark, ...] = ()

    @property
    def anchor(self) -> str:
        """By which a page is opened at this cell."""
        return anchor_of(self.where, self.field.name)


@dataclass(frozen=True, slots=True)
class Pinned:
    """What is pinned to a cell: the words of remarks, and what is open about it."""

    remarks: list[str] = field(default_factory=list)
    marks: list[CellMark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table to read: its keys and values, without empty rows and columns that nobody filled."""

    label: Text
    keys: list[FieldSpec]
    columns: list[FieldSpec]
    rows: list[tuple[list[Text], list[ReadCell]]]


def read_sheets(
    filing: Filing, record: Mapping[str, Any], remarks: Sequence[Remark] = (), marks: Sequence[CellMark] = ()
) -> list[ReadSheet]:
    """The tables of a record as they are read: only what is filled, needed, remarked on or marked."""
    spec = form_of(filing)
    by_cell: dict[tuple[str, str], Pinned] = defaultdict(Pinned)
    for remark in remarks:
        by_cell[remark.where, remark.field].remarks.append(remark.text)
    for mark in marks:
        by_cell[mark.where, mark.field].marks.append(mark)
    sheets = []
    for table in spec.tables:
        rows = [(path_of(steps_of(spec, table, keys)), keys, row) for keys, row in rows_of(spec, table, dict(record))]
        columns = [
            column
            for column in table.fields
            if column.required or any(row.get(column.name) or (path, column.name) in by_cell for path, _, row in rows)
        ]
        keys_of_table = [*table.parents, *([table.key] if table.key else [])]
        if rows and columns:
            sheets.append(ReadSheet(table.label, keys_of_table, columns, [
                (
                    [key.options.get(str(keys.get(key.name))) or same(str(keys.get(key.name) or "–"))
                     for key in keys_of_table],
                    [_read_cell(path, column, str(row.get(column.name) or ""), by_cell) for column in columns],
                )
                for path, keys, row in rows
            ]))  # fmt: skip
    return sheets


def _read_cell(path: str, spec: FieldSpec, value: str, by_cell: Mapping[tuple[str, str], Pinned]) -> ReadCell:
    words = spec.options.get(value) or same(value or "–")
    pinned = by_cell.get((path, spec.name)) or Pinned()
    return ReadCell(path, spec, words, spec.kind == "number", tuple(pinned.remarks), tuple(pinned.marks))
