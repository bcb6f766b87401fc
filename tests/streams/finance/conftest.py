"""A library with an owner, a city, three experts and two banks; a project as far as a test wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.finance.bank_models import BankLink
from tanzhi.streams.finance.models import Project
from tests.factories import World, organisation, person

POINTS = {
    "benefit_points": 30, "policy_points": 13, "technology_points": 8, "finance_points": 15, "other_points": 7,
    "example_points": 7, "independent": "yes", "words": "可行 / feasible",
}  # fmt: skip
SOLAR = {
    "grid": "northwest", "electricity_area": "grid_northwest", "technology": "pv", "method": "combined_75",
    "capacity": "300", "hours": "1700", "loss_rate": "8",
}  # fmt: skip
SAID = {"words": "同意 / agreed"}


def day(month: int, number: int, year: int = 2024) -> Any:
    return clock.at(datetime(year, month, number, 4, tzinfo=UTC))


@dataclass
class Library:
    """Who acts, and short ways to what they do."""

    world: World
    firm: Organisation
    owner: Actor
    city: Actor
    officer: Actor
    director: Actor
    experts: list[Actor]
    bank: Actor
    other_bank: Actor

    def apply(self, **more: Any) -> Project:
        told = {
            "owner": "OWN", "programme": "LIB", "region": "990100", "zh": "光伏发电项目", "en": "Solar power",
            "kind": "renewable", "category": "M2", "investment": "132000", "demand": "90000", "negative": "none",
            "penalised": "no",
        }  # fmt: skip
        found: Project = perform("finance.apply", self.owner, data=told | more).result
        return found

    def state(self, project: Project, **more: str) -> None:
        perform("finance.state_benefit", self.owner, project, {"year": 2024, "benefit": SOLAR | more})

    def submit(self, project: Project) -> None:
        paper = receive(BytesIO(b"paper"), "paper.pdf", "application/pdf").file.sha256
        perform("finance.submit", self.owner, project, {"approval": paper, "commitment": paper})

    def review(self, project: Project, outcome: str = "recommended") -> None:
        perform("finance.city_review", self.city, project, SAID | {"outcome": outcome})

    def ask(self, project: Project, *experts: Actor) -> None:
        chosen = [str(one.person_id) for one in experts or self.experts[:3]]
        perform("finance.formal_review", self.officer, project, SAID | {"experts": chosen})

    def speak(self, project: Project, expert: Actor, **points: Any) -> None:
        opinion = project.opinions.get(person=expert.person_id)
        perform("finance.give_opinion", expert, opinion, POINTS | points)

    def enter(self, project: Project) -> None:
        proposal = perform("finance.enter_library", self.officer, project, SAID).proposal
        assert proposal is not None
        decide(proposal, self.director, True, "ok")
        project.refresh_from_db()

    def judged(self, project: Project | None = None) -> Project:
        """Before the experts, all of whom have spoken."""
        found = project or self.apply()
        self.state(found)
        self.submit(found)
        self.review(found)
        self.ask(found)
        for expert in self.experts[:3]:
            self.speak(found, expert)
        return found

    def entered(self) -> Project:
        found = self.judged()
        self.enter(found)
        return found

    def pushed(self, project: Project | None = None, bank: str = "BANK") -> BankLink:
        found = project or self.entered()
        perform("finance.assign_bank", self.officer, found, {"bank": bank})
        link: BankLink = found.links.get(bank__code=bank)
        return link


@pytest.fixture
def library(world: World, officer: Actor, director: Actor, city_officer: Actor) -> Library:
    firm = organisation("OWN", world.city, "project_owner")
    institute = organisation("INS", world.province, "institute")
    banks = [organisation(code, world.province, "bank") for code in ("BANK", "BANK2")]
    experts = [actor_of(person(f"expert{n}", ("expert", institute))) for n in range(5)]
    for code, kind in (("LIB", "library"), ("PILOT", "pilot"), ("BOND", "bond")):
        told = {"code": code, "kind": kind, "region": "990000", "zh": f"{code} 库", "en": f"{code} list"}
        perform("finance.add_programme", officer, data=told)
    return Library(
        world,
        firm,
        actor_of(person("owner", ("project_owner", firm))),
        city_officer,
        officer,
        director,
        experts,
        *[actor_of(person(f"banker{n}", ("bank", bank))) for n, bank in enumerate(banks)],
    )


Refuses = Callable[..., Any]
