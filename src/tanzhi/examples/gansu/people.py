"""The example's people: for every role somebody who can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.organisations.models import Person
from tanzhi.organisations.roles import ROLES, actor_of
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


PEOPLE = (
    ("admin", "管理员（示例）", "administrator", ""),
    ("officer", "省厅经办（示例）", "provincial_officer", "DEE"),
    ("director", "省厅处长（示例）", "provincial_director", "DEE"),
    ("city", "平凉市局（示例）", "city_officer", "B620800"),
    ("verifier", "核查员（示例）", "verifier", "V1"),
    ("bank", "银行经理（示例）", "bank", "K1"),
    ("owner", "项目业主（示例）", "project_owner", "O1"),
    ("auditor", "审计员（示例）", "auditor", "DEE"),
)


def sign_ins() -> list[SignIn]:
    """One for every role, with the plant's two people first."""
    named = [SignIn(ROLES[role].label, name) for name, _, role, _ in PEOPLE]
    plant = [
        SignIn(ROLES["enterprise_filer"].label, "p02.clerk"),
        SignIn(ROLES["enterprise_approver"].label, "p02.head"),
    ]
    return plant + named
