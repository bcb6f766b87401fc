"""Where something stands, in words: 1号机组，2024年6月，烟煤，空干基元素碳."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel import Finding, FormSpec, Guideline, Text


def labels_of(form: FormSpec) -> dict[str, Text]:
    """What each field of a form is called."""
    return {
        field.name: field.label
        for table in form.tables
        for field in (*table.parents, *([table.key] if table.key else []), *table.fields)
    }


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its place in words, and the cell where there is one."""

    finding: Finding
    words: Text | None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells findings of one form: by record path, or by the cell from which the path is known."""

    guideline: Guideline
    form: FormSpec
    places: Mapping[str, str]

    def tell(self, finding: Finding) -> FindingRow:
        """A finding at a path gets its cell, a finding at a cell gets its words."""
        paths = {cell: path for path, cell in self.places.items()}
        if finding.place in paths:
            return FindingRow(
                finding, self._words(paths[finding.place].removesuffix(f".{finding.field}"), finding), finding.place
            )
        first = f"{finding.place}.{finding.field.split(', ')[0]}".lstrip(".")
        cell = self.places.get(first) or self.places.get(finding.place, "")
        if not cell and "!" in finding.place:  # of a row that could not be placed: its cell is all that is known
            return FindingRow(finding, self._words("", finding), finding.place)
        words = self._words(finding.place, finding)
        return FindingRow(finding, words, cell or ("" if words else finding.place))

    def _words(self, path: str, finding: Finding) -> Text | None:
        labels = labels_of(self.form)
        parts = [place_words(self.guideline, path), *(labels.get(name) for name in finding.field.split(", "))]
        spoken = [part for part in parts if part]
        return Text("，".join(p.zh for p in spoken), ", ".join(p.en for p in spoken)) if spoken else None
