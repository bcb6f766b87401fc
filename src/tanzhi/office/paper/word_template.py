"""The Word template of a paper, drawn by us: fields that docxtpl fills, in the manner of Chinese official papers."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .manner import CHARACTERS, HEI, LINE_MM, OTHER_NAMES, POINTS_PER_INCH, SONG, PaperManner, manner, signature_ends

LATIN = "Times New Roman"  # the letters and digits beside the Chinese faces
RED = RGBColor(0xC0, 0x00, 0x00)
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
# styles by which the lines are found when they are filled
TITLE_LINE, SIGNED_BY, SIGNED_ON = "Title of a paper", "Signing office", "Date of signing"


@cache
def template(language: str, red: bool, small: bool, head: int) -> bytes:
    """A document whose fields are those of a spoken paper; `head` is the size of a red head in points."""
    sheet = DraftDocument(manner(language, small))
    sheet.lay_page()
    sheet.head(red, head)
    sheet.line("{%p if to %}")
    sheet.line("{{ to }}{% if lang == 'zh' %}：{% else %}:{% endif %}")
    sheet.line("{%p endif %}")
    sheet.blocks("blocks")
    sheet.line("{%p if signed %}")
    sheet.line("{{ signed }}", before=24, style=SIGNED_BY)
    sheet.line("{{ on }}", style=SIGNED_ON)
    sheet.line("{%p endif %}")
    sheet.line("{%p if note %}")
    sheet.line("{{ note }}", 10.5, before=12)
    sheet.line("{%p endif %}")
    sheet.line("{%p if annex %}")
    sheet.line("").paragraph_format.page_break_before = True
    sheet.blocks("annex")
    sheet.line("{%p endif %}")
    sheet.footers()
    out = io.BytesIO()
    sheet.book.save(out)
    return out.getvalue()


class DraftDocument:
    """A Word document being drawn in one manner."""

    def __init__(self, look: PaperManner) -> None:
        self.book, self.look = Document(), look
        normal = self.book.styles["Normal"]
        normal.font.size = Pt(look.body)
        for name, side in ((TITLE_LINE, CENTRE), (SIGNED_BY, RIGHT), (SIGNED_ON, RIGHT)):
            style = self.book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            style.paragraph_format.alignment = side
        # The other names of every face, for a machine that has it under one of those.
        part = next(part for part in self.book.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
        fonts = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
            for name, others in OTHER_NAMES.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")

    def lay_page(self) -> None:
        """A4; official papers with their margins, as many lines and characters as they have, plain ones fuller."""
        section = self.book.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = (Mm(37), Mm(35)) if self.look.pitch else (Mm(25), Mm(25))
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        if self.look.pitch is None:
            return
        section.footer_distance = Mm(22)  # the page's number stands 7 mm under what is set
        grid = section._sectPr.find(qn("w:docGrid"))
        for name, value in (("type", "lines"), ("linePitch", str(int(self.look.pitch * 20)))):
            grid.set(qn(f"w:{name}"), value)
        # A character is wider than its share of the line. A grid of characters would say the same, but LibreOffice
        # gives a character that is wider than a cell two of them.
        each = LINE_MM * POINTS_PER_INCH / 25.4 / CHARACTERS
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(math.floor((each - self.look.body) * 20)))
        self.book.styles["Normal"].element.get_or_add_rPr().append(closer)

    def head(self, red: bool, size: int) -> None:
        """The issuer's name, red over a red rule where it is a letter, the number and the title."""
        look = self.look
        gap = 2 * look.pitch if look.pitch else 0.0  # two empty lines
        self.line("{%p if issuer %}")
        top = 35 * POINTS_PER_INCH / 25.4 if red and look.pitch else 0
        colour, points = (RED, size) if red else (None, 14)
        self.line("{{ issuer }}", points, face=look.title_face, align=CENTRE, colour=colour, before=top, after=12)
        self.line("{{ number }}", 16 if red else 12, align=CENTRE, before=gap if red else 0)
        if red:
            # The red rule under the head.
            line = self.line("", 6, after=12 if not gap else 0)
            border = OxmlElement("w:pBdr")
            below = OxmlElement("w:bottom")
            for name, value in (("val", "single"), ("sz", "18"), ("space", "1"), ("color", "C00000")):
                below.set(qn(f"w:{name}"), value)
            border.append(below)
            line._p.get_or_add_pPr().insert(0, border)
        self.line("{%p endif %}")
        after = look.pitch or 12
        before = gap if red else 0
        self.line("{{ title }}", look.title, face=look.title_face, style=TITLE_LINE, before=before, after=after)

    def blocks(self, name: str) -> None:
        """Headings, paragraphs and tables, whichever of them a block is."""
        look = self.look
        self.line(f"{{%p for it in {name} %}}")
        self.line("{%p if it.kind == 'heading' and it.level == 1 %}")
        self._paragraph(("{{ it.words }}", look.heading_face(1)), indented=look.chinese, heads=True)
        self.line("{%p elif it.kind == 'heading' and it.level == 2 %}")
        self._paragraph(("{{ it.words }}", look.heading_face(2)), indented=look.chinese, heads=True)
        self.line("{%p elif it.kind == 'heading' %}")
        self._paragraph(("{{ it.words }}", look.heading_face(3)), indented=look.chinese, heads=True)
        self.line("{%p elif it.kind == 'table' %}")
        self.line("{%p if it.title %}")
        self.line("{{ it.title }}", 12, face=HEI, align=CENTRE).paragraph_format.keep_with_next = True
        self.line("{%p endif %}")
        self._table()
        self.line("{%p elif it.kind == 'led' %}")
        self._paragraph(("{{ it.lead }}", look.heading_face(2)), ("{{ it.words }}", look.face))
        self.line("{%p else %}")
        self._paragraph(("{{ it.words }}", look.face))
        self.line("{%p endif %}")
        self.line("{%p endfor %}")

    def _paragraph(self, *parts: tuple[str, str], indented: bool = True, heads: bool = False) -> None:
        """Words with the face of each part; it begins two characters in."""
        first, *others = parts
        line = self.line(first[0], face=first[1])
        for words, face in others:
            self._say(line, words, self.look.body, face)
        line.paragraph_format.keep_with_next = heads or None
        if indented:
            line.paragraph_format.first_line_indent = Pt(2 * self.look.body)
            if self.look.chinese:
                line._p.pPr.ind.set(qn("w:firstLineChars"), "200")

    def _table(self) -> None:
        """A head row and a row that repeats; the columns repeat in both."""
        grid = self.book.add_table(rows=4, cols=3)
        grid.style = "Table Grid"
        rows = (
            ("{%tc for head in it.heads %}", "{{ head }}", "{%tc endfor %}"),
            ("{%tr for row in it.rows %}", "", ""),
            ("{%tc for cell in row %}", "{{ cell.words }}", "{%tc endfor %}"),
            ("{%tr endfor %}", "", ""),
        )
        for row, words in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                (line,) = cell.paragraphs
                self._free(line)
                self._say(line, text, 10.5, SONG)

    def _free(self, line: Any) -> None:
        """A line as high as its own type, not as the lines of the page."""
        free = OxmlElement("w:snapToGrid")
        free.set(qn("w:val"), "0")
        line._p.get_or_add_pPr().append(free)

    def line(self, words: str, size: float | None = None, *, face: str = "", style: str = "", **more: Any) -> Any:
        """A line of the paper; where no size is given, that of the body, in the lines of the page."""
        look = self.look
        line = self.book.add_paragraph(style=style or None)
        if look.pitch and size is not None:
            self._free(line)
        if "align" in more:
            line.alignment = more["align"]
        line.paragraph_format.space_before = Pt(more.get("before", 0))
        line.paragraph_format.space_after = Pt(more.get("after", 0))
        # Type that is larger or smaller than the body takes the room it needs.
        pitched = look.pitch if size is None else None
        line.paragraph_format.line_spacing = Pt(int(pitched * 20) / 20) if pitched else 1.0 if look.pitch else 1.5
        self._say(line, words, size or look.body, face or look.face, more.get("colour"))
        return line

    def _say(self, line: Any, words: str, size: float, face: str, colour: RGBColor | None = None) -> None:
        run = line.add_run(words)
        run.font.name, run.font.size = LATIN, Pt(size)
        faces = run._element.get_or_add_rPr().get_or_add_rFonts()
        faces.set(qn("w:eastAsia"), face)
        if self.look.chinese:
            # Quotation marks and dashes are a character wide.
            faces.set(qn("w:hint"), "eastAsia")
        if colour is not None:
            run.font.color.rgb = colour

    def footers(self) -> None:
        """The page's number between dashes: outside in official papers, one character in, else in the middle."""
        section = self.book.sections[0]
        sides = [(section.footer, CENTRE)]
        if self.look.pitch:
            self.book.settings.odd_and_even_pages_header_footer = True
            sides = [(section.footer, RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)]
        for footer, side in sides:
            (line,) = footer.paragraphs
            line.alignment = side
            if side != CENTRE:
                line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
            self._say(line, "— ", 14, SONG)
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            self._say(line, "1", 14, SONG)
            field.append(line.runs[-1]._element)
            line._p.append(field)
            self._say(line, " —", 14, SONG)


def sign(lines: Sequence[Any], look: PaperManner) -> None:
    """The office and the date under it as far from the right margin as official papers have them.

    They stand on a page with words of the paper, never by themselves.
    """
    signed, on = ([line for line in lines if line.style.name == style] for style in (SIGNED_BY, SIGNED_ON))
    for line, last in zip(lines[1:], lines, strict=False):
        if line.style.name == SIGNED_BY:
            line.paragraph_format.keep_with_next = last.paragraph_format.keep_with_next = True
    if look.chinese and signed:
        for line, free in zip(signed + on, signature_ends(signed[0].text, on[0].text), strict=True):
            line.paragraph_format.right_indent = Pt(free * look.body)


def narrow_title(lines: Sequence[Any], margin: float) -> None:
    """A title of several lines has them about equally long: as much free on either side, in points."""
    for line in lines:
        if line.style.name == TITLE_LINE and margin > 0:
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(margin)


def lay_out(tables: Any, blocks: list[dict[str, Any]], line_mm: int) -> None:
    """Tables as filled: columns by their shares, numbers to the right, heads on every page, no row across two pages.

    A short table stays on one page, and every head with the row below it.
    """
    for table, block in zip(tables, blocks, strict=True):
        table.autofit = False
        shares = [Mm(line_mm * share / sum(block["widths"])) for share in block["widths"]]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        numbers = [None, *([cell["number"] for cell in row] for row in block["rows"])]
        for row, right in zip(table.rows, numbers, strict=True):
            _set_row(row, shares, right)
        for row in table.rows[:-1] if block["together"] else table.rows[:1]:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


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
