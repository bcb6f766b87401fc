"""Who acts on a CCER project, and for each language one whose two notices ended long ago: a notice takes a month."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Region

OWNER, VALIDATOR, VERIFIER = "CCR-OWNER", "CCR-BODY-A", "CCR-BODY-B"
METHOD = "CCER-01-001-V01"
# the project that is validated and registered, and that of which reductions are verified and issued
NOTICED = {"zh": "光热项目待审定 ZH", "en": "Solar thermal awaiting validation EN"}
REPORTED = {"zh": "光热项目待核查 ZH", "en": "Solar thermal awaiting verification EN"}
PLANT = {
    "grid": "northwest",
    "readings": [
        {"reading": "1", "direction": "export", "electricity_read": "343200", "calibration": "in_class"},
        {"reading": "2", "direction": "import", "electricity_read": "12400", "calibration": "in_class"},
    ],
    "fuels": [{"fuel": "natural_gas", "fuel_consumption": "412.6"}],
}
DESIGN = {
    "built_from": "2021-06-01", "credited_from": "2023-01-01", "credited_to": "2032-12-31", "year": 2023,
    "elsewhere": "none", "covered": "no", "design": PLANT,
}  # fmt: skip
SAID = {"words": "同意 / agreed"}


def load(province: Region, city: Region) -> None:
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of
    from tanzhi.organisations.register.model import Organisation
    from tests import factories

    officer, director = (actor_of(Person.objects.get(sign_in_name=name)) for name in ("officer", "director"))
    owner = factories.organisation(OWNER, city, "project_owner")
    factories.person("ccr_owner", ("project_owner", owner), password=factories.PASSWORD)
    perform("registry.open_account", officer, data={"organisation": OWNER})
    for name, code in (("ccr_validator", VALIDATOR), ("ccr_verifier", VERIFIER)):
        factories.person(
            name, ("verifier", factories.organisation(code, province, "verifier")), password=factories.PASSWORD
        )
        told = {"holder": code, "since": factories.SINCE}
        perform("organisations.assign", officer, Organisation.objects.get(code=OWNER), told)
    past = _Past(officer, director)
    for name in NOTICED.values():
        past.noticed(name)
    for name in REPORTED.values():
        past.reported(name)


class _Past:
    """What owner, bodies and province did in the two years before, each on a day of its own."""

    def __init__(self, officer: Actor, director: Actor) -> None:
        from tanzhi.organisations.people.model import Person
        from tanzhi.organisations.people.roles import actor_of

        self.officer, self.director = officer, director
        self.owner, self.validator = (
            actor_of(Person.objects.get(sign_in_name=name)) for name in ("ccr_owner", "ccr_validator")
        )

    def noticed(self, name: str, days_ago: int = 90) -> Any:
        """In public notice, which ended; not yet taken up by the body."""
        from tanzhi.actions.perform import perform

        with _days_ago(days_ago):
            told = {"owner": OWNER, "region": "990100", "methodology": METHOD, "zh": name, "en": name}
            project = perform("ccer.propose", self.owner, data=told).result
            self._two("ccer.admit", project, SAID | {"batch": "1"})
            perform("ccer.state_design", self.owner, project, DESIGN)
            papers = {"document": _paper(), "commitment": _paper()}
            perform("ccer.open_notice", self.owner, project, papers | {"body": VALIDATOR})
        return project

    def reported(self, name: str) -> None:
        """Registered a year ago, its reductions of 2024 in public notice, which ended."""
        from tanzhi.actions.perform import perform

        project = self.noticed(name, 500)
        with _days_ago(440):
            perform("ccer.begin_validation", self.validator, project)
        with _days_ago(420) as day:
            perform("ccer.conclude_validation", self.validator, project, SAID | {"outcome": "validated"})
            perform("ccer.apply_registration", self.owner, project)
            self._two("ccer.record_registration", project, {"code": f"N-{project.pk}-1", "on": day})
        with _days_ago(90):
            told = {"project": project.number, "first": "2024-01-01", "last": "2024-12-31"}
            report = perform("ccer.open_report", self.owner, data=told).result
            perform("ccer.state_monitoring", self.owner, report, {"record": PLANT})
            perform("ccer.report_notice", self.owner, report, {"body": VERIFIER, "document": _paper()})

    def _two(self, act: str, subject: Any, data: dict[str, Any]) -> None:
        from tanzhi.actions.registry import decide, perform

        proposal = perform(act, self.officer, subject, data).proposal
        assert proposal is not None
        decide(proposal, self.director, True, "ok")
        subject.refresh_from_db()


@contextmanager
def _days_ago(days: int) -> Iterator[str]:
    """The clock at noon of a day before today; tells the day."""
    from tanzhi.actions import clock

    moment = datetime.now(UTC).replace(hour=4, minute=0) - timedelta(days=days)
    with clock.at(moment):
        yield moment.date().isoformat()


def _paper() -> str:
    import io

    from tanzhi.evidence.files import receive

    return receive(io.BytesIO(b"paper"), "paper.txt", "text/plain").file.sha256
