"""What differs between two records of one form, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel import FieldSpec, FormSpec, Guideline, Text
from tanzhi.rulebook.kernel.text import same

from .records import path_of, rows_of, steps_of

Key = tuple[str, str]  # path, field


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: where, what it is called, what stood there, what stands there."""

    path: str
    place: Text | None
    label: Text
    unit: str
    before: Text | None
    after: Text | None

    @property
    def kind(self) -> str:
        return "added" if self.before is None else "removed" if self.after is None else "changed"


def changes(
    guideline: Guideline, spec: FormSpec, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[CellChange]:
    """Every cell that differs, as the later record has them; what stands in one only was added, or removed (last)."""
    old, new = _cells(spec, before), _cells(spec, after)
    every = {**new, **old, **new}  # in the order of the later record, and a column as that has it
    return [
        CellChange(
            key[0],
            _place(guideline, spec, key[0]),
            field.label,
            field.unit,
            _words(old.get(key)),
            _words(new.get(key)),
        )
        for key, (_, field) in every.items()
        if old.get(key, ("", None))[0] != new.get(key, ("", None))[0]
    ]


def _cells(spec: FormSpec, record: Mapping[str, Any]) -> dict[Key, tuple[str, FieldSpec]]:
    cells: dict[Key, tuple[str, FieldSpec]] = {}
    for table in spec.tables:
        for keys, row in rows_of(spec, table, dict(record)):
            path = path_of(steps_of(spec, table, keys))
            values = ((field, row.get(field.name)) for field in table.fields)
            cells |= {(path, field.name): (str(value), field) for field, value in values if value not in (None, "")}
    return cells


def _place(guideline: Guideline, spec: FormSpec, path: str) -> Text | None:
    """In words; keys that are the form's own (a plan's parameters) by their labels there."""
    words = place_words(guideline, path)
    for table in spec.tables:
        for code, label in (table.key.options if table.key else {}).items():
            if words and path.endswith(f"{table.plural}[{code}]"):
                above = place_words(guideline, path.rpartition(".")[0])
                return Text(f"{above.zh}，{label.zh}", f"{above.en}, {label.en}") if above else label
    return words


def _words(cell: tuple[str, FieldSpec] | None) -> Text | None:
    return (cell[1].options.get(cell[0]) or same(cell[0])) if cell else None
