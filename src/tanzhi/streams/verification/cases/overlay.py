"""The filed record with redetermined values laid over it; the filed one is never touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tanzhi.filings.intake.records import path_of, row_at, rows_of, steps_of
from tanzhi.filings.months.status import evaluated, form_of
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.presentation.locations import place_words
from tanzhi.presentation.units import printed
from tanzhi.rulebook.kernel import FieldSpec, Guideline, Industry, RecordNode, Text, Value

from .model import Redetermination, Verification

if TYPE_CHECKING:
    from tanzhi.filings.months.model import Filing

Cells = tuple[tuple[str, str, str], ...]  # place, field, value
Record = dict[str, Any]


def overlaid(guideline: Guideline, record: Record, cells: Cells) -> Record:
    """A copy of the record with other values in some cells."""
    changed = deepcopy(record)
    for place, name, value in cells:
        row = row_at(guideline, changed, place)
        if row is None:
            raise LookupError(f"{place} is not in the record")
        row[name] = value
    return changed


def active(case: Verification) -> list[Redetermination]:
    """The redetermined cells that stand."""
    return list(case.redeterminations.filter(withdrawn=False))


def cells_of_rows(rows: Iterable[Redetermination]) -> Cells:
    return tuple((row.place_in_record, row.field, row.value) for row in rows)


def root_of(case: Verification, cells: Cells | None = None) -> RecordNode:
    """The report as verified: its filed version evaluated with the redetermined cells in their places."""
    laid_over = cells if cells is not None else cells_of_rows(active(case))
    return _root(case, laid_over)


def filed_root(case: Verification) -> RecordNode:
    """The report as it was filed, under the same rules."""
    return _root(case, ())


def evaluated_report(case: Verification, record: Record) -> RecordNode:
    """Another version of the report, under the same rules."""
    return evaluated(case.filing, record)


def _root(case: Verification, cells: Cells) -> RecordNode:
    filing = case.filing
    return evaluated(filing, overlaid(guideline_of(filing.form_code), case.version.record, cells))


def emission_of(root: RecordNode) -> Value:
    """The enterprise's emission of the year in an evaluated report, t."""
    return root.value(industry_in(root.assessment.guideline).total)


def industry_of(case: Verification) -> Industry:
    """What the guideline of a case's report declares of its industry."""
    return industry_in(guideline_of(case.filing.form_code))


def industry_in(guideline: Guideline) -> Industry:
    """What a guideline declares of its industry; that of a case's report is one of an industry."""
    if guideline.industry is None:
        raise TypeError(f"{guideline.name} is the guideline of no industry")
    return guideline.industry


@dataclass(frozen=True, slots=True)
class FiledCell:
    """A filed cell with its words, to be chosen from."""

    place: str
    field: FieldSpec
    value: str
    words: Text

    @property
    def path(self) -> str:
        return f"{self.place}.{self.field.name}".lstrip(".")


def labelled(field: FieldSpec) -> Text:
    """A field's label with its unit; one that names its units itself (a gas by its volume) says enough."""
    if field.unit == "1" or "Nm³" in field.label.zh:
        return field.label
    unit = printed(field.unit)
    return Text(f"{field.label.zh}（{unit}）", f"{field.label.en} ({unit})")


def filed_cells(filing: Filing, record: Mapping[str, Any]) -> list[FiledCell]:
    """Every number that was filed, in the order of the form."""
    spec, guideline = form_of(filing), guideline_of(filing.form_code)
    cells = []
    for table in spec.tables:
        for keys, row in rows_of(spec, table, dict(record)):
            place = path_of(steps_of(spec, table, keys))
            for field in table.fields:
                value = row.get(field.name)
                if field.kind == "number" and value not in (None, ""):
                    where, label = place_words(guideline, place), labelled(field)
                    words = Text(f"{where.zh}，{label.zh}", f"{where.en}, {label.en}") if where else label
                    cells.append(FiledCell(place, field, str(value), words))
    return cells
