"""Who belongs to an organisation, what each of them does in it, and when last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Max

from tanzhi.actions.models import Performed
from tanzhi.actions.roles import HEAD, ROLES, ROLES_OF_KIND
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tanzhi.organisations.register.model import Organisation

NEEDED: dict[str, dict[str, Text]] = {
    "enterprise": {
        "enterprise_filer": Text("无人可以填报", "nobody can file"),
        "enterprise_approver": Text("无人可以审批和存证", "nobody can approve and deposit"),
    },
    "project_owner": {"project_owner": Text("无人可以申报项目", "nobody can enter projects")},
    "verifier": {"verifier": Text("无人可以承担核查", "nobody can verify")},
    "bank": {"bank": Text("无人可以办理对接", "nobody can answer projects")},
    "institute": {"expert": Text("无人可以评审", "nobody can review")},
}
"""By kind of organisation: what stands still while nobody has a role."""


@dataclass(frozen=True, slots=True)
class OwnPerson:
    """Somebody of an organisation: the roles of today, and the last act there."""

    person: Person
    grants: list[Grant]  # in force today
    anchor: Grant  # by which the acts on this person's account are done
    last_act: datetime | None

    @property
    def roles(self) -> list[Text]:
        return [ROLES[grant.role].label for grant in self.grants]


@dataclass(frozen=True, slots=True)
class StaffedRole:
    """A role that the organisation has people for, and whoever has it."""

    role: Text
    people: list[Person] = field(default_factory=list)
    lacking: Text | None = None  # what stands still, where nobody has it


def people_of(organisation: Organisation) -> QuerySet[Person]:
    """Whoever has or had a role in an organisation."""
    return Person.objects.filter(grants__organisation=organisation).distinct()


def own_people(organisation: Organisation, today: date) -> list[OwnPerson]:
    """The people of an organisation, those with a role of today first."""
    grants: dict[int, list[Grant]] = {}
    rows = Grant.objects.filter(organisation=organisation).select_related("person").order_by("since", "pk")
    for grant in rows:
        grants.setdefault(grant.person_id, []).append(grant)
    acts = Performed.objects.filter(actor__in=list(grants), organisation_id=organisation.pk).values("actor")
    last = {row["actor"]: row["last"] for row in acts.annotate(last=Max("at"))}
    people = [
        OwnPerson(all_of[0].person, [grant for grant in all_of if grant.holds_on(today)], all_of[-1], last.get(key))
        for key, all_of in grants.items()
    ]
    return sorted(people, key=lambda row: (row.person.state == "disabled", not row.grants, row.person.sign_in_name))


def duties(organisation: Organisation, people: list[OwnPerson]) -> list[StaffedRole]:
    """Each role of the organisation's kind with whoever can act in it, its head at the end."""
    needed = NEEDED.get(organisation.kind, {})
    table = []
    for code in (*ROLES_OF_KIND.get(organisation.kind, ()), HEAD):
        able = [
            row.person
            for row in people
            if row.person.state == "active" and any(grant.role == code for grant in row.grants)
        ]
        if able or code in needed:
            table.append(StaffedRole(ROLES[code].label, able, None if able else needed[code]))
    return table
