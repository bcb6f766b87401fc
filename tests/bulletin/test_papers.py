"""The bulletin as Word and PDF: the same bytes for the same words, Chinese fonts by their names, absent values said."""

import dataclasses
import io
import re
import zlib
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from tanzhi.bulletin.composition import compose
from tanzhi.bulletin.papers import Signed, paper_of, printed
from tanzhi.figures import FigureAnswer
from tanzhi.office.paper.manner import numeral
from tanzhi.office.paper.paper import LedParagraph, spoken
from tanzhi.rulebook.kernel import Mark, Text

pytestmark = pytest.mark.django_db
EMISSION = "verification.reported_emission"


@pytest.fixture
def content(told):
    low = Mark("M-low", Text("把握低", "weak source"), "x")
    told[EMISSION, "2023"] = FigureAnswer(Decimal(95421400), marks=frozenset({low}))
    told["verification.key_units", "2023"] = FigureAnswer(Decimal(123))
    return compose("2024H1").content


def fonts_of(pdf: bytes) -> set[str]:
    """Names of the fonts in a PDF, also inside compressed streams, without the six letters of a subset."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    names = {name for part in parts for name in re.findall(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([\w-]+)", part)}
    return {name.decode() for name in names}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pdf_uses_the_installed_chinese_fonts_and_no_others(content, language):
    fonts = fonts_of(printed(content, language, "pdf"))
    assert {re.split(r"-(?=Regular|Bold|Identity)", name)[0] for name in fonts} == {"NotoSerifSC", "NotoSansSC"}


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_content_gives_the_same_bytes(content, form, language):
    assert printed(content, language, form) == printed(content, language, form)


def words_of(docx: bytes) -> str:
    book = Document(io.BytesIO(docx))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in book.paragraphs] + cells)


def test_a_word_document_says_the_sentences_what_is_absent_and_the_full_values(content):
    told = words_of(printed(content, "zh", "docx"))
    assert "2023年发电企业报告排放量9542.14万吨。" in told
    assert "95,421,400吨" in told
    assert "“发电企业报告排放量”（2023年）：把握低。" in told
    assert "“提交年度报告的发电企业”（2023年）暂无数据" in told
    assert "草稿，未经签发，不得引用" in told
    english = words_of(printed(content, "en", "docx"))
    assert "Power enterprises reported emissions of 95.4214 Mt for 2023." in english
    assert "Draft: not signed" in english


OFFICE = Text("甲省生态环境厅", "Department of A")
SIGNED = Signed(date(2024, 7, 12), 1, OFFICE, "ab" * 32)


def test_a_signed_edition_names_the_office_that_issues_it_and_its_digest(content):
    paper = paper_of(content, SIGNED)
    assert (paper.number.zh, paper.number.en) == ("2024年7月12日签发，第1版", "Edition 1, signed on 12 July 2024")
    assert "ab" * 32 in paper.note.en
    lines = [line.text for line in Document(io.BytesIO(printed(content, "zh", "docx", SIGNED))).paragraphs]
    at = lines.index("甲省生态环境厅")
    assert lines[at + 1] == "2024年7月12日"
    english = words_of(printed(content, "en", "docx", SIGNED)).splitlines()
    assert english[english.index("Department of A") + 1] == "12 July 2024"


def test_rows_are_counted_within_their_chapter_in_chinese_and_by_their_own_number_in_english(content):
    paper = paper_of(content)
    leads = [block.lead for block in paper.blocks if isinstance(block, LedParagraph)]
    rows = [row for chapter in content.chapters for row in chapter.rows]
    assert [lead.en for lead in leads] == [f"({row.number}) {row.title.en}. " for row in rows]
    longest = max(content.chapters, key=lambda chapter: len(chapter.rows))
    start = rows.index(longest.rows[0])
    numbers = ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）", "（十）"]
    assert len(longest.rows) > 2
    assert [lead.zh[:3] for lead in leads[start:]][: len(longest.rows)] == numbers[: len(longest.rows)]
    assert not any(lead.zh.startswith("（1）") for lead in leads)


def test_a_chinese_bulletin_is_set_as_official_papers_are_and_an_english_one_plainly(content):
    """GB/T 9704-2012, 5.2.2 to 5.2.4 and 7.3: 三号 is 16 points, 二号 22."""
    book = Document(io.BytesIO(printed(content, "zh", "docx", SIGNED)))
    title = next(line for line in book.paragraphs if line.text == content.span.title.zh + "应对气候变化工作情况")
    assert face(title.runs[0]) == ("方正小标宋简体", 22)
    chapter = next(line for line in book.paragraphs if line.text.startswith("一、"))
    assert face(chapter.runs[0]) == ("SimHei", 16)
    row = next(line for line in book.paragraphs if line.text.startswith("（一）"))
    assert [face(run) for run in row.runs] == [("KaiTi", 16), ("FangSong", 16)]
    english = Document(io.BytesIO(printed(content, "en", "docx", SIGNED)))
    row = next(line for line in english.paragraphs if line.text.startswith("("))
    assert {face(run) for run in row.runs} == {("SimSun", 12)}


def face(run):
    return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def test_chapters_are_numbered_in_the_manner_of_the_language(content):
    heads = [block.words for block in paper_of(content).blocks if hasattr(block, "words")]
    assert heads[0].zh.startswith("一、")
    assert heads[0].en.startswith("1. ")
    assert heads[-1].zh == "十、数据说明"
    assert [numeral(n) for n in (1, 10, 11, 20, 38)] == ["一", "十", "十一", "二十", "三十八"]


def test_figures_with_the_same_reservations_are_named_together(told):
    low = Mark("M-low", Text("把握低", "weak source"), "x")
    for code in (EMISSION, "verification.verified_emission"):
        told[code, "2023"] = FigureAnswer(Decimal(95421400), marks=frozenset({low}))
    english = words_of(printed(compose("2024H1").content, "en", "docx"))
    assert english.count("weak source") == 1
    named = "“Emissions reported by power enterprises”, “Verified emissions of power enterprises” (2023): weak source."
    assert named in english


def test_a_word_table_repeats_its_head_keeps_its_rows_whole_and_sets_numbers_right(content):
    book = Document(io.BytesIO(printed(content, "zh", "docx")))
    (table,) = book.tables
    head, row = table.rows[0], table.rows[1]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(one._tr.trPr.find(qn("w:cantSplit")) is not None for one in table.rows)
    assert row.cells[3].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert row.cells[1].width > row.cells[0].width * 3
    assert "PAGE" in book.sections[0].footer._element.xml


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_red_head_stands_on_one_line(content, language):
    paper = dataclasses.replace(paper_of(content), issuer=Text("甲省发布稿", "Bulletin"))
    longer = dataclasses.replace(paper, issuer=Text("新疆维吾尔自治区应对气候变化工作发布稿", "x" * 60))
    assert spoken(paper, language)["head"] > spoken(longer, language)["head"] >= 18
    assert spoken(longer, "zh")["head"] * 1.1 * 19 < 442
