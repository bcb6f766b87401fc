"""A province with a year of activity data, filed and deposited by two people of its department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, perform
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import standing_of
from tanzhi.organisations.people.roles import actor_of
from tanzhi.streams.inventory.models import Inventory
from tests import factories
from tests.built_once import built_once

YEAR = 2022
RECORDS: dict[str, dict[str, Any]] = {
    "inventory_energy": {
        "factor_release": "gbt32151",
        "sectors": [{"sector": "power_heat", "fuels": [{"fuel": "bituminous", "fuel_burnt": "1000000"}]}],
        "mines": [{"mine": "state_key", "coal_mined": "1000000"}],
    },
    "inventory_processes": {"clinker_output": "1000000"},
    "inventory_agriculture": {
        "farming_region": "northwest",
        "cropland_region": "I",
        "count_basis": "stock",
        "fertiliser_nitrogen": "7000",
        "rices": [{"rice": "single", "rice_area": "4000"}],
    },
    "inventory_land": {
        "stands": [
            {"stand": "arbor", "stock_volume": "1000000", "growth_rate": "0.05", "consumption_rate": "0.02"},
        ]
    },
    "inventory_waste": {"measured_bod": "10000"},
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who works on the inventory."""

    clerk: Actor
    head: Actor
    officer: Actor
    reviewer: Actor
    director: Actor
    department: Any

    def file(self, guideline: str, record: dict[str, Any], year: int = YEAR) -> Filing:
        asked = {"form_code": f"{guideline}.year", "organisation_id": self.department.pk, "period": str(year)}
        filing: Filing = perform("filings.open", self.clerk, data=asked).result
        if filing.state == "deposited":
            perform("filings.correct", self.clerk, filing, {"reason": "another value"})
        perform("filings.save", self.clerk, filing, {"record": record})
        filing.refresh_from_db()
        for question in standing_of(filing).unanswered:  # a factor that the law lacks is asked about
            answer = {"code": question.code, "where": question.place, "text": "there is none yet"}
            perform("filings.answer", self.clerk, filing, {"answers": [answer]})
        perform("filings.check", self.clerk, filing)
        perform("filings.deposit", self.head, filing)
        filing.refresh_from_db()
        return filing

    def open(self, year: int = YEAR, gwp_set: str = "SAR", **more: Any) -> Inventory:
        asked = {"region": "990000", "year": year, "edition": "2011", "gwp_set": gwp_set} | more
        found: Inventory = perform("inventory.open", self.officer, data=asked).result
        return found

    def note(self, inventory: Inventory, category: str, gas: str, key: str, **more: str) -> Any:
        told = {"category": category, "gas": gas, "key": key} | more
        return perform("inventory.note", self.officer, inventory, told).result

    def note_blanks(self, inventory: Inventory) -> None:
        run = inventory.latest_run
        for cell in run.cells.filter(mass=None, notation="") if run else ():
            self.note(inventory, cell.category, cell.gas, "NO")

    def published(self, year: int = YEAR) -> Inventory:
        inventory = self.open(year)
        perform("inventory.compile", self.officer, inventory)
        self.note_blanks(inventory)
        perform("inventory.compile", self.officer, inventory)
        perform("inventory.submit", self.officer, inventory)
        perform("inventory.approve", self.reviewer, inventory)
        perform("inventory.publish", self.director, inventory)
        inventory.refresh_from_db()
        return inventory


@pytest.fixture
def office(world: Any, officer: Actor, second_officer: Actor, director: Actor) -> Office:
    department = world.authority
    clerk = actor_of(factories.person("inventory_clerk", ("provincial_officer", department)))
    head = actor_of(factories.person("inventory_head", ("provincial_officer", department)))
    return Office(clerk, head, officer, second_officer, director, department)


@pytest.fixture
def filed(office: Office) -> Office:
    def file() -> None:
        for guideline, record in RECORDS.items():
            office.file(guideline, record)

    built_once("year of the inventory's tests", file)
    return office
