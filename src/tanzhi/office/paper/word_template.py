"""The Word template of a paper, drawn by us: fields that docxtpl fills, in the manner of Chinese official papers."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

# what an office's machine has; beside them the Latin letters and digits that official papers are set in
SONG, HEI, LATIN = "SimSun", "SimHei", "Times New Roman"
RED = RGBColor(0xC0, 0x00, 0x00)


@cache
def template(red: bool, small: bool, head: int) -> bytes:
    """A document whose fields are those of a spoken paper; `head` is the size of a red head in points."""
    book = Document()
    _page(book)
    size = 12 if small else 16
    _line(book, "{%p if issuer %}", 12)
    _line(book, "{{ issuer }}", head if red else 14, centre=True, colour=RED if red else None, after=12)
    _line(book, "{{ number }}", 16 if red else 12, centre=True)
    if red:
        # The red rule under the head.
        line = _line(book, "", 6, after=12)
        border = OxmlElement("w:pBdr")
        below = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "18"), ("space", "1"), ("color", "C00000")):
            below.set(qn(f"w:{name}"), value)
        border.append(below)
        line._p.get_or_add_pPr().append(border)
    _line(book, "{%p endif %}", 12)
    _line(book, "{{ title }}", 18 if small else 22, centre=True, after=12)
    _line(book, "{%p if to %}", size)
    _line(book, "{{ to }}{% if lang == 'zh' %}：{% else %}:{% endif %}", size)
    _line(book, "{%p endif %}", size)
    _blocks(book, size, "blocks")
    _line(book, "{%p if signed %}", size)
    _line(book, "{{ signed }}", size, before=24).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _line(book, "{{ on }}", size).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _line(book, "{%p endif %}", size)
    _line(book, "{%p if note %}", size)
    _line(book, "{{ note }}", 10.5, before=12)
    _line(book, "{%p endif %}", size)
    _line(book, "{%p if annex %}", size)
    _line(book, "", size).paragraph_format.page_break_before = True
    _blocks(book, size, "annex")
    _line(book, "{%p endif %}", size)
    _footer(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _page(book: Any) -> None:
    """A4 with the margins of official papers."""
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _blocks(book: Any, size: int, name: str) -> None:
    _line(book, f"{{%p for it in {name} %}}", size)
    _line(book, "{%p if it.kind == 'heading' %}", size)
    _line(book, "{{ it.words }}", size, font=HEI).paragraph_format.keep_with_next = True
    _line(book, "{%p elif it.kind == 'table' %}", size)
    _line(book, "{%p if it.title %}", size)
    _line(book, "{{ it.title }}", 12, centre=True, font=HEI)
    _line(book, "{%p endif %}", size)
    # A head row and a row that repeats; the columns repeat in both.
    grid = book.add_table(rows=4, cols=3)
    grid.style = "Table Grid"
    rows = (
        ("{%tc for head in it.heads %}", "{{ head }}", "{%tc endfor %}"),
        ("{%tr for row in it.rows %}", "", ""),
        ("{%tc for cell in row %}", "{{ cell.words }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, words in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            _say(cell.paragraphs[0], text, 10.5)
    _line(book, "{%p else %}", size)
    _line(book, "{{ it.words }}", size).paragraph_format.first_line_indent = Pt(2 * size)
    _line(book, "{%p endif %}", size)
    _line(book, "{%p endfor %}", size)


def _line(book: Any, words: str, size: float, *, centre: bool = False, font: str = SONG, **more: Any) -> Any:
    line = book.add_paragraph()
    if centre:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = Pt(more.get("before", 0))
    line.paragraph_format.space_after = Pt(more.get("after", 0))
    line.paragraph_format.line_spacing = 1.5
    _say(line, words, size, font, more.get("colour"))
    return line


def _say(line: Any, words: str, size: float, font: str = SONG, colour: RGBColor | None = None) -> None:
    run = line.add_run(words)
    run.font.name, run.font.size = LATIN, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour


def _footer(book: Any) -> None:
    """The page's number between dashes, as official papers bear it."""
    line = book.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(line, "— ", 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    _say(line, "1", 14)
    field.append(line.runs[-1]._element)
    line._p.append(field)
    _say(line, " —", 14)


def lay_out(tables: Any, blocks: list[dict[str, Any]], line_mm: int) -> None:
    """Tables as filled: columns by their shares, numbers to the right, heads on every page, no row across two pages."""
    for table, block in zip(tables, blocks, strict=True):
        table.autofit = False
        shares = [Mm(line_mm * share / sum(block["widths"])) for share in block["widths"]]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        numbers = [None, *([cell["number"] for cell in row] for row in block["rows"])]
        for row, right in zip(table.rows, numbers, strict=True):
            _set_row(row, shares, right)


def _set_row(row: Any, shares: list[Any], right: list[bool] | None) -> None:
    """A row of a table; the head row is the one of which no numbers are known."""
    marks = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if right is None else ())):
        marks.append(OxmlElement(name))
    for at, (cell, share) in enumerate(zip(row.cells, shares, strict=True)):
        cell.width = share
        if right is None:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif right[at]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
