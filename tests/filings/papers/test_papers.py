"""Report and receipt of a deposit in words: who, what, when, digest and number, on the page, in Word and in PDF."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from docx import Document

from tanzhi.actions import clock
from tanzhi.evidence.sealer import seal
from tanzhi.filings.papers.papers import receipt_paper, report_paper
from tanzhi.organisations.people.model import Person
from tests.filings.months.test_history import deposited, opened, record
from tests.pdf_text import text_of


@pytest.fixture
def filing(clerk, approver, plant):
    """Deposited on 10 July 2023 at 04:05 UTC, which a clock in China shows as 12:05."""
    with clock.at(datetime(2023, 7, 10, 4, 5, tzinfo=UTC)):
        return deposited(clerk, approver, plant, "2023-06", record("2023-06"))


@pytest.fixture
def browser(client, clerk):
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(filing, kind, form=""):
    more = {"form": form} if form else {}
    return reverse(f"filings:paper{'_file' if form else ''}", kwargs={"pk": filing.pk, "kind": kind, **more})


def test_before_the_deposit_there_is_no_report_and_before_the_seal_no_receipt(browser, clerk, plant, filing):
    draft = opened(clerk, plant, "2023-07")
    assert report_paper(draft) is None
    assert receipt_paper(filing) is None
    for paper in (address(draft, "report"), address(draft, "report", "pdf"), address(filing, "receipt")):
        assert browser.get(paper).status_code == 302
    assert browser.get(f"/filings/{filing.pk}/verdict/paper/").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "数据存证回执"), ("en", "Receipt of a deposit")])
def test_the_receipt_says_who_deposited_what_and_when_in_words(browser, filing, language, words):
    seal()
    Person.objects.update(language=language)
    browser.cookies["django_language"] = language
    page = browser.get(address(filing, "receipt")).content.decode()
    version = filing.deposited_version
    digest = " ".join(version.digest[at : at + 8] for at in range(0, 64, 8))
    number = receipt_paper(filing).number
    for expected in (words, digest, number, "Clerk", "Approver", filing.organisation.code):
        assert expected in page
    assert page.count("2023-07-10 12:05") == 4  # certified, filed, checked, deposited
    assert "04:05" not in page
    content = browser.get(address(filing, "receipt", "pdf")).content
    assert number in text_of(content)
    assert words in text_of(content)


def test_the_report_has_the_totals_of_the_guideline_in_word_and_pdf(browser, filing):
    seal()
    # 57.83 % × (100 − 12.40) ÷ (100 − 4.26) = 0.5291 tC/t; 64 012.55 × 0.5291 × 0.99 × 44/12 = 122 945 t
    book = Document(io.BytesIO(browser.get(address(filing, "report", "docx")).content))
    cells = {cell.text for table in book.tables for row in table.rows for cell in row.cells}
    assert {"122,945", "146,203.118", "64,012.55", "企业排放量", "机组发电量", "烟煤"} <= cells
    text = text_of(browser.get(address(filing, "report", "pdf")).content)
    assert "122,945" in text
    assert "2023年6月碳排放月度数据" in text


def test_a_stranger_gets_neither(client, stranger, filing):
    seal()
    Person.objects.filter(pk=stranger.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=stranger.person_id), backend="django.contrib.auth.backends.ModelBackend")
    for kind in ("report", "receipt"):
        assert client.get(address(filing, kind)).status_code == 404
        assert client.get(address(filing, kind, "pdf")).status_code == 404
