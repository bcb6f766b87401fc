"""Laboratory reports are records; a month's measured values come from them and count with one on record."""

from __future__ import annotations

import copy
import io
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.evidence.models import Entry, Payload
from tanzhi.filings.laboratory.model import ON_RECORD, WITHDRAWN, LaboratoryReport
from tanzhi.filings.months.carried import carried_over
from tanzhi.filings.months.status import standing_of
from tests import factories
from tests.filings.laboratory.reports import report
from tests.filings.months.test_history import COAL, opened

FUEL = "units[1].months[2023-06].fuels[bituminous]"
IN_TWO_DAYS = (clock.today() + timedelta(days=2)).isoformat()
pytestmark = pytest.mark.django_db


def month(period: str = "2023-06", **coal: str) -> dict:
    row = {"month": period, "generation": "146203.118", "running_hours": "668.50", "fuels": [{**COAL, **coal}]}
    return {"units": [{"unit": "1", "months": [row]}]}


def on_record(clerk, plant, **values) -> LaboratoryReport:
    data = {"organisation_id": plant.pk, "report": report(**values)}
    return perform("filings.record_report", clerk, data=data).result


def laboratory_findings(filing) -> set[tuple[str, str]]:
    return {(f.code, f.field) for f in standing_of(filing).findings if f.code.startswith("LAB-")}


def filed(clerk, plant, record, period="2023-06"):
    filing = opened(clerk, plant, period)
    perform("filings.save", clerk, filing, {"record": record})
    filing.refresh_from_db()
    return filing


def codes(act) -> set[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        act()
    return {(finding.code, finding.field) for finding in refused.value.findings}


# --- records -----------------------------------------------------------------------------------------------


def test_a_report_is_kept_as_it_was_recorded_with_its_digest_in_the_log(clerk, plant, unit):
    kept = on_record(clerk, plant, unit="1")
    assert (kept.number, kept.month, kept.unit, kept.material) == ("T-2023-06", "2023-06", "1", "bituminous")
    assert kept.row["hydrogen_air_dried"] == "3.61"
    entry = Entry.objects.get(kind="filings.record_report")
    assert kept.digest in " ".join(bytes(part.content or b"").decode() for part in Payload.objects.filter(entry=entry))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"unit": "9"}, ("LAB-UNIT", "unit")),
        ({"received_on": "2023-06-19"}, ("LAB-DATES", "reported_on")),  # before it was sampled
        ({"tested_on": "2023-06-28"}, ("LAB-DATES", "reported_on")),  # after it was reported
        (
            {"reported_on": IN_TWO_DAYS},
            ("LAB-DATES", "reported_on"),
        ),  # not yet there
        ({"laboratory": ""}, ("FORM-REQUIRED", "laboratory")),
        ({"material": "diesel"}, ("VAL-OPTION", "material")),
        ({"carbon_air_dried": "100.01"}, ("FORM-MAXIMUM", "carbon_air_dried")),
        ({"reported_on": "某日"}, ("VAL-DATE", "reported_on")),
    ],
)
def test_a_wrong_report_is_refused_at_its_field(clerk, plant, unit, values, expected):
    assert codes(lambda: on_record(clerk, plant, **values)) == {expected}
    assert not LaboratoryReport.objects.exists()


def test_a_report_without_any_measured_value_says_nothing(clerk, plant, unit):
    blank = dict.fromkeys(
        ("carbon_air_dried", "moisture_air_dried", "hydrogen_air_dried", "total_sulphur", "net_calorific_value"), ""
    )
    assert codes(lambda: on_record(clerk, plant, **blank)) == {("LAB-BLANK", "carbon_air_dried")}


def test_a_number_is_on_record_once_and_free_again_after_it_was_withdrawn(clerk, plant, unit):
    first = on_record(clerk, plant)
    assert codes(lambda: on_record(clerk, plant)) == {("LAB-NUMBER", "report")}
    perform("filings.withdraw_report", clerk, first, {"reason": "编号录错"})
    first.refresh_from_db()
    assert first.state == WITHDRAWN
    assert on_record(clerk, plant).state == ON_RECORD


def test_several_are_recorded_at_once_or_none(clerk, plant, unit):
    rows = [report("2023-06"), report("2023-07"), report("2023-08", unit="9")]
    data = {"organisation_id": plant.pk, "record": {"reports": rows}}
    assert codes(lambda: perform("filings.record_reports", clerk, data=data)) == {("LAB-UNIT", "unit")}
    assert not LaboratoryReport.objects.exists()
    rows[2] = report("2024-01")  # of another year
    perform("filings.record_reports", clerk, data=data)
    assert set(LaboratoryReport.objects.values_list("month", flat=True)) == {"2023-06", "2023-07", "2024-01"}
    twice = {"organisation_id": plant.pk, "record": {"reports": [report("2023-09"), report("2023-09")]}}
    assert codes(lambda: perform("filings.record_reports", clerk, data=twice)) == {("FORM-REPEATED", "report")}


def test_what_is_no_table_of_reports_is_refused(clerk, plant):
    for record in ({}, {"reports": []}, {"reports": [report()], "units": []}):
        with pytest.raises(Refused) as refused:
            perform("filings.record_reports", clerk, data={"organisation_id": plant.pk, "record": record})
        assert refused.value.code == "FIL-SHAPE"


def test_the_database_refuses_to_change_what_a_report_says(clerk, plant, unit):
    kept = on_record(clerk, plant)
    with pytest.raises(DatabaseError), transaction.atomic():
        LaboratoryReport.objects.filter(pk=kept.pk).update(values="{}")


def test_nobody_records_for_another_plant(clerk, officer, plant, unit, world):
    for who, whose in ((officer, plant), (clerk, world.other_plant)):
        with pytest.raises(Refused) as refused:
            on_record(who, whose)
        assert refused.value.status in (403, 404)


# --- months ------------------------------------------------------------------------------------------------


def test_a_measured_value_needs_a_report_on_record(clerk, plant, unit):
    filing = filed(clerk, plant, month())
    assert laboratory_findings(filing) == {("LAB-REPORT", "report_number")}
    perform("filings.save", clerk, filing, {"record": month(report_number="T-2023-06")})
    assert laboratory_findings(filing) == {("LAB-REPORT", "report_number")}  # named, and not on record
    kept = on_record(clerk, plant)
    assert laboratory_findings(filing) == set()
    perform("filings.save", clerk, filing, {"record": month()})  # nobody may rest on it to withdraw it
    perform("filings.withdraw_report", clerk, kept, {"reason": "编号录错"})
    perform("filings.save", clerk, filing, {"record": month(report_number="T-2023-06")})
    assert laboratory_findings(filing) == {("LAB-REPORT", "report_number")}


@pytest.mark.parametrize(("period", "needed"), [("2022-03", False), ("2022-04", True)])
def test_since_the_month_in_which_reports_are_deposited_with_the_data(clerk, plant, unit, period, needed):
    filing = filed(clerk, plant, month(period), period)
    assert bool(laboratory_findings(filing)) is needed


@pytest.mark.parametrize(("value", "needed"), [("0", False), ("1", True)])
def test_whether_a_report_is_needed_is_entered(clerk, plant, unit, enter, value, needed):
    enter(guideline="procedure", parameter="laboratory_report_required", keys={}, value=value, unit="1",
          since="2023-01-01", supersedes=True, source="公告第7号，二")  # fmt: skip
    assert bool(laboratory_findings(filed(clerk, plant, month()))) is needed


def test_a_default_value_needs_none_and_a_sample_that_was_tested_does(clerk, plant, unit):
    default = month(carbon_air_dried="", moisture_air_dried="")
    filing = filed(clerk, plant, default)
    assert laboratory_findings(filing) == set()
    sampled = copy.deepcopy(default)
    fuel = sampled["units"][0]["months"][0]["fuels"][0]
    fuel["samples"] = [{"sample": "A-1", "sample_mass": "100.00", "sample_carbon_stated": "0.5512"}]
    perform("filings.save", clerk, filing, {"record": sampled})
    assert laboratory_findings(filing) == {("LAB-REPORT", "report_number")}


@pytest.mark.parametrize(
    "values", [{"month": "2023-05"}, {"material": "lignite"}, {"unit": "2"}], ids=["month", "material", "unit"]
)
def test_a_report_on_something_else_does_not_count(clerk, plant, unit, facility, officer, values):
    if "unit" in values:
        factories.unit(facility, "2")
    on_record(clerk, plant, report="T-2023-06", **values)
    filing = filed(clerk, plant, month(report_number="T-2023-06"))
    assert ("LAB-OTHER", "report_number") in laboratory_findings(filing)


def test_each_value_is_that_of_the_report(clerk, plant, unit):
    on_record(clerk, plant, ash_air_dried="24.10")
    values = {"report_number": "T-2023-06", "ash_air_dried": "24.11", "laboratory_mark": "cnas"}
    filing = filed(clerk, plant, month(**values, report_date="2023-06-27"))
    assert laboratory_findings(filing) == {("LAB-VALUE", "ash_air_dried"), ("LAB-VALUE", "laboratory_mark")}
    perform("filings.save", clerk, filing, {"record": month(report_number="T-2023-06", ash_air_dried="24.1")})
    assert laboratory_findings(filing) == set()  # the same number, written shorter


def test_a_month_takes_its_values_from_the_report(clerk, plant, unit):
    on_record(clerk, plant, carbon_air_dried="58.02")
    filing = filed(clerk, plant, month(carbon_air_dried="", moisture_air_dried=""))
    perform("filings.take_reports", clerk, filing)
    filing.refresh_from_db()
    row = filing.latest.record["units"][0]["months"][0]["fuels"][0]
    taken = (
        "report_number",
        "carbon_air_dried",
        "moisture_air_dried",
        "sampling_date",
        "report_date",
        "laboratory_mark",
    )
    expected = ["T-2023-06", "58.02", "4.26", "2023-06-20", "2023-06-27", "cma"]
    assert [row[name] for name in taken] == expected
    assert row["net_calorific_value"] == COAL["net_calorific_value"]  # never that of the carbon report
    assert laboratory_findings(filing) == set()
    with pytest.raises(Refused) as refused:
        perform("filings.take_reports", clerk, filing)
    assert refused.value.code == "LAB-NOTHING"


def test_of_two_reports_the_plant_says_which_one_counts(clerk, plant, unit):
    on_record(clerk, plant, report="A")
    on_record(clerk, plant, report="B", carbon_air_dried="58.02")
    filing = filed(clerk, plant, month(carbon_air_dried="", moisture_air_dried=""))
    with pytest.raises(Refused) as refused:
        perform("filings.take_reports", clerk, filing)
    assert refused.value.code == "LAB-NOTHING"
    perform("filings.save", clerk, filing, {"record": month(report_number="B", carbon_air_dried="")})
    perform("filings.take_reports", clerk, filing)
    filing.refresh_from_db()
    assert filing.latest.record["units"][0]["months"][0]["fuels"][0]["carbon_air_dried"] == "58.02"


def test_a_new_month_begins_with_what_its_report_says(clerk, plant, unit):
    filed(clerk, plant, month("2023-05"), "2023-05")
    on_record(clerk, plant)
    carried = carried_over(opened(clerk, plant, "2023-06"))
    row = carried.record["units"][0]["months"][0]["fuels"][0]
    assert (row["report_number"], row["carbon_air_dried"]) == ("T-2023-06", "57.83")
    assert f"{FUEL}.carbon_air_dried" in carried.cells


def test_a_report_on_which_a_month_rests_is_not_withdrawn(clerk, plant, unit):
    kept = on_record(clerk, plant)
    filing = filed(clerk, plant, month(report_number="T-2023-06"))
    with pytest.raises(Refused) as refused:
        perform("filings.withdraw_report", clerk, kept, {"reason": "编号录错"})
    assert refused.value.code == "LAB-USED"
    assert "2023-06" in refused.value.message.zh
    perform("filings.save", clerk, filing, {"record": month(carbon_air_dried="")})
    perform("filings.withdraw_report", clerk, kept, {"reason": "编号录错"})


# --- pages -------------------------------------------------------------------------------------------------


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def browser(clerk_person) -> Client:
    return signed_in(clerk_person)


def reader(name, role, organisation) -> Client:
    return signed_in(factories.person(name, (role, organisation), password=factories.PASSWORD))


def text(answer) -> str:
    return answer.content.decode()


def test_reports_are_for_their_plant_its_authorities_and_nobody_else(clerk, browser, plant, unit, world):
    kept = on_record(clerk, plant)
    address, listing = reverse("filings:laboratory_report", args=[kept.pk]), reverse("filings:laboratory_reports")
    officer = reader("reader", "provincial_officer", world.authority)
    city = reader("city", "city_officer", world.city_authority)
    for who in (browser, officer, city):
        assert "57.83" in text(who.get(address))
        assert "T-2023-06" in text(who.get(listing))
    outside = reader("outside", "enterprise_filer", world.other_plant)
    assert outside.get(address).status_code == 404
    assert "T-2023-06" not in text(outside.get(listing))
    assert Client().get(address).status_code == 302  # to sign in


def typed(row: dict[str, str]) -> dict[str, str]:
    return {f"report-0-{name}": value for name, value in row.items()}


def test_reports_are_typed_in_and_nothing_typed_is_lost(browser, plant, unit):
    save = reverse("filings:save_laboratory", args=[plant.pk, 2023])
    refused = browser.post(save, typed(report(laboratory="某某检测有限公司", tested_on="2023-06-19")))
    words = refused.content.decode()
    assert refused.status_code == 422
    assert "LAB-DATES" in words
    assert "某某检测有限公司" in words
    assert 'value="T-2023-06"' in words
    assert not LaboratoryReport.objects.exists()
    assert browser.post(save, typed(report())).status_code == 302
    assert LaboratoryReport.objects.get().number == "T-2023-06"


def test_the_template_comes_back_filled(browser, plant, unit):
    template = browser.get(reverse("filings:laboratory_template", args=[plant.pk, 2023])).content
    book = load_workbook(io.BytesIO(template))
    sheet = next(each for each in book if any(cell.value == "carbon_air_dried" for row in each.rows for cell in row))
    at, names = next(
        (number, [cell.value for cell in row])
        for number, row in enumerate(sheet.rows, start=1)
        if any(cell.value == "carbon_air_dried" for cell in row)
    )
    first = sheet.max_row + 1
    for name, value in report().items():
        sheet.cell(first, names.index(name) + 1, value)
    assert at < first
    filled = io.BytesIO()
    book.save(filled)
    filled.seek(0)
    filled.name = "reports.xlsx"
    save = reverse("filings:save_laboratory", args=[plant.pk, 2023])
    answer = browser.post(save, {"file": filled})
    assert answer.status_code == 302, answer.content.decode()
    assert json.loads(LaboratoryReport.objects.get().values)["carbon_air_dried"] == "57.83"


def test_a_year_that_is_none_and_a_plant_of_others_are_nowhere(browser, plant, world):
    officer = reader("reader", "provincial_officer", world.authority)
    for who, year in ((browser, 2018), (browser, 2999), (officer, 2023)):
        assert who.get(reverse("filings:record_laboratory", args=[plant.pk, year])).status_code == 404


def test_the_month_has_its_reports_beside_it(clerk, browser, plant, unit):
    filing = filed(clerk, plant, month(carbon_air_dried=""))
    page = reverse("filings:filing", args=[filing.pk])
    assert "本月还没有登记检测报告" in text(browser.get(page))
    on_record(clerk, plant)
    assert "T-2023-06" in text(browser.get(page))
    assert "take_reports" in text(browser.get(page))
    browser.post(reverse("filings:act", args=[filing.pk, "take_reports"]), {"seen": filing.revision})
    filing.refresh_from_db()
    assert filing.latest.record["units"][0]["months"][0]["fuels"][0]["report_number"] == "T-2023-06"
    assert "take_reports" not in text(browser.get(page))  # there is nothing more to take
    kept = LaboratoryReport.objects.get()
    assert f'<a href="{page}">2023-06</a>' in text(browser.get(kept.get_absolute_url()))
