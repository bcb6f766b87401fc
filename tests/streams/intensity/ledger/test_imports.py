"""A sheet of GDP: tried, committed as one act, undone; row by row refused as the action refuses."""

import io
from decimal import Decimal

import openpyxl
import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.evidence.files import receive
from tanzhi.office.imports.work import guessed, sheet_of
from tanzhi.streams.intensity.ledger import imports
from tanzhi.streams.intensity.ledger.ledger import ledger_of

pytestmark = pytest.mark.django_db
HEADS = ["地区", "年份", "价格基期", "地区生产总值（亿元）", "数据口径", "来源"]
ENERGY_HEADS = ["Region", "Year", "Coal (10^4 tce)", "Oil (10^4 tce)", "Gas (10^4 tce)", "Vintage", "Source"]


def sheet(heads, *rows):
    book = openpyxl.Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return receive(file, "ledger.xlsx", "application/octet-stream").file.sha256


def mapping(importer, sha256):
    return guessed(importer, sheet_of(importer, sha256, Actor.platform())[0])


def test_a_ledger_is_imported_as_one_act_and_its_undoing_withdraws_the_rows(officer, province):
    file = sheet(
        HEADS, ["地区990000", 2020, 2020, "9000.00", "年报", "年鉴"], ["990000", 2021, 2020, 9630, "快报", "年鉴"]
    )
    told = {"file": file, "mapping": mapping(imports.GDP, file)}
    done = perform("intensity.gdp_import", officer, data=told).result
    ledger = ledger_of(province)
    assert {key: row.value for key, row in ledger.gdp.items()} == {(2020, 2020): "9000.00", (2020, 2021): "9630"}
    assert ledger.gdp[2020, 2021].vintage == "flash"
    perform("intensity.gdp_undo", officer, done, {"reason": "wrong yearbook"})
    assert ledger_of(province).gdp == {}


def test_a_row_that_is_wrong_is_answered_and_nothing_is_kept(officer, province):
    rows = [["990000", 2020, 2020, "9000", "年报", "年鉴"], ["990000", 2019, 2020, "8500", "年报", "年鉴"]]
    file = sheet(HEADS, *rows)
    told = {"file": file, "mapping": mapping(imports.GDP, file)}
    with pytest.raises(Refused):
        perform("intensity.gdp_import", officer, data=told)
    assert ledger_of(province).gdp == {}


def test_energy_comes_with_its_transfer_or_without(officer, province):
    heads = [*ENERGY_HEADS, "Partner", "Direction", "Electricity (10^8 kWh)", "Factor (kg/kWh)"]
    file = sheet(heads, ["Region 990000", 2020, 10, 1, 1, "annual", "book", "X", "export", 5, "0.5"],
                 ["Region 990000", 2021, 10, 1, 1, "annual", "book", "", "", "", ""])  # fmt: skip
    perform("intensity.energy_import", officer, data={"file": file, "mapping": mapping(imports.ENERGY, file)})
    found = ledger_of(province).energy
    assert (found[2020].transfers[0]["direction"], found[2021].transfers) == ("export", [])
    assert Decimal(found[2020].coal) == 10


def test_another_province_s_officer_cannot_import_here(other_officer, province):
    file = sheet(HEADS, ["990000", 2020, 2020, "9000", "年报", "年鉴"])
    told = {"file": file, "mapping": mapping(imports.GDP, file)}
    with pytest.raises(Refused):
        perform("intensity.gdp_import", other_officer, data=told)
    assert ledger_of(province).gdp == {}
