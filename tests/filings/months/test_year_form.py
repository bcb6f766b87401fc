"""A guideline with a form for the year is filed for the year, without months."""

from __future__ import annotations

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.filings.months.carried import CarriedOver
from tanzhi.filings.months.model import Filing, Result
from tanzhi.filings.months.sheets import begun_record
from tanzhi.filings.shared.forms import known_forms
from tanzhi.organisations.register.model import Organisation, Unit

UNIT = {
    "unit": "1", "unit_class": "II", "cooling": "water", "unit_power_supplied": "1620000.000",
    "unit_heat": "2643084.00", "heat_ratio": "0.1739", "load_coefficient": "68.49",
    "unit_obligation_emission": "1567180", "base_emission": "1567180",
}  # fmt: skip


@pytest.fixture
def opened(clerk: Actor, plant: Organisation, unit: Unit) -> Filing:
    asked = {"form_code": "power_allocation.year", "organisation_id": plant.pk, "period": "2021"}
    filing: Filing = perform("filings.open", clerk, data=asked).result
    perform("filings.save", clerk, filing, {"record": {"units": [UNIT]}})
    return filing


def test_it_is_deposited_without_any_month(opened: Filing, clerk: Actor, approver: Actor) -> None:
    perform("filings.check", clerk, opened)
    perform("filings.deposit", approver, opened)
    allowance = Result.objects.get(filing=opened, quantity="enterprise_allowance")
    assert allowance.value == "1708158"  # E5 of the reference sheet on power, 2021


def test_its_page_begins_with_a_row_for_each_unit_and_no_month(clerk: Actor, plant: Organisation, unit: Unit) -> None:
    asked = {"form_code": "power_allocation.year", "organisation_id": plant.pk, "period": "2021"}
    filing: Filing = perform("filings.open", clerk, data=asked).result
    assert begun_record(filing, CarriedOver()) == {"units": [{"unit": "1"}]}


def test_it_cannot_be_composed(opened: Filing, clerk: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        perform("filings.compose", clerk, opened)
    assert refusal.value.code == "FIL-PERIOD"


def test_only_forms_that_the_rules_have_may_be_opened() -> None:
    assert {"power.month", "power.year", "power_allocation.year"} <= known_forms().keys()
    assert not {"power_allocation.month", "market.month"} & known_forms().keys()
