"""The one reader of workbooks: values and all that values do not say, in one pass that counts before it keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from . import formats
from .limits import LONGEST_CELL, Limits, Unreadable, megabytes
from .package import Handler, Package, Relation, local

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
MOST_TOLD = 100
MOST_STYLES = 70_000
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576  # of a sheet in a spreadsheet
# Which element stands in which: an element of a sheet's data anywhere else is no workbook that Excel opens.
PARENTS = {"row": "sheetData", "c": "row", "v": "c", "f": "c", "is": "c", "col": "cols", "mergeCell": "mergeCells"}
CLOSED = {"sheetData", "row", "c"}
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", re.ASCII)
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
TRUE = ("1", "true")


@dataclass(slots=True)
class Total:
    """What was counted in the whole workbook so far."""

    limits: Limits
    cells: int = 0
    values: int = 0
    characters: int = 0
    slots: int = 0

    def row(self, place: str, cells: int, row: list[Any], gap: int) -> None:
        """A row is read; rows are handed on with their gaps, so those count too."""
        filled = [value for value in row if value is not None]
        self.cells += cells
        self.values += len(filled)
        self.characters += sum(len(value) for value in filled if isinstance(value, str))
        self.slots += len(row) + 4 * (gap + 1)
        for count, most in (
            (self.cells, self.limits.cells),
            (self.values, self.limits.values),
            (self.slots, 4 * self.limits.cells),
        ):
            if count > most:
                raise Unreadable("XLS-ROWS", place, f"> {most}", str(most))
        if self.characters > self.limits.characters:
            raise Unreadable("XLS-BOMB", place, f"> {self.limits.characters}", megabytes(self.limits.characters))


@dataclass(slots=True)
class WorkbookParts:
    """What the parts of a workbook share."""

    strings: list[str] = field(default_factory=list)
    styles: dict[str, str] = field(default_factory=dict)  # what each cell format makes of a value
    from_1904: bool = False


@dataclass
class SheetReader(Handler):
    """One sheet, element by element."""

    name: str
    book: WorkbookParts
    total: Total
    rows: list[list[Any]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    formula_ranges: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    displayed: list[tuple[int, int, str]] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    row: int = 0
    column: int = 0
    cells: list[Any] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    capturing: bool = False
    phonetic: int = 0
    formula: bool = False
    inline: bool = False
    count: int = 0
    valued: bool = False

    @property
    def place(self) -> str:
        return f"{self.name}!{letters(self.column)}{self.row}" if self.column else f"{self.name}!{self.row}"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, parent, begin = ELEMENTS.get(tag, UNKNOWN)
        stack = self.stack
        above = stack[-1] if stack else ""
        if parent != above and (parent or above in CLOSED) and name != "extLst":
            raise Unreadable("XLS-BROKEN", self.place, tag.rsplit("|", 1)[-1])
        stack.append(name)
        if len(stack) > self.deepest:
            raise Unreadable("XLS-BROKEN", self.place, f"depth {len(stack)}", str(self.deepest))
        if begin:
            begin(self, attributes)

    def end(self, _tag: str) -> None:
        finish = ENDS.get(self.stack.pop())
        if finish:
            finish(self)

    def text(self, words: str) -> None:
        if self.capturing and not self.phonetic:
            self.words.append(words)

    def start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        row = self.row + 1 if number == "" else int(number) if _whole(number) else 0
        if row <= self.row or row > MOST_ROWS:
            raise Unreadable("XLS-BROKEN", f"{self.name}!{self.row + 1}", f"row {number}")
        self.row, self.column, self.cells, self.count = row, 0, [], 0
        if attributes.get("hidden") in TRUE or attributes.get("ht") == "0":
            self.hidden_rows.append(row)

    def end_row(self) -> None:
        gap = self.row - 1 - len(self.rows) if self.cells else 0
        self.total.row(f"{self.name}!{self.row}", self.count, self.cells, gap)
        if not self.cells:
            return
        self.rows.extend([] for _ in range(gap))
        self.rows.append(self.cells)

    def start_cell(self, attributes: dict[str, str]) -> None:
        address, column = attributes.get("r"), self.column + 1
        if address is not None and address != f"{letters(column)}{self.row}":  # most cells stand beside each other
            match = ADDRESS.fullmatch(address)
            column = number_of(match[1]) if match and int(match[2]) == self.row else 0
        if not self.column < column <= MOST_COLUMNS:
            raise Unreadable("XLS-BROKEN", f"{self.name}!{(address or '')[:20]}", f"{self.row}: {(address or '')[:20]}")
        self.column, self.attributes, self.words = column, attributes, []
        self.formula = self.inline = self.valued = False
        self.count += 1

    def start_formula(self, attributes: dict[str, str]) -> None:
        """A formula; one of an array stands for all the cells that it fills, which have none of their own."""
        self.formula = True
        covered = area(attributes["ref"]) if "ref" in attributes else None
        if covered and covered[:2] != covered[2:]:
            self.formula_ranges.append(covered)
            if len(self.formula_ranges) > MOST_TOLD:
                self.formula_ranges = [(1, 1, MOST_COLUMNS, MOST_ROWS)]

    def start_value(self, _attributes: dict[str, str]) -> None:
        if self.valued or self.inline:
            raise Unreadable("XLS-BROKEN", self.place, "v")
        self.capturing = self.valued = True

    def start_inline(self, _attributes: dict[str, str]) -> None:
        if self.valued or self.inline or self.attributes.get("t") != "inlineStr":
            raise Unreadable("XLS-BROKEN", self.place, "is")
        self.inline = True

    def start_words(self, _attributes: dict[str, str]) -> None:
        self.capturing = True

    def end_words(self) -> None:
        self.capturing = False

    def start_phonetic(self, _attributes: dict[str, str]) -> None:
        self.phonetic += 1

    def end_phonetic(self) -> None:
        self.phonetic -= 1

    def start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if not _whole(first) or not _whole(last):
                raise Unreadable("XLS-BROKEN", self.name, f"col {first}:{last}")
            self.hidden_columns += range(int(first), min(int(last), self.total.limits.columns) + 1)

    def start_merged(self, attributes: dict[str, str]) -> None:
        if len(self.merged) < MOST_TOLD:
            self.merged.append(attributes.get("ref", "?")[:20])

    def end_cell(self) -> None:
        words = "".join(self.words)
        if self.formula or self.formula_ranges:
            self._note_formula()
        if words == "" and not self.formula:
            return
        limits = self.total.limits
        if self.row > limits.sheet_rows or self.column > limits.columns:
            expected = f"{letters(limits.columns)}{limits.sheet_rows}"
            raise Unreadable("XLS-ROWS", self.place, f"{letters(self.column)}{self.row}", expected)
        value = self._value(words)
        if value is None or value == "":
            return
        if len(self.cells) < self.column - 1:
            self.cells.extend([None] * (self.column - 1 - len(self.cells)))
        self.cells.append(value)

    def _note_formula(self) -> None:
        """Whether the cell's value was computed, and whether it was at all: a formula may stand there without one."""
        covered = self.formula or any(
            left <= self.column <= right and top <= self.row <= bottom
            for left, top, right, bottom in self.formula_ranges
        )
        if covered and len(self.formulas) < MOST_TOLD:
            self.formulas.append(f"{letters(self.column)}{self.row}")
        blank = not self.words and self.attributes.get("t") != "str"  # a formula may well come to no text
        if covered and blank and len(self.uncomputed) < MOST_TOLD:
            self.uncomputed.append(f"{letters(self.column)}{self.row}")

    def _value(self, words: str) -> Any:
        kind, display = self.attributes.get("t", "n"), self.book.styles.get(self.attributes.get("s", "0"), "")
        bare = words.strip()
        match kind:
            case "n":
                return self._number(bare, display)
            case "s":
                return self._text(self._string(bare), display)
            case "str" | "inlineStr":
                return self._text(unescaped(words), display)
            case "e":
                self.errors += [f"{letters(self.column)}{self.row}"] if len(self.errors) < MOST_TOLD else []
                return bare[:20]
            case "b":
                return bare in TRUE
            case "d":
                return self._moment(bare)
        raise Unreadable("XLS-BROKEN", self.place, kind[:20])

    def _string(self, words: str) -> str:
        if not _whole(words) or int(words) >= len(self.book.strings):
            raise Unreadable("XLS-BROKEN", self.place, words[:20])
        return self.book.strings[int(words)]

    def _text(self, words: str, display: str) -> str:
        if len(words) > LONGEST_CELL:
            raise Unreadable("XLS-LENGTH", self.place, str(len(words)), str(LONGEST_CELL))
        if control := CONTROL.search(words):
            raise Unreadable("VAL-CONTROL", self.place, f"U+{ord(control[0]):04X}")
        if display == formats.INVISIBLE:
            self.displayed.append((self.row, self.column, display))
        return words

    def _moment(self, words: str) -> str:
        try:
            moment = datetime.fromisoformat(words)
        except ValueError:
            raise Unreadable("XLS-BROKEN", self.place, words[:20]) from None
        self.dates.append((self.row, self.column))
        return formats.iso(moment.replace(tzinfo=None))

    def _number(self, words: str, display: str) -> Any:
        if not words:
            return None
        if not NUMBER.fullmatch(words):
            raise Unreadable("XLS-BROKEN", self.place, words[:20])
        number = float(words)  # for the day that it may be, and for its size
        if number in (float("inf"), float("-inf")):
            raise Unreadable("XLS-BROKEN", self.place, words[:20])
        if display == formats.DATE and (day := formats.day_of(number, self.book.from_1904)):
            self.dates.append((self.row, self.column))
            return day
        if display:
            self.displayed.append((self.row, self.column, display))
        return [words]  # the digits as they are stored; a list, to be told from a text of digits

    def answer(self, state: str) -> dict[str, Any]:
        """All that was read, as JSON can carry it."""
        return {
            "name": self.name,
            "state": state,
            "rows": self.rows,
            "formulas": self.formulas,
            "uncomputed": self.uncomputed,
            "errors": self.errors,
            "merged": self.merged,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
            "dates": self.dates,
            "displayed": self.displayed,
        }


STARTS: dict[str, Any] = {
    "row": SheetReader.start_row,
    "c": SheetReader.start_cell,
    "f": SheetReader.start_formula,
    "v": SheetReader.start_value,
    "is": SheetReader.start_inline,
    "t": SheetReader.start_words,
    "rPh": SheetReader.start_phonetic,
    "col": SheetReader.start_column,
    "mergeCell": SheetReader.start_merged,
}
UNKNOWN = ("", "", None)
ELEMENTS = {
    f"{space}|{name}": (name, PARENTS.get(name, ""), STARTS.get(name))
    for space in MAIN
    for name in (*PARENTS, "sheetData", "cols", "mergeCells", "extLst", "t", "r", "rPr", "rPh")
}
ENDS: dict[str, Any] = {
    "row": SheetReader.end_row,
    "c": SheetReader.end_cell,
    "v": SheetReader.end_words,
    "t": SheetReader.end_words,
    "rPh": SheetReader.end_phonetic,
}


class _Document(Handler):
    """The part that lists the sheets: name, visibility and reference of each."""

    def __init__(self, book: WorkbookParts) -> None:
        self.book = book
        self.sheets: list[tuple[str, str, str]] = []

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition("|")[0] not in MAIN:
            return
        if local(tag) == "workbookPr":
            self.book.from_1904 = attributes.get("date1904") in TRUE
        if local(tag) == "sheet":
            reference = next((value for key, value in attributes.items() if key.endswith("|id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), reference))

    def refuse_odd_names(self, limits: Limits) -> None:
        if len(self.sheets) > limits.sheets:
            raise Unreadable("XLS-SHEETS", actual=str(len(self.sheets)), expected=str(limits.sheets))
        names = [name.lower() for name, _, _ in self.sheets]
        for name in names:
            if not name or CONTROL.search(name) or names.count(name) > 1:
                raise Unreadable("XLS-BROKEN", actual=f"sheet {name[:31]!r}")


class _Strings(Handler):
    """The shared strings without their reading aids; together at most as long as the whole workbook's text."""

    def __init__(self, total: Total) -> None:
        self.total = total
        self.strings: list[str] = []
        self.words: list[str] = []
        self.capturing = False
        self.phonetic = self.length = 0

    def begin(self, tag: str, _attributes: dict[str, str]) -> None:
        match local(tag):
            case "si":
                self.words = []
            case "t":
                self.capturing = True
            case "rPh":
                self.phonetic += 1

    def finish(self, tag: str) -> None:
        match local(tag):
            case "si":
                self.strings.append(unescaped("".join(self.words)))
                if len(self.strings) > self.total.limits.cells:
                    raise Unreadable("XLS-ROWS", actual=f"> {self.total.limits.cells}")
            case "t":
                self.capturing = False
            case "rPh":
                self.phonetic -= 1

    def text(self, words: str) -> None:
        if not self.capturing or self.phonetic:
            return
        self.length += len(words)
        if self.length > self.total.limits.characters:
            raise Unreadable("XLS-BOMB", actual=f"> {self.total.limits.characters}")
        self.words.append(words)


class _Styles(Handler):
    """What each of the cell formats makes of a number."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {str(number): kind for number, kind in formats.BUILT_IN.items()}
        self.used: list[str] = []
        self.stack: list[str] = []

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name, above = local(tag), self.stack[-1:]
        self.stack.append(name)
        if name == "numFmt" and above == ["numFmts"]:
            self.kinds[attributes.get("numFmtId", "")] = formats.kind_of(attributes.get("formatCode", "")[:1000])
        elif name == "xf" and above == ["cellXfs"]:
            self.used.append(attributes.get("numFmtId", "0"))
            if len(self.used) > MOST_STYLES:
                raise Unreadable("XLS-BROKEN", actual=f"> {MOST_STYLES} styles")

    def finish(self, _tag: str) -> None:
        self.stack.pop()


def read_workbook(content: bytes, limits: Limits) -> dict[str, Any]:
    """Every sheet of a workbook in its order; raises `Unreadable`."""
    package = Package.opened(content, limits)
    document = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "")
    if document not in package.parts:
        raise Unreadable("XLS-FILE")
    relations, total, book = package.relations(document), Total(limits), WorkbookParts()
    # Macros and links, under whatever name their parts stand.
    for relation in relations.values():
        if "macro" in relation.kind.lower() or relation.kind in ("vbaProject", "dialogsheet"):
            raise Unreadable("XLS-MACRO", actual=relation.target)
        if relation.kind.startswith("externalLink"):
            raise Unreadable("XLS-LINK", actual=relation.target)
    listed = _Document(book)
    package.parse(document, listed)
    listed.refuse_odd_names(limits)
    for relation in relations.values():
        if relation.kind == "sharedStrings":
            strings = _Strings(total)
            package.parse(relation.target, strings)
            book.strings = strings.strings
        elif relation.kind == "styles":
            styles = _Styles()
            package.parse(relation.target, styles)
            book.styles = {str(at): styles.kinds.get(number, "") for at, number in enumerate(styles.used)}
    sheets = list(_sheets(package, relations, listed, (book, total)))
    package.count_rest()
    return {"sheets": sheets, "from_1904": book.from_1904}


def _sheets(
    package: Package, relations: Mapping[str, Relation], listed: _Document, shared: tuple[WorkbookParts, Total]
) -> Iterator[dict[str, Any]]:
    """Each sheet that holds cells; a part may be one sheet only."""
    read: set[str] = set()
    for name, state, reference in listed.sheets:
        relation = relations.get(reference)
        if relation is None or relation.target in read:
            raise Unreadable("XLS-BROKEN", name, reference)
        if relation.kind != "worksheet":  # a sheet that is a chart holds no cells
            continue
        read.add(relation.target)
        sheet = SheetReader(name, *shared)
        package.parse(relation.target, sheet)
        used = {at for at, row in enumerate(sheet.rows, 1) if row}
        sheet.hidden_rows = [row for row in sheet.hidden_rows if row in used]
        yield sheet.answer(state)


def unescaped(words: str) -> str:
    """Excel writes characters that XML may not hold as _x000D_."""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), words) if "_x" in words else words


def area(reference: str) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of A1:B2 or A1."""
    corners = [ADDRESS.fullmatch(corner) for corner in reference.split(":")]
    if not 1 <= len(corners) <= 2 or None in corners:
        return None
    places = [(number_of(corner[1]), int(corner[2])) for corner in corners if corner]
    return (*places[0], *places[-1])


@lru_cache(1024)
def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    words = ""
    while column:
        column, rest = divmod(column - 1, 26)
        words = chr(65 + rest) + words
    return words


@lru_cache(1024)
def number_of(column: str) -> int:
    """A column's number: A is 1, AA is 27."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def _whole(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) <= 9
