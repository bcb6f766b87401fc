"""A plant with a deposited report of 2023, a body with its people, and a verification as far as a test wants it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.examples.generate import Plant, months, unit_year
from tanzhi.filings.months.model import Filing, Version
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.streams.verification.cases.model import Verification
from tests.factories import World, person

ATTRIBUTES = {"rated_power": "350", "main_fuel": "conventional_coal", "heat_supply": "condensing", "cooling": "air"}
COAL = "units[1].months[2023-06].fuels[bituminous]"


def day(month: int, number: int, year: int = 2024) -> Any:
    return clock.at(datetime(year, month, number, 4, tzinfo=UTC))


def report(organisation: Organisation, year: int = 2023) -> Filing:
    """A deposited annual report; how it came to be is the business of filings."""
    made_up = Plant(organisation.code, organisation.region.code, "", "", (350,), heat=False)
    record = {"units": [unit_year(made_up, 1, months(year), 1)]}  # type: ignore[arg-type]
    filing = Filing.objects.create(
        form_code="power.year",
        organisation=organisation,
        subject=f"organisation:{organisation.pk}",
        period=str(year),
        due_on=date(year + 1, 3, 31),
        state="deposited",
        deposited_at=datetime(year + 1, 3, 20, tzinfo=UTC),
    )
    values = json.dumps(record)
    Version.objects.create(
        filing=filing,
        number=1,
        values=values,
        digest="0" * 64,
        person_id=0,
        person_name="clerk",
        at=datetime(year + 1, 3, 20, tzinfo=UTC),
        deposited=True,
    )
    return filing


@pytest.fixture
def filing(world: World) -> Filing:
    Unit.objects.filter(pk=world.unit.pk).update(attributes=ATTRIBUTES)
    world.unit.versions.update(attributes=ATTRIBUTES)
    return report(world.plant)


@pytest.fixture
def second_verifier(world: World) -> Actor:
    return actor_of(person("second_verifier", ("verifier", world.verifier_firm)))


@pytest.fixture
def arranged(filing: Filing, officer: Actor) -> Verification:
    with day(4, 8):
        told = {"organisation": filing.organisation.code, "year": 2023}
        case: Verification = perform("verification.arrange", officer, data=told).result
    return case


@pytest.fixture
def formed(arranged: Verification, officer: Actor, verifier: Actor, second_verifier: Actor) -> Verification:
    with day(4, 9):
        group = {"leader": verifier.person_id, "members": [second_verifier.person_id]}
        perform("verification.form_group", officer, arranged, group)
    return arranged


@pytest.fixture
def visited(formed: Verification, verifier: Actor) -> Verification:
    with day(4, 15):
        perform("verification.review", verifier, formed, {"review": "已评审报告", "site_list": "查看皮带秤"})
    with day(4, 18):
        perform("verification.visit", verifier, formed, {"on": "2024-04-18", "present": 2, "visit": "查、问、看、验"})
    formed.refresh_from_db()
    return formed


@pytest.fixture
def found(visited: Verification, verifier: Actor) -> Verification:
    """With one finding raised, answered and closed, and its list sent."""
    with day(4, 19):
        told = {"case": visited.reference, "title": "皮带秤未校准", "text": "无校准记录"}
        finding = perform("cases.raise_finding", verifier, data=told).result
        perform("verification.issue_list", verifier, visited)
    with day(4, 25):
        perform("cases.close_finding", verifier, finding, {"text": "未能整改"})
    visited.refresh_from_db()
    return visited


Redetermine = Callable[..., None]


@pytest.fixture
def redetermine(found: Verification, second_verifier: Actor) -> Redetermine:
    """By the group's member: the leader concludes, and nobody concludes on values that he set himself."""

    def act(method: str, *cells: str, **told: Any) -> None:
        told = {"cells": list(cells), "method": method, "finding": 1, "basis": "现场核实", **told}
        perform("verification.redetermine", second_verifier, found, told)

    return act


@pytest.fixture
def concluded(found: Verification, redetermine: Redetermine, verifier: Actor) -> Verification:
    with day(4, 26):
        redetermine("uncalibrated", f"{COAL}.fuel_consumption", required="0.5")
        perform("verification.conclude", verifier, found, {"outcome": "does_not_conform", "opinion": "除皮带秤外符合"})
    found.refresh_from_db()
    return found


@pytest.fixture
def notified(concluded: Verification, officer: Actor, director: Actor) -> Verification:
    with day(4, 30):
        decide(perform("verification.notify", officer, concluded).proposal, director)  # type: ignore[arg-type]
    concluded.refresh_from_db()
    return concluded
