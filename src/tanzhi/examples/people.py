"""How an example's people come to be: invited, given a role, in; one password for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.hashers import get_hasher

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.rulebook.kernel import Text

from .facts import SINCE

PASSWORD = "tanzhi-example-2024"  # noqa: S105  # of invented people, printed by the demonstration


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in as somebody of the example."""

    role: Text
    sign_in_name: str
    password: str = PASSWORD


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What was loaded: who can sign in, and whether it stood there already."""

    sign_ins: list[SignIn]
    again: bool = False


@contextmanager
def hashed_once() -> Iterator[None]:
    """The example's one password is hashed once with one salt, not a hundred times: a good hash is costly.

    That equal hashes show equal passwords gives nothing away, since the demonstration prints it. Any other password is
    hashed as ever, and what is stored is of the installation's own method.
    """
    hasher = get_hasher()
    encode = type(hasher).encode

    def encoded(password: str, salt: str) -> str:
        return _of_example(hasher.algorithm) if password == PASSWORD else encode(hasher, password, salt)

    vars(hasher)["encode"] = encoded  # before the class's own, for this while
    try:
        yield
    finally:
        del vars(hasher)["encode"]


@cache
def _of_example(algorithm: str) -> str:
    hasher = get_hasher(algorithm)
    return type(hasher).encode(hasher, PASSWORD, hasher.salt())


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
    with hashed_once():
        perform("organisations.accept_invitation", actor_of(person), person, accepted)
    person.refresh_from_db()
    return actor_of(person)
