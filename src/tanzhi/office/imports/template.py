"""The workbook of an import: headings, drop-down lists of words, an example, what each column holds; or what is there.

Apart from the pages, because openpyxl takes long to load.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tanzhi.actions.typed import printable
from tanzhi.rulebook.kernel.text import Text

from .declaration import CHOICE, DAY, NUMBER, WORDS, YES_NO
from .rows import EXAMPLE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tanzhi.actions.actor import Actor

    from .declaration import ImportKind

LISTED_ROWS = 2000  # down to which a cell offers its list
MOST_LISTED = 1000
_HEAD, _NEEDED = PatternFill("solid", fgColor="EFEBE0"), PatternFill("solid", fgColor="E4EDF5")
_GREY = Font(italic=True, color="7A756A")
HOW = {
    NUMBER: Text("数值，小数点用“.”", "a number; decimal point “.”"),
    DAY: Text(
        "日期，如 2024-03-01、2024/3/1、20240301、2024年3月1日", "a day: 2024-03-01, 2024/3/1, 20240301 or 2024年3月1日"
    ),
    YES_NO: Text("是、否", "yes or no"),
    CHOICE: Text("从下拉列表选择名称，也可填代码", "choose a name from the list; its code serves too"),
    WORDS: Text("文字", "text"),
}
NOTES = (
    Text(
        "在第一张表填写，一行一条记录；表头不要改动，列的次序可以变。",
        "Fill in the first sheet, a row a record; leave the headings, their order may change.",
    ),
    Text(
        "以“【示例】”开头的行和合计、小计行不导入。",
        "Rows that begin with 【示例】 and rows of totals are not imported.",
    ),
    Text(
        "只填数值和文字，不用公式，不合并单元格。全文件相同的值可不设列，在导入页填写一次。",
        "Values only: no formulas, no merged cells. What is the same in every row may be filled in once on the page.",
    ),
)
_GUIDE, _LISTS = Text("填写说明", "How to fill it in"), Text("选项", "Options")
_COLUMNS = (
    Text("列", "Column"), Text("必填", "Needed"), Text("怎样填", "How"), Text("可填内容", "May hold"),
    Text("说明", "Note"),
)  # fmt: skip
_YES, _NO = Text("是", "yes"), Text("否", "no")


def workbook(kind: ImportKind, actor: Actor, rows: Iterable[Mapping[str, Any]] | None = None) -> bytes:
    """The template with its example row; with `rows`, what stands there in the same shape."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = kind.title.zh[:31]
    lists = {name: kind.options(name, actor) for name in kind.labels}
    lists |= {name: {"true": _YES, "false": _NO} for name in lists if kind.kind_of(name, actor) == YES_NO}
    headings(sheet, kind)
    for number, row in enumerate([example_row(kind, lists)] if rows is None else rows, 2):
        for at, name in enumerate(kind.labels, 1):
            cell = sheet.cell(number, at, _cell(row.get(name), lists[name]))
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            if rows is None:
                cell.font = _GREY
    guide(book.create_sheet(_GUIDE.zh), kind, actor, lists)
    offer_choices(book, sheet, lists)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def headings(sheet: Worksheet, kind: ImportKind) -> None:
    sheet.freeze_panes = "A2"
    for at, (name, label) in enumerate(kind.labels.items(), 1):
        needed = name in kind.required
        cell = sheet.cell(1, at, f"{label.zh}\n{label.en}{'*' if needed else ''}")
        cell.font, cell.alignment = Font(bold=needed), Alignment(wrap_text=True, vertical="top")
        cell.fill = _NEEDED if needed else _HEAD
        sheet.column_dimensions[get_column_letter(at)].width = 22
        if hint := kind.help(name):
            cell.comment = Comment(f"{hint.zh}\n{hint.en}", "Tanzhi", width=300, height=90)


def example_row(kind: ImportKind, lists: Mapping[str, Mapping[str, Text]]) -> dict[str, Any]:
    """The example row, whose first cell says that it is one."""
    row: dict[str, Any] = dict(kind.example)
    for name, options in lists.items():
        if options and name in kind.required:
            row.setdefault(name, next(iter(options)))
    first = next(iter(kind.labels))
    words = _cell(row.get(first), lists[first])
    return row | {first: f"{EXAMPLE}{'' if words is None else words}"}


def _cell(value: Any, options: Mapping[str, Text]) -> Any:
    """A value as a cell holds it: a choice by its words, a number that a spreadsheet can hold, a day."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return _YES.zh if value else _NO.zh
    if str(value) in options:
        return words_of(str(value), options)
    if isinstance(value, int | Decimal | date):
        return value
    return printable(str(value))


def words_of(code: str, options: Mapping[str, Text]) -> str:
    """What a choice is called in a file: its name, with its code where another one has the same name."""
    name = options[code].zh
    alone = sum(label.zh == name for label in options.values()) == 1
    return name if alone else f"{code} {name}"


def guide(sheet: Worksheet, kind: ImportKind, actor: Actor, lists: Mapping[str, Mapping[str, Text]]) -> None:
    sheet.append([f"{kind.title.zh} {kind.title.en}"])
    for note in NOTES:
        sheet.append([f"{note.zh}\n{note.en}"])
    sheet.append([])
    sheet.append([f"{head.zh}\n{head.en}" for head in _COLUMNS])
    head = sheet.max_row
    for name, label in kind.labels.items():
        how, hint = HOW[kind.kind_of(name, actor)], kind.help(name)
        options = "、".join(words_of(code, lists[name]) for code in list(lists[name])[:20])
        more = "…" if len(lists[name]) > 20 else ""
        sheet.append(
            [
                f"{label.zh}\n{label.en}",
                f"{_YES.zh} {_YES.en}" if name in kind.required else "",
                f"{how.zh}\n{how.en}",
                options + more,
                f"{hint.zh}\n{hint.en}" if hint else "",
            ]
        )
    for letter, width in zip("ABCDE", (30, 10, 36, 60, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if cell.value is not None else cell.data_type
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row in (1, head))
    for number in range(1, len(NOTES) + 2):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=5)
        sheet.row_dimensions[number].height = 20 if number == 1 else 34


def offer_choices(book: Workbook, sheet: Worksheet, lists: Mapping[str, Mapping[str, Text]]) -> None:
    """A drop-down list of words below each heading that is a choice; the words stand in a hidden sheet."""
    hidden = book.create_sheet(_LISTS.zh)
    hidden.sheet_state = "hidden"
    at = 0
    for column, options in enumerate(lists.values(), 1):
        if not 0 < len(options) <= MOST_LISTED:
            continue
        at += 1
        for number, code in enumerate(options, 1):
            hidden.cell(number, at, printable(words_of(code, options))).data_type = "s"
        letter = get_column_letter(at)
        rule = DataValidation(
            type="list", formula1=f"'{_LISTS.zh}'!${letter}$1:${letter}${len(options)}", allow_blank=True
        )
        rule.showErrorMessage = False  # a code is written in its place; the dry run says what fits
        place = get_column_letter(column)
        rule.add(f"{place}2:{place}{LISTED_ROWS}")
        sheet.add_data_validation(rule)
