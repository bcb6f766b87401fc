"""A new month begins with what the month before had: rows, fuels, opening stock, columns; never its numbers."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tanzhi.filings.months.carried import carried_over
from tanzhi.filings.months.sheets import sheets
from tanzhi.organisations.people.model import Person
from tests.filings.months.test_history import deposited, opened, record, saved

COAL, DIESEL = "units[1].months[2023-07].fuels[bituminous]", "units[1].months[2023-07].fuels[diesel]"


def june():
    values = record("2023-06", closing_stock="30500.00")
    month = values["units"][0]["months"][0]
    month["heat_supplied"] = "1000.00"
    month["fuels"] += [{"fuel": "diesel", "fuel_consumption": "86.20"}]
    month["fuels"][0]["samples"] = [{"sample": "A-1", "sample_mass": "100"}]
    return values


@pytest.fixture
def browser(client, clerk):
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def july(clerk, approver, plant, unit):
    deposited(clerk, approver, plant, "2023-06", june())
    return opened(clerk, plant, "2023-07")


def test_rows_fuels_and_the_closing_stock_are_taken_over_and_nothing_else(july):
    carried = carried_over(july)
    fuels = [{"fuel": "bituminous", "opening_stock": "30500.00"}, {"fuel": "diesel"}]
    assert carried.record == {"units": [{"unit": "1", "months": [{"month": "2023-07", "fuels": fuels}]}]}
    assert carried.cells == {f"{COAL}.fuel", f"{COAL}.opening_stock", f"{DIESEL}.fuel"}
    assert carried.period == "2023-06"
    assert {("month", "heat_supplied"), ("fuel", "carbon_air_dried")} <= carried.usual
    assert ("month", "steam") not in carried.usual


def test_the_grid_marks_what_was_taken_over_and_shows_the_usual_columns(july):
    by_level = {sheet.name: sheet for sheet in sheets(july, {}, None)}
    marks = {
        (cell.spec.name, cell.value): cell.mark for row in by_level["fuel"].rows for cell in row.cells if cell.value
    }
    assert marks["opening_stock", "30500.00"] == "carried"
    assert marks["fuel", "diesel"] == "carried"
    assert marks["unit", "1"] == ""
    assert "heat_supplied" not in by_level["month"].rare
    assert "steam" in by_level["month"].rare


def test_once_something_is_saved_nothing_is_marked_any_more(clerk, plant, july):
    filing = saved(clerk, plant, "2023-07", record("2023-07"))
    drawn = sheets(filing, filing.latest.record, None)
    assert all(cell.mark != "carried" for sheet in drawn for row in sheet.rows for cell in row.cells)


def test_a_first_month_and_a_year_begin_empty_handed(clerk, plant, unit, july):
    assert carried_over(opened(clerk, plant, "2023-01")).record == {}
    assert carried_over(opened(clerk, plant, "2023")).record == {}


def test_a_unit_that_the_register_does_not_have_any_more_is_not_taken_over(clerk, plant, july):
    saved(clerk, plant, "2023-08", {"units": [{"unit": "9", "months": [{"month": "2023-08", "generation": "5.000"}]}]})
    assert carried_over(opened(clerk, plant, "2023-09")).record == {}


def test_the_page_says_what_was_taken_over_and_saves_it_only_when_asked(browser, july):
    page = browser.get(reverse("filings:filing", kwargs={"pk": july.pk})).content.decode()
    assert "沿用上月" in page
    assert 'value="30500.00"' in page
    assert july.latest is None


def test_the_workbook_begins_with_the_same_and_its_comments_are_chinese(browser, july):
    content = browser.get(reverse("filings:template", kwargs={"pk": july.pk})).content
    sheet = load_workbook(io.BytesIO(content))["燃料"]
    codes = {cell.value: cell.column for cell in sheet[1]}
    opening = sheet.cell(5, codes["opening_stock"])
    assert str(opening.value) == "30500"
    assert opening.comment.text == "沿用 2023-06，请核对"
    assert sheet.cell(5, codes["fuel_consumption"]).value is None
    assert [sheet.cell(row, codes["fuel"]).value for row in (5, 6)] == ["烟煤", "柴油"]
    words = sheet.cell(2, codes["carbon_air_dried"]).comment.text.splitlines()
    assert words == [
        "空干基元素碳", "填数值，不用公式和千分位", "单位：%", "小数位：2", "范围：0 至 100",
        "证据：元素碳检测报告（CMA/CNAS）",
    ]  # fmt: skip


def test_an_english_workbook_explains_in_english(browser, july):
    Person.objects.update(language="en")
    browser.cookies["django_language"] = "en"
    content = browser.get(reverse("filings:template", kwargs={"pk": july.pk})).content
    sheet = load_workbook(io.BytesIO(content))["Fuel"]
    codes = {cell.value: cell.column for cell in sheet[1]}
    words = sheet.cell(2, codes["fuel_consumption"]).comment.text
    assert "Fuel burned in the month" in words
    assert "required; 0 where nothing occurred" in words
