"""Letters and reports as Word and as PDF: one description of a paper, the same bytes for the same words."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings

from tanzhi.rulebook.kernel.text import Text, in_language

from .manner import CHARACTERS, LINE_MM, PITCH, POINTS_PER_INCH, length, manner, title_width

SOURCE = Path(__file__).with_name("paper.typ")
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
LINE_POINTS = LINE_MM * POINTS_PER_INCH / 25.4
WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001  # a file's properties know no zone; the paper's own date stands in it

ROOM, BESIDE = 42, 2
"""Characters that stand on a line of a table, and the room of one column's rule and margins in characters."""
TOGETHER = 8
"""Rows of a table that is not broken across two pages."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\u2009\u202f](?=\d{3})")
_GASES = re.compile(r"(?<![A-Za-z])(t?)(CO2|CH4|N2O|SF6|NF3)(e?)(?![A-Za-z0-9])")
_LOWERED = str.maketrans("2346", "₂₃₄₆")

Words = Text | str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between paragraphs; the levels of a paper have faces of their own."""

    words: Words
    level: int = 1


@dataclass(frozen=True, slots=True)
class LedParagraph:
    """A paragraph that begins with its own heading, of the second level."""

    lead: Words
    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a paper; columns of `numbers` (their positions) stand right, `widths` are shares of the line."""

    heads: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    title: Words = ""
    numbers: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()  # none: by the longest words of each column


Block = Words | Heading | LedParagraph | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """What a letter or a report says; `red` gives it the red head of official letters, `annex` comes last."""

    title: Words
    blocks: tuple[Block, ...] = ()
    issuer: Words = ""
    number: Words = ""
    to: Words = ""
    signed: Words = ""
    on: date | None = None
    note: Words = ""
    red: bool = True
    small: bool = False  # a report with many tables: smaller type
    annex: tuple[Block, ...] = ()

    @property
    def signed_on(self) -> Text:
        """The day under the signing office, as the paper writes it."""
        return Text(*(day_in_words(self.on, language) if self.on else "" for language in ("zh", "en")))


def pdf(paper: Paper, language: str = "zh") -> bytes:
    """The paper as PDF, with the installed Chinese fonts and those that the office put into its own folder."""
    return typeset(SOURCE.read_bytes(), spoken(paper, language))


def typeset(source: bytes, data: dict[str, Any]) -> bytes:
    """A Typst source with its data; a paper of another shape than `Paper` brings its own source."""
    own = settings.VAR / "fonts"  # FangSong, KaiTi and the like are not free: whoever has them puts them there
    paths = [FONTS, own] if own.is_dir() else [FONTS]
    compiler = typst.Compiler(font_paths=paths, ignore_system_fonts=True)
    pdf = compiler.compile(source, format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=0)
    if not isinstance(pdf, bytes):
        raise TypeError("one document was asked for")
    return pdf


def word(paper: Paper, language: str = "zh") -> bytes:
    """The paper as a Word document, to be edited further."""
    from docxtpl import DocxTemplate  # dear to import: only whoever writes pays for it

    from .word_template import lay_out, narrow_title, sign, template

    content = spoken(paper, language)
    filled = DocxTemplate(io.BytesIO(template(language, paper.red, paper.small, content["head"])))
    filled.render(content, autoescape=True)
    lay_out(
        filled.docx.tables,
        [block for block in content["blocks"] + content["annex"] if block["kind"] == "table"],
        LINE_MM,
    )
    sign(filled.docx.paragraphs, manner(language, paper.small))
    narrow_title(filled.docx.paragraphs, (LINE_POINTS - content["title_width"]) / 2)
    filled.core_properties.created = filled.core_properties.modified = WRITTEN
    filled.core_properties.title = str(in_language(paper.title, language))[:250]
    draft, out = io.BytesIO(), io.BytesIO()
    filled.save(draft)
    # The same archive without the moment of its making.
    with zipfile.ZipFile(draft) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in sorted(archive.namelist()):
            entry = zipfile.ZipInfo(name, ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            settled.writestr(entry, archive.read(name))
    return out.getvalue()


def spoken(paper: Paper, language: str) -> dict[str, Any]:
    """The paper in one language, as plain data."""
    texts = {
        name: printed(getattr(paper, name), language) for name in ("title", "issuer", "number", "to", "signed", "note")
    }
    blocks, annex = ([_block(block, language) for block in part] for part in (paper.blocks, paper.annex))
    on = day_in_words(paper.on, language) if paper.on else ""
    look = {"lang": language, "red": paper.red, "small": paper.small, "head": head_size(str(texts["issuer"]), language)}
    width = title_width(str(texts["title"]), manner(language, paper.small))
    grid = {"pitch": PITCH, "characters": CHARACTERS, "title_width": width}
    return {**texts, **look, **grid, "on": on, "blocks": blocks, "annex": annex}


def head_size(issuer: str, language: str) -> int:
    """The size in points at which a red head stands on one line, no larger than the standard's and still a head."""
    largest, each = (32, 1.1) if language == "zh" else (24, 0.52)  # the width of a letter in its own size
    return max(18, min(largest, int(LINE_POINTS / (each * max(len(issuer), 1)))))


def printed(words: Words, language: str) -> str:
    """Words as paper has them: commas between thousands, where a screen has thin spaces, and gases by their formula."""
    grouped = _BETWEEN_DIGITS.sub(",", str(in_language(words, language)))
    return _GASES.sub(lambda gas: gas[1] + gas[2].translate(_LOWERED) + gas[3], grouped)


def shares(heads: list[str], rows: list[list[str]]) -> list[float]:
    """What each column takes of the line: narrow ones what their words need, wide ones equal parts of the rest."""
    needs = [max(map(length, column)) + BESIDE for column in zip(heads, *rows, strict=True)]
    widths, left = dict.fromkeys(range(len(needs)), 0.0), float(ROOM)
    for before, at in enumerate(sorted(widths, key=needs.__getitem__)):
        widths[at] = min(needs[at], left / (len(needs) - before))
        left -= widths[at]
    return list(widths.values())


def _block(block: Block, language: str) -> dict[str, Any]:
    if isinstance(block, Table):
        heads = [printed(head, language) for head in block.heads]
        words = [[printed(cell, language) for cell in row] for row in block.rows]
        return {
            "kind": "table",
            "title": printed(block.title, language),
            "heads": heads,
            "rows": [[{"words": cell, "number": at in block.numbers} for at, cell in enumerate(row)] for row in words],
            "widths": list(block.widths) or shares(heads, words),
            "together": len(words) <= TOGETHER,
        }
    if isinstance(block, LedParagraph):
        return {"kind": "led", "lead": printed(block.lead, language), "words": printed(block.words, language)}
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "words": printed(block.words, language)}
    return {"kind": "paragraph", "words": printed(block, language)}


def day_in_words(day: date, language: str) -> str:
    """A date as a letter writes it."""
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day.day} {day:%B} {day.year}"


def days_in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is filled into a paper, its days as a letter writes them."""
    return {
        name: Text(day_in_words(value, "zh"), day_in_words(value, "en")) if isinstance(value, date) else value
        for name, value in values.items()
    }
