"""A laboratory's own table: many samples in a file, each row a report, or nothing and what is wrong at its cell."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.filings.laboratory.model import LaboratoryReport
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Unit

HEADS = [
    "样品编号", "月份", "收样日期", "检测日期", "报告日期", "报告编号", "检测机构", "CMA/CNAS",
    "Cad", "Mad", "Mar", "Had", "St", "Aad", "Qnet,ar",
]  # fmt: skip
LABORATORY = "某煤质检测中心"
ROWS: list[list[Any]] = [
    ["S-05", "2023-05", "2023-06-01", "2023-06-04", "2023-06-08", "T-05", LABORATORY, "CMA",
     57.83, 4.26, 13.02, 3.61, 0.72, 24.9, 20.317],
    ["S-06", "2023-06", "2023-07-01", "2023-07-04", "2023-07-08", "T-06", LABORATORY, "CMA/CNAS",
     58.01, 4.11, 12.88, 3.55, 0.7, 24.1, 20.411],
]  # fmt: skip
FOR_ALL = {"material": "bituminous", "composite": "on"}


def table(*rows: list[Any], heads: list[str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["煤质检测汇总"], heads or HEADS, *(rows or ROWS)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def browser(client: Client, clerk: Actor) -> Client:
    client.force_login(Person.objects.get(pk=clerk.person_id))
    return client


def sent(browser: Client, plant: Organisation, content: bytes, **constants: str) -> Any:
    file = {"file": SimpleUploadedFile("煤质.xlsx", content)}
    return browser.post(reverse("filings:save_laboratory", args=[plant.pk, 2023]), {**file, **constants})


def test_each_row_of_the_table_is_a_report_on_record(browser: Client, plant: Organisation, unit: Unit) -> None:
    assert sent(browser, plant, table(), **FOR_ALL, unit="1").status_code == 302
    may, june = LaboratoryReport.objects.order_by("month")
    assert [may.number, may.month, may.unit, may.material] == ["T-05", "2023-05", "1", "bituminous"]
    assert may.sampled_on.isoformat() == "2023-05-31"  # a month's composite sample, by its last day
    assert (may.laboratory_mark, june.laboratory_mark) == ("cma", "both")
    row = {name: june.row[name] for name in ("carbon_air_dried", "total_sulphur", "net_calorific_value")}
    assert row == {"carbon_air_dried": "58.01", "total_sulphur": "0.70", "net_calorific_value": "20.411"}


@pytest.mark.parametrize(
    ("head", "constant", "value"),
    [
        ("Qnet,ar(MJ/kg)", "", 20.317),
        ("Qnet,ar（J/g）", "", 20317),  # 1 J/g = 0.001 GJ/t
        ("Qnet,ar", "kJ/kg>GJ/t", 20317),
    ],
)
def test_heat_is_read_in_the_unit_that_its_heading_or_the_plant_says(
    browser: Client, plant: Organisation, unit: Unit, head: str, constant: str, value: Any
) -> None:
    content = table([*ROWS[0][:-1], value], heads=[*HEADS[:-1], head])
    assert sent(browser, plant, content, **FOR_ALL, net_calorific_value=constant).status_code == 302
    assert LaboratoryReport.objects.get().row["net_calorific_value"] == "20.317"


def with_cell(at: int, value: Any) -> bytes:
    return table([*ROWS[0][:at], value, *ROWS[0][at + 1 :]], ROWS[1])


@pytest.mark.parametrize(
    ("content", "constants", "code"),
    [
        (table(), {"material": "bituminous"}, "FORM-REQUIRED"),  # no day of sampling
        (table(), {"composite": "on"}, "FORM-REQUIRED"),  # no material
        (table(ROWS[0], ROWS[0]), FOR_ALL, "XLS-DUPLICATE"),
        (with_cell(8, "很多"), FOR_ALL, "VAL-NUMBER"),
        (with_cell(8, 157.83), FOR_ALL, "FORM-MAXIMUM"),
        (with_cell(8, 57.834), FOR_ALL, "FORM-DECIMALS"),
        (with_cell(3, "2023-05-01"), FOR_ALL, "LAB-DATES"),
        (with_cell(7, "甲级"), FOR_ALL, "VAL-OPTION"),
        (with_cell(1, "五月"), FOR_ALL, "VAL-DATE"),
        (with_cell(5, None), FOR_ALL, "XLS-KEY"),
    ],
)
def test_one_wrong_row_records_nothing(
    browser: Client, plant: Organisation, unit: Unit, content: bytes, constants: dict[str, str], code: str
) -> None:
    answer = sent(browser, plant, content, **constants)
    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert not LaboratoryReport.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "化验室的表"), ("en", "the laboratory's table")])
def test_the_page_asks_for_what_such_a_table_does_not_say(
    browser: Client, plant: Organisation, language: str, words: str
) -> None:
    browser.cookies["django_language"] = language
    page = browser.get(reverse("filings:record_laboratory", args=[plant.pk, 2023])).content.decode()
    assert words in page.replace("&#x27;", "'")
    assert 'name="composite"' in page


def test_a_stranger_cannot_bring_a_table_in(client: Client, stranger: Actor, plant: Organisation) -> None:
    Person.objects.filter(pk=stranger.person_id).update(is_active=True, state="active")  # without a password nobody is
    client.force_login(Person.objects.get(pk=stranger.person_id))
    assert sent(client, plant, table(), **FOR_ALL).status_code == 404
