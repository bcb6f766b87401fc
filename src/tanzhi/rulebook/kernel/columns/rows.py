"""One row of the tables as a record: what columns cannot decide, records decide for this row alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..records import Assessment, RecordNode
from ..values import Value
from .tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable


class RawRow(Mapping[str, Any]):
    """The filed values of one row by name."""

    def __init__(self, tables: Tables, level: str, row: int) -> None:
        self.tables, self.level, self.row = tables, level, row

    def __getitem__(self, name: str) -> Any:
        if name not in self.tables.tables[self.level]:
            raise KeyError(name)
        return self.tables.raw(self.level, name, self.row)

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables.tables[self.level])

    def __len__(self) -> int:
        return len(self.tables.tables[self.level])


class RowRecord(RecordNode):
    """A record that stands in tables: it computes as records do, and looks around only as far as it is asked."""

    def __init__(self, forest: Forest, level: str, row: int) -> None:
        self.forest, self.row = forest, row
        self.assessment, self.level = forest.assessment, level
        self.data = RawRow(forest.tables, level, row)
        above = forest.tables.guideline.under.get(level)
        self.parent = forest.row(above, int(forest.tables.parents[level][row])) if above else None
        first = forest.tables.offsets(level, above)[self.parent.row] if above and self.parent else 0
        self.index = row - int(first)
        self.memo = {}
        self.below = {}

    @property
    def children(self) -> list[RecordNode]:
        under = self.guideline.under
        return [node for low, high in under.items() if high == self.level for node in self._rows(low)]

    def at(self, level: str) -> list[RecordNode]:
        if level == self.level:
            return [self]
        return self._rows(level) if self.guideline.is_above(self.level, level) else []

    def _rows(self, level: str) -> list[RecordNode]:
        offsets = self.forest.tables.offsets(level, self.level)
        return [self.forest.row(level, row) for row in range(int(offsets[self.row]), int(offsets[self.row + 1]))]

    def look(self, name: str) -> Value | list[Value]:
        if name not in self.memo and self.forest.shortcut:
            value = self.forest.shortcut(name, self.level, self.row)
            if value is not None:
                self.memo[name] = value
        return super().look(name)


class Forest:
    """The rows asked about so far; `shortcut` gives a value that is exact already, or None."""

    def __init__(
        self,
        tables: Tables,
        assessment: Assessment,
        shortcut: Callable[[str, str, int], Value | None] | None = None,
    ) -> None:
        self.tables, self.assessment, self.shortcut = tables, assessment, shortcut
        self._rows: dict[tuple[str, int], RowRecord] = {}

    def row(self, level: str, row: int) -> RowRecord:
        if (level, row) not in self._rows:
            self._rows[level, row] = RowRecord(self, level, row)
        return self._rows[level, row]

    def clear(self) -> None:
        self._rows.clear()
