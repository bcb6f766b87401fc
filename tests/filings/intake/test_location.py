"""A wrong cell is told by the check that knows why, at its cell and in words."""

import io

import openpyxl
import pytest

from tanzhi.actions.perform import perform
from tanzhi.filings.intake import template
from tanzhi.filings.intake.location import Teller
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.status import form_of, standing_of
from tanzhi.filings.months.uploads import read_upload
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.presentation.locations import month_words

COAL = {
    "fuel": "bituminous", "fuel_consumption": "64012.55", "carbon_air_dried": "57.83", "moisture_air_dried": "4.21",
    "moisture_as_received": "13.02", "net_calorific_value": "20.012",
}  # fmt: skip


@pytest.fixture
def filing(clerk, plant):
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2024-06"}
    return perform("filings.open", clerk, data=data).result


def read_with(filing, **instead):
    """June's workbook with some of the coal's cells written otherwise."""
    month = {"month": "2024-06", "generation": "146203.118", "running_hours": "668.50", "fuels": [COAL]}
    record = {"units": [{"unit": "1", "months": [month]}]}
    spec = form_of(filing)
    book = openpyxl.load_workbook(io.BytesIO(template(spec, Prefill(filing.organisation.code, "2024-06", record))))
    sheet = next(s for s in book if "fuel_consumption" in [cell.value for cell in s[1]])
    columns = [cell.value for cell in sheet[1]]
    for name, value in instead.items():
        sheet.cell(5, columns.index(name) + 1, value)
    target = io.BytesIO()
    book.save(target)
    return read_upload(filing, target.getvalue(), "六月.xlsx").answer


@pytest.mark.parametrize(
    ("field", "value", "code", "label"),
    [
        ("carbon_air_dried", 0.5783, "PWR-107", "空干基元素碳"),
        ("carbon_air_dried", 0.58, "PWR-107", "空干基元素碳"),
        ("fuel_consumption", 64012550, "PWR-108", "消耗量（气体为万Nm³）"),
        ("net_calorific_value", 20012, "PWR-109", "收到基低位发热量"),
    ],
)
def test_a_wrong_magnitude_is_told_first_and_with_its_remedy(filing, field, value, code, label):
    answer = read_with(filing, **{field: value})
    first = answer.findings[0]
    assert (first.code, first.severity) == (code, "error")
    assert first.remedy is not None
    told = Teller(guideline_of(filing.form_code), form_of(filing), answer.places).tell(first)
    assert told.words.zh == f"1号机组，2024年6月，烟煤，{label}"
    assert told.words.en.startswith("Unit 1, June 2024, Bituminous coal, ")
    assert told.cell.endswith("5")
    assert "FORM-DECIMALS" not in {f.code for f in answer.findings}


@pytest.mark.parametrize(("written", "kept"), [(57.83, ""), (57.834, "57.83"), (57.835, "57.84"), (57.8312, "57.83")])
def test_too_many_decimals_alone_are_rounded_half_up_and_told_with_both_values(filing, written, kept):
    answer = read_with(filing, carbon_air_dried=written)
    assert answer.errors == []
    rounded = [f for f in answer.findings if f.code == "VAL-ROUNDED"]
    assert [(f.severity, f.found) for f in rounded] == ([("question", str(written))] if kept else [])
    assert all(kept in f.expected.zh for f in rounded)
    assert answer.record["units"][0]["months"][0]["fuels"][0]["carbon_air_dried"] == (kept or "57.83")


def test_a_program_that_files_a_record_is_refused_what_a_file_has_rounded(clerk, filing):
    month = {"month": "2024-06", "generation": "146203.118", "running_hours": "668.50"}
    record = {"units": [{"unit": "1", "months": [{**month, "fuels": [{**COAL, "carbon_air_dried": "57.8312"}]}]}]}
    perform("filings.save", clerk, filing, {"record": record})
    assert "FORM-DECIMALS" in {found.code for found in standing_of(filing).errors}


def test_a_month_is_spoken_and_a_year_stays(filing):
    assert (month_words("2024-06").zh, month_words("2024-06").en) == ("2024年6月", "June 2024")
    assert month_words("2024").en == "2024"
