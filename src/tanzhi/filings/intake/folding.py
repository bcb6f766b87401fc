"""Findings under their cause: a mistake is one line, and what only follows from it stands folded below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tanzhi.presentation.intake.messages import MESSAGES
from tanzhi.rulebook.kernel.finding import ERROR
from tanzhi.rulebook.kernel.forms import FormSpec

from .layout import columns_of, sheets_of
from .location import FindingRow


@dataclass(slots=True)
class Cause:
    """A finding, and those that go once it is mended."""

    row: FindingRow
    consequences: list[FindingRow] = field(default_factory=list)

    @property
    def is_error(self) -> bool:
        return self.row.finding.severity == ERROR


@dataclass(frozen=True, slots=True)
class _Folder:
    paths: Mapping[str, str]  # cell → the path of its row
    fields: frozenset[str]
    keys: frozenset[str]
    sheets: Mapping[str, frozenset[str]]  # fields → the names that the sheet of their table may have

    def path(self, row: FindingRow) -> str:
        """The row of the record that a finding is about; blank where its row could not be placed."""
        place = row.finding.place
        return self.paths.get(place, "") if "!" in place else place

    def loses_row(self, row: FindingRow) -> bool:
        """Whether the whole row is not read: its key is missing, of another period or enterprise, or unreadable."""
        of_reading = row.finding.code in MESSAGES and row.finding.severity == ERROR
        return of_reading and row.finding.field in self.keys

    def follows(self, row: FindingRow, cause: FindingRow) -> bool:
        """Whether a finding would not stand without the cause."""
        names, wrong = row.finding.field.split(", "), cause.finding.field
        path, above = self.path(cause), self.path(row)
        if row.finding.code in MESSAGES and row.finding.severity == ERROR:  # a mistake of its own
            return bool(row.cell) and row.cell == cause.cell
        if self.loses_row(cause):
            sheet = cause.finding.place.partition("!")[0]
            missing = row.finding.code == "FORM-REQUIRED" and sheet in self.sheets.get(names[0], frozenset())
            return missing or self._is_computed(names)
        if cause.finding.code == "XLS-COLUMN" and wrong in names:
            return True
        same_cell = bool(row.cell) and row.cell == cause.cell
        beside = path == above and wrong in names
        return same_cell or beside or (path.startswith(above) and self._is_computed(names) and wrong in self.fields)

    def _is_computed(self, names: Sequence[str]) -> bool:
        """About a quantity that follows from what is filed, and not about a filed value."""
        return any(names) and not set(names) & (self.fields | self.keys)


def folded(rows: Sequence[FindingRow], places: Mapping[str, str], form: FormSpec) -> list[Cause]:
    """Every finding once: causes in the order of the answer, consequences below the first cause that explains them."""
    folder = folder_of(places, form)
    errors = [Cause(row) for row in rows if row.finding.severity == ERROR and row.finding.code in MESSAGES]
    others = [Cause(row) for row in rows if not (row.finding.severity == ERROR and row.finding.code in MESSAGES)]
    causes: list[Cause] = []
    for each in [*errors, *others]:
        above = next((c for c in causes if c.is_error and folder.follows(each.row, c.row)), None)
        if above is None:
            causes.append(each)
        else:
            above.consequences.append(each.row)
    order = {id(row): at for at, row in enumerate(rows)}
    return sorted(causes, key=lambda cause: order[id(cause.row)])


def folder_of(places: Mapping[str, str], form: FormSpec) -> _Folder:
    own: set[str] = set()
    keys: set[str] = set()
    sheets: dict[str, frozenset[str]] = {}
    paths: dict[str, str] = {}
    for table in sheets_of(form):
        names = frozenset({table.label.zh[:31], table.label.en[:31]})
        own |= {spec.name for spec in table.fields}
        keys |= {spec.name for spec in columns_of(table)} - {spec.name for spec in table.fields}
        sheets |= {spec.name: names for spec in table.fields}
    for path, cell in places.items():
        above, _, last = path.rpartition(".")
        paths[cell] = above if last in own else path
    return _Folder(paths, frozenset(own), frozenset(keys), sheets)
