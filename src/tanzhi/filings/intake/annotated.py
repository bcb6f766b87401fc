"""The workbook handed back: what was filled in, each wrong cell marked with what is wrong and what is expected.

It is written anew from what was read, on the form's own template: nothing of a file from outside but its values.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tanzhi.actions.typed import printable
from tanzhi.rulebook.kernel.finding import ERROR, SEVERITIES
from tanzhi.rulebook.kernel.text import Text, in_language

from .layout import sheets_of
from .template import Prefill, template

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tanzhi.presentation.intake.reader import Book, Sheet
    from tanzhi.rulebook.kernel.finding import Finding
    from tanzhi.rulebook.kernel.forms import FormSpec

    from .folding import Cause
    from .location import FindingRow

LIST = Text("问题清单", "Findings")
HEADS = (
    Text("位置", "Place"), Text("内容", "Content"), Text("发现", "Finding"), Text("应为", "Expected"),
    Text("怎么办", "What to do"), Text("性质", "Kind"), Text("编码", "Code"),
)  # fmt: skip
EXPECTED, FOLLOWS = Text("应为：{e}", "Expected: {e}"), Text("随上一项解决", "goes with the one above")
WRONG, ASKED_ABOUT = "F2C9C2", "F3E3B5"  # cinnabar and ochre, light enough to read on
FIRST_PART = 31  # of a sheet's name


def annotated(book: Book, form: FormSpec, prefill: Prefill, causes: Sequence[Cause], language: str) -> bytes:
    """The workbook with its findings, in one language."""
    from openpyxl import load_workbook  # dear to import: only whoever writes pays for it

    # The file's own sheets decide in which language the template stands; the words are the reader's.
    chinese = any(table.label.zh[:FIRST_PART] in book.sheets for table in sheets_of(form))
    target = load_workbook(io.BytesIO(template(form, prefill, "zh" if chinese else "en")))
    for name in [name for name in target.sheetnames if name not in book.sheets and len(target.sheetnames) > 1]:
        del target[name]
    lists = {LIST.zh, LIST.en}
    for name, source in book.sheets.items():
        if name not in lists:
            copy_values(source, target[name] if name in target.sheetnames else target.create_sheet(name[:FIRST_PART]))
    cells: dict[tuple[str, str], list[FindingRow]] = {}
    for row in (row for cause in causes for row in (cause.row, *cause.consequences)):
        sheet, mark, cell = row.cell.rpartition("!")
        if mark and sheet in target.sheetnames and not cell.isdigit() and not cell.isalpha():
            cells.setdefault((sheet, cell), []).append(row)
    for (sheet, cell), rows in cells.items():
        mark_cell(target[sheet], cell, [row.finding for row in rows], language)
    list_findings(target.create_sheet(in_language(LIST, language), 0), causes, language)
    target.active = 0
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def copy_values(source: Sheet, sheet: Worksheet) -> None:
    """The values as they were read, at their cells; what the template has there and the file has not, goes."""
    deepest = max(len(source.rows), sheet.max_row)
    widest = max([len(row) for row in source.rows] + [sheet.max_column])
    headed = [cell.value for cell in sheet[1]] == list(source.rows[0] if source.rows else [])
    if not headed:  # columns were moved: drop-downs and comments would stand over others
        sheet.data_validations.dataValidation = []
        for cell in sheet[2]:
            cell.comment = None
    for number in range(1, deepest + 1):
        row = source.rows[number - 1] if number <= len(source.rows) else []
        for column in range(1, widest + 1):
            value = row[column - 1] if column <= len(row) else None
            cell = sheet.cell(number, column)
            cell.value = printable(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
    if source.hidden:
        sheet.sheet_state = source.state


def mark_cell(sheet: Worksheet, where: str, findings: Sequence[Finding], language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    is_wrong = any(finding.severity == ERROR for finding in findings)
    cell = sheet[where]
    cell.fill = PatternFill("solid", fgColor=WRONG if is_wrong else ASKED_ABOUT)
    words = "\n".join(line for finding in findings for line in comment_lines(finding, language))
    cell.comment = Comment(words, "Tanzhi", width=320, height=40 + 22 * (words.count("\n") + 1))


def comment_lines(finding: Finding, language: str) -> Iterable[str]:
    yield f"{in_language(finding.message, language)}（{finding.code}）"
    if expected := in_language(finding.expected, language):
        yield in_language(EXPECTED.format(e=expected), language)
    if finding.remedy:
        yield in_language(finding.remedy, language)


def list_findings(sheet: Worksheet, causes: Sequence[Cause], language: str) -> None:
    """Every finding in a sheet of its own, each with a link to its cell; consequences below their cause."""
    from openpyxl.styles import Alignment, Font

    sheet.append([in_language(head, language) for head in HEADS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cause in causes:
        for row in (cause.row, *cause.consequences):
            finding = row.finding
            kind = SEVERITIES[finding.severity] if row is cause.row else FOLLOWS
            words = (row.words or "", finding.message, finding.expected, finding.remedy or "", kind)
            sheet.append([row.cell, *(in_language(part, language) for part in words), finding.code])
            name, mark, cell = row.cell.rpartition("!")
            if mark and not cell.isdigit():
                sheet.cell(sheet.max_row, 1).hyperlink = f"#'{name}'!{cell}"
            for each in sheet[sheet.max_row]:
                each.data_type = "s"
                each.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEFG", (16, 30, 46, 24, 36, 18, 16), strict=True):
        sheet.column_dimensions[letter].width = width
