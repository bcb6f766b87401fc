"""A plant with an account, a cycle, deposited allocation data: what the tests of actions begin with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.market.allocation.model import AllocationRun, Cycle
from tanzhi.streams.market.ledger.model import Account
from tests.factories import World

UNIT = {
    "unit": "1", "unit_class": "II", "cooling": "water", "unit_power_supplied": "1620000.000",
    "unit_heat": "2643084.00", "heat_ratio": "0.1739", "load_coefficient": "68.49",
    "unit_obligation_emission": "1567180", "base_emission": "1567180",
}  # fmt: skip
ALLOWANCE = {2021: 1_708_158, 2022: 1_699_477}  # E5 of the reference sheet on power
AHEAD = 1_097_026  # 70 % of 1 567 180, floor


def at(year: int, month: int, day: int) -> Any:
    return clock.at(datetime(year, month, day, 4, tzinfo=UTC))


def both(name: str, officer: Actor, director: Actor, subject: Any = None, data: Any = None) -> Any:
    proposal = perform(name, officer, subject, data).proposal
    assert proposal is not None
    return decide(proposal, director, True, "").result


def filed(plant: Organisation, clerk: Actor, approver: Actor, year: int, **changes: str) -> None:
    """The plant's allocation data of a year, deposited."""
    asked = {"form_code": "power_allocation.year", "organisation_id": plant.pk, "period": str(year)}
    filing = perform("filings.open", clerk, data=asked).result
    if filing.state == "deposited":
        perform("filings.correct", clerk, filing, {"reason": "corrected by the verifier"})
    perform("filings.save", clerk, filing, {"record": {"units": [UNIT | changes]}})
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)


def cycle(world: World, officer: Actor, first: int = 2021, last: int = 2021) -> Cycle:
    data = {"region": world.province.code, "first_year": first, "last_year": last, "source": "notice of the cycle"}
    return perform("registry.open_cycle", officer, data=data | {"deadline": date(last + 1, 12, 31)}).result


def account(plant: Organisation, officer: Actor) -> Account:
    return perform("registry.open_account", officer, data={"organisation": plant.code}).result


def computed(of: Cycle, officer: Actor, stage: str = "final", year: int = 2021) -> AllocationRun:
    run = perform("registry.open_run", officer, data={"cycle": of.pk, "year": year, "stage": stage}).result
    return perform("registry.compute_run", officer, run).result


def issued(of: Cycle, officer: Actor, director: Actor, stage: str = "final", year: int = 2021) -> AllocationRun:
    run = computed(of, officer, stage, year)
    both("registry.approve_run", officer, director, run)
    return both("registry.issue_run", officer, director, run)
