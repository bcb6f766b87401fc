"""The pages of a filing in both languages, for whom they are and for whom they are not."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tanzhi.actions.perform import perform
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.status import form_of, standing_of
from tanzhi.organisations.people.model import Person
from tests.filings.deposits.test_work import MONTH, RECORD, deposited, saved


@pytest.fixture
def filing(clerk, plant):
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    return perform("filings.open", clerk, data=data).result


@pytest.fixture
def browser(client, clerk):
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(filing, name="filing", **more):
    return reverse(f"filings:{name}", kwargs={"pk": filing.pk, **more})


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "2023年6月月度数据"), ("en", "Monthly data, June 2023")])
def test_the_filing_page_speaks_both_languages(browser, filing, language, words):
    browser.cookies["django_language"] = language
    response = browser.get(page(filing))
    assert response.status_code == 200
    assert words in response.content.decode()


def test_the_list_and_the_matrix_show_the_filing(browser, filing):
    assert "2023-06" in browser.get(reverse("filings:list")).content.decode()
    assert page(filing) in browser.get(reverse("filings:matrix") + "?year=2023").content.decode()


def test_a_grid_that_is_typed_becomes_a_version(browser, filing):
    sent = {
        "month-0-unit": "1", "month-0-month": "2023-06",
        "month-0-generation": "146203.118", "month-0-running_hours": "668.5",
        "fuel-0-unit": "1", "fuel-0-month": "2023-06", "fuel-0-fuel": "diesel", "fuel-0-fuel_consumption": "86.2",
    }  # fmt: skip
    assert browser.post(page(filing, "save"), sent).status_code == 302
    assert filing.latest.record == RECORD


def test_what_was_typed_stays_on_the_page_when_somebody_saved_meanwhile(browser, clerk, filing):
    """A draft that stood open for weeks: another version was saved since; no typed value is lost."""
    filing.refresh_from_db()
    before = filing.revision
    perform("filings.save", clerk, filing, {"record": RECORD})
    sent = {
        "month-0-unit": "1", "month-0-month": "2023-06", "month-0-generation": "150001.007", "seen": str(before),
    }  # fmt: skip
    response = browser.post(page(filing, "save"), sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "ACT-STALE" in html
    assert 'value="150001.007"' in html
    assert "data-typed" in html
    assert filing.latest.record == RECORD
    # The page shown carries the new revision: sent once more, it is kept.
    seen = re.search(r'save/"[^>]*>.*?name="seen" value="(\d+)"', html, re.S)
    assert seen is not None
    assert browser.post(page(filing, "save"), sent | {"seen": seen[1]}).status_code == 302
    assert filing.latest.record["units"][0]["months"][0]["generation"] == "150001.007"


def test_the_reason_of_a_correction_that_is_refused_stays_on_the_page(browser, clerk, approver, filing):
    deposited(clerk, approver, filing)
    perform("filings.correct", clerk, filing, {"reason": "首次更正的理由"})
    response = browser.post(
        reverse("filings:act", kwargs={"pk": filing.pk, "name": "correct"}), {"reason": "电表换算系数填错"}
    )
    assert response.status_code == 409
    assert "FIL-CORRECTING" in response.content.decode()
    assert "电表换算系数填错</textarea>" in response.content.decode()


def test_a_typed_word_for_a_number_is_told_and_kept_out_and_stands_in_its_cell_again(browser, filing):
    sent = {"month-0-unit": "1", "month-0-month": "2023-06", "month-0-generation": "很多"}
    sent |= {"fuel-0-unit": "1", "fuel-0-month": "六月", "fuel-0-fuel": "", "fuel-0-fuel_consumption": "86.2 吨？"}
    response = browser.post(page(filing, "save"), sent)
    assert response.status_code == 422
    words = response.content.decode()
    assert "VAL-NUMBER" in words
    for name, value in sent.items():
        if value:
            assert re.search(rf'name="{name}" value="{value}"', words), name
    wrong = re.search(r'<input name="month-0-generation"[^>]*>', words)
    assert wrong is not None
    assert 'aria-invalid="true"' in wrong[0]
    assert "0 处须改" not in words
    assert filing.latest is None


def test_a_dry_run_saves_nothing_and_a_real_one_saves(browser, plant, filing):
    content = template(form_of(filing), Prefill(plant.code, "2023-06", RECORD))
    dry = browser.post(page(filing, "upload"), {"file": SimpleUploadedFile("a.xlsx", content), "dry": "1"})
    assert dry.status_code == 200
    assert filing.latest is None
    browser.post(page(filing, "upload"), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert filing.latest.record == RECORD


def test_a_wrong_workbook_names_its_cells(browser, plant, filing):
    wrong = {"units": [{"unit": "9", "months": [MONTH]}]}
    content = template(form_of(filing), Prefill(plant.code, "2023-06", wrong))
    response = browser.post(page(filing, "upload"), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert response.status_code == 422
    assert "XLS-UNIT" in response.content.decode()


def test_a_wrong_cell_is_mended_on_the_page_that_told_it_without_the_file_again(browser, clerk, plant, filing):
    """The workbook's values stand in a grid, the cell that cannot be read with what was written in it."""
    book = openpyxl.load_workbook(io.BytesIO(template(form_of(filing), Prefill(plant.code, "2023-06", RECORD))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if str(cell.value) == "146203.118"]
    assert len(cells) == 1
    cells[0].value = "146203,118 MWh?"
    content = io.BytesIO()
    book.save(content)
    response = browser.post(page(filing, "upload"), {"file": SimpleUploadedFile("六月.xlsx", content.getvalue())})
    html = response.content.decode()
    assert response.status_code == 422
    assert filing.latest is None
    form = html[html.index(f'action="{page(filing, "save")}"') :]
    values = re.findall(r'<(?:input|option)[^>]*name="((?:month|fuel)-0-[a-z_]+)"[^>]*?value="([^"]*)"', form)
    sent = {name: value for name, value in values if value}
    assert sent["month-0-generation"] == "146203,118 MWh?"
    assert sent["month-0-running_hours"] == "668.50"
    assert sent["fuel-0-fuel_consumption"] == "86.20"
    sent |= {"fuel-0-fuel": "diesel", "month-0-generation": "146203.118", "reason": "取自工作簿 六月.xlsx"}
    assert browser.post(page(filing, "save"), sent).status_code == 302
    month = filing.latest.record["units"][0]["months"][0]
    assert (month["generation"], month["running_hours"]) == ("146203.118", "668.50")
    assert month["fuels"] == [{"fuel": "diesel", "fuel_consumption": "86.20"}]
    assert filing.latest.reason == "取自工作簿 六月.xlsx"


def test_a_workbook_with_a_row_that_could_not_be_placed_is_not_offered_without_it(browser, plant, filing):
    wrong = {"units": [{"unit": "1", "months": [MONTH]}, {"unit": "9", "months": [MONTH]}]}
    content = template(form_of(filing), Prefill(plant.code, "2023-06", wrong))
    html = browser.post(page(filing, "upload"), {"file": SimpleUploadedFile("a.xlsx", content)}).content.decode()
    assert "XLS-UNIT" in html
    assert page(filing, "save") not in html


def answer_form(filing):
    return reverse("filings:act", kwargs={"pk": filing.pk, "name": "answer"})


def two_questions(clerk, filing):
    saved(clerk, filing)
    places = sorted({(found.code, found.place) for found in standing_of(filing).unanswered})
    assert len(places) > 1
    return places


def test_all_questions_of_a_month_are_answered_by_one_form_each_with_its_rule(browser, clerk, filing):
    places = two_questions(clerk, filing)
    html = browser.get(page(filing)).content.decode()
    assert html.count('<textarea name="text" rows="2" required minlength="4" form="answers">') == len(places)
    texts = [f"已核对第{number}项原始记录" for number, _ in enumerate(places)]
    codes, wheres = zip(*places, strict=True)
    sent = {"code": codes, "where": wheres, "text": texts}
    assert browser.post(answer_form(filing), sent).status_code == 302
    stored = {(one.code, one.where): one.text for one in filing.answers.all()}
    assert stored == dict(zip(places, texts, strict=True))
    assert standing_of(filing).unanswered == []


def test_one_blank_answer_refuses_all_and_no_typed_word_is_lost(browser, clerk, filing):
    places = two_questions(clerk, filing)
    codes, wheres = zip(*places, strict=True)
    texts = ["已核对全部原始记录", *[""] * (len(places) - 1)]
    response = browser.post(answer_form(filing), {"code": codes, "where": wheres, "text": texts})
    assert response.status_code == 422
    html = response.content.decode()
    assert "ACT-INPUT" in html
    assert "已核对全部原始记录</textarea>" in html
    assert not filing.answers.exists()


def test_an_answer_to_a_question_that_is_no_longer_asked_is_told_and_stands_on_the_page(browser, clerk, filing):
    places = two_questions(clerk, filing)
    codes, wheres = zip(*places, strict=True)
    perform(
        "filings.answer", clerk, filing, {"answers": [{"code": codes[0], "where": wheres[0], "text": "先答的一项"}]}
    )
    texts = [f"后答的第{number}项" for number, _ in enumerate(places)]
    response = browser.post(answer_form(filing), {"code": codes, "where": wheres, "text": texts})
    html = response.content.decode()
    assert response.status_code == 409
    assert "FIL-QUESTION" in html
    assert [one.text for one in filing.answers.all()] == ["先答的一项"]
    assert all(f"{text}</textarea>" in html for text in texts)


def test_the_template_downloads_and_a_deposit_shows_its_receipt(browser, clerk, approver, filing):
    assert browser.get(page(filing, "template")).content.startswith(b"PK")
    deposited(clerk, approver, filing)
    assert browser.get(page(filing)).status_code == 200
    assert browser.get(page(filing, "receipt")).status_code == 302  # not sealed yet


def test_a_stranger_finds_no_page(client, stranger, filing):
    Person.objects.filter(pk=stranger.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=stranger.person_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page(filing)).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to_sign_in(client, filing):
    assert client.get(page(filing)).status_code == 302
