"""A grid as a page shows it: columns, rows of cells, what is said of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tanzhi.actions.typed import printable
from tanzhi.rulebook.kernel import FieldSpec, Finding, Text, Value
from tanzhi.rulebook.kernel.text import same

BAD = "bad"
BLANK_ROWS = 3
"""Rows that stand empty below what is filled, for whoever types without the page's script."""
MOST_CHOSEN = 40
"""Options up to which a cell is a list to choose from; of more it is typed or pasted, with the options suggested."""
MOST_TOLD = 50
"""Findings that stand below a grid; their cells are marked, however many they are."""


@dataclass(frozen=True, slots=True)
class CellMark:
    """Something that is said of a cell: what it is, and where it is read."""

    where: str
    field: str
    words: Text
    address: str
    tone: str = "due"


def anchor_of(where: str, field: str) -> str:
    """By which a page is opened at a cell."""
    return f"{where}.{field}".lstrip(".").replace("[", "-").replace("]", "")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One input: its name in the form sent, the value, and how it is marked."""

    name: str
    spec: FieldSpec
    value: str
    mark: str = ""
    key: bool = False
    where: str = ""  # the row that it stands in, as the rulebook writes it; empty at the top and in rows to be added
    marks: tuple[CellMark, ...] = ()
    finding_id: str = ""  # of the finding that says what is wrong with it

    @property
    def anchor(self) -> str:
        return anchor_of(self.where, self.spec.name)

    @property
    def words(self) -> Text:
        """The value as people read it: an option by its label."""
        return self.spec.options.get(self.value) or same(self.value or "–")

    @property
    def offered(self) -> bool:
        """Whether the options are listed in the cell itself."""
        return self.spec.kind == "choice" and len(self.spec.options) <= MOST_CHOSEN

    @property
    def is_none_of_them(self) -> bool:
        """Words that were typed or pasted where one of the options is expected: they stand there until mended."""
        return bool(self.value) and self.value not in self.spec.options


@dataclass(frozen=True, slots=True)
class GridRow:
    """Inputs, and what follows from them."""

    cells: list[GridCell]
    computed: list[Value] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        """Whether anything stands in it; the empty rows at the end are for typing."""
        return any(cell.value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class CellFinding:
    """A finding with the cell that it is about: its input, its row, the column unless it names that."""

    finding: Finding
    cell: str = ""
    row: int = 0
    column: Text | None = None


@dataclass(frozen=True, slots=True)
class GridSheet:
    """A grid with its rows and its computed columns; `name` begins the names of its inputs."""

    name: str
    label: Text
    columns: list[FieldSpec]
    rows: list[GridRow]
    keys: frozenset[str] = frozenset()
    grows: bool = True  # rows are added and taken away
    computed: list[tuple[Text, str]] = field(default_factory=list)
    usual: frozenset[str] = frozenset()  # columns that the period before filled
    findings: tuple[CellFinding, ...] = ()

    @property
    def filled(self) -> bool:
        return any(row.filled for row in self.rows)

    @property
    def suggested(self) -> list[FieldSpec]:
        """Columns with more options than a list shows."""
        return [column for column in self.columns if len(column.options) > MOST_CHOSEN]

    @property
    def first_findings(self) -> tuple[CellFinding, ...]:
        return self.findings[:MOST_TOLD]

    @property
    def more_findings(self) -> int:
        return max(0, len(self.findings) - MOST_TOLD)

    @property
    def rare(self) -> set[str]:
        """Columns that most leave blank: they are folded away until something stands in them."""
        filled = {
            cell.spec.name
            for row in self.rows
            for cell in row.cells
            if cell.value or cell.mark or cell.marks or cell.key
        }
        visible = filled | self.usual | self.keys
        folded = {c.name for c in self.columns if c.name not in visible and not c.required and not c.evidence}
        return folded if len(folded) < len(self.columns) - len(self.keys) else set()


def pinned(sheets: Sequence[GridSheet], marks: Sequence[CellMark]) -> list[GridSheet]:
    """The sheets with what is said of their cells; a row that is still to be added has none."""
    by_cell: dict[tuple[str, str], tuple[CellMark, ...]] = {}
    for mark in marks:
        by_cell[mark.where, mark.field] = (*by_cell.get((mark.where, mark.field), ()), mark)

    def marked(row: GridRow, is_offered: bool) -> GridRow:
        if is_offered:
            return row
        return replace(row, cells=[replace(c, marks=by_cell.get((c.where, c.spec.name), ())) for c in row.cells])

    return [
        replace(sheet, rows=[marked(row, sheet.grows and not row.cells[0].where) for row in sheet.rows])
        for sheet in sheets
    ]


def sheet_of(
    name: str, label: Text, columns: Sequence[FieldSpec], rows: Sequence[Mapping[str, str]], findings: Sequence[Finding]
) -> GridSheet:
    """A grid of rows by the names of its columns; findings stand at their cells, and some empty rows below."""
    labels = {column.name: column.label for column in columns}
    placed, marked = list[CellFinding](), dict[tuple[int, str], str]()
    for number, each in enumerate(findings):
        row, column = spot_of(each, name)
        if row and len(columns) == 1:  # of a list of single values the place alone is named
            column = columns[0].name
        at = f"told-{name}-{number}" if number < MOST_TOLD else ""
        marked.setdefault((row, column), at)
        heading = labels.get(column)
        is_named = heading is not None and heading.zh in each.message.zh
        cell = f"{name}-{row - 1}-{column}" if heading else ""
        placed.append(CellFinding(each, cell, row, None if is_named else heading))
    grid_rows = [
        GridRow([
            GridCell(
                f"{name}-{index}-{column.name}",
                column,
                printable(str(row.get(column.name, ""))),
                BAD if (index + 1, column.name) in marked else "",
                finding_id=marked.get((index + 1, column.name), ""),
            )
            for column in columns
        ])
        for index, row in enumerate([*rows, *[dict[str, str]()] * BLANK_ROWS])
    ]  # fmt: skip
    every = frozenset(labels)
    return GridSheet(name, label, list(columns), grid_rows, usual=every, findings=tuple(placed))


def spot_of(finding: Finding, name: str) -> tuple[int, str]:
    """The row, from one on, and the column that a finding is about: rows.3.price, or row rows[4] and field price."""
    if match := re.fullmatch(rf"{re.escape(name)}\.(\d+)(?:\.(\w+).*)?", finding.field):
        return int(match[1]) + 1, match[2] or ""
    if match := re.fullmatch(r"\w+\[(\d+)\]", finding.place):
        return int(match[1]), finding.field if finding.field != name else ""
    return 0, ""
