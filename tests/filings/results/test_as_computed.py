"""What was computed keeps the register that its computation took; a month's acts compute their record once."""

from __future__ import annotations

from typing import Any

import pytest

from tanzhi.actions.perform import perform
from tanzhi.actions.registry import Actor
from tanzhi.figures.lineage import explain
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months import status
from tanzhi.filings.months.model import Filing, Result
from tanzhi.filings.months.status import form_of
from tanzhi.filings.results.lineage import root_of
from tanzhi.filings.results.results import is_of_register, recomputed
from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.register.model import Organisation, OrganisationAttributes, Unit, UnitAttributes
from tests.factories import REGISTERED
from tests.filings.deposits.test_work import RECORD, answered, deposited, uploaded

OTHER = {"rated_power": "330", "cooling": "air", "boiler_type": "circulating_bed", "heat_supply": "condensing"}
"""What every registered field of the unit is changed to, from before the month on."""


@pytest.fixture
def filing(clerk: Actor, plant: Organisation) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    month: Filing = perform("filings.open", clerk, data=data).result
    return month


def everything(root: Any) -> dict[tuple[str, str], Any]:
    return {(here.path, value.name): value.number for here in root.walk() for value in here.all_values()}


def test_a_walk_takes_the_register_as_its_computation_took_it(
    clerk: Actor, approver: Actor, plant: Organisation, unit: Unit, filing: Filing
) -> None:
    deposited(clerk, approver, filing)
    load = Result.objects.get(filing=filing, quantity="month_load_coefficient")
    before = everything(root_of(load.version_id, load.release))
    UnitAttributes.objects.create(unit=unit, since=unit.since, attributes=REGISTERED | OTHER)
    OrganisationAttributes.objects.create(organisation=plant, since="2023-01-01", attributes={"altitude": "1500"})
    assert {name for (_, name), value in before.items() if name in OTHER and value == OTHER[name]} == set()
    assert everything(root_of(load.version_id, load.release)) == before
    step = explain(f"result:{load.pk}", approver)
    assert f"{step.value:f}" == load.value
    assert REGISTERED["rated_power"] in {f"{part.value:f}" for part in step.parts if part.value is not None}
    filing.refresh_from_db()
    different = {d.result.quantity: d.now for d in recomputed(filing, filing.deposited_version)}
    assert different["rated_power"] == OTHER["rated_power"]
    assert "month_load_coefficient" in different


def test_every_attribute_that_a_computation_took_is_kept_with_it(
    clerk: Actor, approver: Actor, unit: Unit, filing: Filing
) -> None:
    deposited(clerk, approver, filing)
    filing.refresh_from_db()
    load = Result.objects.get(filing=filing, quantity="month_load_coefficient")
    root = root_of(load.version_id, load.release)
    taken = {
        (here.path, value.name, value.state)
        for here in root.walk()
        for value in here.all_values()
        if value.rule and is_of_register(value.rule)
    }
    assert {name for _, name, _ in taken} >= set(REGISTERED)
    assert taken <= set(filing.results.values_list("where", "quantity", "state"))


def test_upload_check_and_deposit_of_a_month_compute_its_record_once(
    clerk: Actor, approver: Actor, plant: Organisation, unit: Unit, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = []

    def counted(*arguments: Any, **keywords: Any) -> Any:
        computed.append(arguments)
        return evaluate(*arguments, **keywords)

    status.node_of_record.cache_clear()
    monkeypatch.setattr(status, "evaluate", counted)
    content = template(form_of(filing), Prefill(plant.code, "2023-06", RECORD))
    perform("filings.upload", clerk, filing, uploaded(content))
    perform("filings.check", clerk, answered(clerk, filing))
    perform("filings.deposit", approver, filing)
    assert len(computed) == 1
