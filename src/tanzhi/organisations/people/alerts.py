"""Word to a person of every change to his own sign-in and rights, and to the auditors of every change to anybody's.

How it reaches them is for the room that keeps notices: it registers itself here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.organisations.dated import in_force
from tanzhi.rulebook.kernel.text import Text

from .model import Grant, Person

if TYPE_CHECKING:
    from datetime import datetime

    from tanzhi.actions.table import Call


@dataclass(frozen=True, slots=True)
class Alert:
    """One sentence for some people; `key` keeps one happening apart from another."""

    people: tuple[Person, ...]
    title: Text
    address: str
    key: str
    at: datetime


Deliver = Callable[[Alert], None]
WAYS: list[Deliver] = []
ACCOUNT, TRAIL = "/organisations/account/", "/audit/"
OWN = Text(
    "您的账户：{what}。若非您本人所知，请立即联系安全管理员",
    "Your account: {what}. If this is news to you, tell the security administrator at once",
)
OTHERS = Text("权限变动：{what}（{name}）", "Change of rights: {what} ({name})")


def delivers(way: Deliver) -> Deliver:
    """Register how alerts reach people."""
    WAYS.append(way)
    return way


def alert(call: Call, person: Person, what: Text, *, rights: bool = False) -> None:
    """Tell the person concerned; where it is about rights, the auditors too."""
    if call.actor.person_id is None and call.role != "public":
        return  # the platform's first appointments: nobody is there yet to be told
    key = f"{what.en[:60]}:{person.pk}:{call.now.isoformat()}"
    _send(Alert((person,), OWN.format(what=what), ACCOUNT, key, call.now))
    if rights:
        _send(Alert(auditors(), OTHERS.format(what=what, name=person.name), TRAIL, f"audit:{key}"[:200], call.now))


def auditors() -> tuple[Person, ...]:
    """Everybody who reads the trail as his duty."""
    grants = Grant.objects.filter(in_force(clock.today()), role="auditor", person__state="active")
    return tuple(Person.objects.filter(pk__in=grants.values("person_id")))


def _send(message: Alert) -> None:
    for way in WAYS:
        way(message)
