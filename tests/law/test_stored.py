"""What was deposited or issued keeps its value and release when the law changes, and says what it would be today."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tanzhi.actions.perform import perform
from tanzhi.figures.lineage import explain
from tanzhi.filings.months.model import Result
from tanzhi.filings.results.results import recomputed
from tanzhi.law.evaluation import release, under_release
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.streams.market.allocation.lineage import line_ref
from tests.filings.deposits.test_work import deposited
from tests.law.conftest import Enter
from tests.streams.market import market

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Organisation, Unit
    from tests.factories import World

OXIDATION: dict[str, Any] = {
    "guideline": "power", "parameter": "oxidation_rate", "keys": {"fuel": "diesel"}, "value": "0.97", "unit": "1",
    "since": "2023-01-01", "until": "2023-12-31", "supersedes": True, "source": "公告第7号，二",
}  # fmt: skip
BENCHMARK: dict[str, Any] = {
    "guideline": "power_allocation", "parameter": "electricity_benchmark", "unit": "tCO2/MWh", "value": "0.8",
    "since": "2021-01-01", "until": "2021-12-31", "supersedes": True, "source": "公告第8号，附表",
}  # fmt: skip


def test_a_deposited_result_keeps_its_value_and_says_what_it_would_be_by_the_law_of_today(
    clerk: Actor, approver: Actor, plant: Organisation, enter: Enter
) -> None:
    month = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    filing = perform("filings.open", clerk, data=month).result
    deposited(clerk, approver, filing)
    burned = Result.objects.get(filing=filing, quantity="combustion_emission")
    enter(**OXIDATION)
    burned.refresh_from_db()
    assert (burned.value, under_release(power, burned.release) is not None) == ("266.88", True)
    step = explain(f"result:{burned.pk}", approver)
    assert step.value == Decimal("266.88")  # 86.20 t × 0.8616 tC/t × 98 % × 44/12
    assert "0.98" in {str(part.value) for part in step.parts}  # what it was computed from, not what holds today
    [mark] = [mark for mark in step.marks if mark.kind == "release"]
    assert mark.source == burned.release != release(power)
    assert "264.15" in mark.text.en  # 86.20 × 0.8616 × 97 % × 44/12 = 264.153
    filing.refresh_from_db()
    [different] = [d for d in recomputed(filing, filing.deposited_version) if d.result.pk == burned.pk]
    assert (different.now, different.release) == ("264.15", release(power))


def test_the_next_deposit_is_computed_by_the_law_of_today(
    clerk: Actor, approver: Actor, plant: Organisation, enter: Enter
) -> None:
    month = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    filing = perform("filings.open", clerk, data=month).result
    enter(**OXIDATION)
    deposited(clerk, approver, filing)
    burned = Result.objects.get(filing=filing, quantity="combustion_emission")
    assert (burned.value, burned.release) == ("264.15", release(power))


def test_an_issued_line_is_walked_by_the_law_of_its_run(
    world: World, officer: Actor, director: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit,
    enter: Enter,
) -> None:  # fmt: skip
    market.filed(plant, clerk, approver, 2021)
    market.account(plant, officer)
    line = market.issued(market.cycle(world, officer), officer, director).lines.get()
    own = explain(line_ref(line, "enterprise_allowance"), approver)
    assert [mark.kind for mark in own.marks].count("release") == 0
    for unit_class in ("I", "II", "III", "IV"):
        enter(**BENCHMARK, keys={"unit_class": unit_class})
    line.refresh_from_db()
    again = explain(line_ref(line, "enterprise_allowance"), approver)
    assert (line.allowance, again.value) == (market.ALLOWANCE[2021], market.ALLOWANCE[2021])
    [mark] = [mark for mark in again.marks if mark.kind == "release"]
    assert mark.source == line.run.release != release(power_allocation)
    assert f"; {market.ALLOWANCE[2021]} then, " in mark.text.en
