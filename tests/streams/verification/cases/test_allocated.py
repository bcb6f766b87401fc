"""A verified year is allocated by the verified values, and the walk from the allowances passes through them."""

from __future__ import annotations

from datetime import date

import pytest

from tanzhi.actions.registry import Actor, perform
from tanzhi.figures import Part
from tanzhi.figures.lineage import explain
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel import Mark
from tanzhi.streams.market.allocation.computation import rules_of_today
from tanzhi.streams.market.allocation.model import STATED as STATED_HERE
from tanzhi.streams.market.allocation.model import VERIFIED as VERIFIED_HERE
from tanzhi.streams.market.allocation.model import AllocationLine, AllocationRun
from tanzhi.streams.market.compliance.figures import _part
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.queries import verified
from tests.factories import World
from tests.streams.market import market

STATED = {
    "unit": "1", "unit_class": "II", "unit_generation": "1000000.000", "load_coefficient": "70.00",
    "unit_obligation_emission": "800000", "base_emission": "800000",
}  # fmt: skip


@pytest.fixture
def deposited(plant: Organisation, clerk: Actor, approver: Actor) -> None:
    asked = {"form_code": "power_allocation.year", "organisation_id": plant.pk, "period": "2023"}
    filing = perform("filings.open", clerk, data=asked).result
    perform("filings.save", clerk, filing, {"record": {"units": [STATED]}})
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)


def computed(world: World, officer: Actor) -> AllocationRun:
    asked = {"region": world.province.code, "first_year": 2023, "last_year": 2023, "source": "notice of the cycle"}
    cycle = perform("registry.open_cycle", officer, data=asked | {"deadline": date(2099, 12, 31)}).result
    return market.computed(cycle, officer, year=2023)


def part_of(line: AllocationLine) -> Part:
    """What a published figure tells of the line: rows 10 to 12 rest on these."""
    return _part(line, "emission", "enterprise_emission", rules_of_today())


@pytest.mark.usefixtures("deposited")
def test_a_year_that_is_not_told_yet_is_allocated_as_stated(
    world: World, officer: Actor, concluded: Verification
) -> None:
    line = computed(world, officer).lines.get()
    assert concluded.state == "concluded"
    assert (line.emission, line.verified, line.note) == (800_000, "", "")
    assert line.basis == STATED_HERE
    assert Mark("stated", STATED_HERE, "") in part_of(line).marks


@pytest.mark.usefixtures("deposited")
def test_a_verified_year_is_allocated_by_what_verification_found(
    world: World, officer: Actor, notified: Verification
) -> None:
    found = verified(notified.organisation, 2023)
    assert found is not None
    unit = found.units["1"]
    line = computed(world, officer).lines.get()
    assert line.emission == unit["unit_obligation_emission"] != 800_000
    assert line.inputs["units"][0]["unit_generation"] == f"{unit['unit_generation']:f}" != STATED["unit_generation"]
    assert line.inputs["units"][0]["unit_class"] == "II"  # a class is stated; verification keeps numbers
    assert (line.verified, line.note) == (f"verification.verification:{notified.pk}", "按核查结果计算")
    assert line.basis == VERIFIED_HERE
    assert "stated" not in {mark.kind for mark in part_of(line).marks}


@pytest.mark.usefixtures("deposited")
def test_the_walk_from_the_allowances_passes_through_the_verified_report_down_to_the_filed_cells(
    world: World, officer: Actor, notified: Verification
) -> None:
    line = computed(world, officer).lines.get()
    told = explain(f"registry.allocation:{line.pk}?at=units[1]&name=unit_obligation_emission", officer)
    assert [fact.words.en for fact in told.facts] == ["verified"]
    (way,) = told.parts
    assert way.value == line.emission
    below = explain(way.ref, officer)
    assert below.value == line.emission
    assert below.formula is not None
    assert below.parts_count
