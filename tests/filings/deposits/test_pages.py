"""The pages of a filing in both languages, for whom they are and for whom they are not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tanzhi.actions.perform import perform
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.status import form_of
from tanzhi.organisations.people.model import Person
from tests.filings.deposits.test_work import MONTH, RECORD, deposited


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
