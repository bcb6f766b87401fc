"""A project owner with two bodies; a project and a batch of reductions as far as a test wants them."""

from __future__ import annotations

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
from tanzhi.streams.ccer.models import CreditProject, CreditReport
from tests.factories import World, organisation, person

SAID = {"words": "同意 / agreed"}
PLANT = {
    "grid": "northwest",
    "readings": [
        {"reading": "1", "direction": "export", "electricity_read": "313100", "calibration": "in_class"},
        {
            "reading": "2",
            "direction": "export",
            "electricity_read": "30100",
            "calibration": "late",
            "meter_class": "0.2",
        },
        {"reading": "3", "direction": "import", "electricity_read": "11350", "calibration": "in_class"},
        {
            "reading": "4",
            "direction": "import",
            "electricity_read": "1050",
            "calibration": "late",
            "meter_class": "0.2",
        },
    ],
    "fuels": [{"fuel": "natural_gas", "fuel_consumption": "412.6"}],
}
DESIGN = {
    "built_from": "2021-06-01", "credited_from": "2023-01-01", "credited_to": "2032-12-31", "year": 2023,
    "elsewhere": "none", "covered": "no", "design": PLANT,
}  # fmt: skip


def day(month: int, number: int, year: int = 2024) -> Any:
    return clock.at(datetime(year, month, number, 4, tzinfo=UTC))


@dataclass
class Desk:
    """Who acts, and short ways to what they do; each act on a day after the one before it."""

    world: World
    firm: Organisation
    bodies: dict[str, Organisation]
    owner: Actor
    officer: Actor
    director: Actor
    paper: str

    def body(self, code: str) -> Actor:
        """The person of a body, with the assignments that it has by now."""
        from tanzhi.organisations.people.model import Person

        return actor_of(Person.objects.get(sign_in_name=f"of_{code.lower()}"))

    def two(self, act: str, subject: Any, data: dict[str, Any]) -> Any:
        proposal = perform(act, self.officer, subject, data).proposal
        assert proposal is not None
        return decide(proposal, self.director, True, "ok").result

    def propose(self, **more: Any) -> CreditProject:
        told = {"owner": "OWN", "region": "990100", "methodology": "CCER-01-001-V01", "zh": "光热发电项目",
                "en": "Solar thermal"}  # fmt: skip
        found: CreditProject = perform("ccer.propose", self.owner, data=told | more).result
        return found

    def admitted(self, **more: Any) -> CreditProject:
        project = self.propose(**more)
        self.two("ccer.admit", project, SAID | {"batch": "1"})
        project.refresh_from_db()
        return project

    def design(self, project: CreditProject, **more: Any) -> None:
        perform("ccer.state_design", self.owner, project, DESIGN | more)

    def notice(self, project: CreditProject, body: str = "BODYA") -> None:
        told = {"body": body, "document": self.paper, "commitment": self.paper}
        perform("ccer.open_notice", self.owner, project, told)
        project.refresh_from_db()

    def noticed(self) -> CreditProject:
        """In public notice since 2024-03-04, until 2024-03-29."""
        with day(3, 4):
            project = self.admitted()
            self.design(project)
            self.notice(project)
        return project

    def registered(self) -> CreditProject:
        project = self.noticed()
        with day(4, 1):
            perform("ccer.begin_validation", self.body("BODYA"), project)
        with day(5, 6):
            perform("ccer.conclude_validation", self.body("BODYA"), project, SAID | {"outcome": "validated"})
            perform("ccer.apply_registration", self.owner, project)
        with day(5, 20):
            self.two("ccer.record_registration", project, {"code": "N0101-1", "on": "2024-05-17"})
        project.refresh_from_db()
        return project

    def report(self, project: CreditProject, first: str = "2023-01-01", last: str = "2023-12-31") -> CreditReport:
        told = {"project": project.number, "first": first, "last": last}
        found: CreditReport = perform("ccer.open_report", self.owner, data=told).result
        return found

    def monitored(self, project: CreditProject, **more: Any) -> CreditReport:
        found = self.report(project, **more)
        perform("ccer.state_monitoring", self.owner, found, {"record": PLANT})
        found.refresh_from_db()
        return found

    def report_notice(self, report: CreditReport, body: str = "BODYB") -> None:
        perform("ccer.report_notice", self.owner, report, {"body": body, "document": self.paper})

    def verified(self, report: CreditReport, amount: int) -> None:
        perform("ccer.begin_verification", self.body("BODYB"), report)
        told = SAID | {"outcome": "verified", "amount": amount}
        perform("ccer.conclude_verification", self.body("BODYB"), report, told)
        report.refresh_from_db()


@pytest.fixture
def desk(world: World, officer: Actor, director: Actor) -> Desk:
    firm = organisation("OWN", world.city, "project_owner")
    bodies = {code: organisation(code, world.province, "verifier") for code in ("BODYA", "BODYB")}
    for code, body in bodies.items():
        person(f"of_{code.lower()}", ("verifier", body))
        perform("organisations.assign", officer, firm, {"holder": code, "since": "2024-01-01"})
    paper = receive(BytesIO(b"paper"), "paper.pdf", "application/pdf").file.sha256
    owner = actor_of(person("owner", ("project_owner", firm)))
    return Desk(world, firm, bodies, owner, officer, director, paper)
