"""A plant's own ledger: matched on screen once, kept in versions, read from then on, named in the explanation."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from tanzhi.actions.perform import perform
from tanzhi.actions.registry import Refused
from tanzhi.figures import explain
from tanzhi.filings.mappings.model import Mapping
from tanzhi.filings.months.model import Result
from tanzhi.organisations.people.model import Person
from tests.filings.deposits.test_work import answered


def ledger(**changed) -> bytes:
    """Two sheets as a plant keeps them: kWh and tonnes, headings in the second row of the first."""
    book = Workbook()
    sheet = book.active
    sheet.title = "生产台账"
    sheet.append(["某电厂生产日报汇总"])
    sheet.append(["机组", "月份", "发电量(kWh)", "运行小时数"])
    sheet.append(["1", "2023-06", changed.get("generation", 146203118), 668.5])
    fuel = book.create_sheet("油耗")
    fuel.append(["机组", "月份", "消耗量"])
    fuel.append(["1", "2023-06", "=86+0.2" if changed.get("formula") else 86.2])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


CHOSEN = {
    "month-sheet": "生产台账", "month-row": "2",
    "month-unit-column": "A", "month-month-column": "B",
    "month-generation-column": "C", "month-generation-conversion": "kWh>MWh",
    "month-running_hours-column": "D",
    "fuel-sheet": "油耗", "fuel-row": "1",
    "fuel-unit-column": "A", "fuel-month-column": "B", "fuel-fuel-column": "", "fuel-fuel-constant": "diesel",
    "fuel-fuel_consumption-column": "C",
}  # fmt: skip


@pytest.fixture
def browser(client, clerk):
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def begun(browser, plant, content=None, name="我厂台账"):
    file = SimpleUploadedFile("台账.xlsx", content or ledger())
    sent = {"organisation": plant.pk, "name": name, "file": file}
    return browser.post(reverse("filings:ledger"), sent)


def matched(browser, plant):
    return browser.post(begun(browser, plant).url, CHOSEN)


@pytest.fixture
def filing(clerk, plant):
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    return perform("filings.open", clerk, data=data).result


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "单位换算"), ("en", "Conversion")])
def test_the_page_offers_the_ledgers_own_sheets_and_headings(browser, plant, language, words):
    browser.cookies["django_language"] = language
    page = browser.get(begun(browser, plant).url).content.decode()
    assert words in page
    assert "生产台账" in page


def test_sheet_row_and_columns_called_like_the_inputs_are_chosen_already(browser, plant):
    address = begun(browser, plant).url
    assert "<option selected>生产台账</option>" in browser.get(address).content.decode()
    page = browser.post(address, {"again": "1", "month-sheet": "生产台账", "month-row": "2"}).content.decode()
    assert '<option value="D" selected>' in page  # 运行小时数 is what the form calls it too
    assert not Mapping.objects.exists()


def test_what_was_matched_is_kept_and_reads_the_ledger_in_the_forms_units(browser, plant, filing):
    assert matched(browser, plant).status_code == 302
    mapping = Mapping.objects.get()
    sent = {"file": SimpleUploadedFile("六月.xlsx", ledger()), "mapping": mapping.pk}
    browser.post(reverse("filings:upload", args=[filing.pk]), sent)
    month = filing.latest.record["units"][0]["months"][0]
    assert month["generation"] == "146203.118"  # 146 203 118 kWh
    assert month["fuels"] == [{"fuel": "diesel", "fuel_consumption": "86.20"}]


def test_the_explanation_names_ledger_version_sheet_column_and_conversion(
    browser, clerk, approver, officer, plant, filing
):
    matched(browser, plant)
    sent = {"file": SimpleUploadedFile("六月.xlsx", ledger()), "mapping": Mapping.objects.get().pk}
    browser.post(reverse("filings:upload", args=[filing.pk]), sent)
    perform("filings.check", clerk, answered(clerk, filing))
    perform("filings.deposit", approver, filing)
    result = Result.objects.filter(filing=filing, quantity="combustion_emission").first()
    place = "units[1].months[2023-06]"
    words = [
        f.words.en for n in explain(f"result:{result.pk}?at={place}&name=generation", officer).walk() for f in n.facts
    ]
    assert "我厂台账 version 1, 生产台账 column C, kWh to MWh" in words


def test_matching_again_under_the_same_name_is_the_next_version_and_starts_from_the_last(browser, plant):
    matched(browser, plant)
    address = begun(browser, plant).url
    assert '<option value="C" selected>' in browser.get(address).content.decode()
    browser.post(address, {**CHOSEN, "month-generation-conversion": ""})
    mapping = Mapping.objects.get()
    assert [version.number for version in mapping.versions.order_by("number")] == [1, 2]
    page = browser.get(reverse("filings:mapping", args=[mapping.pk])).content.decode()
    assert page.index("第 2 版") < page.index("第 1 版")


def test_a_matching_without_any_column_is_refused_on_its_page(browser, plant):
    answer = browser.post(begun(browser, plant).url, {"month-sheet": "生产台账", "month-row": "2"} | _none())
    assert answer.status_code == 422
    assert not Mapping.objects.exists()


def _none():
    return {f"{name}-column": "" for name in ("month-unit", "month-month", "month-generation", "month-running_hours")}


def test_a_formula_is_refused_unless_its_stored_value_was_asked_for(browser, plant, filing):
    matched(browser, plant)
    sent = {"file": SimpleUploadedFile("六月.xlsx", ledger(formula=True)), "mapping": Mapping.objects.get().pk}
    answer = browser.post(reverse("filings:upload", args=[filing.pk]), sent)
    assert answer.status_code == 422
    assert "XLS-FORMULA" in answer.content.decode()


def test_a_file_that_is_no_workbook_is_told_before_anything_is_matched(browser, plant):
    answer = begun(browser, plant, content=b"not a workbook")
    assert answer.status_code == 422
    assert "XLS-FILE" in answer.content.decode()


def test_a_stranger_neither_sees_nor_changes_it(browser, client, plant, stranger):
    address = begun(browser, plant).url
    matched(browser, plant)
    Person.objects.filter(pk=stranger.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=stranger.person_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("filings:mapping", args=[Mapping.objects.get().pk])).status_code == 404
    assert client.get(address).status_code == 404
    assert begun(client, plant).status_code == 404
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("filings.map_ledger", stranger, data=_input(plant))


def test_an_officer_may_not_match_a_plants_ledger(officer, plant):
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform("filings.map_ledger", officer, data=_input(plant))


def _input(plant):
    column = {"field": "generation", "column": "C"}
    part = {"level": "month", "sheet": "x", "columns": [column]}
    return {"organisation_id": plant.pk, "form_code": "power.month", "name": "x", "parts": [part]}
