"""A month goes out in the national platform's layout: words, units, methods, and who may take it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from django.test import Client
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.intake.national_layout import month_layout
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.accounting.power.base import GASES
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.yaml_files import read_yaml

from .national import BURNED, COAL, DIESEL, GAS, HEADS, MADE, browser_of, downloaded, record, rows_in


def test_a_month_goes_out_in_the_platforms_words_with_carbon_in_tonnes_by_tonne(
    browser: Client, clerk: Actor, filing: Filing
) -> None:
    perform("filings.save", clerk, filing, {"record": record(COAL, DIESEL, GAS)})
    heads, *rows = rows_in(downloaded(browser, filing))
    assert list(heads) == HEADS
    said = {(row[1], row[2], row[3]): row[4:7] for row in rows}
    assert {row[0] for row in rows} == {"生产线1"}
    assert said[BURNED, "烟煤", "消耗量"] == ("实测值", 64012.55, "t")
    assert said[BURNED, "烟煤", "空气干燥基元素碳含量"] == ("实测值", 0.5783, "tC/t")  # 57.83 %
    # 0.5783 × (100 − 13.02) / (100 − 4.21) = 0.52511
    assert said[BURNED, "烟煤", "收到基元素碳含量"] == ("计算值", 0.5251, "tC/t")
    assert said[BURNED, "天然气", "消耗量"] == ("实测值", 20, "10⁴Nm³")
    # Annex A of the power guide: natural gas 389.31 GJ/10⁴Nm³, 0.01532 tC/GJ; diesel 42.652 GJ/t, 0.02020 tC/GJ, 98 %
    assert said[BURNED, "天然气", "低位发热量"] == ("缺省值", 389.31, "GJ/10⁴Nm³")
    assert said[BURNED, "天然气", "单位热值含碳量"] == ("缺省值", 0.01532, "tC/GJ")
    assert said[BURNED, "柴油", "低位发热量"] == ("缺省值", 42.652, "GJ/t")
    assert said[BURNED, "柴油", "单位热值含碳量"] == ("缺省值", 0.0202, "tC/GJ")
    assert said[BURNED, "柴油", "碳氧化率"] == ("缺省值", 98, "%")
    assert said[MADE, "电力", "发电量"] == ("实测值", 146203.118, "MWh")
    assert (BURNED, "烟煤", "单位热值含碳量") not in said  # its carbon was measured
    carbon = next(row for row in rows if row[2:4] == ("烟煤", "空气干燥基元素碳含量"))
    assert carbon[8] == "R-2024-06"


def test_a_text_that_begins_like_a_formula_goes_out_as_text(browser: Client, clerk: Actor, filing: Filing) -> None:
    perform("filings.save", clerk, filing, {"record": record(COAL | {"report_number": "=1+1"})})
    (sheet,) = openpyxl.load_workbook(io.BytesIO(downloaded(browser, filing))).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_who_sees_the_month_may_take_it_out_and_a_stranger_finds_nothing(
    clerk: Actor, approver: Actor, officer: Actor, stranger: Actor, filing: Filing
) -> None:
    address = reverse("filings:national", args=[filing.pk])
    assert browser_of(clerk).get(address).status_code == 404  # nothing is filed yet
    perform("filings.save", clerk, filing, {"record": record(DIESEL)})
    version = reverse("filings:national_version", args=[filing.pk, 1])
    for actor in (clerk, approver, officer):
        assert browser_of(actor).get(address).status_code == 200, actor
        assert browser_of(actor).get(version).status_code == 200, actor
    assert browser_of(stranger).get(address).status_code == 404
    assert browser_of(stranger).get(version).status_code == 404
    assert browser_of(clerk).get(reverse("filings:national_version", args=[filing.pk, 2])).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_month_and_its_version_lead_to_the_file_and_a_year_does_not(
    browser: Client, clerk: Actor, plant: Organisation, filing: Filing
) -> None:
    address = reverse("filings:national", args=[filing.pk])
    page = reverse("filings:filing", args=[filing.pk])
    assert address not in browser.get(page).content.decode()
    perform("filings.save", clerk, filing, {"record": record(DIESEL)})
    assert address in browser.get(page).content.decode()
    of_version = browser.get(reverse("filings:version", args=[filing.pk, 1])).content.decode()
    assert reverse("filings:national_version", args=[filing.pk, 1]) in of_version
    data = {"form_code": "power.year", "organisation_id": plant.pk, "period": "2024"}
    year: Filing = perform("filings.open", clerk, data=data).result
    assert browser.get(reverse("filings:national", args=[year.pk])).status_code == 404


def test_what_is_measured_by_volume_is_what_the_law_gives_a_default_by_volume() -> None:
    """The layout's list of gases against the units of the parameter file: refinery gas goes by the tonne."""
    layout = month_layout(guidelines()["power"], "month", 2024)
    assert layout is not None
    folder = Path(__file__).parents[3] / "src" / "tanzhi" / "rulebook" / "parameters" / "power"
    (table,) = read_yaml(folder / "default_net_calorific_value.yaml")
    by_volume = {row["fuel"] for row in table["values"] if row.get("unit", "").startswith("GJ/10^4")}
    assert layout.by_volume == by_volume
    assert by_volume < set(GASES)


def test_every_number_of_the_form_has_a_row_in_the_layout() -> None:
    for year in (2021, 2024, 2026):
        layout = month_layout(guidelines()["power"], "month", year)
        assert layout is not None
        numbers = {f.name for table in (layout.month, layout.material) for f in table.fields if f.kind == "number"}
        assert {p.field.name for p in layout.parameters if p.field} == numbers
        words = [(p.source.code, name) for p in layout.parameters for name in (p.words, *p.also)]
        assert len(words) == len(set(words))
