"""A month's workbook: tried once, answered at its cells with causes before consequences, handed back with marks."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.evidence.files import place_of
from tanzhi.evidence.models import Upload
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.model import Filing, Version
from tanzhi.filings.months.status import form_of
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tests.factories import PASSWORD, World, person
from tests.journeys.workbook import CODES, FIRST, fill

# sheet (by a code in it), column, what is typed there: four mistakes, of which others follow
FOUR = [
    ("generation", "month", "2024-07"),
    ("carbon_air_dried", "carbon_air_dried", "abc"),
    ("carbon_air_dried", "ash_air_dried", -5),
    ("carbon_air_dried", "net_calorific_value", "二十"),
]


@pytest.fixture
def filing(clerk: Actor, plant: Organisation) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2024-06"}
    opened: Filing = perform("filings.open", clerk, data=data).result
    return opened


@pytest.fixture
def browser(client: Client, clerk: Actor) -> Client:
    client.force_login(Person.objects.get(pk=clerk.person_id))
    return client


def workbook(filing: Filing, folder: Path, *mistakes: tuple[str, str, Any]) -> tuple[bytes, list[str]]:
    """June as a clerk fills it in, with mistakes, and the cells in which they stand."""
    blank, filled = folder / "blank.xlsx", folder / "june.xlsx"
    blank.write_bytes(template(form_of(filing), Prefill(filing.organisation.code, filing.period)))
    fill(blank, filled)
    book, cells = openpyxl.load_workbook(filled), []
    for mark, name, value in mistakes:
        sheet = next(each for each in book if mark in [cell.value for cell in each[CODES]])
        column = next(cell.column for cell in sheet[CODES] if cell.value == name)
        sheet.cell(FIRST, column).value = value
        cells.append(f"{sheet.title}!{sheet.cell(FIRST, column).coordinate}")
    book.save(filled)
    return filled.read_bytes(), cells


def sent(browser: Client, filing: Filing, content: bytes | None = None, **more: str) -> Any:
    file = {"file": SimpleUploadedFile("june.xlsx", content)} if content is not None else {}
    return browser.post(reverse("filings:upload", args=[filing.pk]), {**file, **more})


def test_a_dry_run_goes_on_without_choosing_the_file_again(browser: Client, filing: Filing, tmp_path: Path) -> None:
    content, _ = workbook(filing, tmp_path)
    page = sent(browser, filing, content, dry="1").content.decode()
    assert filing.latest is None
    number = re.search(r'name="handed_in" value="(\d+)"', page)
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert number is not None
    assert key is not None
    for _ in range(2):  # a double click
        assert sent(browser, filing, handed_in=number[1], key=key[1]).status_code == 302
    assert [version.file_name for version in filing.versions.all()] == ["june.xlsx"]
    assert filing.latest is not None
    assert filing.latest.record["units"][0]["months"][0]["generation"] == "146203.118"


def test_four_mistakes_are_four_with_sheet_and_cell_and_what_follows_is_folded(
    browser: Client, filing: Filing, tmp_path: Path
) -> None:
    content, cells = workbook(filing, tmp_path, *FOUR)
    answer = sent(browser, filing, content)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "4 处须改" in page
    rows = re.findall(r"<tr><td data-label.*?</tr>", page, re.DOTALL)
    wrong = [row for row in rows if 'class="tag late"' in row]
    assert {cell for row in wrong for cell in re.findall(r'cellref">([^<]+)<', row.split("<details>")[0])} == set(cells)
    month = next(row for row in wrong if "XLS-PERIOD" in row)
    assert month.count("FORM-REQUIRED") == 2  # generation and hours of the row that was not read
    carbon = next(row for row in wrong if cells[1] in row)
    assert "VAL-NUMBER" in carbon


def test_the_same_mistake_in_two_sheets_is_two(browser: Client, filing: Filing, tmp_path: Path) -> None:
    marks = ("generation", "carbon_air_dried")
    content, cells = workbook(filing, tmp_path, *((mark, "month", "2024-07") for mark in marks))
    page = sent(browser, filing, content).content.decode()
    assert "2 处须改" in page
    for cell in cells:
        assert f'<span class="cellref">{cell}</span>' in page


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        (("carbon_air_dried", "unit", None), "XLS-KEY"),
        (("carbon_air_dried", "month", "2024-07"), "XLS-PERIOD"),
        (("carbon_air_dried", "unit", "9"), "XLS-UNIT"),
        (("carbon_air_dried", "month", "六月"), "VAL-DATE"),
        (("carbon_air_dried", "fuel", "木炭块"), "VAL-OPTION"),
    ],
)
def test_a_wrong_key_names_its_sheet_and_cell(
    browser: Client, filing: Filing, tmp_path: Path, mistake: tuple[str, str, Any], code: str
) -> None:
    content, cells = workbook(filing, tmp_path, mistake)
    rows = re.findall(r"<tr><td data-label.*?</tr>", sent(browser, filing, content).content.decode(), re.DOTALL)
    row = next(row for row in rows if f">{code}</span>" in row)
    assert f'<span class="cellref">{cells[0]}</span>' in row


def test_a_missing_column_names_its_sheet_and_row(browser: Client, filing: Filing, tmp_path: Path) -> None:
    content, _ = workbook(filing, tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = next(each for each in book if "carbon_air_dried" in [cell.value for cell in each[CODES]])
    next(cell for cell in sheet[CODES] if cell.value == "ash_air_dried").value = None
    book.save(tmp_path / "less.xlsx")
    page = sent(browser, filing, (tmp_path / "less.xlsx").read_bytes()).content.decode()
    row = next(row for row in re.findall(r"<tr><td data-label.*?</tr>", page, re.DOTALL) if ">XLS-COLUMN<" in row)
    assert f'cellref">{sheet.title}!{CODES}<' in row


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "应为数值"), ("en", "must be a number")])
def test_the_workbook_comes_back_with_each_wrong_cell_marked_and_mended_it_is_taken(
    browser: Client, clerk: Actor, filing: Filing, tmp_path: Path, language: str, words: str
) -> None:
    browser.cookies["django_language"] = language
    content, cells = workbook(filing, tmp_path, *FOUR)
    page = sent(browser, filing, content).content.decode()
    address = re.search(r'href="([^"]+marked\.xlsx)"', page)
    assert address is not None
    answer = browser.get(address[1])
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    for place in cells:
        name, _, where = place.partition("!")
        cell = book[name][where]
        assert cell.comment is not None, place
        assert cell.fill.fgColor.rgb.endswith("F2C9C2"), place
    carbon = book[cells[1].partition("!")[0]][cells[1].partition("!")[2]]
    assert carbon.value == "abc"
    assert "VAL-NUMBER" in carbon.comment.text
    assert words in carbon.comment.text
    listed = book.worksheets[0]
    assert {cell.value for cell in listed["A"]} >= set(cells)
    clean = book[cells[1].partition("!")[0]].cell(FIRST, 4)  # the fuel's consumption, which is right
    assert clean.comment is None
    right = {cells[0]: "2024-06", cells[1]: 57.83, cells[2]: 24.9, cells[3]: 20.012}  # as the clerk's June has them
    for place, value in right.items():
        name, _, where = place.partition("!")
        book[name][where].value = value
    book.save(tmp_path / "mended.xlsx")
    assert sent(browser, filing, (tmp_path / "mended.xlsx").read_bytes()).status_code == 302
    whole, _ = workbook(filing, tmp_path)
    same = {"content": base64.b64encode(whole), "name": "a.xlsx"}
    with pytest.raises(Refused, match="FIL-SAME"):  # the same values as the workbook without a mistake
        perform("filings.upload", clerk, filing, same)


def test_a_file_that_is_gone_is_said_and_anothers_is_not_there(
    browser: Client, world: World, filing: Filing, tmp_path: Path
) -> None:
    content, _ = workbook(filing, tmp_path, *FOUR)
    sent(browser, filing, content)
    upload = Upload.objects.get()
    other = Client()
    other.force_login(person("colleague", ("enterprise_filer", world.plant), password=PASSWORD))
    marked = reverse("filings:annotated", args=[filing.pk, upload.pk])
    assert other.get(marked).status_code == 404
    assert sent(other, filing, handed_in=str(upload.pk)).status_code == 404
    place_of(upload.file.sha256).unlink()
    assert browser.get(marked).status_code == 410
    answer = sent(browser, filing, handed_in=str(upload.pk))
    assert answer.status_code == 302
    assert "FIL-FILE-GONE" in browser.get(answer["Location"]).content.decode()
    assert not Version.objects.exists()


def test_the_same_file_twice_is_one_file_and_another_months_is_refused_at_its_cells(
    browser: Client, clerk: Actor, plant: Organisation, filing: Filing, tmp_path: Path
) -> None:
    content, _ = workbook(filing, tmp_path)
    for _ in range(2):
        sent(browser, filing, content, dry="1")
    upload = Upload.objects.get()
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2024-07"}
    july: Filing = perform("filings.open", clerk, data=data).result
    answer = sent(browser, july, handed_in=str(upload.pk))
    assert answer.status_code == 422
    assert "XLS-PERIOD" in answer.content.decode()
    assert july.latest is None
    sent(browser, filing, content)
    again = sent(browser, filing, content)
    assert again.status_code == 409
    assert "FIL-SAME" in again.content.decode()
    assert filing.versions.count() == 1
