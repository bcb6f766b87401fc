"""How an example's people come to be: invited, given a role, in; one password for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.organisations.models import Person
from tanzhi.organisations.roles import actor_of
from tanzhi.rulebook.kernel import Text

PASSWORD = "tanzhi-example-2024"  # noqa: S105  # of invented people, printed by the demonstration
SINCE = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in as somebody of the example."""

    role: Text
    sign_in_name: str
    password: str = PASSWORD


def employ(administrator: Actor, sign_in_name: str, name: str, role: str, organisation: str = "") -> Actor:
    """Invite a person, give a role, accept the invitation; gives who then may act."""
    data: dict[str, Any] = {"sign_in_name": sign_in_name, "name": name}
    issued = perform("organisations.invite_person", administrator, data=data).result
    person: Person = issued.person
    perform(
        "organisations.grant_role",
        administrator,
        person,
        {"role": role, "organisation": organisation, "since": SINCE.isoformat()},
    )
    accepted = {"secret": issued.secret, "password": PASSWORD}
    perform("organisations.accept_invitation", actor_of(person), person, accepted)
    person.refresh_from_db()
    return actor_of(person)
