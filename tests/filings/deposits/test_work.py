"""A month from the first value to the receipt, and everything that may go wrong on the way."""

import base64
import re

import pytest
from django.db import DatabaseError, transaction

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.deposits import work
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.model import Filing, Result, Version
from tanzhi.filings.months.status import form_of, standing_of
from tanzhi.filings.results.results import recomputed
from tanzhi.presentation.forms.buttons import buttons

MONTH = {
    "month": "2023-06",
    "generation": "146203.118",
    "running_hours": "668.50",
    "fuels": [{"fuel": "diesel", "fuel_consumption": "86.20"}],
}
RECORD = {"units": [{"unit": "1", "months": [MONTH]}]}


@pytest.fixture
def filing(clerk, plant):
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    return perform("filings.open", clerk, data=data).result


def saved(clerk, filing, record=RECORD):
    return perform("filings.save", clerk, filing, {"record": record}).result


def answered(clerk, filing):
    for found in standing_of(filing).unanswered:
        said = {"code": found.code, "where": found.place, "text": "已核对原始记录"}
        perform("filings.answer", clerk, filing, {"answers": [said]})
    return filing


def deposited(clerk, approver, filing):
    answered(clerk, saved(clerk, filing))
    perform("filings.check", clerk, filing)
    return perform("filings.deposit", approver, filing)


def uploaded(content: bytes, name="六月.xlsx", **more):
    return {"content": base64.b64encode(content).decode(), "name": name, **more}


def test_a_month_is_due_forty_natural_days_after_its_end(filing):
    assert filing.due_on.isoformat() == "2023-08-09"  # 30 June + 31 days of July + 9


def test_opening_the_same_month_twice_gives_the_same_filing(clerk, plant, filing):
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    assert perform("filings.open", clerk, data=data).result.pk == filing.pk


def test_a_deposit_computes_results_and_leaves_the_digest_of_its_values_in_the_log(clerk, approver, filing):
    outcome = deposited(clerk, approver, filing)
    filing.refresh_from_db()
    version = filing.deposited_version
    assert filing.state == "deposited"
    assert version.digest.encode() in bytes(outcome.entry.parts.get(part="particulars").content)
    burned = Result.objects.get(filing=filing, quantity="combustion_emission")
    # 42.652 GJ/t × 0.0202 tC/GJ = 0.8616 tC/t as reported; 86.20 t × 0.8616 × 98 % × 44/12 = 266.877 tCO2
    assert burned.value == "266.88"
    assert recomputed(filing, version) == []


def test_a_deposit_after_the_fortieth_day_is_late(clerk, approver, filing):
    deposited(clerk, approver, filing)
    filing.refresh_from_db()
    assert filing.late


def test_a_clerk_may_not_deposit(clerk, filing):
    answered(clerk, saved(clerk, filing))
    perform("filings.check", clerk, filing)
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform("filings.deposit", clerk, filing)


def test_a_stranger_does_not_learn_that_the_filing_exists(stranger, filing):
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("filings.save", stranger, filing, {"record": RECORD})


def test_an_officer_may_not_write_into_a_filing(officer, filing):
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("filings.save", officer, filing, {"record": RECORD})


def test_an_officer_sees_his_province_and_no_other(officer, other_officer, filing):
    assert list(Filing.objects.visible_to(officer)) == [filing]
    assert list(Filing.objects.visible_to(other_officer)) == []


def test_missing_values_stand_in_the_way_of_checking(clerk, filing):
    saved(clerk, filing, {"units": [{"unit": "1", "months": [{"month": "2023-06", "generation": "1.000"}]}]})
    with pytest.raises(Refused) as refused:
        perform("filings.check", clerk, filing)
    assert {f.field for f in refused.value.findings} >= {"running_hours"}


def test_the_same_values_twice_are_told_and_not_saved(clerk, filing):
    saved(clerk, filing)
    with pytest.raises(Refused, match="FIL-SAME"):
        saved(clerk, filing)
    assert Version.objects.count() == 1


def test_a_binary_fraction_is_refused(clerk, filing):
    record = {"units": [{"unit": "1", "months": [{"month": "2023-06", "generation": 0.1}]}]}
    with pytest.raises(Refused, match="FIL-NUMBER"):
        saved(clerk, filing, record)


def test_two_people_at_once_the_second_is_told_to_reload(clerk, approver, filing):
    saved(clerk, filing)
    with pytest.raises(Refused, match="ACT-STALE"):
        perform("filings.save", approver, filing, {"record": {"units": []}}, seen=0)


def test_a_double_click_saves_once(clerk, filing):
    for _ in range(2):
        perform("filings.save", clerk, filing, {"record": RECORD}, idempotency_key="k1")
    assert Version.objects.count() == 1


def test_a_correction_keeps_the_deposited_version_standing_until_the_next_deposit(clerk, approver, filing):
    deposited(clerk, approver, filing)
    perform("filings.correct", clerk, filing, {"reason": "柴油计量复核"})
    changed = {
        "units": [{"unit": "1", "months": [{**MONTH, "fuels": [{"fuel": "diesel", "fuel_consumption": "90.00"}]}]}]
    }
    saved(clerk, filing, changed)
    filing.refresh_from_db()
    assert filing.state == "in_correction"
    assert filing.deposited_version.number == 1
    answered(clerk, filing)
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)
    filing.refresh_from_db()
    assert filing.deposited_version.number == 2
    assert filing.deposited_version.reason == "柴油计量复核"


def test_a_correction_without_a_change_is_not_deposited_and_may_be_withdrawn(clerk, approver, filing):
    deposited(clerk, approver, filing)
    for _ in range(2):
        perform("filings.correct", clerk, filing, {"reason": "柴油计量复核"})
        perform("filings.check", clerk, filing)
        with pytest.raises(Refused, match="FIL-UNCHANGED"):
            perform("filings.deposit", approver, filing)
        perform("filings.withdraw_correction", clerk, filing)
        filing.refresh_from_db()
        assert (filing.state, filing.latest.number, filing.correction_reason) == ("deposited", 1, "")


def test_the_same_correction_twice_is_refused_as_such(clerk, approver, filing):
    deposited(clerk, approver, filing)
    perform("filings.correct", clerk, filing, {"reason": "柴油计量复核"})
    with pytest.raises(Refused) as refused:
        perform("filings.correct", clerk, filing, {"reason": "柴油计量复核"})
    assert refused.value.code == "FIL-CORRECTING"
    assert "柴油计量复核" in refused.value.message.en
    filing.refresh_from_db()
    assert filing.state == "in_correction"


def test_a_withdrawn_correction_leaves_the_deposited_values_as_the_latest(clerk, approver, filing):
    deposited(clerk, approver, filing)
    perform("filings.correct", clerk, filing, {"reason": "柴油计量复核"})
    saved(clerk, filing, {"units": [{"unit": "1", "months": [{**MONTH, "generation": "1.000"}]}]})
    perform("filings.withdraw_correction", clerk, filing)
    filing.refresh_from_db()
    assert (filing.deposited_version.number, filing.latest.number) == (1, 3)
    assert filing.latest.record == filing.deposited_version.record
    with pytest.raises(Refused, match="ACT-STATE"):
        perform("filings.withdraw_correction", clerk, filing)


def test_a_filing_that_was_never_deposited_has_no_correction_to_withdraw(clerk, filing):
    answered(clerk, saved(clerk, filing))
    with pytest.raises(Refused, match="ACT-STATE"):
        perform("filings.withdraw_correction", clerk, filing)
    perform("filings.check", clerk, filing)
    filing.refresh_from_db()
    assert buttons(clerk, ["filings.withdraw_correction"], filing) == []
    with pytest.raises(Refused, match="FIL-NO-CORRECTION"):
        perform("filings.withdraw_correction", clerk, filing)


def test_the_database_refuses_to_change_or_delete_a_version(clerk, filing):
    version = saved(clerk, filing).latest
    for attempt in (lambda: Version.objects.filter(pk=version.pk).update(values="{}"), version.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_an_uploaded_template_becomes_a_version_that_knows_its_cells(clerk, plant, filing):
    content = template(form_of(filing), Prefill(plant.code, "2023-06", RECORD))
    perform("filings.upload", clerk, filing, uploaded(content))
    version = filing.latest
    assert version.record == RECORD
    assert re.fullmatch(r".+![A-Z]+5", version.places["units[1].months[2023-06].generation"])
    with pytest.raises(Refused, match="FIL-SAME"):
        perform("filings.upload", clerk, filing, uploaded(content))


def test_a_wrong_cell_refuses_the_whole_workbook(clerk, plant, filing):
    wrong = {"units": [{"unit": "1", "months": [{**MONTH, "month": "2023-07"}]}]}
    content = template(form_of(filing), Prefill(plant.code, "2023-06", wrong))
    with pytest.raises(Refused, match="FIL-UPLOAD") as refused:
        perform("filings.upload", clerk, filing, uploaded(content))
    assert {f.code for f in refused.value.findings} == {"XLS-PERIOD"}
    assert Version.objects.count() == 0


def test_a_year_of_months_in_one_workbook_becomes_monthly_filings(clerk, plant, filing):
    year = {"units": [{"unit": "1", "months": [{**MONTH, "month": f"2023-{n:02d}"} for n in range(1, 13)]}]}
    content = template(form_of(filing), Prefill(plant.code, "2023", year))
    perform("filings.upload", clerk, filing, uploaded(content, all_months=True))
    assert Filing.objects.filter(form_code="power.month").count() == 12
    assert all(f.latest.record["units"][0]["months"][0]["month"] == f.period for f in Filing.objects.all())


def test_a_month_that_somebody_opens_during_the_upload_is_taken_as_it_is(clerk, plant, filing, monkeypatch):
    """Between the look for it and its beginning another one has begun it: the database refuses a second."""
    july = perform(
        "filings.open", clerk, data={"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-07"}
    ).result
    look, looked = work.standing_filing, []

    def too_early(organisation, form_code, period):
        looked.append(period)
        return None if looked == ["2023-07"] else look(organisation, form_code, period)

    monkeypatch.setattr(work, "standing_filing", too_early)
    both = {"units": [{"unit": "1", "months": [MONTH, {**MONTH, "month": "2023-07"}]}]}
    content = template(form_of(filing), Prefill(plant.code, "2023", both))
    perform("filings.upload", clerk, filing, uploaded(content, all_months=True))
    assert looked == ["2023-07", "2023-07"]
    assert Filing.objects.count() == 2
    assert july.latest.record["units"][0]["months"][0]["month"] == "2023-07"


def test_an_annual_report_needs_all_its_months(clerk, approver, plant, filing):
    deposited(clerk, approver, filing)
    data = {"form_code": "power.year", "organisation_id": plant.pk, "period": "2023"}
    year = perform("filings.open", clerk, data=data).result
    perform("filings.compose", clerk, year)
    missing = [f.place for f in standing_of(year).findings if f.code == "YR-MONTHS"]
    assert missing == [f"2023-{n:02d}" for n in range(1, 13) if n != 6]


@pytest.mark.parametrize("record", [{"units": 5}, {"units": [5]}, {"units": [{"unit": "1", "months": "x"}]}])
def test_values_that_are_no_rows_of_the_form_are_refused(clerk, filing, record):
    with pytest.raises(Refused, match="FIL-SHAPE") as refused:
        saved(clerk, filing, record)
    assert {found.code for found in refused.value.findings} == {"FORM-TABLE"}
    assert Version.objects.count() == 0
