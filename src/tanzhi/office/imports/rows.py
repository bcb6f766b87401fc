"""From a row of strings to what a row's type takes: blanks are left out, names become codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tanzhi.presentation.intake.formats import day_of
from tanzhi.presentation.intake.messages import finding
from tanzhi.presentation.intake.units import factor, unit_in
from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.spelling import short, spelled_number
from tanzhi.rulebook.kernel.text import Text

from .declaration import DAY, ImportKind
from .model import Layout

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

    from .sheet_reader import ImportSheet

EXAMPLE = "【示例】"
"""What the example row of a template begins with; such a row is never imported."""
_TOTALS = ("合计", "小计", "总计", "共计", "累计", "total", "subtotal", "grandtotal", "sum")
_SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)
TOTAL_ROW = Text("合计、小计行，不导入", "a row of totals, not imported")
EXAMPLE_ROW = Text("模板中的示例行，不导入", "the template's example, not imported")
_SEVERAL = Text("{label}：有 {n} 项都叫“{found}”", "{label}: {n} are called “{found}”")
_CODE = Text("其中一项的代码：{codes}", "the code of one of them: {codes}")


def cells(places: Mapping[str, int], values: list[str]) -> dict[str, str]:
    """The row's values by field; what is blank is left out, so that a missing one is told as missing."""
    by_name = {name: values[at].strip() for name, at in places.items() if at < len(values)}
    return {name: words for name, words in by_name.items() if words}


def converted(by_name: dict[str, str], factors: Mapping[str, Decimal]) -> dict[str, str]:
    """Numbers in the units of their fields; what is no number stays, to be refused by its field."""
    numbers = {name: spelled_number(by_name[name]).value for name in factors if name in by_name}
    return by_name | {name: short(Decimal(words) * factors[name]) for name, words in numbers.items() if words}


def passed_over(row: Sequence[str]) -> Text | None:
    """Why a row is no record: it adds up the others, or it is the example of the template."""
    first = "".join(next((cell for cell in row if cell.strip()), "").split()).lower().rstrip(":：")
    if first.startswith(EXAMPLE):
        return EXAMPLE_ROW
    return TOTAL_ROW if first in _TOTALS or first.endswith(_TOTALS[:4]) else None


def plain(words: str) -> str:
    """A heading as it is compared: without spaces, marks of what is needed and the size of its letters."""
    return "".join(words.split()).lower().rstrip("*＊")


def guessed(kind: ImportKind, sheet: ImportSheet) -> dict[str, str]:
    """Which heading belongs to which field: by the field's name, its label in either language, or another name."""
    heads = {plain(head): head for head in reversed(sheet.headings) if head}
    for head in sheet.headings:  # an exported list has its headings in both languages, a line each
        for line in head.splitlines():
            heads.setdefault(plain(line), head)
    columns: dict[str, str] = {}
    for name, label in kind.labels.items():
        for words in (name, label.zh, label.en, f"{label.zh} {label.en}", *kind.heads.get(name, ())):
            if plain(words) in heads:
                columns.setdefault(name, heads[plain(words)])
    return columns


@dataclass(frozen=True, slots=True)
class RowReader:
    """What the rows of one file are read by: where each field stands, in what unit, and what names stand for."""

    kind: ImportKind
    sheet: ImportSheet
    places: Mapping[str, int]
    constants: Mapping[str, str]
    factors: Mapping[str, Decimal]
    codes: Mapping[str, Mapping[str, Set[str]]]  # of choices that depend on the reader: words → codes
    days: Set[str]

    @classmethod
    def of(cls, kind: ImportKind, sheet: ImportSheet, layout: Layout, actor: Actor) -> RowReader:
        """The reader of a file by the layout that was chosen."""
        heads = {name: head for name, head in layout.columns.items() if head in sheet.headings}
        fields = heads.keys() | layout.constants.keys()
        codes: dict[str, dict[str, set[str]]] = {}
        for name in fields - kind.specs.keys():
            for code, label in kind.options(name, actor).items():
                for words in {code, label.zh, label.en, f"{code} {label.zh}"}:
                    codes.setdefault(name, {}).setdefault(words.casefold(), set()).add(code)
        days = frozenset(name for name in fields if kind.kind_of(name, actor) == DAY)
        places = {name: sheet.headings.index(head) for name, head in heads.items()}
        return cls(kind, sheet, places, layout.constants, factors_of(kind, heads), codes, days)

    def values(self, row: list[str]) -> tuple[dict[str, str], list[Finding]]:
        """The values of a row by field, and names that stand for several records."""
        by_name = {**{name: words for name, words in self.constants.items() if words}, **cells(self.places, row)}
        by_name = converted(by_name, self.factors)
        findings = []
        for name, words in by_name.items():
            if name in self.days and _SERIAL.fullmatch(words):  # a day as a spreadsheet counts it
                by_name[name] = day_of(int(words), self.sheet.from_1904) or words
            codes = self.codes.get(name, {}).get(words.casefold(), frozenset())
            if len(codes) == 1 or words in codes:
                by_name[name] = words if words in codes else next(iter(codes))
            elif codes:
                label = self.kind.labels[name]
                expected = _CODE.format(codes="、".join(sorted(codes)))
                message = _SEVERAL.format(label=label, n=len(codes), found=words)
                findings.append(Finding("IMP-NAME", ERROR, "", name, words, expected, message))
        return by_name, findings

    def placed(self, number: int, finding_of_row: Finding, index: int) -> Finding:
        """A finding at the cell of the file that it is about; at the row where no cell says it."""
        first = finding_of_row.field.partition(".")[0]
        folded = [name for name in self.kind.specs if name.partition(".")[2] == finding_of_row.field]
        field = next((name for name in (finding_of_row.field, *folded, first) if name in self.places), "")
        if self.sheet.addresses:
            of_row = self.sheet.addresses[index]
            cell = of_row[self.places[field] if field else -1]
        else:
            cell = f"{letters(self.places[field] + 1)}{number}" if field else str(number)
        return replace(finding_of_row, place=f"{self.sheet.name}!{cell}".lstrip("!"))


def folded(kind: ImportKind, by_name: Mapping[str, str]) -> dict[str, Any]:
    """The input of a row: what the columns of a form say goes together under the field that takes them."""
    values: dict[str, Any] = {}
    for name, words in by_name.items():
        if name in kind.specs:
            first, _, rest = name.partition(".")
            values.setdefault(first, {})[rest] = words
        else:
            values[name] = words
    return values


def factors_of(kind: ImportKind, heads: Mapping[str, str]) -> dict[str, Decimal]:
    """Fields whose column is headed by another unit than theirs: by what their numbers are multiplied."""
    labels = kind.labels
    pairs = {name: (unit_in(head), unit_in(labels[name].zh)) for name, head in heads.items()}
    factors = {name: factor(*units) for name, units in pairs.items() if all(units) and units[0] != units[1]}
    return {name: times for name, times in factors.items() if times is not None}


def units_in_doubt(kind: ImportKind, sheet: ImportSheet, heads: Mapping[str, str]) -> Iterable[Finding]:
    """Columns headed by a unit from which nothing leads to the field's own."""
    for name, label in kind.labels.items():
        head = heads.get(name, "")
        stated, needed = unit_in(head), unit_in(label.zh)
        if stated and needed and factor(stated, needed) is None:
            at = letters(sheet.headings.index(head) + 1) if head in sheet.headings else head
            place = f"{sheet.name}!{at}{sheet.first - 1}".lstrip("!")
            yield finding("VAL-UNIT", place, field=name, label=label, found=stated, expected=needed)
