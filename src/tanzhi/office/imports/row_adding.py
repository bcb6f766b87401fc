"""Rows of a file become records, each in its own step; what stands there already is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from pydantic import ValidationError

from tanzhi.actions.refusal import Refused
from tanzhi.actions.validation import finding_of
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text

from .declaration import ImportKind, RowAnswer
from .rows import RowReader, folded, passed_over, units_in_doubt

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

    from .model import Layout
    from .sheet_reader import ImportSheet

THERE = Text("已有完全相同的记录，不再导入", "stands there already, word for word; not imported again")


@dataclass(slots=True)
class ReadRow:
    """A row on its way: as it was read, then as it was added."""

    number: int
    cells: Mapping[str, str]
    index: int
    findings: list[Finding] = field(default_factory=list)
    data: Any = None
    record: Any = None
    aside: Text | None = None


def rows_of(importer: ImportKind, call: Call, sheet: ImportSheet, layout: Layout) -> list[RowAnswer]:
    """Every row added in its own step, so that a bad one spoils no other answer."""
    if doubtful := tuple(units_in_doubt(importer, sheet, layout.columns)):
        return [RowAnswer(sheet.first - 1, {}, findings=doubtful)]
    reader = RowReader.of(importer, sheet, layout, call.actor)
    rows = [read_row(importer, reader, index, row) for index, row in enumerate(sheet.rows) if any(row)]
    whole = [row for row in rows if row.data is not None and not row.findings]
    order = importer.order
    for row in sorted(whole, key=lambda row: order(row.data)) if order is not None else whole:
        add_row(importer, call, row)
    answers = [
        RowAnswer(
            row.number,
            row.cells,
            row.record,
            tuple(reader.placed(row.number, each, row.index) for each in row.findings),
            row.aside,
        )
        for row in rows
    ]
    if importer.finish is not None and any(answer.record is not None for answer in answers):
        try:
            with transaction.atomic():
                importer.finish(call)
        except Refused as refused:
            answers.append(RowAnswer(sheet.first - 1, {}, findings=told_of(refused, sheet.name)))
    return answers


def told_of(refused: Refused, place: str) -> tuple[Finding, ...]:
    """What a refusal found, or the refusal itself."""
    return tuple(refused.findings) or (Finding(refused.code, ERROR, place, "", "", "", refused.message),)


def read_row(importer: ImportKind, reader: RowReader, index: int, row: list[str]) -> ReadRow:
    """A row as its type takes it, or what is wrong with it."""
    number = index + reader.sheet.first
    if aside := passed_over(row):
        return ReadRow(number, dict(enumerate_cells(reader, row)), index, aside=aside)
    values, findings = reader.values(row)
    try:
        return ReadRow(number, values, index, findings, importer.row.model_validate(folded(importer, values)))
    except ValidationError as fault:
        findings += [finding_of(importer.row, importer.name, error) for error in fault.errors()]
        return ReadRow(number, values, index, findings)


def add_row(importer: ImportKind, call: Call, row: ReadRow) -> None:
    """What a row says becomes a record, unless it stands there already or is refused."""
    try:
        row.aside = importer.passes_over(row.data) if importer.passes_over is not None else None
        if row.aside is not None:
            return
        if importer.present is not None and importer.present(call, row.data):
            row.aside = THERE
            return
        with transaction.atomic():
            row.record = importer.add(call, row.data)
        row.findings += importer.questions(row.data) if importer.questions is not None else ()
    except Refused as refused:
        row.findings += told_of(refused, str(row.number))


def enumerate_cells(reader: RowReader, row: list[str]) -> Iterable[tuple[str, str]]:
    """The cells of a row that is passed over, as they stand."""
    return ((name, row[at]) for name, at in reader.places.items() if at < len(row) and row[at])
