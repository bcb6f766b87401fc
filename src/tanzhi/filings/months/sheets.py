"""The tables of a filing's page, and what was typed back into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tanzhi.filings.intake import ReadResult
from tanzhi.filings.intake.layout import CarriedOver
from tanzhi.filings.intake.records import merged, path_of, rows_of, steps_of
from tanzhi.filings.intake.sheet import GridSheet, laid_out, typed_into
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of, is_regional
from tanzhi.filings.shared.units import units_of
from tanzhi.rulebook.kernel import FieldSpec, Text
from tanzhi.rulebook.kernel.text import same

from .carried import carried_over
from .model import Filing, Remark
from .status import FilingStatus, evaluated, expected_of, form_of


def sheets(filing: Filing, record: Mapping[str, Any], standing: FilingStatus | None) -> list[GridSheet]:
    """The tables of a filing's page, filled from a record; an empty one starts with a row for each unit."""
    carried = carried_over(filing)
    content = dict(record) or dict(begun_record(filing, carried))
    begun = replace(carried, cells=frozenset()) if record else carried
    nodes = {here.path: here for here in evaluated(filing, content).walk()}
    return laid_out(form_of(filing), content, standing.findings if standing else [], nodes, begun)


def begun_record(filing: Filing, carried: CarriedOver) -> Mapping[str, Any]:
    """What a filing without any version begins with: each unit of the register, with the rows of the month before."""
    blank = _blank(filing)
    levels = set(guideline_of(filing.form_code).levels)
    return merged([blank, dict(carried.record)], levels) if carried.record else blank


def _blank(filing: Filing) -> dict[str, Any]:
    if is_regional(filing.form_code):
        return {}
    months = [] if filing.is_annual else [{"month": filing.period}]
    guideline = guideline_of(filing.form_code)
    level, plural = guideline.unit_level, guideline.levels[guideline.unit_level].plural
    below = guideline.levels[MONTH_FORM].plural
    return {plural: [{level: u.number, below: [dict(m) for m in months]} for u in units_of(filing.organisation)]}


def typed(filing: Filing, sent: Mapping[str, str]) -> ReadResult:
    """What was typed into the grid of a filing."""
    return typed_into(form_of(filing), expected_of(filing), sent)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell to read: its value in words, its anchor on the page, and the remarks to it."""

    where: str
    field: FieldSpec
    words: Text
    number: bool
    remarks: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """By which a page is opened at this cell."""
        return anchor_of(self.where, self.field.name)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table to read: its keys and values, without empty rows and columns that nobody filled."""

    label: Text
    keys: list[FieldSpec]
    columns: list[FieldSpec]
    rows: list[tuple[list[Text], list[ReadCell]]]


def anchor_of(where: str, field: str) -> str:
    return f"{where}.{field}".lstrip(".").replace("[", "-").replace("]", "")


def read_sheets(filing: Filing, record: Mapping[str, Any], remarks: Sequence[Remark] = ()) -> list[ReadSheet]:
    """The tables of a record as they are read: only what is filled, needed, or remarked on."""
    spec = form_of(filing)
    by_cell: dict[tuple[str, str], list[str]] = defaultdict(list)
    for remark in remarks:
        by_cell[remark.where, remark.field].append(remark.text)
    sheets = []
    for table in spec.tables:
        rows = [(path_of(steps_of(spec, table, keys)), keys, row) for keys, row in rows_of(spec, table, dict(record))]
        columns = [
            field
            for field in table.fields
            if field.required or any(row.get(field.name) or (path, field.name) in by_cell for path, _, row in rows)
        ]
        keys_of_table = [*table.parents, *([table.key] if table.key else [])]
        if rows and columns:
            sheets.append(ReadSheet(table.label, keys_of_table, columns, [
                (
                    [key.options.get(str(keys.get(key.name))) or same(str(keys.get(key.name) or "–"))
                     for key in keys_of_table],
                    [_read_cell(path, field, str(row.get(field.name) or ""), by_cell) for field in columns],
                )
                for path, keys, row in rows
            ]))  # fmt: skip
    return sheets


def _read_cell(path: str, field: FieldSpec, value: str, remarks: Mapping[tuple[str, str], list[str]]) -> ReadCell:
    words = field.options.get(value) or same(value or "–")
    return ReadCell(path, field, words, field.kind == "number", tuple(remarks.get((path, field.name), ())))
