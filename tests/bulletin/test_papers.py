"""The bulletin as Word and PDF: the same bytes for the same words, Chinese fonts by their names, absent values said."""

import io
import re
import zlib
from decimal import Decimal

import pytest
from docx import Document

from tanzhi.bulletin.composition import compose
from tanzhi.bulletin.content import Content
from tanzhi.bulletin.papers import Signed, paper_of, printed
from tanzhi.figures import Answer
from tanzhi.rulebook.kernel import Mark, Text

pytestmark = pytest.mark.django_db
EMISSION = "verification.reported_emission"


@pytest.fixture
def content(told):
    low = Mark("M-low", Text("把握低", "weak source"), "x")
    told[EMISSION, "2023"] = Answer(Decimal(95421400), marks=frozenset({low}))
    told["verification.key_units", "2023"] = Answer(Decimal(123))
    return Content(compose("2024H1").as_dict())


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
    assert "Power enterprises reported an emission of 95.4214 Mt for 2023." in english
    assert "Draft: not signed" in english


def test_a_signed_edition_names_who_signed_and_its_digest(content):
    from datetime import date

    paper = paper_of(content, Signed(date(2024, 7, 12), 1, ("甲", "乙"), "ab" * 32))
    assert paper.number.zh == "2024年7月12日签发，第 1 版"
    assert paper.signed.zh == "甲、乙"
    assert "ab" * 32 in paper.note.en


def test_chapters_are_numbered_in_the_manner_of_the_language(content):
    heads = [block.words for block in paper_of(content).blocks if hasattr(block, "words")]
    assert heads[0].zh.startswith("一、")
    assert heads[0].en.startswith("1. ")
    assert heads[-1].zh.endswith("、数据表")
