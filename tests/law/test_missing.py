"""A month whose law is not complete is not deposited in silence: who files is asked, by parameter and year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.months.model import Result
from tanzhi.filings.months.status import standing_of
from tanzhi.law.evaluation import parameter
from tanzhi.law.missing import CODE
from tests.filings.deposits.test_work import answered, saved
from tests.law.conftest import Enter

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.filings.months.model import Filing
    from tanzhi.organisations.register.model import Organisation, Unit

FUELS = [{"fuel": "diesel", "fuel_consumption": "86.20"}]
MONTH = {"generation": "146203.118", "running_hours": "668.50", "fuels": FUELS}
DIESEL: dict[str, Any] = {
    "guideline": "power", "parameter": "oxidation_rate", "keys": {"fuel": "diesel"}, "value": "0.98", "unit": "1",
    "since": "2026-01-01", "until": "2026-12-31", "source": "公告第7号，二",
}  # fmt: skip


def filed(clerk: Actor, plant: Organisation, period: str) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": period}
    filing: Filing = perform("filings.open", clerk, data=data).result
    saved(clerk, filing, {"units": [{"unit": "1", "months": [{"month": period, **MONTH}]}]})
    return filing


def lacking(filing: Filing) -> list[str]:
    return [str(found.found) for found in standing_of(filing).findings if found.code == CODE]


def test_a_month_of_a_year_without_its_parameter_is_asked_about_and_not_deposited_in_silence(
    clerk: Actor, plant: Organisation, unit: Unit
) -> None:
    filing = filed(clerk, plant, "2026-06")
    [found] = [found for found in standing_of(filing).findings if found.code == CODE]
    assert found.found == "oxidation_rate (fuel=diesel)"
    assert found.place == "units[1].months[2026-06].fuels[diesel]"
    assert "2026" in found.message.zh
    assert "units[" not in found.message.zh  # its place is said beside it, in words
    assert "2026" in found.message.en
    with pytest.raises(Refused, match="FIL-FINDINGS"):
        perform("filings.check", clerk, filing)


def test_a_month_whose_law_is_there_is_asked_nothing(clerk: Actor, plant: Organisation, unit: Unit) -> None:
    assert lacking(filed(clerk, plant, "2023-06")) == []


def test_once_the_value_is_entered_nothing_is_asked_and_the_month_has_its_emission(
    clerk: Actor, approver: Actor, plant: Organisation, unit: Unit, enter: Enter
) -> None:
    filing = filed(clerk, plant, "2026-06")
    enter(**DIESEL)
    assert lacking(filing) == []
    other = {"units": [{"unit": "1", "months": [{"month": "2026-06", **MONTH, "running_hours": "668.51"}]}]}
    answered(clerk, saved(clerk, filing, other))
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)
    burned = Result.objects.get(filing=filing, quantity="combustion_emission")
    assert burned.value == "266.88"  # 86.20 t × 0.8616 tC/t × 98 % × 44/12


@pytest.mark.django_db
def test_a_parameter_asked_for_on_a_day_without_one_is_named() -> None:
    with pytest.raises(Refused, match="LAW-MISSING") as refused:
        parameter("surrender.carry_over_base", on=date(2026, 1, 1))
    assert "surrender.carry_over_base" in refused.value.message.en
    assert "2026-01-01" in refused.value.message.zh
