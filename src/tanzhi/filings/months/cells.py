"""A cell of a filing: its value, how people say it, where it stands on a page, and what rooms above pin to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.filings.intake.location import labels_of
from tanzhi.filings.intake.records import path_of, rows_of, steps_of
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.presentation.locations import place_words
from tanzhi.presentation.sheets.sheet import CellMark
from tanzhi.rulebook.kernel import FormSpec
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .model import Filing, Version
from .status import form_of


def cells_of(spec: FormSpec, record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Every cell that a record has a row for, filled or blank: the row's place and the field, with the value."""
    return {
        (path_of(steps_of(spec, table, keys)), field.name): str(row.get(field.name) or "")
        for table in spec.tables
        for keys, row in rows_of(spec, table, dict(record))
        for field in table.fields
    }


def cell_words(filing: Filing, where: str, field: str) -> Text:
    """A cell as people say it: 1号机组，2023年6月，柴油，消耗量."""
    label = labels_of(form_of(filing)).get(field, same(field))
    place = place_words(guideline_of(filing.form_code), where)
    return Text(f"{place.zh}，{label.zh}", f"{place.en}, {label.en}") if place else label


def value_words(filing: Filing, field: str, value: str) -> Text:
    """A cell's value as people read it: an option by its label, a blank as a dash."""
    specs = {spec.name: spec for table in form_of(filing).tables for spec in table.fields}
    options = specs[field].options if field in specs else {}
    return options.get(value) or same(value or "–")


_NO_CELL = Text("第 {n} 版没有这个单元格：{where}", "version {n} has no such cell: {where}")
_EXISTING_CELL = Text("该版已有的行和字段", "a row and a field of that version")


def no_cell(version: Version, where: str, field: str) -> Finding:
    """What is said of a cell that a version does not have."""
    actual = same(f"{where}.{field}".lstrip("."))
    message = _NO_CELL.format(n=version.number, where=actual)
    return Finding("FIL-CELL", ERROR, where, field, actual, _EXISTING_CELL, message)


@dataclass(frozen=True, slots=True)
class CellAct:
    """What a reader may begin at a cell: `offered` says to whom, `address` leads to its form."""

    label: Text
    offered: Callable[[Actor, Filing], bool]
    address: Callable[[Filing, Version, str, str], str]


CELL_MARKS: list[Callable[[Actor, Filing], list[CellMark]]] = []
"""Asked for what a reader may see pinned to the cells of a filing; rooms above register what they know of."""

CELL_ACTS: list[CellAct] = []


def marks_of(actor: Actor, filing: Filing) -> list[CellMark]:
    """Everything that is pinned to the cells of a filing, as far as this reader may see it."""
    return [mark for ask in CELL_MARKS for mark in ask(actor, filing)]


def acts_for(actor: Actor, filing: Filing) -> list[CellAct]:
    """What this reader may begin at a cell of a filing."""
    return [act for act in CELL_ACTS if act.offered(actor, filing)]
