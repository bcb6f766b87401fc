"""A month in the national platform's layout, as the tests write and read it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.model import Person

HEADS = ["生产线", "排放源", "物料", "参数", "取值方式", "数值", "单位", "数据来源", "支撑材料"]
BURNED, MADE = "化石燃料燃烧排放-发电-2024", "生产数据-发电-2024"
# June 2024 of unit 1, as a clerk filed it.
COAL = {
    "fuel": "bituminous",
    "fuel_consumption": "64012.55",
    "carbon_air_dried": "57.83",
    "moisture_air_dried": "4.21",
    "moisture_as_received": "13.02",
    "net_calorific_value": "20.012",
    "report_number": "R-2024-06",
}
DIESEL = {"fuel": "diesel", "fuel_consumption": "86.20"}
GAS = {"fuel": "natural_gas", "fuel_consumption": "20.00"}


def record(*fuels: dict[str, Any], **month: Any) -> dict[str, Any]:
    values = {"month": "2024-06", "generation": "146203.118", "running_hours": "668.50", **month}
    return {"units": [{"unit": "1", "months": [{**values, "fuels": list(fuels)}]}]}


def browser_of(actor: Actor) -> Client:
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")  # without a password nobody is
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def downloaded(browser: Client, filing: Filing) -> bytes:
    answer = browser.get(reverse("filings:national", args=[filing.pk]))
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


def rows_in(content: bytes) -> list[tuple[Any, ...]]:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return list(sheet.iter_rows(values_only=True))


def workbook(*rows: list[Any], title: str = "Sheet1", heads: list[str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in (heads or HEADS, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent(browser: Client, filing: Filing, content: bytes, **more: str) -> Any:
    file = {"file": SimpleUploadedFile("june.xlsx", content)}
    return browser.post(reverse("filings:upload", args=[filing.pk]), {**file, **more})
