"""A plant's report by rows: matched item by item once, read by its month's column from then on."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.mappings.model import Mapping
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.uploads import read_upload
from tanzhi.filings.results.lineage import facts_of_input
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation

# A month report as plants keep it: invented numbers, the columns of a public file.
HEADS = ["项目", "计量单位", "5月", "6月", "解释说明"]
ROWS: list[list[Any]] = [
    ["发电量", "万kWh", 25677.8, 24100.2, None],
    ["运行小时数", "小时", 700, 668.5, None],
    ["供热量", "GJ", 310200, 288400, None],
    ["原煤耗量", "吨", 113192.29, 108001.4, None],
    ["外购电量", "万kWh", 0, 12.4, None],
    ["入炉煤低位发热量", "kcal/kg", 5003, 4988, "化验室"],
    ["平均水温", "℃", 20, 21, None],
]
# What the page asks for each item, in the order of the rows.
SENT = {
    "item-0-input": "month.generation", "item-0-unit": "1", "item-0-conversion": "10^4kWh>MWh",
    "item-1-input": "month.running_hours", "item-1-unit": "1",
    "item-2-input": "month.heat_supplied", "item-2-unit": "1",
    "item-3-input": "fuel.fuel_consumption", "item-3-unit": "1", "item-3-material": "bituminous",
    "item-4-input": "month.purchased_electricity", "item-4-unit": "1", "item-4-conversion": "10^4kWh>MWh",
    "item-5-input": "fuel.net_calorific_value", "item-5-unit": "1", "item-5-material": "bituminous",
    "item-5-conversion": "kcal/kg>GJ/t",
    "item-6-input": "",
}  # fmt: skip


def report(*rows: list[Any], heads: list[Any] | None = None, title: str = "某热电厂生产月报") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "热电联产表"
    sheet.append([title])
    for row in (heads or HEADS, *(rows or ROWS)):
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def browser(client: Client, clerk: Actor) -> Client:
    client.force_login(Person.objects.get(pk=clerk.person_id))
    return client


@pytest.fixture
def filing(clerk: Actor, plant: Organisation) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2024-06"}
    opened: Filing = perform("filings.open", clerk, data=data).result
    return opened


def begun(browser: Client, plant: Organisation, content: bytes | None = None) -> Any:
    file = SimpleUploadedFile("月报.xlsx", content or report())
    return browser.post(reverse("filings:ledger"), {"organisation": plant.pk, "name": "生产月报", "file": file})


@pytest.fixture
def mapping(browser: Client, plant: Organisation) -> Mapping:
    answer = browser.post(begun(browser, plant).url, SENT)
    assert answer.status_code == 302, answer.content.decode()
    return Mapping.objects.get()


def month_of(filing: Filing, mapping: Mapping, content: bytes) -> dict[str, Any]:
    record = read_upload(filing, content, "月报.xlsx", mapping_id=mapping.pk).answer.record
    month: dict[str, Any] = record["units"][0]["months"][0]
    return month


def codes(filing: Filing, mapping: Mapping, content: bytes) -> dict[str, list[str]]:
    cells: dict[str, list[str]] = {}
    for each in read_upload(filing, content, "月报.xlsx", mapping_id=mapping.pk).answer.findings:
        cells.setdefault(each.code, []).append(each.place)
    return cells


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "计量单位"), ("en", "Input of the form")])
def test_a_report_by_rows_leads_to_its_items_with_the_likeliest_inputs_chosen(
    browser: Client, plant: Organisation, language: str, words: str
) -> None:
    browser.cookies["django_language"] = language
    address = begun(browser, plant).url
    assert "match-rows" in address
    page = browser.get(address).content.decode()
    assert words in page
    bought = "month.purchased_electricity"  # asked for until data year 2025
    for value in (
        "month.generation",
        "month.heat_supplied",
        bought,
        "fuel.fuel_consumption",
        "fuel.net_calorific_value",
    ):
        assert f'<option value="{value}" selected>' in page, value
    assert '<option value="10^4kWh&gt;MWh" selected>' in page
    assert '<option value="kcal/kg&gt;GJ/t" selected>' in page


def test_the_months_column_is_read_in_the_forms_units(filing: Filing, mapping: Mapping) -> None:
    """24,100.2 万kWh = 241,002 MWh; 4,988 kcal/kg × 4.1868 = 20.8837584 GJ/t, of which the form keeps three places."""
    month = month_of(filing, mapping, report())
    assert month["generation"] == "241002.000"
    assert month["purchased_electricity"] == "124.000"
    assert month["heat_supplied"] == "288400.00"
    coal = {"fuel": "bituminous", "fuel_consumption": "108001.40", "net_calorific_value": "20.884"}
    assert month["fuels"] == [coal]
    answer = read_upload(filing, report(), "月报.xlsx", mapping_id=mapping.pk).answer
    (rounded,) = [each for each in answer.findings if each.code == "VAL-ROUNDED"]
    assert (rounded.place, rounded.found) == ("热电联产表!D8", "20.8837584")
    assert "20.884" in rounded.expected.zh


def test_what_was_rounded_is_looked_at_before_it_is_saved(browser: Client, filing: Filing, mapping: Mapping) -> None:
    address = reverse("filings:upload", args=[filing.pk])
    file = {"file": SimpleUploadedFile("月报.xlsx", report()), "mapping": mapping.pk}
    answer = browser.post(address, file)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "VAL-ROUNDED" in page
    assert filing.latest is None
    number = page.split('name="handed_in" value="')[1].split('"')[0]
    assert browser.post(address, {"handed_in": number, "mapping": mapping.pk}).status_code == 302
    assert filing.latest is not None
    assert filing.latest.record["units"][0]["months"][0]["fuels"][0]["net_calorific_value"] == "20.884"


@pytest.mark.parametrize("head", ["2024年6月", "六月", "2024-06", "本期", "06月份"])
def test_a_month_is_known_by_each_way_of_heading_it(filing: Filing, mapping: Mapping, head: str) -> None:
    content = report(heads=["项目", "计量单位", "同期", head, "解释说明"])
    assert month_of(filing, mapping, content)["generation"] == "241002.000"


def test_what_the_report_does_not_say_stays_as_the_last_version_has_it(
    clerk: Actor, filing: Filing, mapping: Mapping
) -> None:
    diesel = {"fuel": "diesel", "fuel_consumption": "86.20"}
    before = {"month": "2024-06", "generation": "1.000", "running_hours": "668.50", "fuels": [diesel]}
    perform("filings.save", clerk, filing, {"record": {"units": [{"unit": "1", "months": [before]}]}})
    without_hours = [row for row in ROWS if row[0] != "运行小时数"]
    month = month_of(filing, mapping, report(*without_hours))
    assert diesel in month["fuels"]
    assert month["running_hours"] == "668.50"
    assert month["generation"] == "241002.000"
    assert "VAL-BESIDE" in codes(filing, mapping, report())


def changed(name: str, at: int, value: Any) -> bytes:
    return report(*([*row[:at], value, *row[at + 1 :]] if row[0] == name else row for row in ROWS))


@pytest.mark.parametrize(
    ("content", "code", "cell"),
    [
        (report(heads=["项目", "计量单位", "4月", "5月", "解释说明"]), "XLS-TURNED", "热电联产表!2"),
        (report(title="某热电厂2023年生产月报"), "XLS-YEAR", "热电联产表!2"),
        (report(*[row for row in ROWS if row[0] != "供热量"]), "XLS-ITEM", "热电联产表"),
        (report(*ROWS, ["供热量", "GJ", 1, 2, None]), "XLS-ITEMS", "热电联产表!A10"),
        (changed("发电量", 1, "MWh"), "VAL-UNIT", "热电联产表!B3"),
        (changed("发电量", 3, "很多"), "VAL-NUMBER", "热电联产表!D3"),
        (changed("发电量", 3, "=1+1"), "XLS-FORMULA", "热电联产表!D3"),
    ],
)
def test_a_report_that_changed_is_answered_at_its_cell(
    filing: Filing, mapping: Mapping, content: bytes, code: str, cell: str
) -> None:
    assert codes(filing, mapping, content)[code] == [cell]


def test_a_report_without_a_matching_says_where_it_is_matched(browser: Client, filing: Filing) -> None:
    file = {"file": SimpleUploadedFile("月报.xlsx", report())}
    answer = browser.post(reverse("filings:upload", args=[filing.pk]), file)
    assert answer.status_code == 422
    assert "XLS-ROWWISE" in answer.content.decode()


def part_with(**item: Any) -> dict[str, Any]:
    base = {"words": "发电量", "unit": "万kWh", "level": "month", "field": "generation", "keys": {"unit": "1"}}
    return {"sheet": "热电联产表", "items": [{**base, "conversion": "10^4kWh>MWh", **item}]}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (part_with(conversion=""), "FIL-UNITS"),  # 万kWh read as MWh
        (part_with(field="colour"), "FIL-MAPPED"),
        (part_with(keys={}), "FIL-MAPPED"),
        (part_with(level="fuel", field="fuel_consumption", keys={"unit": "1", "fuel": "wood"}), "FIL-MAPPED"),
        ({**part_with(), "items": part_with()["items"] * 2}, "FIL-MAPPED"),
    ],
)
def test_a_matching_that_would_misread_is_refused(
    clerk: Actor, plant: Organisation, part: dict[str, Any], code: str
) -> None:
    data = {"organisation_id": plant.pk, "form_code": "power.month", "name": "月报", "part": part}
    with pytest.raises(Refused, match=code):
        perform("filings.map_rows", clerk, data=data)
    assert not Mapping.objects.exists()


def test_only_the_plants_own_people_match_its_report(
    approver: Actor, officer: Actor, stranger: Actor, plant: Organisation
) -> None:
    data = {"organisation_id": plant.pk, "form_code": "power.month", "name": "月报", "part": part_with()}
    for actor in (officer, stranger):
        with pytest.raises(Refused):
            perform("filings.map_rows", actor, data=data)
    perform("filings.map_rows", approver, data=data)
    assert Mapping.objects.get().organisation == plant


def test_a_matching_begins_with_the_last_one_and_its_page_names_the_items(
    browser: Client, plant: Organisation, mapping: Mapping
) -> None:
    page = browser.get(begun(browser, plant).url).content.decode()
    assert '<option value="bituminous" selected>' in page
    shown = browser.get(reverse("filings:mapping", args=[mapping.pk])).content.decode()
    assert "入炉煤低位发热量（kcal/kg）" in shown


def test_the_explanation_names_the_item_and_its_conversion(browser: Client, filing: Filing, mapping: Mapping) -> None:
    address = reverse("filings:upload", args=[filing.pk])
    file = {"file": SimpleUploadedFile("月报.xlsx", report()), "mapping": mapping.pk}
    number = browser.post(address, {**file, "dry": "1"}).content.decode().split('name="handed_in" value="')[1]
    browser.post(address, {"handed_in": number.split('"')[0], "mapping": mapping.pk})
    version = filing.latest
    assert version is not None
    words = [fact.words.zh for fact in facts_of_input(version, "units[1].months[2024-06].generation")]
    assert "生产月报 第 1 版，热电联产表 项目 发电量（万kWh），万千瓦时 → 兆瓦时" in words
