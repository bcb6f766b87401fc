"""A paper in the manner of official papers: its lines, characters, faces and numbers, and English in its plain manner.

Expected values are those of GB/T 9704-2012: a page of 22 lines of 28 characters, 三号 (16 points) for the text, 二号
(22) for the title, 156 by 225 mm, page numbers in 四号 (14).
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tanzhi.office.paper.manner import manner, numbered, signature_ends, title_width
from tanzhi.office.paper.paper import (
    FONTS,
    Heading,
    LedParagraph,
    Paper,
    Table,
    days_in_words,
    pdf,
    printed,
    shares,
    word,
)
from tanzhi.rulebook.kernel.text import Text
from tests.pdf_text import text_of

LINES, CHARACTERS = 22, 28
TITLE = Text("题目", "Title")
BODY = Text("字" * LINES * CHARACTERS * 2, "word " * 900)
GRID = Table((Text("项目", "Item"),), (("1",),))
LETTER = Paper(
    TITLE,
    (
        Heading(Text("一、核查", "1. Verification")),
        Heading(Text("（一）线索", "(1) Clues"), 2),
        Heading(Text("1.来源", "a. Sources"), 3),
        LedParagraph(Text("（二）办理。", "(2) Work. "), Text("已办结。", "Done.")),
        Text("正文", "Body"),
        GRID,
    ),
    issuer=Text("甲省生态环境厅", "Department of A"),
    number=Text("甲环〔2024〕1号", "No. 1"),
    signed=Text("甲省生态环境厅", "Department of A"),
    on=date(2024, 7, 12),
)


def lines(paper: Paper, language: str = "zh") -> dict[str, Paragraph]:
    """The lines of the Word document by their words; of equal ones the last."""
    return {line.text: line for line in Document(io.BytesIO(word(paper, language))).paragraphs}


def face(run: Run) -> tuple[str | None, float | None]:
    return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt if run.font.size else None


def sizes(content: bytes) -> set[float]:
    """The sizes in which a PDF sets anything."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    pages = [page for page in map(inflated, streams) if b" Tf" in page]
    return {round(float(size), 2) for page in pages for size in re.findall(rb"/f\d+ ([\d.]+) Tf", page)}


def inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_a_full_page_of_a_pdf_has_22_lines_of_28_characters() -> None:
    pages = text_of(pdf(Paper(TITLE, (BODY,)))).split("\n")
    assert pages[1].count("字") == LINES * CHARACTERS


def test_a_pdf_sets_text_title_and_page_number_in_the_sizes_of_the_standard() -> None:
    assert sizes(pdf(Paper(TITLE, (BODY,)))) == {22, 16, 14}


def test_a_word_page_has_the_grid_of_22_lines_of_28_characters() -> None:
    book = Document(io.BytesIO(word(LETTER)))
    (section,) = book.sections
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    height = section.page_height - section.top_margin - section.bottom_margin
    assert abs(height - Mm(225)) < Mm(0.1)
    assert int(height / Pt(1) / pitch) == LINES
    width = section.page_width - section.left_margin - section.right_margin
    assert abs(width - Mm(156)) < Mm(0.1)
    normal = book.styles["Normal"]
    each = normal.font.size.pt + int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(width / Pt(1) / each) == CHARACTERS
    assert lines(LETTER)["正文"].paragraph_format.line_spacing.pt == pitch


@pytest.mark.parametrize(
    ("words", "faces"),
    [
        ("题目", [("方正小标宋简体", 22)]),
        ("一、核查", [("SimHei", 16)]),
        ("（一）线索", [("KaiTi", 16)]),
        ("1.来源", [("FangSong", 16)]),
        ("（二）办理。已办结。", [("KaiTi", 16), ("FangSong", 16)]),
        ("正文", [("FangSong", 16)]),
    ],
)
def test_each_level_of_a_chinese_paper_has_its_face_and_size(words: str, faces: list[tuple[str, float]]) -> None:
    line = lines(LETTER)[words]
    assert [face(run) for run in line.runs] == faces
    if words != "题目":
        assert line._p.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_a_machine_that_has_a_face_under_another_name_finds_it() -> None:
    parts = Document(io.BytesIO(word(LETTER))).part.package.iter_parts()
    (table,) = [part.blob.decode() for part in parts if part.partname == "/word/fontTable.xml"]
    named = dict(re.findall(r'<w:font w:name="([^"]+)"><w:altName w:val="([^"]+)"/>', table))
    assert "仿宋_GB2312" in named["FangSong"].split(",")
    assert "楷体" in named["KaiTi"].split(",")
    assert "黑体" in named["SimHei"].split(",")
    assert "SimSun" in named["方正小标宋简体"].split(",")


def test_an_english_paper_is_set_plainly() -> None:
    english = lines(LETTER, "en")
    (run,) = english["Body"].runs
    assert face(run) == ("SimSun", 16)
    assert english["1. Verification"].paragraph_format.first_line_indent is None
    (section,) = Document(io.BytesIO(word(LETTER, "en"))).sections
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:type")) is None
    assert text_of(pdf(LETTER, "en")).count("— 1 —") == 1


def test_a_report_with_many_tables_keeps_the_faces_in_a_smaller_size() -> None:
    report = Paper(TITLE, (Heading(Text("一、数据", "1. Data")), Text("正文", "Body"), GRID), small=True)
    told = lines(report)
    assert face(told["正文"].runs[0]) == ("FangSong", 12)
    assert face(told["一、数据"].runs[0]) == ("SimHei", 12)


def test_levels_are_numbered_in_the_order_of_the_standard() -> None:
    assert [numbered(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    assert [numbered(2, number) for number in (1, 10, 11, 20, 38)] == [
        "（一）",
        "（十）",
        "（十一）",
        "（二十）",
        "（三十八）",
    ]


@pytest.mark.parametrize(
    ("office", "ends"),
    [
        # 2024年7月12日: three characters, seven digits of a half, five gaps of a quarter: 7.75
        ("甲省生态环境厅", (4 + 7.75 - 7, 2.0)),  # shorter than the date, which leaves two and begins two after it
        ("新疆维吾尔自治区生态环境厅", (2.0, 13 - 7.75)),  # longer: it leaves two, the date begins two after it
    ],
)
def test_the_office_signs_where_the_standard_has_it(office: str, ends: tuple[float, float]) -> None:
    assert signature_ends(office, "2024年7月12日") == ends
    paper = Paper(TITLE, (Text("正文", "Body"),), signed=Text(office, "Dept"), on=date(2024, 7, 12))
    told = lines(paper)
    for words, free in zip((office, "2024年7月12日"), ends, strict=True):
        assert told[words].paragraph_format.right_indent.pt == pytest.approx(free * 16, abs=0.1)


def test_odd_and_even_pages_bear_their_number_outside() -> None:
    book = Document(io.BytesIO(word(LETTER)))
    assert book.settings.odd_and_even_pages_header_footer
    for footer in (book.sections[0].footer, book.sections[0].even_page_footer):
        assert "PAGE" in footer._element.xml
        assert {run.font.size.pt for run in footer.paragraphs[0].runs if run.font.size} == {14}


def test_a_face_that_the_office_put_into_its_folder_is_used(tmp_path: Path, settings: object) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "fonts").mkdir()
    before = pdf(LETTER)
    (tmp_path / "fonts" / "fangsong.otf").write_bytes(renamed((FONTS / "NotoSansSC-Regular.otf").read_bytes()))
    after = pdf(LETTER)
    assert b"+FangSong" not in b"".join(
        map(inflated, re.findall(rb"stream\r?\n(.*?)\r?\nendstream", before, re.DOTALL))
    )
    assert b"+FangSong" in after + b"".join(
        map(inflated, re.findall(rb"stream\r?\n(.*?)\r?\nendstream", after, re.DOTALL))
    )


def renamed(font: bytes) -> bytes:
    """The same font by the name of FangSong: its family and its PostScript name, rewritten where they stand."""
    changed = bytearray(font)
    (tables,) = struct.unpack_from(">H", font, 4)
    directory = [struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(tables)]
    start = next(offset for tag, _, offset, _ in directory if tag == b"name")
    _, count, strings = struct.unpack_from(">HHH", font, start)
    for at in range(count):
        record = start + 6 + 12 * at
        platform, _, _, name, _, offset = struct.unpack_from(">6H", font, record)
        if name in {1, 6, 16}:
            words = "FangSong".encode("mac_roman" if platform == 1 else "utf-16-be")
            struct.pack_into(">H", changed, record + 8, len(words))
            changed[start + strings + offset : start + strings + offset + len(words)] = words
    return bytes(changed)


def test_paper_has_commas_between_thousands_and_gases_by_their_formula() -> None:
    assert (
        printed(Text("2\u2009465\u2009056 tCO2/MWh，CH4", "N2O of 1\u2009000 t, SF6"), "zh")
        == "2,465,056 tCO₂/MWh，CH₄"
    )
    assert printed(Text("字", "N2O of 1\u2009000 t, SF6, CO2-1, XCO2A"), "en") == "N₂O of 1,000 t, SF₆, CO₂-1, XCO2A"


def test_narrow_columns_take_what_they_need_and_wide_ones_share_the_rest() -> None:
    """A digit counts half a character, a Chinese one a whole; 42 stand on a line, 2 of each column are its margins."""
    assert shares(["数值", "单位"], [["2,465,056", "吨"], ["12345678901234567890", "吨"]]) == [12, 4]
    assert shares(["序号", "事实", "依据"], [["1", "字" * 40, "字" * 30], ["2", "字", ""]]) == [4, 19, 19]
    assert shares(["事实", "序号"], [["字" * 80, "1"]]) == [38, 4]


@pytest.mark.parametrize("count", [8, 9])
def test_a_short_table_stays_on_one_page_and_its_title_with_it(count: int) -> None:
    """A page has room for some of its rows: of eight none stands there, nor their title; nine are broken."""
    rows = tuple((f"行{row}",) for row in range(1, count + 1))
    paper = Paper(
        TITLE, (Text("字" * CHARACTERS * 15, "w"), Table((Text("项", "Item"),), rows, title=Text("表题", "T")))
    )
    first = text_of(pdf(paper)).split("—")[0]
    assert ("表题" in first, "行1" in first) == (count == 9, count == 9)
    (table,) = Document(io.BytesIO(word(paper))).tables
    assert [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows] == [
        True, *[count == 8] * (count - 1), False,
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "word_of"), [("zh", "字"), ("en", "word ")])
def test_a_signature_never_stands_on_a_page_by_itself(language: str, word_of: str) -> None:
    """However full the page is: for some of these lengths the signature no longer fits on the first."""
    alone, broken = [], 0
    for n in range(8, 25):
        body = Text("开" + "字" * CHARACTERS * n, "open " + "word " * 11 * n)
        ending = Text("尾" + "字" * CHARACTERS, "end " + "word " * 11)
        paper = Paper(TITLE, (body, ending), signed=Text("甲省生态环境厅", "Department"), on=date(2024, 7, 12))
        pages = re.split(r"— ?\d+ ?—", text_of(pdf(paper, language)))
        (last,) = [page for page in pages if "2024" in page]
        broken += "开" not in last and "open" not in last
        alone += [n] if word_of.strip() not in last else []
    assert alone == []
    assert broken > 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_word_the_last_paragraph_and_the_office_are_kept_with_the_date(language: str) -> None:
    office = str(getattr(LETTER.signed, language))
    paper = Paper(TITLE, (Text("首段", "First"), Text("末段", "Last")), signed=LETTER.signed, on=LETTER.on)
    kept = {words: bool(line.paragraph_format.keep_with_next) for words, line in lines(paper, language).items()}
    first, last = ("首段", "末段") if language == "zh" else ("First", "Last")
    assert (kept[first], kept[last], kept[office]) == (False, True, True)


@pytest.mark.parametrize(
    ("title", "free"),
    [
        ("字" * 20, 0),  # 440 of 442 points: one line
        ("字" * 30, (442.2 - 16 * 22) / 2),  # two lines of fifteen, and one to spare
        ("字" * 40, (442.2 - 21 * 22) / 2),  # 40 take 880 points of the 884 of two lines: nothing is free
    ],
)
def test_a_title_of_several_lines_has_them_about_equally_long(title: str, free: float) -> None:
    paper = Paper(Text(title, title), (Text("正文", "Body"),))
    assert title_width(title, manner("zh", small=False)) == pytest.approx(442.2 - 2 * max(free, 0), abs=0.1)
    indent = lines(paper)[title].paragraph_format.left_indent
    assert (indent.pt if indent else 0) == pytest.approx(max(free, 0), abs=0.1)


def test_days_stand_in_a_letter_as_papers_write_them() -> None:
    assert days_in_words({"due": date(2024, 3, 5), "n": 3}) == {"due": Text("2024年3月5日", "5 March 2024"), "n": 3}
