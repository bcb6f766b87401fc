"""The national platform's layout read back: the same values, and each mistake at its cell by its code."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.uploads import read_upload
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.accounting.power.base import COALS, GASES, OILS

from .national import BURNED, COAL, DIESEL, HEADS, MADE, browser_of, downloaded, record, sent, workbook

MONTH: list[list[Any]] = [
    ["生产线1", MADE, "电力", "发电量", "实测值", 146203.118, "MWh", None, None],
    [None, None, None, "运行小时数", "实测值", 668.5, "h", None, None],
]
OIL: list[Any] = ["生产线1", BURNED, "柴油", "消耗量", "实测值", 86.2, "t", None, None]


def codes(filing: Filing, content: bytes, **more: Any) -> dict[str, list[str]]:
    """What is found by reading, with the cells."""
    answer = read_upload(filing, content, "june.xlsx", **more).answer
    cells: dict[str, list[str]] = {}
    for found in answer.findings:
        cells.setdefault(found.code, []).append(found.place)
    return cells


def fuels_of(filing: Filing, content: bytes) -> list[dict[str, Any]]:
    read = read_upload(filing, content, "june.xlsx").answer.record
    return list(read["units"][0]["months"][0]["fuels"])


def measured(fuel: str) -> dict[str, str]:
    """A fuel of each sort, as it is filed: coal by its carbon, oil by default, gas by its heat."""
    if fuel in COALS:
        return COAL | {"fuel": fuel, "opening_stock": "31500.00", "closing_stock": "31487.45", "ash_air_dried": "24.90"}
    if fuel in GASES:
        return {"fuel": fuel, "fuel_consumption": "20.00", "net_calorific_value": "388.104", "received": "21.50"}
    return {"fuel": fuel, "fuel_consumption": "86.20", "opening_stock": "NR"}


@pytest.mark.parametrize("fuel", [*COALS, *OILS, *GASES])
def test_out_and_in_again_gives_the_same_values_for_each_sort_of_fuel(
    browser: Client, clerk: Actor, filing: Filing, fuel: str
) -> None:
    filed = record(measured(fuel), heat_supplied="310200.00", auxiliary_power="8123.456")
    perform("filings.save", clerk, filing, {"record": filed})
    content = downloaded(browser, filing)
    read = read_upload(filing, content, "june.xlsx").answer
    assert read.record == filed
    assert [found.code for found in read.errors] == []
    assert not [found for found in read.findings if found.code.startswith("NAT-")]
    assert sent(browser, filing, content).status_code == 409  # FIL-SAME: nothing differs from the version before


def test_what_the_layout_does_not_hold_stays_as_the_last_version_has_it(
    browser: Client, clerk: Actor, filing: Filing
) -> None:
    sample = {"sample": "1", "sample_kind": "daily", "sample_mass": "3000.00", "sample_calorific_value": "20.012"}
    coal = {name: value for name, value in COAL.items() if name != "net_calorific_value"}
    filed = record(coal | {"samples": [sample], "report_date": "2024-07-02"})
    perform("filings.save", clerk, filing, {"record": filed})
    content = downloaded(browser, filing)
    assert read_upload(filing, content, "june.xlsx").answer.record == filed
    assert codes(filing, content)["VAL-BESIDE"]


def test_the_rows_of_the_copy_that_was_seen_are_read(filing: Filing) -> None:
    """Line, source and material stand once and hold for the rows below; carbon of 0.5812 tC/t is 58.12 %."""
    rows: list[list[Any]] = [
        ["生产线1", BURNED, "天然气", "消耗量", "实测值", 20, "10⁴Nm³", None],
        [None, None, None, "低位发热量", "缺省值", 389.31, "GJ/10⁴Nm³", None],
        [None, None, None, "单位热值含碳量", "缺省值", 0.01532, "tC/GJ", None],
        [None, None, "烟煤", "空气干燥基元素碳含量", "实测值", 0.5812, "tC/t", None],
    ]
    content = workbook(*rows, heads=HEADS[:8])
    assert fuels_of(filing, content) == [
        {"fuel": "natural_gas", "fuel_consumption": "20.00"},
        {"fuel": "bituminous", "carbon_air_dried": "58.12"},
    ]
    found = codes(filing, content)
    # Of the line the generation and the hours, of the coal how much was burned.
    assert found["NAT-MISSING"] == ["Sheet1!A2", "Sheet1!A2", "Sheet1!C5"]
    assert "FORM-REQUIRED" not in found


def without(row: list[Any], at: int, value: Any) -> list[Any]:
    return [*row[:at], value, *row[at + 1 :]]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (without(OIL, 0, "生产线9"), "NAT-LINE", "Sheet1!A4"),
        (without(OIL, 1, "化石燃料燃烧排放-发电-2023"), "NAT-PERIOD", "Sheet1!B4"),
        (without(OIL, 1, "水泥熟料-2024"), "NAT-SOURCE", "Sheet1!B4"),
        (without(OIL, 2, "原煤"), "NAT-MATERIAL", "Sheet1!C4"),
        (without(OIL, 3, "含硫量"), "NAT-PARAMETER", "Sheet1!D4"),
        (without(OIL, 4, "估计值"), "NAT-METHOD", "Sheet1!E4"),
        (without(OIL, 4, None), "NAT-METHOD", "Sheet1!E4"),
        (without(OIL, 5, "很多"), "VAL-NUMBER", "Sheet1!F4"),
        (without(OIL, 5, None), "NAT-MISSING", "Sheet1!F4"),
        (without(OIL, 6, "10⁴Nm³"), "NAT-UNIT", "Sheet1!G4"),
        (without(OIL, 6, None), "NAT-UNIT", "Sheet1!G4"),
        (without(OIL, 6, "升"), "NAT-UNIT", "Sheet1!G4"),
    ],
)
def test_a_wrong_row_is_one_mistake_at_its_cell(
    browser: Client, filing: Filing, row: list[Any], code: str, cell: str
) -> None:
    content = workbook(*MONTH, row)
    errors = read_upload(filing, content, "june.xlsx").answer.errors
    assert [(error.code, error.place) for error in errors] == [(code, cell)]
    answer = sent(browser, filing, content)
    assert answer.status_code == 422
    assert f'cellref">{cell}<' in answer.content.decode()
    assert filing.latest is None


def test_a_parameter_that_stands_twice_is_told_with_the_first(filing: Filing) -> None:
    found = codes(filing, workbook(*MONTH, OIL, OIL))
    assert found["NAT-TWICE"] == ["Sheet1!D5"]


def test_a_wrong_material_is_told_once_for_the_rows_below_it(filing: Filing) -> None:
    below = [None, None, None, "低位发热量", "实测值", 42, "GJ/t", None, None]
    found = codes(filing, workbook(*MONTH, without(OIL, 2, "木炭块"), below))
    assert found["NAT-MATERIAL"] == ["Sheet1!C4"]


@pytest.mark.parametrize(("heads", "said"), [([h for h in HEADS if h != "单位"], "单位"), ([*HEADS, "数值"], "数值")])
def test_a_heading_that_is_missing_or_stands_twice_is_told(filing: Filing, heads: list[str], said: str) -> None:
    errors = read_upload(filing, workbook(OIL, heads=heads), "june.xlsx").answer.errors
    assert [(error.code, error.found) for error in errors] == [("NAT-COLUMN", said)]


def test_a_sheet_that_is_named_by_another_month_and_a_whole_year_are_refused(filing: Filing) -> None:
    assert codes(filing, workbook(*MONTH, OIL, title="2024-05"))["NAT-PERIOD"] == ["2024-05"]
    assert "NAT-PERIOD" not in codes(filing, workbook(*MONTH, OIL, title="2024-06"))
    assert codes(filing, workbook(*MONTH, OIL), all_months=True) == {"NAT-MONTHS": ["Sheet1"]}


@pytest.mark.parametrize(
    ("at", "unit", "number", "value"),
    [
        (0, "万kWh", 14620.3118, "146203.118"),  # 1 万kWh = 10 MWh
        (0, "kWh", 146203118, "146203.118"),
        (2, "kg", 86200, "86.20"),
        (2, "万t", 0.00862, "86.20"),
    ],
)
def test_another_unit_is_converted_exactly_and_told(
    filing: Filing, at: int, unit: str, number: Any, value: str
) -> None:
    rows = [*MONTH, OIL]
    rows[at] = without(without(rows[at], 5, number), 6, unit)
    content = workbook(*rows)
    month = read_upload(filing, content, "june.xlsx").answer.record["units"][0]["months"][0]
    assert value in (month["generation"], month["fuels"][0]["fuel_consumption"])
    assert codes(filing, content)["VAL-CONVERTED"] == [f"Sheet1!G{at + 2}"]


def test_a_default_that_is_not_the_laws_is_refused_and_the_laws_own_is_no_input(filing: Filing) -> None:
    """Annex A: diesel 42.652 GJ/t."""
    heat: list[Any] = [None, None, None, "低位发热量", "缺省值", 42.652, "GJ/t", None, None]
    right = workbook(*MONTH, OIL, heat)
    assert "NAT-DEFAULT" not in codes(filing, right)
    assert fuels_of(filing, right) == [DIESEL]
    wrong = read_upload(filing, workbook(*MONTH, OIL, without(heat, 5, 42.6521)), "june.xlsx").answer
    assert [(f.code, f.place, f.found) for f in wrong.errors] == [("NAT-DEFAULT", "Sheet1!F5", "42.6521")]
    assert "42.652" in wrong.errors[0].expected.zh


def test_a_computed_value_is_set_beside_ours_and_taken_where_there_is_nothing_to_compute_it_from(
    filing: Filing,
) -> None:
    """0.5783 × (100 − 13.02) / (100 − 4.21) = 0.52511."""
    rows: list[list[Any]] = [
        ["生产线1", BURNED, "烟煤", "消耗量", "实测值", 64012.55, "t", None, None],
        [None, None, None, "空气干燥基元素碳含量", "实测值", 0.5783, "tC/t", None, "R-2024-06"],
        [None, None, None, "空气干燥基水分", "实测值", 4.21, "%", None, None],
        [None, None, None, "收到基水分", "实测值", 13.02, "%", None, None],
        [None, None, None, "低位发热量", "计算值", 20.012, "GJ/t", None, None],
        [None, None, None, "收到基元素碳含量", "计算值", 0.5251, "tC/t", None, None],
    ]
    content = workbook(*MONTH, *rows)
    assert fuels_of(filing, content) == [COAL]
    found = codes(filing, content)
    assert found["NAT-STATED"] == ["Sheet1!F8"]  # no sample from which the heat would follow
    assert "NAT-COMPUTED" not in found
    rows[5] = without(rows[5], 5, 0.5252)
    assert codes(filing, workbook(*MONTH, *rows))["NAT-COMPUTED"] == ["Sheet1!F9"]


def test_a_formula_and_a_hidden_row_are_refused_at_their_cells(filing: Filing) -> None:
    assert codes(filing, workbook(*MONTH, without(OIL, 5, "=80+6.2")))["XLS-FORMULA"] == ["Sheet1!F4"]


def test_the_file_comes_back_with_its_wrong_cells_marked(browser: Client, filing: Filing) -> None:
    page = sent(browser, filing, workbook(*MONTH, without(OIL, 5, "很多"))).content.decode()
    address = re.search(r'href="([^"]+marked\.xlsx)"', page)
    assert address is not None
    book = openpyxl.load_workbook(io.BytesIO(browser.get(address[1]).content))
    assert book["Sheet1"]["F4"].value == "很多"
    assert "VAL-NUMBER" in book["Sheet1"]["F4"].comment.text
    assert [cell.value for cell in book["Sheet1"][1]] == HEADS


def test_the_file_is_tried_then_saved_and_its_values_are_the_months(browser: Client, filing: Filing) -> None:
    dry = sent(browser, filing, workbook(*MONTH, OIL), dry="1").content.decode()
    assert filing.latest is None
    number = re.search(r'name="handed_in" value="(\d+)"', dry)
    assert number is not None
    answer = browser.post(reverse("filings:upload", args=[filing.pk]), {"handed_in": number[1]})
    assert answer.status_code == 302
    assert filing.latest is not None
    assert filing.latest.record == record(DIESEL)
    assert Decimal(filing.latest.record["units"][0]["months"][0]["generation"]) == Decimal("146203.118")


def test_a_stranger_and_an_officer_cannot_bring_a_file_in(
    officer: Actor, stranger: Actor, plant: Organisation, filing: Filing
) -> None:
    content = workbook(*MONTH, OIL)
    assert sent(browser_of(stranger), filing, content).status_code == 404
    assert sent(browser_of(officer), filing, content).status_code in (403, 404)
    assert filing.latest is None
